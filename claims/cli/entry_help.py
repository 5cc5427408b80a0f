"""The words of the help pages of entering and editing."""

from __future__ import annotations

from collections.abc import Mapping

from claims.exchange.fields import noun_of

HELP: Mapping[str, str] = {
    "topic": "The events and situations that are documented.",
    "question": "The points at issue, which claims answer.",
    "source": "The voices: who speaks.",
    "document": "The texts in which they speak.",
    "claim": "Who says what, in which words.",
    "assessment": "What we think of sources and claims, and why.",
    "cross_check": "Inconsistencies between questions that somebody noticed.",
    "inquiry": "What was looked for, and what came of it: negative searches.",
    "term": "Coded categories: scopes and answers.",
    "place": "The places.",
    "party": "The parties to the conflict.",
    "source_relation": "Which sources or documents depend on which.",
    "opposition": "Which parties are opposed.",
    "term_relation": "Which categories can both be true, and which cannot.",
}

NOUN_WORDS: Mapping[str, str] = {
    "topic": "a topic: an event or a situation",
    "question": "a question: a point at issue",
    "source": "a source: somebody who speaks",
    "document": "a document, and archive its text",
    "claim": "a claim: who says what, in which words of a document",
    "assessment": "what you think of a claim or a source, and why",
    "cross_check": "an inconsistency between questions",
    "inquiry": "an inquiry: what was looked for, where, with what words, and what came of it",
    "term": "a term: a coded category",
    "place": "a place",
    "party": "a party to the conflict",
    "source_relation": "that one source or document depends on another",
    "opposition": "that two parties are opposed",
    "term_relation": "whether two terms can both be true",
}

WORDS: Mapping[tuple[str, str], str] = {
    ("", "add"): """Enter {noun}.

    With --json and no field, one object or a list of them is read from standard input; all of
    them are entered, or none.
    """,
    ("document", "add"): """Enter a document, and archive it.

    A file is copied and read: HTML, PDF, Word, plain text, a page of a web archive; a picture or
    a recording with its --transcript. An address is fetched. With --text, a text that you took
    from it yourself is archived instead.

    With --json and no field, one object or a list of them is read from standard input; all of
    them are entered, or none.
    """,
    ("", "list"): "List those that are held.",
    ("claim", "list"): "List claims, the newest first.",
    ("", "show"): "Show all that is known of one: its fields, its version, who entered it.",
    ("claim", "show"): """Show all that is known of one.

    Its fields, who speaks, what its words are read as, how it is judged, whether it was
    reviewed, its version.
    """,
    ("", "edit"): """Change what was entered, because the coder erred.

    A change made from a --version that is past is refused, with both changes shown; --merge
    keeps both where they are of different fields.
    """,
    ("claim", "edit"): """Change what was entered, because the coder erred.

    What a speaker said anew is not edited but superseded. A change made from a --version that is
    past is refused, with both changes shown; --merge keeps both where they are of different
    fields.
    """,
    ("claim", "supersede"): """Enter what a speaker says now instead.

    What is not given stays as it is. The earlier claim stays too, and counts no more.
    """,
    ("assessment", "supersede"): """Judge anew.

    What is not given stays as it is. The earlier judgement stays in the history.
    """,
    ("", "restore"): """Bring back what was removed or, with --version, what it said then.

    Refused where there is nothing to bring back.
    """,
    ("claim", "restore"): """Bring back what was removed, what was retracted, or a --version.

    Without a version, a claim that its speaker withdrew counts again.
    """,
    ("", "history"): "Show every version of one, and what was different in each.",
    ("", "remove"): """Take out what was entered in error.

    Refused while others refer to it. Its history stays, and `restore` brings it back.
    """,
}
"""By entity and verb: what a help page says; with no entity, what it says for all others."""

_ADD: Mapping[str, tuple[str, ...]] = {
    "topic": ('claims topic add --label "The flood" --dates 2021-07 --key flood',),
    "question": ('claims question add --text "How many people died?" --kind count --key dead',),
    "source": ('claims source add --name "Ministry of the Interior" --kind state',),
    "document": (
        'claims document add page.html --title "The flood" --voice gazette \\',
        "    --tier secondary",
        'claims document add https://example.org/flood --title "The flood" \\',
        "    --voice gazette --tier secondary --dry-run",
    ),
    "claim": (
        'claims claim add --document "The flood" --question dead \\',
        '    --quote "The Ministry said that dozens died." --said dozens \\',
        "    --speakers Ministry",
        "claims claim add --json < claims.json",
    ),
    "assessment": (
        'claims assess add --claim 7c54 --confidence low --reason "report not held"',
        'claims assess add --source Ministry --reliability C --reason "hearsay"',
    ),
    "cross_check": (
        'claims crosscheck add --text "A boat is seen after the last one sank." \\',
        '    --question boats --question last-boat --reason "both cannot be true"',
    ),
    "inquiry": (
        'claims inquiry add --looked-for "a list of the dead" --question dead \\',
        '    --looked-in "the town archive" --looked-on 2021-08 --word morgue',
    ),
    "term": ("claims term add --label civilians --scheme population --broader people",),
    "place": ('claims place add --name "The valley" --part-of region',),
    "party": ('claims party add --name "The government"',),
    "source_relation": (
        "claims dependence add --kind wire_copy --document evening --document wire \\",
        '    --basis "bylined to the agency"',
    ),
    "opposition": ("claims opposition add --between government --between residents",),
    "term_relation": (
        "claims link add --between rain --between dam --link reconcilable \\",
        '    --reason "a dam can fail because of rain"',
    ),
}

_NAMES: Mapping[str, str] = {
    "topic": "flood",
    "question": "dead",
    "source": "Ministry",
    "document": '"The flood"',
}

_EDITS: Mapping[str, str] = {
    "topic": "--dates 2021-07-14/2021-07-16",
    "question": "--running-total",
    "source": '--alias "the Ministry"',
    "document": "--status corrected",
    "claim": '--said "dozens of people"',
    "cross_check": '--text "A boat is seen."',
    "inquiry": "--outcome found",
    "term": "--broader people",
    "place": "--gazetteer geonames:587084",
    "party": '--name "The State"',
    "source_relation": '--basis "the same words"',
    "opposition": "--during 2021",
    "term_relation": "--link exclusive",
}


def _examples() -> dict[tuple[str, str], tuple[str, ...]]:
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for entity, lines in _ADD.items():
        name, call = _NAMES.get(entity, "7c54"), f"claims {noun_of(entity)}"
        found[entity, "add"] = lines
        found[entity, "list"] = (f"{call} list", f"{call} list --json")
        found[entity, "show"] = (f"{call} show {name}", f"{call} show {name} --json")
        edited = _EDITS.get(entity, "")
        found[entity, "edit"] = (
            f"{call} edit {name} {edited}",
            f"{call} edit {name} {edited} --version 3 --merge",
        )
        found[entity, "restore"] = (f"{call} restore {name}", f"{call} restore {name} --version 1")
        found[entity, "history"] = (f"{call} history {name}",)
        found[entity, "remove"] = (f'{call} remove {name} --reason "entered twice"',)
    found["claim", "list"] = (
        "claims claim list --question dead --unassessed",
        "claims claim list --source Ministry --json",
    )
    found["claim", "supersede"] = (
        'claims claim supersede 7c54 --document bulletin --quote "12 people died"',
    )
    found["assessment", "supersede"] = (
        'claims assess supersede 24a3 --confidence high --reason "it is held now"',
    )
    found["claim", "propose"] = (
        'claims claim propose --document "The flood" --question dead \\',
        '    --quote "The Ministry said that dozens died."',
    )
    found["claim", "retract"] = (
        'claims claim retract 7c54 --at 2021-07-19 --reason "a wrong report"',
    )
    return found


EXAMPLES: Mapping[tuple[str, str], tuple[str, ...]] = _examples()
"""By entity and verb: the lines of examples."""
