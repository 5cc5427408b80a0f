"""What would change the verdict: the results of a question if one source had said nothing.

To do *without a source* is to read the topic as if that source had withdrawn all that rests on
it: its claims are shown and count no more, exactly as when they are retracted, so that anybody
can check the outcome by retracting them. A claim *rests on*

- the last named voice of its chain: what an article credits to an organisation is the
  organisation's word, and so is what unnamed eyewitnesses told the organisation;
- every source whose words that voice is recorded to pass on (derives from, quotes, translates,
  wire copy), directly or through others;
- where it stands in a document that copies another, on whoever speaks there to the question.

A claim that rests on two sources falls with either. A voice that only relays what another named
one said is not what the claim rests on; nor is another source of the same party, publisher or
author. Who depends on whom stays known: that a source is set aside makes no two others
independent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.dependence import Dependences
from claims.analysis.origins import Origins, find_origins
from claims.analysis.outcomes import Dispute, QuestionResult, Support, TopicResult
from claims.analysis.pairs import SIGNATURES, Compared, Pair
from claims.analysis.records import Claim
from claims.analysis.representatives import Group
from claims.analysis.statements import Statement
from claims.analysis.support import BEARING, TRIES, Supported, find_support
from claims.analysis.survey import Survey


@dataclass(frozen=True, slots=True, kw_only=True)
class WithoutSource:
    """The results that a question would have without a source.

    ``claims`` counts the claims on the question that would fall; 0 where the source speaks only
    on a question that this one is part of, or that is part of this one.
    """

    source: UUID
    claims: int
    dispute: Dispute
    support: Support

    @property
    def status(self) -> str:
        """The headline: the dispute if there is one, else the support."""
        return str(self.support if self.dispute is Dispute.NONE else self.dispute)


def without(
    casefile: Casefile, result: TopicResult, *, signatures: int = SIGNATURES
) -> Mapping[UUID, tuple[WithoutSource, ...]]:
    """For each question the sources without which its dispute or its support would be another.

    Only questions that a source speaks on, and those linked to them by ``subset_of``, are looked
    at again. A question that is missing from the answer was not computed: it, or one that it is
    linked to, has more than ``signatures`` different statements, too many to compare them all.
    An empty tuple says that no single source decides.

    Args:
        casefile: the records that ``result`` was computed from.
        result: what :func:`claims.analysis.assess.assess_topic` found under its profile.
        signatures: the bound under which ``result`` was computed.

    Returns:
        The sources by the names they have, under the id of each question.
    """
    dependences = Dependences(casefile)
    origins = {
        question.id: find_origins(casefile.claims_on.get(question.id, ()), dependences)
        for question in casefile.questions
    }
    survey = Survey(casefile, result.profile, origins, signatures=signatures)
    grounds = Grounds(dependences)
    found = (_Trial(one, survey, grounds) for one in result.questions)
    return {trial.id: tuple(trial.changes()) for trial in found if trial.complete}


class Grounds:
    """The sources that each claim of a topic rests on."""

    def __init__(self, dependences: Dependences) -> None:
        """Nothing is traced before it is asked for."""
        self._known = dependences
        self._passed_on: dict[UUID, frozenset[UUID]] = {}
        self._found: dict[UUID, frozenset[UUID]] = {}

    def of(self, claim: Claim) -> frozenset[UUID]:
        """The sources without any of which the claim would fall."""
        if claim.id not in self._found:
            copied = frozenset[UUID]().union(*self._copied(claim))
            self._found[claim.id] = self._spoken(claim) | copied
        return self._found[claim.id]

    def _spoken(self, claim: Claim) -> frozenset[UUID]:
        return self._words_of(claim.speakers[self._known.last_identified(claim)].source)

    def _words_of(self, source: UUID) -> frozenset[UUID]:
        if source not in self._passed_on:
            self._passed_on[source] = self._known.passed_on(source)
        return self._passed_on[source]

    def _copied(self, claim: Claim) -> Iterator[frozenset[UUID]]:
        """Whoever speaks to the question in the originals of a copied document, or their voice."""
        if self._known.last_identified(claim) > 0:
            return
        for original in self._known.originals(claim.document):
            spoken = self._told.get((original, claim.question), ())
            yield from map(self._spoken, spoken)
            if not spoken:
                yield self._words_of(self._known.casefile.documents[original].voice)

    @cached_property
    def _told(self) -> Mapping[tuple[UUID, UUID], Sequence[Claim]]:
        found: defaultdict[tuple[UUID, UUID], list[Claim]] = defaultdict(list)
        for claim in self._known.casefile.claims:
            found[claim.document, claim.question].append(claim)
        return found


class _Trial:
    """One question, tried without each of its sources in turn."""

    def __init__(self, result: QuestionResult, survey: Survey, grounds: Grounds) -> None:
        self.id = result.question.id
        self._result = result
        self._survey = survey
        self._grounds = grounds
        self._shared: dict[int, frozenset[UUID]] = {}

    @property
    def complete(self) -> bool:
        """Whether all statements on the question and on those linked to it are compared."""
        return not any(self._survey.compared(one).left_out for one in self._linked)

    def changes(self) -> Iterator[WithoutSource]:
        """The sources that matter, by name."""
        sources = self._survey.casefile.sources
        for source in sorted(self._sources(), key=lambda s: (sources[s].name.casefold(), s)):
            dispute, support = self._dispute(source), self._support(source)
            if (dispute, support) != (self._result.dispute, self._result.support):
                fallen = self._counted[source]
                yield WithoutSource(source=source, claims=fallen, dispute=dispute, support=support)

    @property
    def _linked(self) -> tuple[UUID, ...]:
        links = self._survey.links
        return (self.id, *links.wholes(self.id), *links.parts(self.id))

    def _sources(self) -> set[UUID]:
        """Those that the claims on the question rest on, and the claims that conflict with it."""
        across = (s for pair in self._survey.across(self.id) for s in (*pair.first, *pair.second))
        return set(self._counted).union(*(self._grounds.of(s.claim) for s in across))

    @cached_property
    def _counted(self) -> Counter[UUID]:
        return Counter(s for one in self._live for s in self._grounds.of(one.claim))

    @cached_property
    def _live(self) -> tuple[Statement, ...]:
        return self._survey.live(self.id)

    @cached_property
    def _compared(self) -> Compared:
        return self._survey.compared(self.id)

    @cached_property
    def _origins(self) -> Origins:
        return self._survey.origins[self.id]

    @cached_property
    def _disputing(self) -> tuple[tuple[Dispute, Pair], ...]:
        """The pairs that put the question in dispute, worst first."""
        pairs = (*self._compared.pairs, *self._survey.across(self.id))
        return tuple((d, p) for d in Dispute for p in pairs if p.finding.relation.value == d.value)

    def _dispute(self, source: UUID) -> Dispute:
        standing = (dispute for dispute, pair in self._disputing if self._stands(pair, source))
        return next(standing, Dispute.NONE)

    def _stands(self, pair: Pair, source: UUID) -> bool:
        """Whether any two claims of a pair are left."""
        if pair.first is pair.second:
            return len(self._left(pair.first, source)) > 1
        return not self._falls(pair.first, source) and not self._falls(pair.second, source)

    def _falls(self, group: Group, source: UUID) -> bool:
        """Whether every claim of a group rests on a source."""
        if id(group) not in self._shared:
            first, *others = (self._grounds.of(s.claim) for s in group)
            self._shared[id(group)] = first.intersection(*others)
        return source in self._shared[id(group)]

    def _left(self, group: Iterable[Statement], source: UUID) -> Group:
        return tuple(s for s in group if source not in self._grounds.of(s.claim))

    def _support(self, source: UUID) -> Support:
        if self._same_support(source):
            return self._result.support
        left = self._left(self._live, source)
        return find_support(left, self._without(source), self._origins, enough=2).support

    def _same_support(self, source: UUID) -> bool:
        """Whether the support can be seen to stay as it is, without looking at all claims again.

        As long as the claims that agree remain, so does the agreement; where few enough
        different answers are given that each is tried, two of its origins will do. A lesser
        support that is settled stays while what bears it remains; a single claim bears itself.
        """
        found = self._supported
        if source not in self._counted or found.support is Support.UNANSWERED:
            return True
        left = [claim for claim in found.claims if source not in self._resting[claim]]
        untouched = bool(left) and len(left) == len(found.claims)
        if found.support is Support.AGREED_INDEPENDENT:
            few = len(self._compared.groups) <= TRIES
            return untouched or (few and self._origins.count_if_dependent(left).number > 1)
        if found.support is Support.SINGLE:
            return found.settled and any(source not in one for one in self._affirmed)
        return found.settled and untouched

    @cached_property
    def _supported(self) -> Supported:
        return find_support(self._live, self._compared, self._origins, enough=2)

    @cached_property
    def _resting(self) -> Mapping[UUID, frozenset[UUID]]:
        return {one.claim.id: self._grounds.of(one.claim) for one in self._live}

    @cached_property
    def _affirmed(self) -> frozenset[frozenset[UUID]]:
        """What the claims rest on that put an answer forward."""
        return frozenset(self._resting[s.claim.id] for s in self._live if s.stance.affirms)

    @cached_property
    def _bearing(self) -> tuple[Pair, ...]:
        """The pairs that the support may depend on."""
        return tuple(p for p in self._compared.pairs if p.finding.relation in BEARING)

    def _without(self, source: UUID) -> Compared:
        """The comparison of what is left, as far as the support depends on it."""
        groups = {id(group): self._left(group, source) for group in self._compared.groups}
        pairs = (
            Pair(groups[id(pair.first)], groups[id(pair.second)], pair.finding)
            for pair in self._bearing
            if self._stands(pair, source)
        )
        left = sorted(filter(None, groups.values()), key=lambda group: group[0].claim.id.int)
        return Compared(tuple(left), 0, tuple(pairs))
