"""What the audit reads in single sentences: hedges, stances, who speaks, how wide it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from claims.analysis.audit.case import Dossier
from claims.analysis.audit.catalogue import audit_document, check_of
from claims.analysis.audit.finding import AuditFinding, Defect, NotChecked
from claims.analysis.audit.lexicon import lexicon
from claims.analysis.records import (
    Claim,
    ClaimValue,
    Document,
    Passage,
    Place,
    Question,
    Scope,
    Source,
    Speaker,
    Term,
)
from claims.analysis.vocabulary import Explicitness, Stance, Tier, ValueKind
from tests.analysis.audit.desk import name

EVENT = name("topic", "event")


@dataclass(frozen=True)
class Sentence:
    """One quote, one question and one claim on it."""

    quote: str
    said: str | None
    asked: str = "Did the bridge collapse?"
    kind: ValueKind = ValueKind.BOOLEAN
    expression: str = "true"
    language: str = "en"

    def dossier(self, *others: Claim, **fields: Any) -> Dossier:  # noqa: ANN401
        """The dossier of a document that holds nothing else."""
        told: dict[str, Any] = {
            "scope": Scope(),
            "terms": {},
            "places": {},
            "unit": None,
            **{
                key: fields.pop(key)
                for key in ("scope", "terms", "places", "unit")
                if key in fields
            },
        }
        question = Question(
            id=name("question", "q"),
            topic=EVENT,
            text=self.asked,
            value_kind=self.kind,
            scope=told["scope"],
            unit=told["unit"],
        )
        voices = {"paper": "The River Courier", "council": "the council", "some": "some people"}
        return Dossier(
            document=Document(
                id=name("document", "d"),
                csl={"title": "The bridge"},
                voice=name("source", "paper"),
                tier=Tier.SECONDARY,
                language=self.language,
            ),
            passages=(self.passage,),
            claims=(self.claim(**fields), *others),
            questions={question.id: question},
            sources={
                name("source", key): Source(
                    id=name("source", key), key=key, name=called, named=key != "some"
                )
                for key, called in voices.items()
            },
            terms=told["terms"],
            places=told["places"],
        )

    @property
    def passage(self) -> Passage:
        """The quote."""
        return Passage(
            id=name("passage", "p"),
            document=name("document", "d"),
            exact=self.quote,
            language=self.language,
        )

    def claim(self, key: str = "c", *, speakers: Sequence[str] = (), **fields: Any) -> Claim:  # noqa: ANN401
        """The claim."""
        chain = tuple(Speaker(source=name("source", one)) for one in ("paper", *speakers))
        value = None
        if self.said is not None:
            value = ClaimValue(said=self.said, expression=self.expression)
        told: dict[str, Any] = {
            "passages": (name("passage", "p"),),
            "stance": Stance.ASSERTS,
            "value": value,
            "speakers": chain,
            **fields,
        }
        return Claim(
            id=name("claim", key),
            key=key,
            document=name("document", "d"),
            question=name("question", "q"),
            **told,
        )


def found(check: str, dossier: Dossier) -> Defect | None:
    """What one check finds, at most one thing."""
    outcomes = list(audit_document(dossier, [check_of(check)]))
    defects = [one.defect for one in outcomes if isinstance(one, AuditFinding)]
    assert len(defects) < 2
    return defects[0] if defects else None


def why_not(check: str, dossier: Dossier) -> list[str]:
    """Why a check did not look."""
    outcomes = audit_document(dossier, [check_of(check)])
    return [one.why for one in outcomes if isinstance(one, NotChecked)]


# --- hedges --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "said", "dropped"),
    [
        ("The bridge reportedly collapsed.", "collapsed", ("reportedly",)),
        ("Reportedly, the old bridge collapsed at noon.", "collapsed", ("Reportedly",)),
        ("The bridge, apparently, collapsed.", "collapsed", ("apparently",)),
        ("The bridge collapsed, reportedly.", "The bridge collapsed", ("reportedly",)),
        ("The bridge may have collapsed.", "collapsed", ("may have",)),
        (
            "The bridge is believed to have possibly collapsed.",
            "collapsed",
            ("believed to", "possibly"),
        ),
    ],
)
def test_a_hedge_that_governs_the_words_said_is_missed(
    quote: str, said: str, dropped: tuple[str, ...]
) -> None:
    defect = found("A20", Sentence(quote, said).dossier())
    assert defect is not None
    assert defect.proposal is not None
    assert (defect.proposal.field, defect.proposal.value) == ("hedges", dropped)
    assert all(hedge in defect.found for hedge in dropped)


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("Units, reportedly aided by tanks, stormed the bridge.", "stormed the bridge"),
        ("The bridge collapsed, possibly because of the flood.", "The bridge collapsed"),
        ("The bridge collapsed in May.", "collapsed"),
        ("The bridge collapsed. It was reportedly old.", "The bridge collapsed"),
    ],
)
def test_a_hedge_of_something_else_is_not_missed(quote: str, said: str) -> None:
    assert found("A20", Sentence(quote, said).dossier()) is None


def test_hedges_that_are_kept_are_in_order() -> None:
    sentence = Sentence("The bridge reportedly collapsed.", "collapsed")
    assert found("A20", sentence.dossier(hedges=("reportedly",))) is None
    assert found("A20", sentence.dossier(verb="reportedly")) is None
    assert found("A20", sentence.dossier(stance=Stance.DENIES)) is None


def test_a_hedge_that_the_quote_has_not_is_taken_out() -> None:
    dossier = Sentence("The bridge collapsed.", "collapsed").dossier(hedges=("perhaps",))
    defect = found("A20", dossier)
    assert defect is not None
    assert defect.found == "“perhaps”, which the quote has not"
    assert defect.proposal is not None
    assert defect.proposal.value == ()


def test_one_hedge_for_another_is_both() -> None:
    dossier = Sentence("The bridge probably collapsed.", "collapsed").dossier(hedges=("perhaps",))
    defect = found("A20", dossier)
    assert defect is not None
    assert defect.found == "no “probably”, which the quote has; “perhaps”, which the quote has not"


@pytest.mark.parametrize(
    ("said", "missed"), [("eight people", True), ("at least eight people", False)]
)
def test_what_bounds_a_number_belongs_to_its_value(said: str, missed: bool) -> None:
    sentence = Sentence(
        "In all, at least eight people died.", said, "How many died?", ValueKind.COUNT, "8 people"
    )
    assert (found("A20", sentence.dossier()) is not None) is missed


def test_a_bound_of_another_number_is_left_alone() -> None:
    for quote in (
        "About 40 houses fell and eight people died.",
        "About noon on that day eight people died.",
    ):
        sentence = Sentence(quote, "eight people", "How many died?", ValueKind.COUNT, "8 people")
        assert found("A20", sentence.dossier()) is None


def test_words_that_are_not_in_the_quote_are_in_no_sentence() -> None:
    sentence = Sentence("It did not collapse. The council said so.", "the bridge collapsed")
    for check in ("A17", "A20", "A21", "A23"):
        assert found(check, sentence.dossier()) is None


def test_a_claim_may_cite_two_languages() -> None:
    sentence = Sentence("The bridge reportedly collapsed.", "collapsed")
    foreign = Passage(
        id=name("passage", "f"),
        document=name("document", "d"),
        exact="Le pont est tombé.",
        language="fr",
    )
    both = (foreign.id, sentence.passage.id)
    dossier = replace(sentence.dossier(passages=both), passages=(foreign, sentence.passage))
    assert found("A20", dossier) is not None
    assert why_not("A20", dossier) == []


def test_a_claim_without_a_value_or_a_quote_has_no_hedges_to_lose() -> None:
    sentence = Sentence("The bridge reportedly collapsed.", None)
    assert found("A20", sentence.dossier()) is None
    uncited = Sentence("The bridge reportedly collapsed.", "collapsed").dossier(hedges=("x",))
    assert found("A20", Dossier(document=uncited.document, claims=uncited.claims)) is None


@pytest.mark.parametrize("check", ["A17", "A20", "A21", "A23"])
def test_sentences_of_a_language_without_words_are_not_checked(check: str) -> None:
    count = ValueKind.COUNT
    sentence = Sentence("Huit morts.", "Huit morts", "Combien de morts ?", count, "8", "fr")
    assert why_not(check, sentence.dossier()) == ["no words of the language fr are held"]


def test_a_language_is_known_by_its_first_part() -> None:
    assert lexicon("en-GB") is lexicon("EN_us")
    assert lexicon("english; drop") is None


# --- stances -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("quote", "said", "fields"),
    [
        ("The bridge did not collapse.", "did not collapse", {}),
        ("The bridge never collapsed.", "collapsed", {}),
        ("No bridge collapsed.", "bridge collapsed", {}),
        ("The bridge didn’t collapse.", "didn’t collapse", {}),
        ("The mayor denied that the bridge had collapsed.", "the bridge had collapsed", {}),
        ("It denied the collapse of it.", "collapse", {}),
        ("It refuted the claim that the bridge collapsed.", "the bridge collapsed", {}),
        ("It is false that the bridge collapsed.", "the bridge collapsed", {}),
        ("The town lacked a bridge.", "a bridge", {}),
        ("It could not be verified that the bridge collapsed.", "the bridge collapsed", {}),
        ("No witnesses confirmed that the bridge collapsed.", "bridge collapsed", {}),
        ("The mayor denies that the bridge collapsed.", "the bridge collapsed", {"verb": "denies"}),
        ("The bridge collapsed.", "collapsed", {"stance": Stance.DENIES}),
        ("The bridge collapsed.", "collapsed", {"stance": Stance.COULD_NOT_CONFIRM}),
        (
            "It could not be confirmed that the bridge collapsed.",
            "the bridge collapsed",
            {"stance": Stance.DENIES},
        ),
    ],
)
def test_a_stance_that_the_words_do_not_take_is_wrong(
    quote: str, said: str, fields: dict[str, Any]
) -> None:
    assert found("A21", Sentence(quote, said).dossier(**fields)) is not None


@pytest.mark.parametrize(
    ("quote", "said", "fields"),
    [
        ("The bridge collapsed.", "collapsed", {}),
        ("The bridge did not merely sag but collapsed.", "collapsed", {}),
        ("The bridge collapsed and no ferry ran.", "The bridge collapsed", {}),
        ("The bridge collapsed, which nobody had expected.", "The bridge collapsed", {}),
        ("The bridge did not hold.", "did not hold", {}),
        ("The mayor did not deny that the bridge collapsed.", "the bridge collapsed", {}),
        ("Nobody disputes that the bridge collapsed.", "the bridge collapsed", {}),
        ("He failed to deny that the bridge collapsed.", "the bridge collapsed", {}),
        ("He denied blame, but the bridge collapsed.", "the bridge collapsed", {}),
        ("He dismissed the collapse of the bridge.", "the collapse of the bridge", {}),
        ("No one doubts that the bridge collapsed.", "the bridge collapsed", {}),
        ("It was not until Friday that the bridge collapsed.", "the bridge collapsed", {}),
        ("The bridge did not so much as sway in any wind.", "did not so much as sway", {}),
        (
            "Nobody mourned the collapse of the bridge.",
            "the collapse of the bridge",
            {"explicitness": Explicitness.PRESUPPOSED},
        ),
        ("The mayor denies that the bridge collapsed.", "collapsed", {"stance": Stance.DENIES}),
        ("The bridge collapsed, the mayor doubts.", "collapsed", {"stance": Stance.DOUBTS}),
        ("It is unconfirmed that the bridge collapsed.", "collapsed", {"hedges": ("unconfirmed",)}),
        ("The mayor says the bridge collapsed.", "collapsed", {"verb": "says"}),
        (
            "The mayor denied it and nobody could confirm that the bridge collapsed.",
            "the bridge collapsed",
            {"stance": Stance.DENIES},
        ),
    ],
)
def test_a_stance_that_the_words_take_is_right(
    quote: str, said: str, fields: dict[str, Any]
) -> None:
    assert found("A21", Sentence(quote, said).dossier(**fields)) is None


def test_an_answer_of_no_may_rest_on_a_denial() -> None:
    sentence = Sentence("The bridge did not collapse.", "did not collapse", expression="false")
    assert found("A21", sentence.dossier()) is None
    assert found("A21", sentence.dossier(verb="denies")) is None


def test_a_lost_denial_names_what_mends_it() -> None:
    defect = found("A21", Sentence("He denied the collapse.", "collapse").dossier())
    assert defect is not None
    assert defect.found == "an answer read as yes, which affirms what “denied” denies"
    assert "`--value no`" in defect.expected
    assert "`--stance denies`" in defect.expected


@pytest.mark.parametrize("asked", ["Did he deny the collapse?", "Did they lack a bridge?"])
def test_a_question_of_a_denial_is_affirmed_by_it(asked: str) -> None:
    sentence = Sentence("He denied the collapse of a bridge they lacked.", "collapse", asked)
    assert found("A21", sentence.dossier()) is None


def test_a_question_that_denies_is_answered_by_a_denial() -> None:
    sentence = Sentence("It did not collapse.", "did not collapse", "Did it not collapse?")
    assert found("A21", sentence.dossier()) is None


def test_forms_of_a_verb_are_one_word() -> None:
    sentence = Sentence("The council has not met so far.", "not met", "Did the council meet?")
    assert found("A21", sentence.dossier()) is not None


def test_what_could_not_be_confirmed_is_kept_by_a_claim_of_its_own() -> None:
    sentence = Sentence("It could not be confirmed that the bridge collapsed.", "collapsed")
    doubt = Sentence("", None).claim("doubt", stance=Stance.COULD_NOT_CONFIRM)
    assert found("A21", sentence.dossier(doubt)) is None


def test_no_denial_without_its_words_proposes_the_open_stance() -> None:
    quote = "It could not be confirmed that the bridge collapsed."
    defect = found("A21", Sentence(quote, "collapsed").dossier(stance=Stance.DENIES))
    assert defect is not None
    assert defect.proposal is not None
    assert (defect.proposal.field, defect.proposal.value) == ("stance", "could_not_confirm")
    assert defect.found == "a denial, where the quote says “not be confirmed”"


@pytest.mark.parametrize(
    ("quote", "said", "wrong"),
    [
        ("It was not brought down by the army.", "the army", True),
        ("It was brought down by the army.", "the army", False),
        ("No bridge was brought down by the army.", "the army", False),
        ("They did not wait for long before it was brought down by the army.", "the army", False),
        ("It was brought down not by the army.", "not by the army", True),
    ],
)
def test_a_name_behind_a_not_is_the_wrong_one(quote: str, said: str, wrong: bool) -> None:
    term = str(name("term", "army"))
    sentence = Sentence(quote, said, "Who brought it down?", ValueKind.CATEGORY, term)
    assert (found("A21", sentence.dossier()) is not None) is wrong


@pytest.mark.parametrize(
    ("quote", "expression", "wrong"),
    [
        ("There were no reports of deaths at the bridge.", "0", True),
        ("No deaths were reported at the bridge.", "0", True),
        ("There were no deaths at the bridge.", "0", False),
        ("It was never eight deaths at the bridge.", "8", False),
        ("There were not eight deaths at the bridge.", "8", True),
    ],
)
def test_no_reports_of_deaths_are_not_no_deaths(
    quote: str,
    expression: str,
    wrong: bool,
) -> None:
    said = "deaths" if expression == "0" else "eight deaths"
    sentence = Sentence(quote, said, "How many died?", ValueKind.COUNT, expression)
    defect = found("A21", sentence.dossier())
    assert (defect is not None) is (wrong or "never" in quote)


def test_a_claim_on_a_question_that_is_not_here_is_left_alone() -> None:
    dossier = Sentence("The bridge did not collapse.", "did not collapse").dossier()
    alone = Dossier(document=dossier.document, passages=dossier.passages, claims=dossier.claims)
    for check in ("A19", "A20", "A21", "A23", "A30", "A32", "A33"):
        assert found(check, alone) is None


# --- who speaks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "quote",
    [
        "According to the council, the bridge collapsed.",
        "The council said the bridge collapsed.",
        "The bridge collapsed, the council says.",
        "The council announced that the bridge collapsed.",
        "The bridge collapsed, the national agency reports.",
        "The Courier of another town wrote that the bridge collapsed.",
        "The council blamed the army when the bridge collapsed.",
    ],
)
def test_a_speaker_of_the_sentence_is_missed(quote: str) -> None:
    defect = found("A17", Sentence(quote, "the bridge collapsed").dossier())
    if "the bridge collapsed" not in quote:
        defect = found("A17", Sentence(quote, "The bridge collapsed").dossier())
    assert defect is not None


@pytest.mark.parametrize(
    ("quote", "fields"),
    [
        ("The bridge collapsed.", {}),
        ("The bridge collapsed. The council said nothing.", {}),
        ("According to the council, the bridge collapsed.", {"speakers": ["council"]}),
        ("The agency says the bridge collapsed.", {"verb": "says"}),
        ("The River Courier reported that the bridge collapsed.", {}),
        ("The bridge collapsed, we wrote.", {}),
        ("The bridge collapsed after a number of reports.", {}),
        ("The bridge collapsed when they were counted.", {}),
        ("She wrote novels until the bridge collapsed.", {}),
        ("The bridge collapsed, as was said before.", {}),
        ("The United States paid when the bridge collapsed.", {}),
    ],
)
def test_a_sentence_of_the_document_itself_names_no_speaker(
    quote: str, fields: dict[str, Any]
) -> None:
    said = "he bridge collapsed"
    assert found("A17", Sentence(quote, said).dossier(**fields)) is None


def test_a_voice_that_is_not_here_has_no_name() -> None:
    dossier = Sentence("The Courier said it collapsed.", "collapsed").dossier()
    bare = Dossier(document=dossier.document, passages=dossier.passages, claims=dossier.claims)
    assert found("A17", bare) is not None


def test_reportedly_names_nobody() -> None:
    sentence = Sentence("The bridge reportedly collapsed.", "reportedly collapsed")
    defect = found("A13", sentence.dossier(hedges=("reportedly",)))
    assert defect is not None
    assert defect.subject.entity == "claim"
    assert found("A13", sentence.dossier(hedges=("reportedly",), speakers=["council"])) is None
    assert found("A13", Sentence("It probably fell.", "fell").dossier(hedges=("probably",))) is None


def test_an_unnamed_origin_is_told_once_with_its_claims() -> None:
    sentence = Sentence("Some people said the bridge collapsed.", "collapsed")
    other = sentence.claim("other", speakers=["some"])
    defect = found("A13", sentence.dossier(other, speakers=["some"]))
    assert defect is not None
    assert defect.subject.claims == (name("claim", "c"), name("claim", "other"))
    assert defect.found == "2 claims of an origin that “The bridge” does not name"


# --- how wide ------------------------------------------------------------------------------------


def counted(quote: str, said: str, expression: str = "8 people") -> Sentence:
    """A claim on how many people were killed."""
    asked = "How many people were killed?"
    return Sentence(quote, said, asked, ValueKind.COUNT, expression)


def test_a_cause_in_the_quote_asks_for_one_in_the_scope() -> None:
    sentence = counted("Eight people were killed by shelling.", "Eight people")
    defect = found("A23", sentence.dossier())
    assert defect is not None
    assert defect.found == "“killed by shelling” in the quote, and no cause in the scope"
    scope = Scope(cause=name("term", "shelling"))
    assert found("A23", sentence.dossier(scope=scope)) is None


@pytest.mark.parametrize(
    "quote",
    [
        "Eight people were killed by gunmen.",
        "Eight people were killed in the flood.",
        "Eight people fled before others of the town were killed by shelling.",
    ],
)
def test_no_cause_is_seen_where_none_is_said(quote: str) -> None:
    assert found("A23", counted(quote, "Eight people").dossier()) is None


def test_a_group_in_the_quote_asks_for_one_in_the_scope() -> None:
    sentence = counted("Eight civilians were killed.", "Eight civilians")
    assert found("A23", sentence.dossier(unit="people")) is not None
    assert found("A23", sentence.dossier(unit="houses")) is None
    people = Term(id=name("term", "people"), label="people", scheme="population")
    civilians = Term(
        id=name("term", "civ"), label="civilians", scheme="population", broader=people.id
    )
    terms = {people.id: people, civilians.id: civilians}
    whole = sentence.dossier(scope=Scope(population=people.id), terms=terms)
    part = sentence.dossier(scope=Scope(population=civilians.id), terms=terms)
    unknown = sentence.dossier(scope=Scope(population=civilians.id))
    assert found("A23", whole) is not None
    assert found("A23", part) is None
    assert found("A23", unknown) is None


def test_a_place_within_the_area_asks_for_a_narrower_one() -> None:
    sentence = counted("In the old town, eight people were killed.", "eight people")
    inside = counted("In the old town eight people were killed.", "eight people")
    town = Place(id=name("place", "town"), name="Arda")
    quarter = Place(id=name("place", "old"), name="the old town", part_of=town.id)
    places = {town.id: town, quarter.id: quarter}
    scope = Scope(area=town.id)
    assert found("A23", inside.dossier(scope=scope, places=places)) is not None
    assert found("A23", sentence.dossier(scope=scope, places=places)) is None
    assert found("A23", inside.dossier(scope=Scope(area=quarter.id), places=places)) is None
    assert found("A23", inside.dossier(places=places)) is None


def test_only_figures_are_asked_how_wide_they_are() -> None:
    assert found("A23", Sentence("Killed by shelling.", "Killed").dossier()) is None
    assert found("A23", counted("Killed by shelling.", "Killed").dossier(value=None)) is None
