"""Every command, and how it is tried with what may not be seen.

``{claim}``, ``{source}`` … are the ids of hidden records, ``{claim_start}`` … their beginnings,
``{word}`` the mark that is in each of their texts, and in their keys and names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

Tried = tuple[tuple[str, ...], ...]

WHY = ("--reason", "because")

KINDS: Mapping[str, tuple[str, ...]] = {
    "source": ("{source}", "{word}-source", "a newspaper {word}", "{word} gone"),
    "document": ("{document_start}", "{word}-document", "The flood {word}"),
    "claim": ("{claim}", "{claim_start}", "{word}-claim"),
    "assess": ("{assessment}", "{word}-claim-assessment"),
    "crosscheck": ("{check}", "{word}-check"),
    "inquiry": ("{inquiry}", "{word}-inquiry", "{word}-claim-inquiry"),
    "dependence": ("{relation}",),
}
"""By kind: ways to name one that is hidden."""

SEEN: Mapping[str, str] = {
    "topic": "flood",
    "question": "killed",
    "term": "people",
    "place": "town",
    "party": "nobody",
    "opposition": "nobody",
    "link": "nobody",
}
"""Kinds that everybody sees: one that is held, or a name that is not."""

ADDING: Mapping[str, Tried] = {
    "topic": (("--label", "A storm"),),
    "question": (("--topic", "flood", "--text", "How many fled?", "--kind", "count"),),
    "term": (("--label", "{word}"),),
    "place": (("--name", "{word}"),),
    "party": (("--name", "{word}"),),
    "opposition": (("--between", "nobody", "--between", "nobody"),),
    "link": (("--between", "people", "--between", "{word}", *WHY),),
    "source": (
        ("--name", "a newspaper {word}"),
        ("--name", "another", "--key", "{word}-source"),
        ("--name", "another", "--sensitivity", "restricted"),
    ),
    "document": (
        ("--title", "The flood {word}", "--voice", "paper", "--tier", "primary"),
        ("--title", "Another", "--voice", "{word}-source", "--tier", "primary"),
        ("--title", "Another", "--voice", "{source}", "--tier", "primary"),
    ),
    "claim": tuple(
        (
            *("--document", document, "--question", "killed", "--unplaced"),
            *("--quote", "99 people were killed, the Ministry said", "--speakers", chain),
            *("--value", "99 people"),
        )
        for document, chain in (
            ("article", "ministry"),
            ("{word}-document", "ministry"),
            ("article", "{word}-source"),
            ("article", "{source_start}"),
        )
    ),
    "assess": (
        ("--claim", "{word}-claim", "--confidence", "low", *WHY),
        ("--source", "{source}", "--reliability", "C", *WHY),
        ("--claim", "claim-0", "--confidence", "low", *WHY),
    ),
    "crosscheck": (
        ("--text", "odd", "--claim", "claim-0", "--claim", "{word}-claim", *WHY),
        ("--text", "odd", "--question", "killed", "--claim", "claim-0", *WHY),
    ),
    "inquiry": (
        ("--looked-for", "a", "--looked-in", "b", "--claim", "{word}-claim"),
        ("--looked-for", "a", "--looked-in", "b", "--source", "{source}"),
        ("--looked-for", "a", "--looked-in", "b", "--document", "{word}-document"),
        ("--looked-for", "{word}", "--looked-in", "b", "--question", "killed"),
    ),
    "dependence": (
        ("--kind", "quotes", "--source", "paper", "--source", "{source}", "--basis", "b"),
        ("--kind", "quotes", "--source", "paper", "--source", "ministry", "--basis", "b"),
    ),
}


def _both(*several: tuple[str, ...]) -> Tried:
    """Each as text and as JSON."""
    return tuple(one for words in several for one in (words, (*words, "--json")))


def _entering() -> Iterator[tuple[str, Tried]]:
    for noun, ways in {**{noun: (name,) for noun, name in SEEN.items()}, **KINDS}.items():
        yield f"{noun} add", (*ADDING[noun], (*ADDING[noun][0], "--json"))
        yield f"{noun} list", _both(())
        yield f"{noun} show", tuple(_named(ways))
        yield f"{noun} history", tuple(_named(ways))
        for verb in ("edit", "remove", "restore"):
            yield f"{noun} {verb}", tuple(_named(ways, *CHANGES.get(f"{noun} {verb}", WHY)))
    yield "claim supersede", tuple(_named(KINDS["claim"], "--value", "12", *WHY))
    yield "claim retract", tuple(_named(KINDS["claim"], "--at", "2021", *WHY))
    yield "assess supersede", tuple(_named(KINDS["assess"], "--confidence", "high", *WHY))


CHANGES: Mapping[str, tuple[str, ...]] = {
    "source edit": ("--note", "n", *WHY),
    "document edit": ("--licence", "n", *WHY),
    "claim edit": ("--note", "n", *WHY),
    "crosscheck edit": ("--text", "n"),
    "inquiry edit": ("--note", "n"),
    "dependence edit": ("--basis", "n", *WHY),
    "topic edit": ("--label", "The great flood"),
    "question edit": ("--text", "How many?"),
    "term edit": ("--label", "persons"),
    "place edit": ("--name", "The city"),
    "party edit": ("--name", "The other"),
}


def _named(ways: tuple[str, ...], *words: str) -> Iterator[tuple[str, ...]]:
    """After each name the words; after the last one as JSON too."""
    yield from ((name, *words) for name in ways)
    yield (ways[-1], *words, "--json")


CASES: Mapping[str, Tried] = {
    **{command: tried for command, tried in _entering() if command != "assess edit"},
    "claim list": _both(
        (),
        ("--question", "killed"),
        ("--source", "ministry"),
        ("--document", "article"),
        ("--source", "{word}-source"),
        ("--awaiting",),
        ("--unassessed",),
        ("--limit", "2"),
    ),
    "claim show": (*_named(KINDS["claim"]), *_both(("newer",), ("claim-0",))),
    "claim edit": (
        *_named(KINDS["claim"], "--note", "n", *WHY),
        *_both(
            ("newer", "--note", "n"),
            ("claim-0", "--document", "{word}-document"),
            ("claim-0", "--speakers", "{source}"),
            ("claim-0", "--sensitivity", "restricted"),
        ),
    ),
    "claim propose": tuple(
        ("--document", document, "--quote", "99 people were killed", *how)
        for document in ("article", "{word}-document", "{document}")
        for how in ((), ("--question", "killed"), ("--json",))
    ),
    "claim remove": (*_named(KINDS["claim"], *WHY), *_both(("newer", *WHY))),
    "source show": (*_named(KINDS["source"]), *_both(("paper",), ("ministry",))),
    "document show": (*_named(KINDS["document"]), *_both(("article",))),
    "question show": _both(("killed",)),
    "report": (
        ("flood",),
        ("flood", "--conflicts"),
        ("flood", "--format", "json"),
        ("flood", "--format", "markdown"),
        ("{word}",),
        ("{claim}", "--format", "json"),
    ),
    "contributor list": _both(()),
    "contributor show": _both(("Member",), ("{word}",)),
    "contributor history": _both(("Member",), ("Outsider",), ("Ruler",)),
    "contributor add": _both(("{word}",)),
    "contributor edit": _both(("Member", "--role", "administrator")),
    "review list": _both(
        (), ("--state", "all"), ("--state", "accepted"), ("--topic", "flood"), ("--topic", "{word}")
    ),
    "review accept": (
        *_named(KINDS["claim"], *WHY),
        *_both(("claim-0", *WHY), ("claim-0", "{word}-claim", *WHY)),
    ),
    "review return": (*_named(KINDS["claim"], *WHY), *_both(("newer", *WHY))),
    "search": _both(
        ("flood",),
        ("people",),
        ("ministry", "--limit", "1"),
        ("{word}",),
        ("in:source", "newspaper"),
        ("in:claim", "killed", "--topic", "flood"),
        ("99",),
    ),
    "history": _both(
        (),
        ("--limit", "2"),
        ("--entity", "claim"),
        ("--entity", "source"),
        ("newer",),
        ("claim-0",),
        ("paper", "--entity", "source"),
        ("{claim}",),
        ("{word}-claim",),
        ("{gone_start}",),
        ("{word}",),
    ),
    "undo": (
        *_both((), ("{action}",), ("{action_start}",), ("{edit}",)),
        ("{action}", "--dry-run"),
    ),
    "source merge": _both(
        (),
        ("--list",),
        ("paper", "{source}", "--yes", *WHY),
        ("{word}-source", "ministry", "--yes", *WHY),
        ("paper", "ministry", "--yes", *WHY),
        ("--undo", "{word}-source", *WHY),
    ),
    "document merge": _both(
        (),
        ("--list",),
        ("article", "{word}-document", "--yes", *WHY),
        ("--undo", "article", *WHY),
    ),
    "document snapshot": (
        *(_named(KINDS["document"], "coded.yaml")),
        *_both(("article", "coded.yaml"), ("article", "coded.yaml", "--dry-run")),
    ),
    "document snapshots": (*_named(KINDS["document"]), *_both(("article",))),
    "document custody": (
        *_named(KINDS["document"]),
        *_both(("article",), ("article", "--add", "checked")),
        *_named(KINDS["document"], "--add", "checked"),
    ),
    "document check": _both((), ("article", "--dry-run"), ("{word}-document",)),
    "document export": (*_named(KINDS["document"], "out"), *_both(("article", "out"))),
    "document reanchor": (*_named(KINDS["document"]), *_both(("article",))),
    "document links": (*_named(KINDS["document"]), *_both(("article",))),
    "question merge": _both((), ("--list",)),
    "head": _both(()),
    "verify": _both(()),
    "erase": _both(("claim", "{claim}", "--yes", *WHY), ("source", "{word}-source", "--yes", *WHY)),
    "doctor": _both(()),
    "backup": _both(("backup.claims",)),
    "audit": (
        *(("--format", form) for form in ("text", "json", "sarif", "markdown", "html")),
        *(("{word}-document",), ("{document_start}",), ("article", "--afresh")),
        *(("--fix", "A20"), ("--fix", "A19", "--yes")),
    ),
    "waiver add": _both(
        *(
            ("A12", entity, target, "--until", "2999-12-31", *WHY)
            for entity, target in (
                ("source", "{source}"),
                ("claim", "{word}-claim"),
                ("claim", "claim-0"),
            )
        )
    ),
    "bibliography import": _both(("list.bib",), ("list.bib", "--dry-run")),
    "bibliography export": _both(("out.bib",), ("out.ris", "{word}-document"), ("out.json",)),
    "bibliography duplicates": _both(()),
    "bibliography retractions": _both(("retracted.csv",), ("retracted.csv", "--mark")),
    "waiver list": _both(()),
    "waiver remove": _both(("{claim_start}",), ("zz",)),
    "export": (
        *_both(("tables.xlsx", "--dry-run"), ("tables", "--topic", "flood", "--dry-run")),
        ("tables", "--topic", "{word}"),
        ("tables", "--topic", "{claim}", "--json"),
    ),
    "quote check": (
        *(("--document", name, "--quote", "{word}") for name in KINDS["document"]),
        *_both(("--document", "article", "--quote", "eleven people were killed {word}")),
    ),
    "read": (*_named(KINDS["document"]), *_both(("article",), ("article", "--bare"))),
    "release make": _both(
        ("flood", "released", "--dry-run"),
        ("flood", "released", "--dry-run", "--clearance", "restricted"),
        ("{word}", "released", "--dry-run"),
    ),
    "import": _both(
        ("table.csv", "--yes"),
        ("table.csv", "--dry-run", "--json"),
        ("table.csv", "--yes", "--remove-gone"),
    ),
    "load": _both(("coded.yaml",), ("coded.yaml", "--dry-run"), ("coded.yaml", "--remove-gone")),
}

UNREAD: Mapping[str, str] = {
    "init": "begins a project; what is held is not read",
    "demo": "has a database of its own",
    "coverage": "reads a file, no database",
    "parse quantity": "reads words, no database",
    "parse when": "reads words, no database",
    "parse profiles": "reads a table of the program, no database",
    "db current": "reads the number of the schema",
    "db upgrade": "reads the number of the schema",
    "db check": "compares the schema, not what is in it",
    "release verify": "reads a folder that somebody has, no database",
    "restore": "makes a database of a file that somebody has; it asks nobody for a clearance",
}
"""Commands that read no record, and why."""

TELLING = {
    *("report", "review list", "search", "history", "claim list", "source list", "document list"),
    *("claim show", "source show", "document show", "assess list", "crosscheck list"),
    *("dependence list", "load", "undo"),
}
"""Commands that tell an administrator of what is hidden from others."""
