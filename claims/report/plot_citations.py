"""Who cites whom, as nodes and lines: read from the chains of speakers of a report's claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

from claims.report.dependences import Dependency
from claims.report.shape import ClaimEntry, Report, Voice


@dataclass(frozen=True, slots=True)
class Citation:
    """That one voice cites another, in so many claims on these questions, with these verbs."""

    outer: UUID
    inner: UUID
    claims: tuple[ClaimEntry, ...]
    verbs: tuple[str, ...]


@dataclass
class Citations:
    """The voices in the order of the report, their citations, and who counts as one origin.

    ``recorded`` is what somebody recorded about who depends on whom.

    ``held`` are the voices whose own document is held for at least one claim.
    """

    voices: dict[UUID, Voice] = field(default_factory=dict)
    held: set[UUID] = field(default_factory=set)
    links: list[Citation] = field(default_factory=list)
    recorded: Sequence[Dependency] = ()
    clusters: Mapping[UUID, UUID] = field(default_factory=dict)

    def cluster(self, voice: UUID) -> tuple[UUID, ...]:
        """Every voice that counted as one origin with this one on some question, itself too."""
        head = self.clusters.get(voice, voice)
        return tuple(v for v in self.voices if self.clusters.get(v, v) == head)

    def cited(self, voice: UUID) -> list[Citation]:
        """Where the voice cites others."""
        return [link for link in self.links if link.outer == voice]

    def citing(self, voice: UUID) -> list[Citation]:
        """Where others cite the voice."""
        return [link for link in self.links if link.inner == voice]

    def depending(self, voice: UUID) -> list[Dependency]:
        """Where the voice is recorded to depend on others."""
        return [found for found in self.recorded if found.a == voice != found.b]


def citations(report: Report) -> Citations:
    """Everybody who speaks in the report, and who cites whom."""
    found = Citations(recorded=report.dependences)
    claims = [claim for question in report.questions for claim in question.claims]
    steps: defaultdict[tuple[UUID, UUID], list[tuple[ClaimEntry, Voice]]] = defaultdict(list)
    for claim in claims:
        for voice in claim.chain:
            found.voices.setdefault(voice.source, voice)
            if voice.document_held:
                found.held.add(voice.source)
        for outer, inner in pairwise(claim.chain):
            if outer.source != inner.source:
                steps[outer.source, inner.source].append((claim, inner))
    found.links = [_citation(*ends, told) for ends, told in steps.items()]
    found.clusters = _clusters(claims)
    return found


def _citation(outer: UUID, inner: UUID, told: Sequence[tuple[ClaimEntry, Voice]]) -> Citation:
    verbs = dict.fromkeys(voice.verb for _, voice in told if voice.verb)
    return Citation(outer, inner, tuple(claim for claim, _ in told), tuple(verbs))


def _clusters(claims: Sequence[ClaimEntry]) -> dict[UUID, UUID]:
    """Voices that are the last named of claims of one origin, each with the first of them."""
    origins: defaultdict[tuple[UUID, int], list[UUID]] = defaultdict(list)
    for claim in claims:
        last = next((voice for voice in reversed(claim.chain) if voice.named), None)
        if last:
            origins[claim.question, claim.origin_number].append(last.source)
    head: dict[UUID, UUID] = {}
    for joined in origins.values():
        first = _head(joined[0], head)
        for voice in joined:
            head[_head(voice, head)] = first
    return {voice: _head(voice, head) for joined in origins.values() for voice in joined}


def _head(voice: UUID, head: Mapping[UUID, UUID]) -> UUID:
    while head.get(voice, voice) != voice:
        voice = head[voice]
    return voice


def ordered(found: Citations) -> Iterator[UUID]:
    """The voices worth drawing: each before those it cites, clusters together.

    Who neither cites, nor is cited, nor depends on another or counts as one with it, is left out.
    """
    linked = {end for link in found.links for end in (link.outer, link.inner)}
    linked |= {end for voice in found.voices for d in found.depending(voice) for end in (d.a, d.b)}
    cited = {link.inner for link in found.links}
    roots = [voice for voice in found.voices if voice not in cited]
    waiting = list(reversed((*roots, *(v for v in found.voices if v in cited))))
    done: set[UUID] = set()
    while waiting:
        voice = waiting.pop()
        cluster = found.cluster(voice)
        if voice in done or (voice not in linked and len(cluster) == 1):
            continue
        fresh = [v for v in (voice, *cluster) if v not in done]
        fresh = list(dict.fromkeys(fresh))
        done.update(fresh)
        yield from fresh
        following = [link.inner for member in fresh for link in found.cited(member)]
        following += [found_.b for member in fresh for found_ in found.depending(member)]
        waiting.extend(reversed(following))
