"""Merges: what a person found to be one source, question or document, read as one.

Nothing is rewritten. A casefile is read through the merges in force, and without one of them it
reads as before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import (
    Assessment,
    Claim,
    CrossCheck,
    Document,
    Inquiry,
    Merge,
    Passage,
    Question,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
)
from claims.analysis.voices import Voices

SOURCE, QUESTION, DOCUMENT = Source.entity, Question.entity, Document.entity

P = TypeVar("P", Snapshot, Passage)


def groups(merges: Iterable[Merge], of: str) -> tuple[tuple[UUID, ...], ...]:
    """The records of a kind (``of``) that merges make one, each group with the kept one first.

    Merges are read as what they say, that two are the same: a chain of them is one group. The
    kept one is that which was merged into no other.
    """
    held = [merge for merge in merges if merge.of == of and not merge.undone]
    one = Voices()
    for merge in held:
        one.join(str(merge.kept), str(merge.merged))
    gone = {merge.merged for merge in held}
    found: defaultdict[str, set[UUID]] = defaultdict(set)
    for merge in held:
        found[one.head(str(merge.kept))] |= {merge.kept, merge.merged}
    ordered = (sorted(group, key=lambda i: (i in gone, i)) for group in found.values())
    return tuple(sorted(tuple(group) for group in ordered))


def kept(merges: Iterable[Merge], of: str) -> dict[UUID, UUID]:
    """For each record that was merged into another: the one that stands for it in the end."""
    return {gone: first for first, *others in groups(merges, of) for gone in others}


def companions(merges: Iterable[Merge], of: str, ids: Collection[UUID]) -> set[UUID]:
    """The records that merges make one with any of these, without these themselves."""
    touched = (group for group in groups(merges, of) if not set(group).isdisjoint(ids))
    return {member for group in touched for member in group} - set(ids)


def apply(casefile: Casefile, merges: Sequence[Merge]) -> Casefile:
    """The casefile in which each merged record reads as the one that was kept.

    The kept record answers to the names and identifiers of the merged, belongs to their party
    where it has none of its own, and is part of what they were part of. A relation between two
    that are now one falls away, as does the second of two speakers in a chain who are one.
    Of what was thought of them the kept one's assessment stands, where it has one on a scheme.
    Where the casefile does not hold the kept record, one that it holds stands in for it.

    Args:
        casefile: the topic as recorded.
        merges: those that may be seen; what is undone is left out here.
    """
    now = _Now(
        sources=_present(merges, SOURCE, casefile.sources),
        questions=_present(merges, QUESTION, casefile.question),
        documents=_present(merges, DOCUMENT, casefile.documents),
    )
    return now.read(casefile) if now.sources or now.questions or now.documents else casefile


def _present(merges: Sequence[Merge], of: str, held: Collection[UUID]) -> dict[UUID, UUID]:
    """For each record that is held and reads as another: that other, which is held too."""
    found: dict[UUID, UUID] = {}
    for group in groups(merges, of):
        here = [member for member in group if member in held]
        found.update((gone, here[0]) for gone in here[1:])
    return found


@dataclass(frozen=True, slots=True)
class _Now:
    """Which source, question and document each merged one reads as now."""

    sources: Mapping[UUID, UUID]
    questions: Mapping[UUID, UUID]
    documents: Mapping[UUID, UUID]

    def read(self, held: Casefile) -> Casefile:
        return replace(
            held,
            questions=tuple(self._questions(held.questions)),
            claims=tuple(self._claim(claim) for claim in held.claims),
            sources=self._sources(held.sources),
            documents=self._documents(held.documents),
            snapshots={key: self._moved(one) for key, one in held.snapshots.items()},
            passages={key: self._moved(one) for key, one in held.passages.items()},
            source_relations=tuple(self._relations(held.source_relations)),
            assessments=tuple(self._assessments(held)),
            cross_checks=tuple(self._cross_check(check) for check in held.cross_checks),
            inquiries=tuple(self._inquiry(inquiry) for inquiry in held.inquiries),
        )

    def _sources(self, held: Mapping[UUID, Source]) -> dict[UUID, Source]:
        found = {key: one for key, one in held.items() if key not in self.sources}
        for key, merged in held.items():
            if key in self.sources:
                found[self.sources[key]] = _both(found[self.sources[key]], merged)
        return found

    def _documents(self, held: Mapping[UUID, Document]) -> dict[UUID, Document]:
        return {
            key: replace(one, voice=voice) if (voice := self.sources.get(one.voice)) else one
            for key, one in held.items()
            if key not in self.documents
        }

    def _questions(self, held: Sequence[Question]) -> Iterator[Question]:
        whole = {one.id: one.subset_of for one in held if one.id not in self.questions}
        for one in held:
            if one.id in self.questions:
                first = self.questions[one.id]
                whole[first] = self._other(whole[first], first) or one.subset_of
        for one in held:
            if one.id in whole:
                part_of = self._other(whole[one.id], one.id)
                yield one if part_of == one.subset_of else replace(one, subset_of=part_of)

    def _other(self, whole: UUID | None, part: UUID) -> UUID | None:
        """What a question is part of, unless that is now the question itself."""
        found = None if whole is None else self.questions.get(whole, whole)
        return None if found == part else found

    def _claim(self, claim: Claim) -> Claim:
        question = self.questions.get(claim.question, claim.question)
        document = self.documents.get(claim.document, claim.document)
        speakers = self._chain(claim.speakers)
        if (question, document, speakers) == (claim.question, claim.document, claim.speakers):
            return claim
        return replace(claim, question=question, document=document, speakers=speakers)

    def _chain(self, speakers: tuple[Speaker, ...]) -> tuple[Speaker, ...]:
        """The chain, shorter where a merge made one speaker of two that follow each other."""
        if not any(
            one.source in self.sources or one.document in self.documents for one in speakers
        ):
            return speakers
        found: list[Speaker] = []
        for before in speakers:
            one = self._speaker(before)
            if found and found[-1].source == one.source:
                found[-1] = _either(found[-1], one)
            else:
                found.append(one)
        return tuple(found)

    def _speaker(self, one: Speaker) -> Speaker:
        own = one.document and self.documents.get(one.document, one.document)
        return replace(one, source=self.sources.get(one.source, one.source), document=own)

    def _moved(self, one: P) -> P:
        document = self.documents.get(one.document)
        return replace(one, document=document) if document else one

    def _relations(self, held: Sequence[SourceRelation]) -> Iterator[SourceRelation]:
        for one in held:
            ends = self.documents if one.between == DOCUMENT else self.sources
            a, b = ends.get(one.a, one.a), ends.get(one.b, one.b)
            if (a, b) == (one.a, one.b):
                yield one
            elif a != b:
                yield replace(one, a=a, b=b)

    def _assessments(self, held: Casefile) -> Iterator[Assessment]:
        judged = {(one.target, one.scheme) for one in held.assessments if one.of == SOURCE}
        for one in held.assessments:
            target = self.sources.get(one.target) if one.of == SOURCE else None
            if target is None:
                yield one
            elif (target, one.scheme) not in judged:
                yield replace(one, target=target)

    def _cross_check(self, check: CrossCheck) -> CrossCheck:
        asked = tuple(dict.fromkeys(self.questions.get(one, one) for one in check.questions))
        return check if asked == check.questions else replace(check, questions=asked)

    def _inquiry(self, one: Inquiry) -> Inquiry:
        return replace(
            one,
            question=one.question and self.questions.get(one.question, one.question),
            source=one.source and self.sources.get(one.source, one.source),
            document=one.document and self.documents.get(one.document, one.document),
        )


def _both(one: Source, merged: Source) -> Source:
    """The kept source with the names, identifiers and party that the merged one adds."""
    names = dict.fromkeys((*one.aliases, merged.name, *merged.aliases))
    names.pop(one.name, None)
    return replace(
        one,
        aliases=tuple(names),
        identifiers={**merged.identifiers, **one.identifiers},
        party=one.party or merged.party,
    )


def _either(first: Speaker, second: Speaker) -> Speaker:
    """One speaker of two: what the first leaves out, the second says."""
    return replace(
        first, verb=first.verb or second.verb, document=first.document or second.document
    )
