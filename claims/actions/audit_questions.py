"""The questions of a project as an audit looks at them: a bounded part of a topic at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import Merge, Record, Topic
from claims.store.access import Access
from claims.store.audits import claims_by_question

TOGETHER = 20_000
"""So many claims of a topic are looked at together, unless one question has more."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some questions of a topic; ``whole`` where these are all of them."""

    seen: Access
    topic: UUID
    questions: tuple[UUID, ...]
    whole: bool

    @property
    def subject(self) -> UUID:
        """What its outcomes are kept by: its topic, or the first of its questions."""
        return self.topic if self.whole else self.questions[0]

    def casefile(self) -> Casefile:
        """The questions with all that decides their results."""
        return self.seen.casefile(self.topic, None if self.whole else self.questions)

    def digest(self, casefile: Casefile) -> str:
        """A digest of everything in the casefile, and of what was merged."""
        kinds: dict[type[Record], list[UUID]] = {}
        for record in casefile.records:
            kinds.setdefault(type(record), []).append(record.id)
        kinds[Merge] = self.seen.ids(Merge)
        hashes = (found for kind, ids in kinds.items() for found in self._hashes(kind, ids))
        return sha256("".join(sorted(hashes)).encode()).hexdigest()

    def _hashes(self, kind: type[Record], ids: Sequence[UUID]) -> Sequence[str]:
        return list(self.seen.hashes(kind, ids).values())


def chunks(seen: Access) -> Iterator[Chunk]:
    """All questions that claims answer, topic by topic."""
    for topic in seen.ids(Topic):
        parts: list[list[UUID]] = [[]]
        many = 0
        for question, claims in claims_by_question(seen.session, topic, seen.clearance):
            if many and many + claims > TOGETHER:
                parts.append([])
                many = 0
            parts[-1].append(question)
            many += claims
        for part in parts:
            if part:
                yield Chunk(seen, topic, tuple(part), whole=len(parts) == 1)
