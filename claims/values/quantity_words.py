"""The words of a text as tokens, and the phrases that a language's table holds.

A phrase table is a data file; nothing here knows a language. :class:`Words` is a cursor over the
tokens that takes the longest phrase of the kind asked for.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from claims.errors import InvalidQuantity
from claims.values.quantity_data import data_file

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT = 300

_SPACED_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u2011](?=[^\W\d_])")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[.,'’\u00a0\u2007\u2009\u202f]\d+| \d{3}(?!\d))*)"
    r"|(?P<fraction>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?P<word>[^\W\d_]+['’]?)"
    r"|(?P<symbol>>=|<=|[%~≈<>≥≤+/(),.:;‐‑‒–—―−-]))"
)
_AROUND = "\"'“”„«»‘’ \t\r\n\u00a0\u202f"

Phrases = tuple[tuple[tuple[str, ...], str], ...]
"""Phrases with one first word, longest first: their other words, and what they mean."""


@dataclass(frozen=True, slots=True)
class Language:
    """One phrase table: for each kind, the phrases by their first word, longest first."""

    code: str
    kinds: Mapping[str, Mapping[str, Phrases]]
    small: frozenset[str]
    large: frozenset[str]
    articles: frozenset[str]
    singular: frozenset[str]
    joiner: str
    joiner_follows: frozenset[str]


@cache
def language(code: str) -> Language:
    """The phrase table of a language that is held."""
    raw = data_file(f"phrases/{code}")
    numbers = raw["numbers"]
    kinds = {
        kind: _by_first_word(meanings)
        for kind, meanings in raw.items()
        if kind not in {"language", "numbers", "singular"}
    }
    return Language(
        code=raw["language"],
        kinds=kinds,
        small=frozenset(numbers["small"]),
        large=frozenset(numbers["large"]),
        articles=frozenset(numbers["articles"]),
        singular=frozenset(raw["singular"]),
        joiner=numbers["joiner"],
        joiner_follows=frozenset(numbers["joiner_follows"]),
    )


def _by_first_word(meanings: Mapping[str, list[str]]) -> Mapping[str, Phrases]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for meaning, phrases in meanings.items():
        for phrase in phrases:
            first, *rest = _scan(phrase).low
            found.setdefault(first, []).append((tuple(rest), meaning))
    return {
        first: tuple(sorted(held, key=lambda entry: -len(entry[0])))
        for first, held in found.items()
    }


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words, numbers and signs in order: as written, in lower case, and where each starts."""

    text: str
    raw: tuple[str, ...]
    low: tuple[str, ...]
    starts: tuple[int, ...]


def tokens_of(text: str) -> Tokens:
    """The tokens of a text, without a stop at its end; hyphens inside words are read as spaces.

    Raises:
        InvalidQuantity: the text is empty, too long, or has a sign that no quantity needs.
    """
    if len(text) > MAX_TEXT:
        message = f"it has {len(text)} characters; give only the words of the number"
        raise InvalidQuantity(message)
    found = _scan(text.strip(_AROUND))
    if found.raw and found.raw[-1] in ".,;:":
        found = Tokens(found.text, found.raw[:-1], found.low[:-1], found.starts[:-1])
    if not found.raw:
        message = "there are no words in it; give a number or a word such as “several”"
        raise InvalidQuantity(message)
    return found


def _scan(text: str) -> Tokens:
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    plain = _SPACED_HYPHEN.sub(" ", composed).rstrip()
    raw: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            raise InvalidQuantity(_unreadable(plain[at:].lstrip()[:1]))
        kind = match.lastgroup or ""
        _check_glued(plain, match, kind)
        raw.append(match[kind])
        starts.append(match.start(kind))
        at = match.end()
    low = tuple(word.lower().replace("’", "'") for word in raw)
    return Tokens(plain, tuple(raw), low, tuple(starts))


def _check_glued(text: str, match: re.Match[str], kind: str) -> None:
    """Refuse digits with letters stuck to them ("1e5", "10k", "8½") and odd letters ("²")."""
    start, end = match.span(kind)
    if kind == "word" and not match[kind].rstrip("'’").isalpha():
        raise InvalidQuantity(_unreadable(match[kind]))
    if kind == "number" and (text[end : end + 1].isalnum() or text[start - 1 : start].isalnum()):
        glued = text[max(0, start - 1) : end + 5].split(maxsplit=1)[0]
        message = f"“{glued}” sticks letters or signs to digits; write the number out"
        raise InvalidQuantity(message)


def _unreadable(sign: str) -> str:
    return f"the sign {sign!r} belongs to no number or unit that is read; leave it out"


class Words:
    """A cursor over tokens."""

    __slots__ = ("_kinds", "_low", "at", "language", "stop", "tokens")

    def __init__(self, tokens: Tokens, spoken: Language) -> None:
        """Start before the first token."""
        self.tokens = tokens
        self.language = spoken
        self.at = 0
        self.stop: int | None = None
        self._low = (*tokens.low, "")
        self._kinds = spoken.kinds

    @property
    def done(self) -> bool:
        """Whether every token is read."""
        return self.at >= len(self.tokens.low)

    @property
    def here(self) -> str:
        """The next token in lower case, or an empty text at the end."""
        return self._low[self.at]

    @property
    def rest(self) -> str:
        """The words not read yet."""
        return "" if self.done else self.tokens.text[self.tokens.starts[self.at] :]

    def at_number(self) -> bool:
        """Whether digits come next."""
        return self.here[:1].isdecimal()

    def peek(self, kind: str) -> tuple[str, int] | None:
        """What the longest phrase of the kind that starts here means, and its length."""
        at = self.at
        for rest, meaning in self._kinds[kind].get(self._low[at], ()):
            if not rest or self._low[at + 1 : at + 1 + len(rest)] == rest:
                return meaning, 1 + len(rest)
        return None

    def take(self, kind: str) -> str | None:
        """What the longest phrase of the kind that starts here means; the phrase is then read."""
        if self._low[self.at] not in self._kinds[kind]:
            return None
        found = self.peek(kind)
        if found is None:
            return None
        self.at += found[1]
        return found[0]

    def take_all(self, kind: str) -> list[str]:
        """The meanings of all phrases of the kind that follow one another here."""
        found = []
        while (meaning := self.take(kind)) is not None:
            found.append(meaning)
        return found

    def accept(self, sign: str) -> bool:
        """Read one token if it is this one."""
        if self.here != sign:
            return False
        self.at += 1
        return True

    def find(self, kind: str) -> tuple[str, str] | None:
        """The first phrase of the kind anywhere in the text: its meaning and its words."""
        start, starts = self.at, self._kinds[kind]
        for at in (at for at, word in enumerate(self.tokens.low) if word in starts):
            self.at = at
            found = self.peek(kind)
            self.at = start
            if found is not None:
                return found[0], " ".join(self.tokens.raw[at : at + found[1]])
        return None
