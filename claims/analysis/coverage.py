"""Which sentences of a text are coded: each with its claims, the reason why not, or neither.

The splitter is ours and small, because it must keep offsets, lines of infoboxes, headings and
list items, which the libraries at hand join to their neighbours. Splitting too often shows a
missing piece that a reader can see is none; splitting too rarely would hide one. So it splits
where it doubts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from claims.analysis.records import Claim, Passage

WRAPPED_LINE = 60
"""Code points from which a line without an end mark is taken to run on in the next one."""

_LINE = re.compile(r"[^\r\n\u0085\u2028\u2029]+")
_OWN_LINE = re.compile(r"\s*(?:[-*•–#+|>=]|\(?(?:\d{1,3}|[a-z])[.)]\s|={2,})")
_ENDED = re.compile(r"[.!?…:;。！？؟।።։][\"'”’»)\]]*\s*$")
_END = re.compile(
    r"(?:[.!?…]+|[؟।።։])[\"'”’»)\]]*(?=\s+[\"'“‘«„¿¡(\[]*[^\W_a-zà-öø-ÿа-яё])"
    r"|[。！？]+[」』”’）]*"
)
_BREAK = re.compile(r"\r\n|[\r\n\u0085\u2028\u2029]")
_FIRST = re.compile(r"\s*(\S)")
_WORD_BEFORE = re.compile(r"[^\s(\[\"'“‘«„]+$")
_ABBREVIATIONS = frozenset(
    word
    for words in (
        "mr mrs ms dr prof st gen col lt capt sgt maj cpl adm gov sen rep rev hon pres",
        "no nos nr vol vols pp p art fig ed eds cf vs e.g i.e viz approx ca c al",
        "jan feb mar apr jun jul aug sep sept oct nov dec",
        "m mm mme mlle bzw z.b d.h u.a ul им г ст тыс",
    )
    for word in words.split()
)
"""Without their last full stop, folded; after these a capital begins no sentence."""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A sentence, heading, list item or line of an infobox; half-open, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excuse:
    """A part of a text that makes no claim, and why; half-open, in code points."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class CoveredSentence:
    """A sentence with the claims whose passages touch it, and the reasons for coding none."""

    sentence: Sentence
    text: str
    line: int
    claims: tuple[Claim, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether the sentence has neither a claim nor a reason."""
        return not self.claims and not self.reasons


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; every character that is no white space is in one."""
    return tuple(
        Sentence(start, end)
        for block in _blocks(text)
        for start, end in _split(text, *block)
        if text[start:end].strip()
    )


def cover(
    text: str, passages: Sequence[Passage], claims: Sequence[Claim], excuses: Sequence[Excuse]
) -> tuple[CoveredSentence, ...]:
    """Each sentence of one document's text with what touches it.

    Args:
        text: the extracted text that the passages' offsets count in.
        passages: of this document; those without offsets touch nothing.
        claims: in the order in which they shall be listed.
        excuses: the parts that make no claim.
    """
    spans = sentences(text)
    touched = _Touched(spans)
    places = {passage.id: passage for passage in passages}
    for claim in claims:
        for passage in (places[id_] for id_ in claim.passages if id_ in places):
            touched.claim(passage.start or 0, passage.end or 0, claim)
    for excuse in excuses:
        touched.excuse(excuse)
    breaks = [match.start() for match in re.finditer("\n", text)]
    return tuple(
        CoveredSentence(
            span,
            " ".join(text[span.start : span.end].split()),
            bisect_left(breaks, span.start) + 1,
            tuple(touched.claims.get(number, {}).values()),
            tuple(touched.reasons.get(number, {})),
        )
        for number, span in enumerate(spans)
    )


@dataclass(slots=True)
class _Touched:
    """What touches each sentence, by its number."""

    spans: tuple[Sentence, ...]
    claims: dict[int, dict[UUID, Claim]] = field(default_factory=dict)
    reasons: dict[int, dict[str, None]] = field(default_factory=dict)

    def claim(self, start: int, end: int, claim: Claim) -> None:
        for number in self._between(start, end):
            self.claims.setdefault(number, {})[claim.id] = claim

    def excuse(self, excuse: Excuse) -> None:
        for number in self._between(excuse.start, excuse.end):
            self.reasons.setdefault(number, {})[excuse.reason] = None

    def _between(self, start: int, end: int) -> range:
        first = bisect_right(self.spans, start, key=lambda span: span.end)
        return range(first, bisect_left(self.spans, end, key=lambda span: span.start))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines that may hold one sentence: prose that is broken by its width alone."""
    lines = [match.span() for match in _LINE.finditer(text) if match.group().strip()]
    if not lines:
        return
    begin = lines[0][0]
    for (start, end), (following, _) in pairwise(lines):
        if not _runs_on(text, start, end, following):
            yield begin, end
            begin = following
    yield begin, lines[-1][1]


def _runs_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether a sentence may run from one line into the next."""
    blank = len(_BREAK.findall(text, end, following)) > 1
    if blank or _ENDED.search(text, start, end) or _OWN_LINE.match(text, following):
        return False
    return end - start >= WRAPPED_LINE or _begins_small(text, following)


def _begins_small(text: str, start: int) -> bool:
    first = _FIRST.match(text, start)
    return first is not None and first.group(1).islower()


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a block, without the white space around them."""
    begin = start
    for match in _END.finditer(text, start, end):
        if not _is_abbreviation(text, begin, match):
            yield _trimmed(text, begin, match.end())
            begin = match.end()
    yield _trimmed(text, begin, end)


def _is_abbreviation(text: str, begin: int, end: re.Match[str]) -> bool:
    """Whether the full stop belongs to a word: a known abbreviation, or an initial."""
    if end.group() != ".":
        return False
    before = _WORD_BEFORE.search(text, begin, end.start())
    word = before.group() if before else ""
    initial = len(word) == 1 and word.isupper()
    return initial or word.casefold() in _ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
