"""Near-duplicates: records that may stand for one thing, each pair with the reason in words.

They are suggested and warned about, never acted upon: whether two are one is for a person to
say. Names are compared by their folded words, so that spelling and accents make no difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Generic, TypeVar
from uuid import UUID

from claims.analysis.likeness import Name, alike
from claims.analysis.records import Claim, Document, Question, Record, Source
from claims.analysis.similar_documents import compare_documents, document_marks, document_words
from claims.values.folding import folded

R = TypeVar("R", bound=Record)

Found = tuple[int, str] | None
"""How sure (0 is surest) and why; ``None`` where two records are not alike."""

BLOCK = 50
"""A word that more records share than this says nothing, and makes no pair by itself."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two records that may be one; ``rank`` 0 is the surest."""

    a: UUID
    b: UUID
    rank: int
    reason: str


@dataclass(frozen=True, slots=True)
class _Rules(Generic[R]):
    """How records of a kind are told: what makes a pair worth a look, and what it comes to.

    Records that share one of the ``certain`` keys, or a ``loose`` one that is not too common,
    are compared.
    """

    certain: Callable[[R], Iterable[Hashable]]
    loose: Callable[[R], Iterable[Hashable]]
    compare: Callable[[R, R], Found]


def similar_to(one: R, held: Iterable[R]) -> tuple[Alike, ...]:
    """The records that may be the same as ``one``, the surest first; ``one`` itself never is."""
    rules = _rules(one)
    keys = {*rules.certain(one), *rules.loose(one)}
    found = (
        _pair(rules, one, other)
        for other in held
        if other.id != one.id and not keys.isdisjoint((*rules.certain(other), *rules.loose(other)))
    )
    return _ranked(found)


def pairs(held: Sequence[R]) -> tuple[Alike, ...]:
    """All pairs of records of one kind that may be one, the surest first.

    The time grows with the number of records and not with its square: only those that share
    something uncommon are compared.
    """
    if not held:
        return ()
    rules = _rules(held[0])
    candidates = _blocks(held, rules.certain, stars=True) | _blocks(held, rules.loose, stars=False)
    return _ranked(_pair(rules, held[a], held[b]) for a, b in sorted(candidates))


def _blocks(
    held: Sequence[R], keys: Callable[[R], Iterable[Hashable]], *, stars: bool
) -> set[tuple[int, int]]:
    """The places of records that share a key; of many, each with the first, or none at all."""
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(held):
        for key in set(keys(one)):
            blocks[key].append(place)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= BLOCK:
            found.update(combinations(members, 2))
        elif stars:
            found.update((members[0], other) for other in members[1:])
    return found


def _pair(rules: _Rules[R], a: R, b: R) -> Alike | None:
    found = rules.compare(a, b)
    return None if found is None else Alike(a.id, b.id, *found)


def _ranked(found: Iterable[Alike | None]) -> tuple[Alike, ...]:
    kept = (one for one in found if one is not None)
    return tuple(sorted(kept, key=lambda one: (one.rank, one.reason, one.a, one.b)))


def _names(source: Source) -> Iterator[Name]:
    return (Name.of(text) for text in (source.name, *source.aliases))


def _source_marks(source: Source) -> Iterator[Hashable]:
    yield from (("name", name.folded) for name in _names(source))
    yield from ((scheme, folded(text)) for scheme, text in source.identifiers.items())


def _source_words(source: Source) -> Iterator[Hashable]:
    for name in _names(source):
        yield from name.marks


def _sources(a: Source, b: Source) -> Found:
    """Two voices with a name may be one, and so may two without; one of each cannot."""
    if a.named != b.named:
        return None
    for scheme in sorted(a.identifiers.keys() & b.identifiers.keys()):
        if folded(a.identifiers[scheme]) == folded(b.identifiers[scheme]):
            return 0, f"same {scheme} {a.identifiers[scheme]}"
    found = (alike(one, other) for one in _names(a) for other in _names(b))
    return min((one for one in found if one is not None), default=None)


def _question_words(question: Question) -> Iterator[Hashable]:
    return ((question.topic, key) for key in Name.of(question.text).marks)


def _question_marks(question: Question) -> Iterator[Hashable]:
    yield question.topic, question.value_kind, Name.of(question.text).folded


def _questions(a: Question, b: Question) -> Found:
    """Two questions of one topic, answered in one way, about one scope, in similar words."""
    if any(getattr(a, name) != getattr(b, name) for name in ALIKE):
        return None
    return alike(Name.of(a.text), Name.of(b.text), thing="question", swapped=True)


ALIKE = ("topic", "value_kind", "aspect", "unit", "scope")
"""What questions must have in common to be one: how an answer looks, and what it is about."""


def _claim_marks(claim: Claim) -> Iterator[Hashable]:
    yield claim.document, claim.question, claim.origin


def _claims(a: Claim, b: Claim) -> Found:
    """One speaker who says one thing in one document, coded twice."""
    gone = a.retracted_at or b.retracted_at
    if gone or a.supersedes == b.id or b.supersedes == a.id or a.stance != b.stance:
        return None
    same = "same document, question, origin"
    if set(a.passages) & set(b.passages):
        return 0, f"{same} and passage"
    if a.value and b.value and a.value.expression == b.value.expression:
        return 1, f"{same} and value"
    return None


def _nothing(_: Record) -> tuple[()]:
    return ()


_RULES: Mapping[str, _Rules[Any]] = {
    Source.entity: _Rules(_source_marks, _source_words, _sources),
    Question.entity: _Rules(_question_marks, _question_words, _questions),
    Document.entity: _Rules(document_marks, document_words, compare_documents),
    Claim.entity: _Rules(_claim_marks, _nothing, _claims),
}


def _rules(one: R) -> _Rules[R]:
    return _RULES[one.entity]
