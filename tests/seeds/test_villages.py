"""What the report of the article on Gushchular and Malibeyli must show, and must not."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from claims.analysis.outcomes import Dispute, Relation, Support
from claims.analysis.vocabulary import Explicitness, Part, RangeBasis, Stance, ValueKind
from claims.values.quantity import Quantity
from claims.values.when import When
from tests.seeds.conftest import Reading

WARNING = frozenset(
    {
        "leaflets",
        "leaflets-when",
        "ultimatum",
        "threat",
        "threat-wording",
    }
)
"""The questions that the report of the leaflets answers."""


# -- deaths ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("eight", ["killed-infobox", "killed-lead"])
def test_dozens_by_shelling_cannot_be_part_of_eight(villages: Reading, eight: str) -> None:
    verdict = villages.verdict("civilians-killed", eight, "shelling-memorial")
    assert verdict.relation is Relation.CONFLICT_HARD
    assert verdict.reason == "subset_exceeds_total"
    assert verdict.assumption is not None
    assert verdict.otherwise is Relation.NOT_COMPARABLE


def test_one_organisation_is_credited_with_two_figures(villages: Reading) -> None:
    assert villages.chain("killed-memorial") == ["Wikipedia", "Memorial"]
    assert villages.chain("shelling-memorial") == ["Wikipedia", "Memorial"]
    verdict = villages.verdict("civilians-killed", "killed-memorial", "shelling-memorial")
    assert verdict.relation is Relation.CONFLICT_SOFT
    assert verdict.reason == "subset_exceeds_total"


@pytest.mark.parametrize("question", ["civilians-killed", "killed-by-shelling"])
def test_the_conflict_marks_both_questions(villages: Reading, question: str) -> None:
    assert villages.question(question).dispute is Dispute.CONFLICT_HARD


def test_infobox_and_lead_are_one_origin(villages: Reading) -> None:
    verdict = villages.verdict("civilians-killed", "killed-infobox", "killed-lead")
    assert verdict.relation is Relation.AGREE
    infobox = villages.claim("civilians-killed", "killed-infobox")
    lead = villages.claim("civilians-killed", "killed-lead")
    assert infobox.cluster == lead.cluster
    deaths = villages.question("civilians-killed")
    assert (deaths.origins, deaths.origins_if_dependent) == (2, 1)


def test_eight_and_several_are_no_conflict(villages: Reading) -> None:
    verdict = villages.verdict("civilians-killed", "killed-infobox", "killed-memorial")
    assert verdict.relation is Relation.COMPATIBLE


# -- refugees, inhabitants, volunteers ------------------------------------------------------------


def test_the_number_of_refugees_is_a_range_of_unknown_basis(villages: Reading) -> None:
    read = villages.claim("refugees-number", "refugees-range")
    assert isinstance(read.value, Quantity)
    assert read.value.hard is not None
    assert (read.value.hard.hull.lo, read.value.hard.hull.hi) == (580, 1500)
    assert read.claim.value is not None
    assert read.claim.value.range_basis is RangeBasis.UNKNOWN
    assert "RANGE_UNRESOLVED" in villages.notes("refugees-number")
    assert villages.question("refugees-number").support is Support.SINGLE


def test_nearly_four_thousand_is_below_it(villages: Reading) -> None:
    read = villages.claim("inhabitants", "inhabitants-article")
    assert isinstance(read.value, Quantity)
    assert read.value.hard is not None
    assert (read.value.hard.hull.lo, read.value.hard.hull.hi) == (0, 3999)


def test_the_volunteers_are_the_word_of_the_article_alone(villages: Reading) -> None:
    assert villages.chain("volunteers-share") == ["Wikipedia"]
    assert villages.question("volunteers-share").support is Support.SINGLE
    countries = villages.question("volunteers-from")
    assert len(countries.claims) == 4
    assert countries.dispute is Dispute.NONE


# -- the warning ----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", sorted(WARNING))
def test_the_leaflets_are_asserted_and_unconfirmed_and_not_denied(
    villages: Reading, key: str
) -> None:
    question = villages.question(key)
    assert question.dispute is Dispute.NONE
    assert question.support is Support.UNCORROBORATED
    assert {verdict.relation for verdict in question.relations} == {Relation.UNCORROBORATED}
    stances = Counter(read.claim.stance for read in question.claims)
    assert stances == {Stance.ASSERTS: 1, Stance.COULD_NOT_CONFIRM: 1}
    assert question.origins == 1


def test_what_interviews_could_not_confirm_is_the_report_and_no_more(villages: Reading) -> None:
    claims = villages.casefile.claims
    doubted = {claim.question for claim in claims if claim.stance is Stance.COULD_NOT_CONFIRM}
    assert {villages.casefile.question[question].key for question in doubted} == WARNING


def test_the_newspaper_speaks_and_its_report_is_not_held(villages: Reading) -> None:
    read = villages.claim("leaflets", "leaflets-chronicle")
    assert villages.chain("leaflets-chronicle") == ["Wikipedia", "Express Chronicle"]
    assert read.claim.speakers[-1].document is None


# -- who attacked ---------------------------------------------------------------------------------


def test_the_russian_troops_are_hedged_and_their_origin_unnamed(villages: Reading) -> None:
    read = villages.claim("russian-troops", "russian-troops")
    assert read.claim.hedges == ("reportedly",)
    assert read.claim.stance is Stance.REPORTS
    assert read.unnamed
    assert "UNNAMED_ORIGIN" in villages.notes("russian-troops")


def test_no_other_claim_of_that_sentence_is_hedged(villages: Reading) -> None:
    hedged = [claim.key for claim in villages.casefile.claims if claim.hedges]
    assert hedged == ["russian-troops"]


def test_the_attackers_are_named_more_and_less_precisely(villages: Reading) -> None:
    attackers = villages.question("attackers")
    assert attackers.dispute is Dispute.NONE
    verdict = villages.verdict("attackers", "attackers-lead", "attackers-armour")
    assert verdict.relation is Relation.COMPATIBLE
    verdict = villages.verdict("attackers", "attackers-lead", "attackers-memorial")
    assert verdict.relation is Relation.AGREE


# -- the villages ---------------------------------------------------------------------------------


def test_both_sides_accuse_each_other(villages: Reading) -> None:
    question = villages.question("gathering-points")
    assert question.dispute is Dispute.MUTUAL_ACCUSATION
    verdict = villages.verdict("gathering-points", "armenians-accuse", "azerbaijanis-accuse")
    assert verdict.relation is Relation.MUTUAL_ACCUSATION


def test_three_and_two_villages_are_not_comparable(villages: Reading) -> None:
    question = villages.question("villages-affected")
    assert question.dispute is Dispute.NONE
    verdict = villages.verdict(
        "villages-affected", "three-villages-lead", "two-villages-memorial-expulsion"
    )
    assert (verdict.relation, verdict.reason) == (Relation.NOT_COMPARABLE, "unit_of_count")
    assert "NOT_COMPARABLE" in villages.notes("villages-affected")


def test_what_the_coder_counted_is_marked(villages: Reading) -> None:
    counted = {
        claim.key
        for claim in villages.casefile.claims
        if claim.value is not None and claim.value.counted_by_coder
    }
    assert counted == {
        "three-villages-infobox",
        "three-villages-lead",
        "two-villages-memorial-attack",
        "two-villages-article",
    }


def test_two_orders_of_the_name_wait_for_a_person(villages: Reading) -> None:
    verdict = villages.verdict("event-name", "name-title", "name-infobox")
    assert verdict.relation is Relation.UNCLASSIFIED
    assert villages.question("event-name").dispute is Dispute.NONE


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "key", "earliest", "latest"),
    [
        ("dates", "dates-infobox", "1992-02-10", "1992-02-12"),
        ("leaflets-when", "leaflets-when-chronicle", "1992-02-05", "1992-02-05"),
        ("last-helicopter-when", "last-helicopter-when", "1992-01-28", "1992-01-28"),
        ("malibeyli-stormed-when", "stormed-when", "1992-02-10", "1992-02-11"),
        ("fought-until", "fought-until", "1992-02-10", "1992-02-11"),
        ("blockade-since", "blockade-since", "1991-10-01", None),
        ("confined-since", "confined-since", "1991-10-01", None),
        ("refugees-when", "refugees-when", "1988-01-01", "1988-12-31"),
    ],
)
def test_dates_are_read_with_the_year_of_the_event(
    villages: Reading, question: str, key: str, earliest: str, latest: str | None
) -> None:
    value = villages.claim(question, key).value
    assert isinstance(value, When)
    assert str(value.earliest) == earliest
    assert (value.latest and str(value.latest)) == latest


def test_every_year_that_the_words_do_not_give_has_its_basis(villages: Reading) -> None:
    for question in villages.result.questions:
        for read in question.claims:
            value = read.claim.value
            if isinstance(read.value, When) and value is not None:
                given = re.search(r"\b[0-9]{4}\b", value.said) is not None
                assert given or value.inferred["year"]


def test_midnight_lies_between_two_days(villages: Reading) -> None:
    midnight = villages.claim("malibeyli-stormed-when", "stormed-when")
    assert isinstance(midnight.value, When)
    assert midnight.value.time == "00:00"
    assert midnight.claim.value is not None
    assert set(midnight.claim.value.inferred) == {"year"}


def test_the_storming_falls_within_the_event(villages: Reading) -> None:
    assert villages.question("malibeyli-stormed-when").dispute is Dispute.NONE
    assert villages.question("dates").dispute is Dispute.NONE


# -- the whole ------------------------------------------------------------------------------------


def test_nothing_is_independently_agreed(villages: Reading) -> None:
    independent = {Support.AGREED_INDEPENDENT, Support.COMPATIBLE_INDEPENDENT}
    assert not [q.question.key for q in villages.result.questions if q.support in independent]
    assert {q.origins_if_dependent for q in villages.result.questions} == {1}


def test_only_three_questions_are_in_dispute(villages: Reading) -> None:
    disputes = {
        q.question.key: q.dispute
        for q in villages.result.questions
        if q.dispute is not Dispute.NONE
    }
    assert disputes == {
        "civilians-killed": Dispute.CONFLICT_HARD,
        "killed-by-shelling": Dispute.CONFLICT_HARD,
        "gathering-points": Dispute.MUTUAL_ACCUSATION,
    }


def test_every_question_is_answered(villages: Reading) -> None:
    assert all(question.claims for question in villages.result.questions)


def test_title_and_infobox_are_coded(villages: Reading) -> None:
    passages = villages.casefile.passages
    parts = Counter(passages[claim.passages[0]].part for claim in villages.casefile.claims)
    assert parts[Part.HEADLINE] == 2
    assert parts[Part.INFOBOX] == 13
    assert parts[Part.ABSTRACT] == 15


def test_presuppositions_are_flagged(villages: Reading) -> None:
    flagged = {
        claim.key
        for claim in villages.casefile.claims
        if claim.explicitness is Explicitness.PRESUPPOSED
    }
    assert {"captured-title", "expulsion-memorial", "fled-eyewitnesses", "both-villages"} <= flagged


def test_a_helicopter_after_the_last_one_is_to_be_examined(villages: Reading) -> None:
    checks = {
        frozenset(villages.casefile.question[question].key for question in check.questions)
        for check in villages.result.cross_checks
    }
    expected = {"last-helicopter", "last-helicopter-when", "leaflets", "leaflets-when"}
    assert frozenset(expected) in checks
    assert len(checks) == 6


def test_confidence_has_a_reason_or_is_not_assessed(villages: Reading) -> None:
    held = villages.casefile.confidence
    assert all(assessment.reason for assessment in held.values())
    assert 0 < len(held) < len(villages.casefile.claims)
    assert villages.id_of("dates-infobox") not in held


def test_texts_are_asked_for_sparingly(villages: Reading) -> None:
    texts = [q for q in villages.casefile.questions if q.value_kind is ValueKind.TEXT]
    assert {question.key for question in texts} == {
        "event-name",
        "result",
        "targeted-since",
        "threat-wording",
    }
