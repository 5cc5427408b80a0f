"""The page of `claims --help`, laid out for 80 columns; see ``guard`` for why it is kept."""

from __future__ import annotations

OVERVIEW = """\
Usage: claims [OPTIONS] COMMAND [ARGS]...

  What do the sources say, where do they conflict, and can the citations be
  trusted?

Options:
  --db URL              The database: the path of a SQLite file,
                        sqlite:///path, or postgresql://user@host/database.
                        [CLAIMS_DATABASE_URL; else claims.db in your data
                        folder]
  --as NAME             The contributor who acts. [CLAIMS_ACTOR; else the only
                        administrator]
  --version             Print the version.
  --install-completion  Install completion for the current shell.
  --show-completion     Show completion for the current shell, to copy it or
                        customize the installation.
  -h, --help            Show this message and exit.

Commands:
  init          Make the database, its project and its first contributor.
  demo          Load the example that comes with claims and print its...
  load          Load hand-coded files: all of them, or none.
  report        Report where the sources of a topic conflict or agree.
  coverage      List every sentence of a text with its claims.
  audit         Say of every citation whether a reader may trust it.
  import        Import a table: all of it, or nothing.
  export        Write what is held as tables: a sheet for each kind of...
  read          Show an archived text sentence by sentence, with its claims.
  search        Find quotes, claims, sources and all else by words.
  undo          Take back what an action did.
  history       List what was done, or every version of one record.
  verify        Prove that nothing was altered beneath the program.
  head          Print the head of the change log, to be kept elsewhere.
  erase         Erase what a record says, in all its versions, for good.
  backup        Write all that the database holds into one proved file.
  restore       Make the database of a backup again, all or nothing.
  doctor        Examine the database; name what is wrong, and its mending.
  waiver        Findings of the audit that somebody accepts for a time.
  release       Make a release to cite and to keep, or check one: claims...
  topic         The events and situations that are documented.
  question      The points at issue, which claims answer.
  source        The voices: who speaks.
  document      The texts in which they speak.
  claim         Who says what, in which words.
  assess        What we think of sources and claims, and why.
  crosscheck    Inconsistencies between questions that somebody noticed.
  inquiry       What was looked for, and what came of it: negative searches.
  term          Coded categories: scopes and answers.
  place         The places.
  party         The parties to the conflict.
  dependence    Which sources or documents depend on which.
  opposition    Which parties are opposed.
  link          Which categories can both be true, and which cannot.
  contributor   Say who takes part, what they may do and what they may see.
  review        Accept or return claims that somebody else entered.
  bibliography  Documents from BibTeX, RIS, CSL-JSON, EndNote and Zotero,...
  quote         Tell whether quotes stand in their texts.
  parse         Read quantities and dates in words; needs no database.
  db            Look after the schema of the database.

  Exit codes:
    0  done                           6    not found
    1  findings, or nothing found     7    not permitted
    2  wrong usage, set-up needed     70   a fault of claims itself
    3  input refused                  130  stopped with Ctrl-C
    4  changed by somebody else       141  the reader of the output went away
    5  verification failed

  Start with:
    claims demo
    claims init --title "My project"
    claims load my-text.yaml
    claims report
"""
