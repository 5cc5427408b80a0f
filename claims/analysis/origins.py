"""Independence: which claims on a question draw on the same origin, and which may do so.

A claim's *roots* are the origins that it draws on, from the last identified speaker of its chain
on, through the recorded relations between sources and between documents. Two claims that share
a root are one origin. Its *ties* add all that makes independence doubtful: the document it was
read in, voices that cite each other, possible dependencies, common funding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.circles import circles
from claims.analysis.dependence import Dependences
from claims.analysis.outcomes import Independence
from claims.analysis.packing import Count, Item, most_disjoint
from claims.analysis.records import Claim, RelationOverride
from claims.analysis.voices import Voices


@dataclass(frozen=True, slots=True)
class Provenance:
    """What one claim draws on.

    Claims that share a root are one origin. Claims that share a tie, or of which one is tied to
    what the other has among its ``doubts``, are possibly one.
    ``unnamed`` where its chain ends in a voice without a name; ``party`` is the party to the
    conflict that it comes from, also through a copy.
    """

    roots: frozenset[str]
    ties: frozenset[str]
    doubts: frozenset[str]
    unnamed: bool
    party: UUID | None

    def beside(self, other: Provenance) -> Independence:
        """Whether two claims count as two origins."""
        if not self.roots.isdisjoint(other.roots):
            return Independence.SAME_ORIGIN
        apart = self.item.beside(other.item)
        return Independence.INDEPENDENT if apart else Independence.POSSIBLY_DEPENDENT

    @property
    def item(self) -> Item:
        """What must differ where every possible dependency is taken to be real."""
        return Item(self.ties, self.doubts)


@dataclass(frozen=True)
class Origins:
    """The provenance of every claim on one question, and attributions that run in a circle."""

    by_claim: Mapping[UUID, Provenance]
    circles: tuple[tuple[UUID, ...], ...]

    def count(self, claims: Iterable[UUID]) -> Count:
        """How many independent origins stand behind the claims.

        A voice without a name never adds to the count; alone it counts as one.
        """
        return most_disjoint(Item(held.roots) for held in self._counted(claims))

    def count_if_dependent(self, claims: Iterable[UUID]) -> Count:
        """The same where every possible dependency is taken to be real."""
        return most_disjoint(held.item for held in self._counted(claims))

    def _counted(self, claims: Iterable[UUID]) -> list[Provenance]:
        held = [self.by_claim[claim] for claim in claims]
        return [one for one in held if not one.unnamed] or held[:1]

    @cached_property
    def clusters(self) -> Mapping[UUID, int]:
        """A number for each claim, from 1; claims whose roots touch have the same number."""
        joined = Voices()
        for provenance in self.by_claim.values():
            joined.join_all(sorted(provenance.roots))
        numbers: dict[str, int] = {}
        return {
            claim: numbers.setdefault(joined.head(min(provenance.roots)), len(numbers) + 1)
            for claim, provenance in self.by_claim.items()
        }


def find_origins(claims: Iterable[Claim], dependences: Dependences) -> Origins:
    """The provenance of the claims, all of which answer one question."""
    casefile = dependences.casefile
    held = tuple(sorted(claims, key=lambda claim: claim.id.int))
    found = circles(_attributions(held, casefile))
    tracing = _Tracing(held, dependences, dependences.joining(found))
    by_claim = {claim.id: tracing.provenance(claim) for claim in held}
    for override in sorted(casefile.overrides, key=lambda o: o.id):
        _decide(by_claim, override)
    return Origins(by_claim, found)


def _attributions(claims: Iterable[Claim], casefile: Casefile) -> dict[UUID, set[UUID]]:
    """Which named voice attributes what it says to which other."""
    edges: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for claim in claims:
        for outer, inner in zip(claim.speakers, claim.speakers[1:], strict=False):
            if casefile.sources[inner.source].named and outer.source != inner.source:
                edges[outer.source].add(inner.source)
    return edges


class _Tracing:
    """Traces the claims on one question back to their origins."""

    def __init__(self, claims: tuple[Claim, ...], known: Dependences, voices: Voices) -> None:
        self._known = known
        self._voices = voices
        self._ends: dict[UUID, frozenset[str]] = {}
        self._own = {claim.id: self._spoken_by(claim) for claim in claims}
        self._spoken_in: defaultdict[UUID, set[str]] = defaultdict(set)
        for claim in claims:
            self._spoken_in[claim.document] |= self._own[claim.id]
        self._roots = {claim.id: self._roots_of(claim) for claim in claims}
        self._doubts = known.doubts(voices)
        self._doubt_citations(claims)
        self._doubts_about: dict[frozenset[str], frozenset[str]] = {}
        self._parties = known.parties_by(voices)

    def provenance(self, claim: Claim) -> Provenance:
        roots = self._roots[claim.id]
        ties = roots | self._own[claim.id] | {self._known.group(claim.document)}
        origin = self._known.casefile.sources[claim.origin]
        party = origin.party or self._party(roots)
        return Provenance(roots, ties, self._doubts_of(ties), not origin.named, party)

    def _doubts_of(self, ties: frozenset[str]) -> frozenset[str]:
        """What may depend on any of the ties; the same object for the same ties."""
        doubted = frozenset(ties & self._doubts.keys())
        if doubted not in self._doubts_about:
            about = (self._doubts[tie] for tie in doubted)
            self._doubts_about[doubted] = frozenset().union(*about)
        return self._doubts_about[doubted]

    def _party(self, roots: frozenset[str]) -> UUID | None:
        """The one party that all the roots belong to."""
        found = {self._parties.get(root) for root in roots}
        return found.pop() if len(found) == 1 else None

    def _spoken_by(self, claim: Claim) -> frozenset[str]:
        """Whose words the last identified speaker passes on."""
        speaker = claim.speakers[self._known.last_identified(claim)].source
        if not self._known.casefile.sources[speaker].named:
            return frozenset({self._known.group(claim.document)})
        return self._end(speaker)

    def _end(self, source: UUID) -> frozenset[str]:
        if source not in self._ends:
            ends = self._known.taken_from(source)
            self._ends[source] = frozenset(self._voices.head(str(end)) for end in ends)
        return self._ends[source]

    def _roots_of(self, claim: Claim) -> frozenset[str]:
        """The speaker's roots; what a copied document says itself has those of its original."""
        own = self._own[claim.id]
        if self._known.last_identified(claim) > 0:
            return own
        originals = self._known.originals(claim.document)
        if originals:
            return frozenset().union(*(self._said_in(original) for original in originals))
        return own | self._known.alike.get(claim.document, set())

    def _said_in(self, original: UUID) -> frozenset[str]:
        spoken = self._spoken_in.get(original)
        voice = self._known.casefile.documents[original].voice
        return frozenset(spoken) if spoken else self._end(voice)

    def _doubt_citations(self, claims: tuple[Claim, ...]) -> None:
        """A voice and the origin that it cites are possibly dependent: one has read the other."""
        speaking: set[str] = set().union(*self._roots.values())
        for outer, inner in self._known.citations_in({claim.document for claim in claims}):
            voice = self._voices.head(str(outer))
            for cited in self._end(inner) if voice in speaking else ():
                if cited in speaking and cited != voice:
                    self._doubts[voice].add(cited)
                    self._doubts[cited].add(voice)


def _decide(by_claim: dict[UUID, Provenance], override: RelationOverride) -> None:
    """Apply what a person decided about the independence of two claims."""
    a, b = sorted((override.a, override.b))
    if override.independent is None or a not in by_claim or b not in by_claim:
        return
    first, second = by_claim[a], by_claim[b]
    if override.independent:
        roots = second.roots - first.roots or frozenset({f"apart {b}"})
        by_claim[b] = replace(second, roots=roots, ties=second.ties - first.ties | roots)
        return
    joint = frozenset({f"joined {override.id}"})
    for claim, held in ((a, first), (b, second)):
        by_claim[claim] = replace(held, roots=held.roots | joint, ties=held.ties | joint)
