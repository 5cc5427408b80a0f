"""``claims parse``: texts in, what they mean out, one line each; no database is loaded."""

# ruff: noqa: PLC0415 -- each kind of value loads its own tables, and only those

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from claims.cli.printing import print_json, print_table, say, warn
from claims.errors import InputRefused, InvalidValue
from claims.report.inert import inert, inert_json

Reading = Mapping[str, object]

_UNDECODED = "\N{REPLACEMENT CHARACTER}"


def quantities(texts: Sequence[str] | None, profile: str, locale: str, *, as_json: bool) -> int:
    """Print what each text says about how many; the exit code says whether all could be read."""
    from claims.cli.wording import quantity_line
    from claims.values.quantity import as_json as plain
    from claims.values.quantity import parse_quantity

    def read(text: str) -> Reading:
        return plain(parse_quantity(text, profile=profile, locale=locale))

    read("1")  # an unknown profile or locale is one mistake, not one a line
    return _print(texts, read, quantity_line, as_json=as_json)


def dates(texts: Sequence[str] | None, context: str | None, locale: str, *, as_json: bool) -> int:
    """Print what each text says about when; the exit code says whether all could be read."""
    from claims.cli.wording import when_line
    from claims.values.when import as_json as plain
    from claims.values.when import parse_when

    known = None if context is None else parse_when(context, locale=locale)

    def read(text: str) -> Reading:
        return plain(parse_when(text, context=known, locale=locale))

    return _print(texts, read, when_line, as_json=as_json)


def phrases(profile: str, *, as_json: bool) -> None:
    """Print the phrase table of a profile."""
    from claims.values.profiles import profile_rows, profiles

    rows = profile_rows(profile)
    if as_json:
        names = ("id", "phrase", "measure", "hard", "soft", "origin")
        found = [{name: getattr(row, name) for name in names} for row in rows]
        print_json({"profile": profile, "profiles": list(profiles()), "rows": found})
        return
    say(f"{profile} (of {', '.join(profiles())})\n")
    heading = ("Words", "They allow", "Typically read as", "Origin of the convention")
    print_table([heading, *((row.phrase, row.hard, row.soft, row.origin) for row in rows)])


def _print(
    texts: Iterable[str] | None,
    read: Callable[[str], Reading],
    worded: Callable[[Reading], str],
    *,
    as_json: bool,
) -> int:
    refused = False
    for text in _lines() if texts is None else texts:
        try:
            reading = read(_decoded(text))
        except InputRefused as error:
            refused = True
            _refuse(text, error, as_json=as_json)
        else:
            say(inert_json(reading, indent=None) if as_json else worded(reading))
        sys.stdout.flush()
    return InputRefused.exit_code if refused else 0


def _refuse(text: str, error: InputRefused, *, as_json: bool) -> None:
    """As JSON a refusal stands in its line, so that lines out answer to lines in."""
    if as_json:
        say(inert_json({"said": text, "error": str(error)}, indent=None))
    else:
        warn(f"Error: {inert(str(error))}")


def _lines() -> Iterator[str]:
    """The lines of standard input, in UTF-8 whatever the machine's own encoding is."""
    if sys.stdin.isatty():
        warn("Reading one text a line; end with Ctrl-D.")
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")


def _decoded(text: str) -> str:
    """The text, refused where bytes could not be decoded or were typed in another encoding."""
    if _UNDECODED in text or (
        not text.isascii() and any("\ud800" <= sign <= "\udfff" for sign in text)
    ):
        message = f"the text {text!r} is not written in UTF-8; save it in that encoding"
        raise InvalidValue(message)
    return text
