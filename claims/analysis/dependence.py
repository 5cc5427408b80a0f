"""What the casefile records about sources and documents that depend on each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import product
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import Claim, SourceRelation
from claims.analysis.voices import Voices

DOCUMENT = "document"
"""What ``between`` says of a relation of two documents."""


class Dependences:
    """The recorded relations of one casefile, worked out once for all its questions.

    Sources of one party, publisher or author are one voice. A source that takes from others
    passes on their words. A document that copies another says what that one says.
    """

    def __init__(self, casefile: Casefile) -> None:
        """Read every relation that holds on the topic."""
        self.casefile = casefile
        self._voices = Voices()
        self._groups = Voices()
        self._takes_from: defaultdict[UUID, set[UUID]] = defaultdict(set)
        self._copies: defaultdict[UUID, set[UUID]] = defaultdict(set)
        self._possible: list[SourceRelation] = []
        self._alike: defaultdict[UUID, set[str]] = defaultdict(set)
        self._ends: dict[UUID, frozenset[UUID]] = {}
        for source in casefile.sources.values():
            if source.party is not None:
                self._voices.join(str(source.id), f"party {source.party}")
        for relation in casefile.source_relations:
            if relation.topic in {None, casefile.topic.id}:
                self._read(relation)

    def joining(self, circles: Iterable[Iterable[UUID]]) -> Voices:
        """The voices that are one, with each circle of attributions made one too."""
        voices = self._voices.copy()
        for circle in circles:
            voices.join_all(str(source) for source in circle)
        return voices

    def group(self, document: UUID) -> str:
        """The name of the group of documents that copy or resemble each other."""
        return self._groups.head(f"document {document}")

    @property
    def alike(self) -> Mapping[UUID, set[str]]:
        """The marks that documents of one publisher, author or party share."""
        return self._alike

    def doubts(self, voices: Voices) -> defaultdict[str, set[str]]:
        """For each voice or group of documents those that may depend on it, both ways."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for relation in self._possible:
            first, second = (self._names(relation, m, voices) for m in (relation.a, relation.b))
            for a, b in product(first, second):
                if a != b:
                    found[a].add(b)
                    found[b].add(a)
        return found

    def _names(self, relation: SourceRelation, member: UUID, voices: Voices) -> set[str]:
        if relation.between == DOCUMENT:
            return {self.group(member)}
        return {voices.head(str(end)) for end in self.taken_from(member)}

    def parties_by(self, voices: Voices) -> dict[str, UUID]:
        """The party that each voice belongs to, where it belongs to one."""
        held = self.casefile.sources.values()
        return {voices.head(str(s.id)): s.party for s in held if s.party is not None}

    def last_identified(self, claim: Claim) -> int:
        """The position of the last named speaker; 0 where not even the document's voice is."""
        sources = self.casefile.sources
        for position in range(len(claim.speakers) - 1, 0, -1):
            if sources[claim.speakers[position].source].named:
                return position
        return 0

    def taken_from(self, source: UUID) -> frozenset[UUID]:
        """Whose words a source passes on in the end: its own, unless it takes from others."""
        if source not in self._ends:
            self._ends[source] = _ends(source, self._takes_from) or frozenset({source})
        return self._ends[source]

    def originals(self, document: UUID) -> frozenset[UUID]:
        """The documents that a document was copied from in the end; none for an original."""
        return _ends(document, self._copies)

    def passed_on(self, source: UUID) -> frozenset[UUID]:
        """The source and all those whose words it passes on, directly or through others."""
        reached, waiting = {source}, [source]
        while waiting:
            new = self._takes_from.get(waiting.pop(), set()) - reached
            reached |= new
            waiting.extend(new)
        return frozenset(reached)

    def citations_in(self, documents: Iterable[UUID]) -> Iterator[tuple[UUID, UUID]]:
        """Each voice in the documents, with each last identified speaker that it cites.

        On any question of the topic; what a document tells many times is told once.
        """
        for document in documents:
            yield from self._citations.get(document, ())

    @cached_property
    def _citations(self) -> Mapping[UUID, Mapping[tuple[UUID, UUID], None]]:
        found: defaultdict[UUID, dict[tuple[UUID, UUID], None]] = defaultdict(dict)
        for claim in self.casefile.claims:
            last = self.last_identified(claim)
            cited = claim.speakers[last].source
            found[claim.document] |= {(s.source, cited): None for s in claim.speakers[:last]}
        return found

    def _read(self, relation: SourceRelation) -> None:
        if not relation.kind.joins:
            self._possible.append(relation)
        elif relation.between == DOCUMENT:
            self._read_documents(relation)
        elif relation.kind.directed:
            self._takes_from[relation.a].add(relation.b)
        else:
            self._voices.join(str(relation.a), str(relation.b))

    def _read_documents(self, relation: SourceRelation) -> None:
        self._groups.join(f"document {relation.a}", f"document {relation.b}")
        if relation.kind.directed:
            self._copies[relation.a].add(relation.b)
            return
        for member in (relation.a, relation.b):
            self._alike[member].add(f"alike {relation.id}")


def _ends(start: UUID, givers: Mapping[UUID, set[UUID]]) -> frozenset[UUID]:
    """Where one comes to by following givers to the last; within a circle, its least member."""
    reached: set[UUID] = set()
    ends: set[UUID] = set()
    waiting = [start]
    while waiting:
        current = waiting.pop()
        given = givers.get(current, set())
        if not given and current != start:
            ends.add(current)
        waiting.extend(given - reached)
        reached |= given
    return frozenset(ends or ({min(reached)} if reached else ()))
