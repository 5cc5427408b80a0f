"""What people type to search, and which texts answer it: the same on every engine.

Words are all wanted. ``"quoted words"`` stand next to each other, ``word*`` begins with these
letters, ``-word`` must not be there, ``in:source`` looks at sources only. Every other sign is
plain text, so that no query is wrong. What is typed without a space but is several words
(``O'Brien``, ``北京``) is looked for as a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.analysis.search_texts import SEARCHED, SEPARATOR, Text
from claims.errors import InputRefused
from claims.values.folding import Word, folded_words, words

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<row>[^"]*)"(?P<star>\*)?|(?P<word>[^\s"]+))')
_IN = "in:"

# BM25's usual constants; the length of a typical entry is ours, so that no other record counts.
_SATURATION, _LENGTH_COUNTS, _TYPICAL_LENGTH = 1.2, 0.75, 25
_FIRST_TEXT_COUNTS = 2

_BEFORE, _WIDTH, _REACH = 50, 200, 15


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words that stand in a row; with ``prefix`` the last may go on."""

    words: tuple[str, ...]
    prefix: bool = False

    @property
    def pattern(self) -> str:
        """What a line of words (see ``_line``) holds if it answers."""
        return f" {'  '.join(self.words)}{'' if self.prefix else ' '}"

    @property
    def shown(self) -> str:
        """The term as it could be typed."""
        row = " ".join(self.words) + "*" * self.prefix
        return f'"{row}"' if len(self.words) > 1 else row


@dataclass(frozen=True, slots=True)
class Query:
    """What is wanted, what must not be there, and the entities to look at (none: all)."""

    terms: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()
    entities: frozenset[str] = frozenset()


class Snippet(NamedTuple):
    """A part of a text as it was written; ``marks`` are the found places in it, half-open."""

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]


def parse_query(text: str) -> Query:
    """Read what somebody typed; no text is wrong, but one must name something to look for.

    Raises:
        InputRefused: there is no word to look for; the message says how to write one.
    """
    terms: list[Term] = []
    excluded: list[Term] = []
    entities: set[str] = set()
    for piece in _PIECE.finditer(text.translate(_QUOTES)):
        entity = None if piece["minus"] else _entity(piece["word"])
        if entity is not None:
            entities.add(entity)
        elif term := _term(piece):
            (excluded if piece["minus"] else terms).append(term)
    if not terms:
        raise InputRefused(_nothing_wanted(text, excluded, entities))
    return Query(tuple(terms), tuple(excluded), frozenset(entities))


def unread_filters(text: str) -> tuple[str, ...]:
    """The parts of a query that look like ``in:…`` but name no entity, so that they are words."""
    pieces = (piece["word"] or "" for piece in _PIECE.finditer(text.translate(_QUOTES)))
    return tuple(one for one in pieces if one.lower().startswith(_IN) and _entity(one) is None)


def rank(query: Query, entry: str) -> float | None:
    """How well the words of a record answer a query; ``None`` where they do not.

    The measure is BM25 without its weights for rare words: those depend on all records, so that
    the order of what somebody may see would tell of what is hidden from them. Words of the first
    text of a record (its name, the exact quote) count more.

    Args:
        query: what is wanted.
        entry: the words of the record (see :func:`claims.analysis.search_texts.entry_words`).
    """
    line = _line(entry)
    if any(term.pattern in line for term in query.excluded):
        return None
    if not all(term.pattern in line for term in query.terms):
        return None
    first = _line(entry.partition(f" {SEPARATOR} ")[0])
    length = entry.count(" ") + 1
    dampened = _SATURATION * (1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length / _TYPICAL_LENGTH)
    counts = (
        line.count(term.pattern) + _FIRST_TEXT_COUNTS * first.count(term.pattern)
        for term in query.terms
    )
    return round(sum(many * (_SATURATION + 1) / (many + dampened) for many in counts), 6)


def snippet(query: Query, found: Sequence[Text]) -> Snippet | None:
    """The part of a record's texts that shows best why it was found.

    ``None`` where none of them holds what is wanted.
    """
    marked = [(text, _marks(query, text.text)) for text in found]
    best = max(marked, key=lambda one: len({term for term, *_ in one[1]}), default=None)
    if best is None or not best[1]:
        return None
    (field, text), marks = best
    start = _window(marks)
    return _cut(field, text, [(a, b) for _, a, b in marks], start)


def _line(entry: str) -> str:
    """The words with a space of their own on either side, so that equal neighbours both count."""
    return f" {entry.replace(' ', '  ')} "


def _entity(word: str | None) -> str | None:
    """The entity that ``in:…`` names; without ``in:``, or by another name, it is plain text."""
    if word is None or not word.lower().startswith(_IN):
        return None
    name = word[len(_IN) :].lower().replace("-", "_")
    return name if name in SEARCHED else None


def _term(piece: re.Match[str]) -> Term | None:
    text = piece["row"] if piece["word"] is None else piece["word"]
    prefix = text.endswith("*") or bool(piece["star"])
    found = folded_words(text)
    return Term(found, prefix) if found else None


def _nothing_wanted(text: str, excluded: Sequence[Term], entities: set[str]) -> str:
    if excluded:
        return f"{text!r} says only what must not be there; add a word to look for"
    if entities:
        return f"{text!r} names what to look through but no word; add a word to look for"
    found = f"{text!r} holds no letter or digit" if text.strip() else "there is nothing to look for"
    return f"{found}; give one or more words, such as `claims search shelling`"


def _marks(query: Query, text: str) -> list[tuple[Term, int, int]]:
    """Where the terms stand in a text, in its order."""
    held = words(text)
    found = {
        (term, held[at].start, held[at + len(term.words) - 1].end)
        for term in query.terms
        for at in _places(term, held)
    }
    return sorted(found, key=lambda one: (one[1], one[2], one[0].words))


def _places(term: Term, held: Sequence[Word]) -> Iterator[int]:
    size = len(term.words)
    for at in range(len(held) - size + 1):
        row = [word.text for word in held[at : at + size]]
        same = row[:-1] == list(term.words[:-1])
        last = row[-1].startswith(term.words[-1]) if term.prefix else row[-1] == term.words[-1]
        if same and last:
            yield at


def _window(marks: Sequence[tuple[Term, int, int]]) -> int:
    """The place of the first mark after which most different terms are shown."""

    def shown(start: int) -> int:
        end = start + _WIDTH - _BEFORE
        return len({term for term, a, b in marks if start <= a and b <= end})

    return max((start for _, start, _ in marks), key=shown)


def _cut(field: str, text: str, marks: Sequence[tuple[int, int]], at: int) -> Snippet:
    """About 200 letters around a place, whole words where they are not too long."""
    if len(text) <= _WIDTH + _BEFORE:
        return Snippet(field, text, _merged(marks))
    start = _at_a_space(text, max(0, at - _BEFORE), forward=True)
    end = _at_a_space(text, min(len(text), start + _WIDTH), forward=False)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    kept = _merged(
        [(max(a, start) + shift, min(b, end) + shift) for a, b in marks if a < end and b > start]
    )
    return Snippet(field, f"{before}{text[start:end]}{after}", kept)


def _at_a_space(text: str, place: int, *, forward: bool) -> int:
    """A place between words near this one; the place itself where none is near."""
    if place in {0, len(text)}:
        return place
    for step in range(_REACH):
        near = place + step if forward else place - step
        if text[near - 1 if forward else near].isspace():
            return near
    return place


def _merged(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for a, b in sorted(marks):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        else:
            found.append((a, b))
    return tuple(found)
