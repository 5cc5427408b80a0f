"""Counts, tags and quotation marks in plain words; intervals are worded by the analysis."""

from __future__ import annotations

from claims.analysis.wording import number, plural


def quoted(text: str) -> str:
    """The text in quotation marks."""
    return f"“{text}”"


def origins(
    count: int, if_dependent: int, statements: int, *, exact: bool = True, as_one: bool = False
) -> str:
    """``1 origin``; ``2 origins, possibly 1``; ``2 origins, in 5 statements``.

    ``as_one`` where the statements can all be true: then ``1 origin, stated twice``.
    """
    if count == 0:
        return "no origin"
    words = ("" if exact else "at least ") + plural(count, "origin")
    if if_dependent < count:
        words += f", possibly {number(if_dependent)}"
    if as_one and count == 1 and statements > 1:
        often = {2: "twice"}.get(statements, f"{number(statements)} times")
        return f"{words}, stated {often}"
    return f"{words}, in {number(statements)} statements" if statements > count else words


def letters(index: int) -> str:
    """``a`` to ``z``, then ``aa``, ``ab`` and so on, for 0, 1, 2 and so on."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        found = chr(97 + rest) + found
    return found
