"""What somebody recorded about sources and documents that depend on each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.vocabulary import Dependence

WORDS: dict[Dependence, str] = {
    Dependence.DERIVES_FROM: "derives from",
    Dependence.QUOTES: "quotes",
    Dependence.TRANSLATES: "translates",
    Dependence.WIRE_COPY: "is a wire copy of",
    Dependence.SAME_PUBLISHER: "has the same publisher as",
    Dependence.SAME_AUTHOR: "has the same author as",
    Dependence.SAME_PARTY: "is of the same party as",
    Dependence.FUNDED_BY: "is funded by",
    Dependence.POSSIBLE_DEPENDENCY: "possibly depends on",
}
"""Each kind as the verb of a sentence."""

MUTUAL = frozenset({Dependence.SAME_PUBLISHER, Dependence.SAME_AUTHOR, Dependence.SAME_PARTY})
"""The kinds that say the same from either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """That one voice depends on another, and on what basis that was recorded.

    ``a`` and ``b`` are sources, or the voices of two documents, whose titles are then given.
    """

    a: UUID
    b: UUID
    kind: Dependence
    basis: str
    titles: tuple[str, str] | None = None

    @property
    def words(self) -> str:
        """What the first does to the second, as a verb."""
        return WORDS[self.kind]

    @property
    def mutual(self) -> bool:
        """Whether the two could change places."""
        return self.kind in MUTUAL


def dependences(casefile: Casefile, speaking: Collection[UUID]) -> tuple[Dependency, ...]:
    """The recorded relations that hold on the topic, of which both ends are among these sources."""
    return tuple(found for found in _read(casefile) if found.a in speaking and found.b in speaking)


def _read(casefile: Casefile) -> Iterator[Dependency]:
    for relation in casefile.source_relations:
        if relation.topic not in {None, casefile.topic.id}:
            continue
        a, b = (casefile.documents.get(end) for end in (relation.a, relation.b))
        yield Dependency(
            a=a.voice if a else relation.a,
            b=b.voice if b else relation.b,
            kind=relation.kind,
            basis=relation.basis,
            titles=(a.title, b.title) if a and b else None,
        )
