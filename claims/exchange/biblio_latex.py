"""TeX in the fields of a bibliography: accents, letters and commands to Unicode, and back.

What is not known is left as it stands: nothing is lost, and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from claims.exchange.biblio_tables import table

_TEX = re.compile(r"[\\{}$~]|--|``|''|!`|\?`")
_PIECE = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}$~]|---?|``|''|!`|\?`|[^\\{}$~\-`'!?]+|.", re.DOTALL)
_MATHS = re.compile(r"(?<!\\)\$((?:[^$\\]|\\.)*)\$", re.DOTALL)

_ESCAPED = {" ": " ", ",": " ", ";": " ", ":": " ", "-": "", "/": "", "@": "", "\\": " ", "!": ""}
_QUOTES = frozenset({"enquote", "mkbibquote"})
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "!`": "¡", "?`": "¿", "~": " "}


def _latex() -> Mapping[str, Any]:
    return table("latex")


@cache
def _dress() -> frozenset[str]:
    return frozenset(_latex()["dress"].split())


def text_of(tex: str) -> str:
    """The words that TeX would print: accents, letters and signs as Unicode, without dress.

    Braces are dropped, ``--`` and ``---`` are dashes, and commands that are not known stay. So does
    all of a text whose braces or accents are in each other hundreds deep.
    """
    if not _TEX.search(tex):
        return tex
    plain = _MATHS.sub(_maths, tex)
    try:
        return _Reader(plain).read().strip()
    except RecursionError:
        return tex


def _maths(found: re.Match[str]) -> str:
    """Formulas lose their dollars; two sums of money are no formula."""
    inside = found[1]
    told = "\\" in inside or "^" in inside or "_" in inside or len(inside.strip()) == 1
    return f"{{{inside}}}" if told and not inside[:1].isspace() else found[0]


class _Reader:
    """Reads the pieces of a text from left to right."""

    def __init__(self, tex: str) -> None:
        self._pieces: list[str] = _PIECE.findall(tex)
        self._at = 0

    def read(self) -> str:
        """All of the text; a closing brace too many is dropped."""
        found = ""
        while self._at < len(self._pieces):
            found += "".join(self._group())
            self._at += 1
        return found

    def _group(self) -> Iterator[str]:
        """The text up to the brace that closes the group; the place is left at that brace."""
        while self._at < len(self._pieces) and self._pieces[self._at] != "}":
            yield self._one()

    def _one(self) -> str:
        piece = self._pieces[self._at]
        self._at += 1
        if piece == "{":
            inside = "".join(self._group())
            self._at += 1
            return inside
        if len(piece) > 1 and piece.startswith("\\"):
            return self._command(piece[1:])
        return _LIGATURES.get(piece, piece)

    def _command(self, name: str) -> str:
        if name in _latex()["accents"] and self._has_argument():
            return _accented(self._argument(name), _latex()["accents"][name])
        if not name[0].isalpha():
            return _ESCAPED.get(name, name)
        if name in _latex()["signs"]:
            self._skip_space()
            return str(_latex()["signs"][name])
        if name in _dress():
            self._skip_space()
            return ""
        if name in _QUOTES and self._has_argument():
            return f"“{self._argument(name)}”"
        return f"\\{name}"

    def _has_argument(self) -> bool:
        return any(piece.strip() for piece in self._pieces[self._at : self._at + 2])

    def _argument(self, name: str) -> str:
        """What a command is about: a group, another command, or the next letter."""
        if name[-1].isalpha():
            self._skip_space()
        piece = self._pieces[self._at]
        if piece in {"{", "}"} or piece.startswith("\\"):
            return self._one() if piece != "}" else ""
        if len(piece) > 1:
            self._pieces[self._at] = piece[1:]
            return piece[0]
        self._at += 1
        return piece

    def _skip_space(self) -> None:
        """TeX takes no notice of spaces after the name of a command, nor of ``{}``."""
        if self._at < len(self._pieces):
            rest = self._pieces[self._at].lstrip()
            if rest:
                self._pieces[self._at] = rest
            else:
                self._at += 1
        if self._pieces[self._at : self._at + 2] == ["{", "}"]:
            self._at += 2


def _accented(text: str, accent: str) -> str:
    bare = {"ı": "i", "ȷ": "j"}.get(text[:1], text[:1])
    return unicodedata.normalize("NFC", bare + accent) + text[1:] if text else ""


_SPECIAL: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%#_$"},
}
_TO_ESCAPE = re.compile(r"[\\{}~^&%#_$]|-(?=-)|`(?=`)|'(?=')|[!?](?=`)")
_CAPITALS = re.compile(r"(?<!\S)[^\s{}\\]*(?<=[^\s{}\\\-(\"“‘'])[A-Z][^\s{}\\]*")


def to_latex(text: str) -> str:
    """A text with the signs that TeX would not print as they are put otherwise.

    Letters beyond ASCII stay: BibLaTeX, and BibTeX with a UTF-8 engine, read them.
    """
    return _TO_ESCAPE.sub(lambda found: _SPECIAL.get(found[0], f"{found[0]}{{}}"), text)


def title_to_latex(text: str) -> str:
    """The same for a title, where styles would make small letters of the capitals of ``NATO``."""
    return _CAPITALS.sub(lambda found: f"{{{found[0]}}}", to_latex(text))
