"""Templates of a mapping: words with columns in braces, and parts that may be left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from claims.errors import InvalidValue

_SIGN = re.compile(r"\{\{|\}\}|\[\[|\]\]|\{(?P<column>[^{}]+)\}|[\[\]{}]")
_DOUBLED = {"{{": "{", "}}": "}", "[[": "[", "]]": "]"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column within a template."""

    name: str


Piece = str | Column


@dataclass(frozen=True, slots=True)
class Template:
    """A text with columns: its parts, each with whether it is left out where it is empty."""

    parts: tuple[tuple[tuple[Piece, ...], bool], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, each once."""
        named = (
            piece.name for pieces, _ in self.parts for piece in pieces if type(piece) is Column
        )
        return tuple(dict.fromkeys(named))

    @property
    def bare(self) -> tuple[str, ...]:
        """The names of its columns outside of square brackets."""
        told = (pieces for pieces, optional in self.parts if not optional)
        return tuple(piece.name for pieces in told for piece in pieces if type(piece) is Column)

    def fill(self, cell: Callable[[str], str]) -> str:
        """The text with the cells put in; nothing where it has columns and all are empty."""
        if len(self.parts) == 1 and len(self.parts[0][0]) == 1:
            piece = self.parts[0][0][0]
            return cell(piece.name) if type(piece) is Column else str(piece)
        found, said = [], not self.columns
        for pieces, optional in self.parts:
            cells = [cell(piece.name) for piece in pieces if type(piece) is Column]
            said = said or any(cells)
            if optional and not all(cells):
                continue
            words = iter(cells)
            found += [next(words) if type(piece) is Column else str(piece) for piece in pieces]
        return "".join(found).strip() if said else ""


@cache
def template(text: str) -> Template:
    """Reads a template.

    Raises:
        InvalidValue: a brace or a bracket is left open.
    """
    parts: list[tuple[tuple[Piece, ...], bool]] = []
    pieces: list[Piece] = []
    within = False
    for piece in _pieces(text):
        if piece in {"\0[", "\0]"}:
            if within is (piece == "\0["):
                message = f"{text!r} has a bracket without its partner; write [[ or ]] for the sign"
                raise InvalidValue(message)
            if pieces:
                parts.append((tuple(pieces), within))
            within, pieces = not within, []
        else:
            pieces.append(piece)
    if within:
        message = f"{text!r} has an open bracket; write [[ for the sign itself"
        raise InvalidValue(message)
    if pieces or not parts:
        parts.append((tuple(pieces), False))
    return Template(tuple(parts))


def _pieces(text: str) -> Iterator[Piece]:
    """Words and columns; brackets are marked by a NUL before them."""
    at = 0
    for match in _SIGN.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        at = match.end()
        sign = match.group()
        if match["column"]:
            yield Column(match["column"].strip())
        elif sign in _DOUBLED:
            yield _DOUBLED[sign]
        elif sign in "[]":
            yield f"\0{sign}"
        else:
            message = f"{text!r} has a brace without its partner; write {{{{ for the sign itself"
            raise InvalidValue(message)
    if at < len(text):
        yield text[at:]


def braced(column: str) -> str:
    """The template that is a column alone."""
    return "{" + column + "}"
