"""What an audit of the database looks at: dossiers, question files, all documents in brief.

A batch of documents is read with all that rests on it, so that few queries are asked and few
records are in memory at a time; of a document with very many claims, a part at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from claims.actions.copies import missing_of
from claims.analysis.audit.assemble import Assembled
from claims.analysis.audit.case import Dossier, HeldText, LinkState, Notice
from claims.analysis.audit.standing import uncited
from claims.analysis.canonical import canonical_json
from claims.analysis.records import (
    Assessment,
    Claim,
    Contributor,
    Document,
    Inquiry,
    Party,
    Passage,
    Place,
    Project,
    Question,
    Record,
    Review,
    Snapshot,
    Source,
    Term,
    Topic,
)
from claims.analysis.vocabulary import Role
from claims.archive.layout import read_layout
from claims.archive.store import Archive
from claims.errors import ClaimsError, NotFound
from claims.store.access import Access
from claims.store.audits import (
    claims_by_document,
    inquiries_of,
    recorded,
    reviews_of,
    snapshots_held,
    stored_bounds,
    uncited_passages,
)
from claims.store.cited import passages_of
from claims.store.judged import assessments_of

R = TypeVar("R", bound=Record)

TOGETHER = 2_000
"""So many claims, or documents, are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Documents with those of their claims that are looked at together.

    ``begun`` is the document whose first claims were in an earlier batch, ``unended`` the one of
    which more follow; the others are whole.
    """

    claims: Mapping[UUID, Sequence[UUID]]
    begun: UUID | None = None
    unended: UUID | None = None

    def subject(self, document: UUID) -> UUID:
        """What the outcomes of a document, or of a part of it, are kept by."""
        return self.claims[document][0] if document == self.begun else document

    @property
    def subjects(self) -> tuple[UUID, ...]:
        """What the outcomes of all of them are kept by."""
        return tuple(self.subject(document) for document in self.claims)


@dataclass(frozen=True, kw_only=True)
class Cases:
    """The cases of one audit, as one clearance sees them.

    ``links`` are what became of documents' addresses, where somebody looked; ``notices`` the
    documents that a list of retractions names, ``noticed`` whether one was read. ``states`` are
    those of archived bytes that were looked at, by their SHA-256. Without an ``archive`` nothing
    is known of any bytes.
    """

    seen: Access
    archive: Archive | None
    links: Mapping[UUID, LinkState] = field(default_factory=dict)
    notices: Mapping[UUID, Notice] = field(default_factory=dict)
    noticed: bool = False
    states: dict[str, bool | None] = field(default_factory=dict)

    @cached_property
    def project(self) -> Project | None:
        """The project."""
        return next(iter(self.seen.records(Project)), None)

    @cached_property
    def contributors(self) -> int:
        """How many people may enter and assess."""
        return sum(one.role is not Role.READER for one in self.seen.records(Contributor))

    def batches(self, only: Sequence[UUID] | None = None) -> Iterator[Batch]:
        """All documents, or these, with their claims, in batches."""
        claims: dict[UUID, list[UUID]] = {}
        many, begun, wanted = 0, None, None if only is None else set(only)
        for document, claim in claims_by_document(self.seen.session, self.seen.clearance):
            if wanted is not None and document not in wanted:
                continue
            if many >= TOGETHER:
                cut = document if document in claims else None
                yield Batch(claims=claims, begun=begun, unended=cut)
                claims, many, begun = {}, 0, cut
            held = claims.setdefault(document, [])
            held += [] if claim == document else [claim]
            many += 1
        if claims:
            yield Batch(claims=claims, begun=begun)

    def dossiers(self, batch: Batch) -> Iterator[tuple[Dossier, str]]:
        """The dossiers of a batch without any text, each with the digest of what it rests on."""
        records = self._records(batch)
        ids = [one.id for one in records if isinstance(one, Claim | Assessment)]
        made = Assembled(
            [*records, *self._vocabulary],
            recorded=recorded(self.seen.session, ids),
            contributors=self.contributors,
        )
        bounds = stored_bounds(
            self.seen.session, [one.id for one in records if isinstance(one, Claim)]
        )
        hashes = self._hashes(records)
        for dossier in made.dossiers():
            if dossier.document.id not in batch.claims:
                continue
            held = {one.id: self._held(one) for one in dossier.snapshots}
            whole = replace(
                dossier,
                held=held,
                further=self._further(dossier),
                stored={one.id: bounds[one.id] for one in dossier.claims if one.id in bounds},
                link=self.links.get(dossier.document.id),
                noticed=self.noticed,
                notice=self.notices.get(dossier.document.id),
            )
            yield whole, self._digest(whole, hashes)

    def with_texts(self, dossier: Dossier) -> Dossier:
        """The same dossier with the texts that are held of its snapshots."""
        held = {one.id: self._with_text(one, dossier.held[one.id]) for one in dossier.snapshots}
        return replace(dossier, held=held)

    def texts(self) -> Iterator[tuple[Document, str]]:
        """Every visible document with each text that is held of it."""
        for document in self.seen.ids(Document):
            found = self.seen.get(Document, document)
            snapshots = self.seen.records(Snapshot, snapshots_held(self.seen.session, [document]))
            for one in snapshots if found else ():
                text = self._with_text(one, HeldText()).text
                if found and text:
                    yield found[0], text

    def _further(self, dossier: Dossier) -> tuple[Passage, ...]:
        """What is cited by claims that are not here, where some passage is cited by none."""
        if not uncited(dossier):
            return ()
        held = passages_of(self.seen.session, dossier.document.id)
        return tuple(one for one in held if one.id not in dossier.passage)

    @cached_property
    def _vocabulary(self) -> list[Record]:
        kinds: tuple[type[Record], ...] = (Topic, Party, Term, Place)
        project: list[Record] = [self.project] if self.project else []
        return [*project, *(one for kind in kinds for one in self.seen.records(kind))]

    @cached_property
    def _vocabulary_digest(self) -> str:
        found = self._hashes(self._vocabulary)
        return sha256("".join(sorted(found.values())).encode()).hexdigest()

    def _records(self, batch: Batch) -> list[Record]:
        """The documents of a batch and all that rests on them."""
        session, seen = self.seen.session, self.seen
        claims = seen.records(Claim, [one for few in batch.claims.values() for one in few])
        documents = seen.records(Document, batch.claims)
        cited = {passage for claim in claims for passage in claim.passages}
        cited.update(uncited_passages(session, set(batch.claims) - {batch.unended}))
        chained = {s.document for c in claims for s in c.speakers if s.document is not None}
        voices = {s.source for c in claims for s in c.speakers} | {d.voice for d in documents}
        judged = assessments_of(session, [claim.id for claim in claims])
        return [
            *documents,
            *seen.records(Document, chained - set(batch.claims)),
            *seen.records(Snapshot, snapshots_held(session, batch.claims)),
            *seen.records(Passage, cited),
            *claims,
            *seen.records(Question, {claim.question for claim in claims}),
            *seen.records(Source, voices),
            *seen.records(Assessment, judged),
            *seen.records(Review, reviews_of(session, [claim.id for claim in claims])),
            *seen.records(Inquiry, inquiries_of(session, [claim.id for claim in claims])),
        ]

    def _hashes(self, records: Sequence[Record]) -> dict[UUID, str]:
        """The content hash of each record, as it is stored."""
        kinds: dict[type[Record], list[UUID]] = {}
        for record in records:
            kinds.setdefault(type(record), []).append(record.id)
        return {
            id_: found for kind, ids in kinds.items() for id_, found in self._of(kind, ids).items()
        }

    def _of(self, kind: type[R], ids: Sequence[UUID]) -> Mapping[UUID, str]:
        return self.seen.hashes(kind, ids)

    def _digest(self, dossier: Dossier, hashes: Mapping[UUID, str]) -> str:
        """A digest of everything that the checks of a document look at."""
        rests_on = {
            *(one.id for one in dossier.snapshots),
            *(one.id for one in dossier.passages),
            *(one.id for one in dossier.claims),
            *(one.id for one in dossier.assessments),
            *(one.id for one in dossier.reviews),
            *(one.id for one in dossier.inquiries),
            *(claim.question for claim in dossier.claims),
            *(speaker.source for claim in dossier.claims for speaker in claim.speakers),
            *(s.document for c in dossier.claims for s in c.speakers if s.document is not None),
            dossier.document.id,
            dossier.document.voice,
        }
        times = dossier.recorded or {}
        told = {
            "vocabulary": self._vocabulary_digest,
            "hashes": sorted(hashes[one] for one in rests_on if one in hashes),
            "held": sorted(
                f"{sha256}{self._state(sha256)}" for one in dossier.snapshots for sha256 in one.kept
            ),
            "stored": sorted(f"{one}{held}" for one, held in (dossier.stored or {}).items()),
            "times": sorted(f"{one}{times[one]}" for one in rests_on if one in times),
            "link": dossier.link.value if dossier.link else None,
            "notice": [str(dossier.noticed), str(dossier.notice)],
            "contributors": str(self.contributors),
            "archive": str(self.archive is not None),
            "further": sorted(str(one.id) for one in dossier.further),
        }
        return sha256(canonical_json(told).encode()).hexdigest()

    def _held(self, snapshot: Snapshot) -> HeldText:
        """What is held of a snapshot, without its text: whether all of it is what it was."""
        kept = snapshot.kept.items()
        return HeldText(
            bytes_ok=self._state(snapshot.sha256),
            altered=tuple(what for sha256, what in kept if self._state(sha256) is False),
            missing=missing_of(snapshot, self.archive),
        )

    def _state(self, sha256: str) -> bool | None:
        """Whether archived bytes are what they were; ``None`` where none are held."""
        if sha256 not in self.states:
            self.states[sha256] = self._looked_at(sha256)
        return self.states[sha256]

    def _looked_at(self, sha256: str) -> bool | None:
        if self.archive is None:
            return None
        try:
            self.archive.check(sha256)
        except NotFound:
            return None
        except ClaimsError:
            return False
        return True

    def _with_text(self, snapshot: Snapshot, held: HeldText) -> HeldText:
        if self.archive is None:
            return held
        try:
            text = self.archive.read(snapshot.text_sha256).decode("utf-8")
        except ClaimsError:
            return held
        with suppress(ClaimsError):
            if snapshot.layout_sha256 is not None:
                layout = read_layout(self.archive.read(snapshot.layout_sha256), text)
                held = replace(held, pages=layout.pages, times=layout.times)
        return replace(held, text=text)
