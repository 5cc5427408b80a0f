"""The page of `claims --help`, laid out for 80 columns; see ``guard`` for why it is kept."""

from __future__ import annotations

OVERVIEW = """\
Usage: claims [OPTIONS] COMMAND [ARGS]...

  What do the sources say, where do they conflict, and can the citations be
  trusted?

Options:
  --db URL              The database: the path of a SQLite file, or
                        sqlite:///path. [CLAIMS_DATABASE_URL; else claims.db
                        in your data folder]
  --as NAME             The contributor who acts. [CLAIMS_ACTOR; else the only
                        administrator]
  --version             Print the version.
  --install-completion  Install completion for the current shell.
  --show-completion     Show completion for the current shell, to copy it or
                        customize the installation.
  -h, --help            Show this message and exit.

Commands:
  init      Make the database, its project and its first contributor.
  demo      Load the example that comes with claims and print its report.
  load      Load hand-coded files: all of them, or none.
  report    Report where the sources of a topic conflict or agree.
  coverage  List every sentence of a text with its claims.
  topic     List the events and situations that are documented.
  parse     Read quantities and dates in words; needs no database.
  db        Look after the schema of the database.

  Exit codes:
    0  done                           6    not found
    1  findings (report, coverage)    7    not permitted
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
