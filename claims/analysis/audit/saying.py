"""The sentence of a quote in which a value is said, and the clause within it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.lexicon import Lexicon, lexicon
from claims.analysis.coverage import sentences
from claims.analysis.quote_fold import plain
from claims.analysis.records import Claim, Passage
from claims.values.folding import folded_words

_CLAUSE = re.compile(r"[,;:()]|\s[-–—]\s|-(?=\s)|\b(?:but|and|while|whereas|although|though)\b")

_KEPT = 1_000
"""Quotes whose sentences are kept; the claims of one stand together."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence without differences of typography, and where in it the value is said.

    ``start`` and ``end`` are those of the words said; both are 0 where the claim says none of
    its own.
    """

    passage: Passage
    sentence: str
    start: int
    end: int
    words: Lexicon

    @property
    def said(self) -> str:
        """The words of the value."""
        return self.sentence[self.start : self.end]

    @property
    def clause(self) -> tuple[int, int]:
        """Where the clause begins and ends that the words said stand in."""
        breaks = [match.span() for match in _CLAUSE.finditer(self.sentence)]
        first = max((end for _, end in breaks if end <= self.start), default=0)
        last = min((start for start, _ in breaks if start >= self.end), default=len(self.sentence))
        return first, last

    @property
    def before(self) -> str:
        """The words of the clause before those of the value."""
        return self.sentence[self.clause[0] : self.start]

    def governed_by(self, start: int, end: int) -> bool:
        """Whether a word at this place of the sentence speaks of the value.

        It does within the same clause, at the beginning of the sentence, or between commas of
        its own.
        """
        first, last = self.clause
        if start < last and end > first:
            return True
        breaks = [match.span() for match in _CLAUSE.finditer(self.sentence)]
        begins = max((stop for _, stop in breaks if stop <= start), default=0)
        ends = min((at for at, _ in breaks if at >= end), default=len(self.sentence))
        alone = not re.search(r"\w", self.sentence[begins:start] + self.sentence[end:ends])
        return alone or not re.search(r"\w", self.sentence[:start])


def sayings(dossier: Dossier, claim: Claim) -> Iterator[Saying]:
    """The sentences in which a claim's value is said, of its quotes whose language is known.

    A claim without words of its own is said by every sentence of its quotes; one whose words
    stand in none of them, by none.
    """
    said = plain(claim.value.said).text.strip() if claim.value else ""
    for passage in dossier.quotes(claim):
        words = lexicon(passage.language)
        if words is None:
            continue
        text, split = _split(passage.exact)
        if claim.value is None:
            yield from (Saying(passage, text[a:b], 0, 0, words) for a, b in split)
            continue
        at = text.find(said)
        for first, last in split:
            if said and first <= at < last:
                end = min(at + len(said), last)
                yield Saying(passage, text[first:last], at - first, end - first, words)
                return


@lru_cache(maxsize=_KEPT)
def _split(quote: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A quote without differences of typography, and its sentences; several claims cite it."""
    text = plain(quote).text
    return text, tuple((sentence.start, sentence.end) for sentence in sentences(text))


def unread(dossier: Dossier, claim: Claim) -> str | None:
    """The language of a claim's quotes, where no words of any of them are held."""
    languages = [passage.language for passage in dossier.quotes(claim)]
    if not languages or any(lexicon(language) for language in languages):
        return None
    return languages[0]


@lru_cache(maxsize=65_536)
def folded_name(name: str) -> str:
    """The folded words of a name in a row; names are looked for in many sentences."""
    return " ".join(folded_words(name))


def id_in(expression: str) -> UUID | None:
    """The id that a stored value is, for a category or a place; ``None`` where it is none."""
    try:
        return UUID(expression)
    except ValueError:
        return None
