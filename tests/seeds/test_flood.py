"""A text that nothing was built for: an invented flood, told by six documents in two languages."""

from __future__ import annotations

import pytest

from claims.analysis.outcomes import Dispute, Independence, Relation, Support
from claims.analysis.vocabulary import Stance
from tests.seeds.conftest import Reading


def test_two_documents_agree_independently_on_the_dead(flood: Reading) -> None:
    dead = flood.question("dead")
    assert dead.dispute is Dispute.NONE
    assert dead.support is Support.AGREED_INDEPENDENT
    assert dead.supported_by == 2
    verdict = flood.verdict("dead", "bulletin-eleven", "hospital-eleven")
    assert verdict.relation is Relation.AGREE
    assert verdict.independence is Independence.INDEPENDENT


def test_wire_copies_are_the_agency_once(flood: Reading) -> None:
    keys = [
        "dispatch-headline",
        "dispatch-dead",
        "morning-headline",
        "morning-dead",
        "evening-dead",
    ]
    clusters = {flood.claim("dead", key).cluster for key in keys}
    assert len(clusters) == 1
    bridge = flood.question("bridge")
    assert (bridge.support, bridge.origins) == (Support.REPEATED, 1)
    assert len(bridge.claims) == 3


def test_a_bulletin_and_its_quotation_are_one_origin(flood: Reading) -> None:
    held = flood.claim("dead", "bulletin-eleven")
    quoted = flood.claim("dead", "account-eleven")
    assert held.cluster == quoted.cluster


def test_a_later_toll_is_no_conflict(flood: Reading) -> None:
    verdict = flood.verdict("dead", "dispatch-dead", "hospital-eleven")
    assert (verdict.relation, verdict.reason) == (Relation.COMPATIBLE, "as_of")
    assert not flood.claim("dead", "bulletin-four").counts
    assert flood.claim("dead", "bulletin-eleven").counts


def test_a_withdrawn_figure_counts_no_more(flood: Reading) -> None:
    withdrawn = flood.claim("dead", "ministry-fourteen")
    assert not withdrawn.counts
    assert withdrawn.claim.retracted_at == "2016-05-18"
    relations = flood.question("dead").relations
    assert withdrawn.claim.id not in {i for verdict in relations for i in (verdict.a, verdict.b)}


def test_children_among_the_dead_are_a_part_of_them(flood: Reading) -> None:
    children = flood.question("children-dead")
    assert children.dispute is Dispute.NONE
    assert children.support is Support.AGREED_INDEPENDENT


def test_a_denial_is_a_conflict(flood: Reading) -> None:
    verdict = flood.verdict("gates-opened", "gates-association", "gates-denied")
    assert (verdict.relation, verdict.reason) == (Relation.CONFLICT_HARD, "opposite_stance")
    assert flood.question("gates-opened").origins == 1


def test_a_doubt_is_a_softer_one(flood: Reading) -> None:
    verdict = flood.verdict("warned", "warned-ministry", "warned-doubted")
    assert (verdict.relation, verdict.reason) == (Relation.CONFLICT_SOFT, "opposite_stance")


def test_several_and_a_dozen_differ_only_as_usually_read(flood: Reading) -> None:
    verdict = flood.verdict("houses-destroyed", "houses-several", "houses-dozen")
    assert verdict.relation is Relation.CONFLICT_SOFT
    assert verdict.reason == "typical_range_disjoint"


def test_families_are_not_people(flood: Reading) -> None:
    verdict = flood.verdict("evacuated", "families", "people-evacuated")
    assert (verdict.relation, verdict.reason) == (Relation.NOT_COMPARABLE, "unit_of_count")
    assert flood.question("evacuated").dispute is Dispute.NONE


def test_two_causes_that_can_both_be_true_are_a_tension(flood: Reading) -> None:
    assert flood.question("cause").dispute is Dispute.TENSION


def test_the_ends_of_a_range_are_two_claims_where_two_speakers_are_named(flood: Reading) -> None:
    verdict = flood.verdict("damage", "damage-low", "damage-high")
    assert (verdict.relation, verdict.reason) == (Relation.CONFLICT_HARD, "value_disjoint")


def test_six_days_refine_several_days(flood: Reading) -> None:
    verdict = flood.verdict("no-drinking-water", "six-days", "several-days")
    assert verdict.relation is Relation.COMPATIBLE
    assert flood.question("no-drinking-water").dispute is Dispute.NONE


def test_the_weir_is_a_part_of_the_quarter(flood: Reading) -> None:
    verdict = flood.verdict("levee", "levee-bulletin", "levee-dispatch")
    assert verdict.relation is Relation.COMPATIBLE
    assert flood.question("levee").support is Support.COMPATIBLE_INDEPENDENT


def test_two_thirds_lie_within_most(flood: Reading) -> None:
    verdict = flood.verdict("share-flooded", "two-thirds", "most-dispatch")
    assert verdict.relation is Relation.COMPATIBLE
    share = flood.question("share-flooded")
    assert (share.support, share.origins) == (Support.COMPATIBLE_INDEPENDENT, 2)


def test_what_the_agency_could_not_confirm_is_not_denied(flood: Reading) -> None:
    missing = flood.question("missing")
    assert missing.dispute is Dispute.NONE
    assert missing.support is Support.UNCORROBORATED
    assert "UNNAMED_ORIGIN" in flood.notes("missing")


def test_the_operator_speaks_against_its_interest(flood: Reading) -> None:
    assert flood.claim("siren", "siren-operator").against_interest
    assert not flood.claim("siren", "siren-association").against_interest
    (position,) = flood.question("siren").positions
    assert position.opposed
    assert flood.question("siren").support is Support.REPEATED


def test_words_in_french_keep_their_words_and_have_a_translation(flood: Reading) -> None:
    read = flood.claim("dead", "hospital-eleven")
    assert read.value is not None
    assert read.value.said == "Onze personnes"
    (passage,) = (flood.casefile.passages[i] for i in read.claim.passages)
    assert passage.language == "fr"
    assert [translation.language for translation in passage.translations] == ["en"]


@pytest.mark.parametrize(
    ("stance", "keys"),
    [
        (Stance.DENIES, {"gates-denied"}),
        (Stance.DOUBTS, {"warned-doubted"}),
        (Stance.COULD_NOT_CONFIRM, {"missing-unconfirmed", "missing-unconfirmed-account"}),
    ],
)
def test_every_stance_is_coded(flood: Reading, stance: Stance, keys: set[str]) -> None:
    assert {claim.key for claim in flood.casefile.claims if claim.stance is stance} == keys


def test_at_least_six_voices_are_heard(flood: Reading) -> None:
    named = {source.id for source in flood.casefile.sources.values() if source.named}
    origins = {claim.speakers[-1].source for claim in flood.casefile.claims}
    assert len(origins & named) >= 6
