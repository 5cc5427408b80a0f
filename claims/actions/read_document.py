"""Reading an archived text: sentence by sentence, with what was entered from each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.copies import layout_of
from claims.actions.entry_names import claim_words
from claims.actions.snapshots import with_text
from claims.analysis.coverage import CoveredSentence, cover
from claims.analysis.extracted import Extracted
from claims.analysis.records import Assessment, Claim, Document, Passage, Question, Snapshot
from claims.analysis.vocabulary import Scheme, Sensitivity
from claims.archive.store import Archive
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids
from claims.store.judged import assessments_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """Which document to read, and where its texts are archived.

    ``snapshot`` is the id of an archived copy, or its beginning; without it the newest is read.
    """

    document: str
    archive: Archive
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadClaim:
    """A claim in a few words, the question that it answers, and how sure somebody is of it."""

    id: UUID
    key: str | None
    words: str
    question: str
    confidence: str | None
    retracted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSentence:
    """A sentence as it stands in the text, half-open, in code points; ``line`` counts from 1.

    ``cited`` are the stretches of it that passages quote, in order and apart. ``page`` is the
    label of its page, where the copy has pages; ``aside`` says that it stands outside the main
    text, as menus and footers of a web page do.
    """

    start: int
    end: int
    line: int
    text: str
    cited: tuple[tuple[int, int], ...] = ()
    claims: tuple[ReadClaim, ...] = ()
    page: str | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadText:
    """An archived text with all its sentences.

    ``elsewhere`` counts the claims of the document that no sentence of this copy holds: their
    quotes have no place in an archived text, or stand in another copy.
    """

    document: UUID
    key: str | None
    title: str
    snapshot: Snapshot
    text: str
    sentences: tuple[ReadSentence, ...]
    elsewhere: int

    @property
    def claims(self) -> int:
        """How many claims the sentences hold."""
        return len({claim.id for sentence in self.sentences for claim in sentence.claims})

    @property
    def aside(self) -> tuple[ReadSentence, ...]:
        """The sentences outside the main text that hold no claim."""
        return tuple(one for one in self.sentences if one.aside and not one.claims)

    @property
    def bare(self) -> tuple[ReadSentence, ...]:
        """The sentences of the main text that hold no claim."""
        return tuple(one for one in self.sentences if not one.claims and not one.aside)


def read_document(session: Session, actor: Actor, request: ReadRequest, now: datetime) -> ReadText:
    """The archived text of a document, sentence by sentence, with the claims that quote it.

    A text tells more than its quotes, and the words of a claim that somebody may not see can
    stand in a document that they may. So it is shown to those who enter claims, and to those
    from whom nothing is hidden.

    Args:
        session: an open unit of work; nothing is written.
        actor: who reads.
        request: the document and the archive.
        now: unused; every action has it.

    Raises:
        NotPermitted: a reader from whom something may be hidden.
        NotFound: no such document or copy may be seen, or no text of it is archived.
        VerificationFailed: the archived text was altered.
    """
    del now
    actor.require(Doing.READ)
    if not actor.may_see(Sensitivity.RESTRICTED):
        actor.require(Doing.ENTER)
    seen = access(session, actor)
    document, _ = seen.find(Document, request.document)
    snapshot = with_text(session, document, request.snapshot)
    text = request.archive.read(snapshot.text_sha256).decode("utf-8")
    claims = seen.records(Claim, claim_ids(session, seen.clearance, Wanted(document=document.id)))
    cited = {passage for claim in claims for passage in claim.passages}
    passages = [one for one in seen.records(Passage, cited) if one.snapshot == snapshot.id]
    told, layout = _told(seen, claims), layout_of(snapshot, request.archive)
    covered = cover(text, passages, claims, ())
    placed = {claim.id for sentence in covered for claim in sentence.claims}
    spans = _joined((p.start, p.end) for p in passages if p.start is not None and p.end is not None)
    return ReadText(
        document=document.id,
        key=document.key,
        title=document.title,
        snapshot=snapshot,
        text=text,
        sentences=tuple(_placed(_sentence(text, one, spans, told), layout) for one in covered),
        elsewhere=len(claims) - len(placed),
    )


def _told(seen: Access, claims: Sequence[Claim]) -> Mapping[UUID, ReadClaim]:
    """Each claim in a few words, with its question and the confidence in force."""
    questions = {one.id: one for one in seen.records(Question, {c.question for c in claims})}
    wanted = {claim.id for claim in claims}
    graded = seen.records(Assessment, assessments_of(seen.session, wanted))
    replaced = {one.supersedes for one in graded}
    confidence = {
        one.target: one.code
        for one in graded
        if one.scheme is Scheme.CONFIDENCE and one.id not in replaced
    }
    return {
        claim.id: ReadClaim(
            id=claim.id,
            key=claim.key,
            words=claim_words(seen, claim),
            question=questions[claim.question].text if claim.question in questions else "",
            confidence=confidence.get(claim.id),
            retracted=claim.retracted_at is not None,
        )
        for claim in claims
    }


def _sentence(
    text: str,
    found: CoveredSentence,
    spans: Sequence[tuple[int, int]],
    told: Mapping[UUID, ReadClaim],
) -> ReadSentence:
    start, end = found.sentence.start, found.sentence.end
    inside = (
        (max(start, low), min(end, high)) for low, high in spans if low < end and high > start
    )
    return ReadSentence(
        start=start,
        end=end,
        line=found.line,
        text=text[start:end],
        cited=tuple(inside),
        claims=tuple(told[claim.id] for claim in found.claims),
    )


def _placed(sentence: ReadSentence, layout: Extracted | None) -> ReadSentence:
    """The sentence with its page, and whether it stands outside the main text."""
    if layout is None:
        return sentence
    page = next((one.label for one in layout.pages if one.start <= sentence.start < one.end), None)
    main = any(one.start < sentence.end and sentence.start < one.end for one in layout.main)
    return replace(sentence, page=page, aside=bool(layout.main) and not main)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
