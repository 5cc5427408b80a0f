"""Texts that a spreadsheet would run as formulas, made inert in text files and back again."""

from __future__ import annotations

import re

MARK = "'"
"""Put before a text that would run; spreadsheets know the sign as "this is a text"."""

_RUNS = re.compile(r"[\s']*[=+\-@＝＋－＠]|'*[\t\r\n]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def runs(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula; plain numbers are none.

    Marked texts count as well, so that a mark can always be taken off again.
    """
    return bool(_RUNS.match(text)) and not _NUMBER.fullmatch(text)


def inert(text: str) -> str:
    """A text that no spreadsheet runs; :func:`plain` gives back the very same text."""
    return MARK + text if runs(text) else text


def plain(text: str) -> str:
    """The text that :func:`inert` was given."""
    return text[1:] if text[:1] == MARK and runs(text[1:]) else text
