"""Checks across documents: origins, headlines, grades, copies, and what is assembled for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.assess import assess_topic
from claims.analysis.audit.assemble import Assembled
from claims.analysis.audit.case import DocumentRow, ProjectFile, QuestionFile, Recorded
from claims.analysis.audit.catalogue import audit_project, audit_question, check_of
from claims.analysis.audit.copying import COMMON, MOST, RUN, WINDOW, sketch
from claims.analysis.audit.finding import AuditFinding, Defect, NotChecked
from claims.analysis.casefile import Casefile
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Passage,
    Review,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
)
from claims.analysis.vocabulary import (
    Decision,
    Dependence,
    Part,
    Scheme,
    Stance,
    Tier,
    ValueKind,
)
from tests.analysis.audit.desk import Desk, name
from tests.analysis.world import World
from tests.analysis.world import name as world_name


def asked(kind: ValueKind = ValueKind.COUNT) -> World:
    """A world in which one question is asked."""
    world = World()
    world.ask("q", kind, unit="people" if kind is ValueKind.COUNT else None)
    return world


def file_of(casefile: Casefile) -> QuestionFile:
    """The file of the first question."""
    return QuestionFile(casefile=casefile, result=assess_topic(casefile).questions[0])


def defects(check: str, casefile: Casefile) -> list[Defect]:
    """What a check finds about the first question."""
    outcomes = audit_question(file_of(casefile), [check_of(check)])
    return [one.defect for one in outcomes if isinstance(one, AuditFinding)]


# --- origins -------------------------------------------------------------------------------------


def tiered(world: World, **tiers: Tier) -> Casefile:
    """The casefile with the tiers of its documents."""
    casefile = world.casefile()
    named = {world_name("document", key): tier for key, tier in tiers.items()}
    documents = {
        key: replace(held, tier=named.get(key, held.tier))
        for key, held in casefile.documents.items()
    }
    return replace(casefile, documents=documents)


def test_tertiary_documents_alone_support_nothing() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    world.say("b", "q", "9", document="B")
    alone = tiered(world, A=Tier.TERTIARY, B=Tier.TERTIARY)
    (found,) = defects("A14", alone)
    assert found.found.startswith("2 claims, all unattributed, of tertiary “")
    assert defects("A22", alone) == []
    assert defects("A14", tiered(world, A=Tier.TERTIARY)) == []
    world.say("c", "q", "8", document="A", speakers=["council"])
    assert defects("A14", tiered(world, A=Tier.TERTIARY, B=Tier.TERTIARY)) == []


def test_a_question_that_nobody_affirms_rests_on_nothing() -> None:
    world = asked()
    world.say("a", "q", "8", document="A", stance=Stance.DENIES)
    casefile = tiered(world, A=Tier.TERTIARY)
    assert defects("A14", casefile) == []
    assert defects("A22", casefile) == []


def test_a_circle_is_told_where_somebody_in_it_speaks() -> None:
    world = asked()
    world.ask("other")
    world.say("a", "q", "8", document="A", speakers=["B"])
    world.say("b", "q", "8", document="B", speakers=["A"])
    world.say("elsewhere", "other", "8", document="C", speakers=["D"])
    world.relate(Dependence.WIRE_COPY, "X", "Y")
    world.relate(Dependence.WIRE_COPY, "Y", "X")
    world.relate(Dependence.SAME_AUTHOR, "A", "C")
    world.relate(Dependence.QUOTES, "A", "B", documents=True)
    (found,) = defects("A15", world.casefile())
    assert found.found in {"a circle of attributions: A, B", "a circle of attributions: B, A"}
    assert set(found.subject.claims) == {world_name("claim", "a"), world_name("claim", "b")}


def test_a_chain_that_ends_is_no_circle() -> None:
    world = asked()
    world.say("a", "q", "8", document="A", speakers=["B", "B", "C"])
    world.source("nobody", named=False)
    world.say("b", "q", "8", document="B", speakers=["nobody"])
    assert defects("A15", world.casefile()) == []


def test_who_says_independent_must_not_be_contradicted() -> None:
    world = asked()
    world.say("a", "q", "8", document="A", speakers=["M"])
    world.say("b", "q", "8", document="B", speakers=["M"])
    world.say("c", "q", "8", document="C")
    world.override("a", "b", independent=True)
    world.override("a", "c", independent=True)
    world.override("b", "c", independent=False)
    world.override("a", "gone", independent=True)
    (found,) = defects("A16", world.casefile())
    assert found.found == "two claims of one origin, counted as independent: a person looked"
    assert found.subject.claims == (world_name("claim", "a"), world_name("claim", "b"))


def test_without_overrides_nothing_is_overruled() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    assert defects("A16", world.casefile()) == []


def test_one_origin_in_its_own_voice_is_no_fact() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    (found,) = defects("A22", world.casefile())
    assert found.found == "one origin behind 1 claim made without attribution"
    assert defects("A22", tiered(world, A=Tier.PRIMARY)) == []
    world.say("b", "q", "8", document="A", speakers=["M"])
    (found,) = defects("A22", world.casefile())
    assert found.found.startswith("2 origins, possibly one, behind 1 claim")
    world.say("c", "q", "8", document="C")
    assert defects("A22", world.casefile()) == []


def test_what_is_attributed_or_hedged_is_nobodys_fact() -> None:
    world = asked()
    world.say("a", "q", "8", document="A", speakers=["M"])
    assert defects("A22", world.casefile()) == []
    world.say("b", "q", "8", document="A", stance=Stance.REPORTS)
    assert defects("A22", world.casefile()) == []
    world.say("c", "q", "8", document="A")
    world.claims["c"] = replace(world.claims["c"], hedges=("perhaps",))
    assert defects("A22", world.casefile()) == []


def test_an_origin_that_says_two_things_is_told() -> None:
    world = asked()
    world.say("a", "q", "8", document="A", speakers=["M"])
    world.say("b", "q", "80", document="B", speakers=["M"])
    world.say("c", "q", "9", document="C")
    (found,) = defects("A25", world.casefile())
    assert found.found in {
        "one origin credited with “8” and “80”",
        "one origin credited with “80” and “8”",
    }
    world.claims["b"] = replace(world.claims["b"], supersedes=world_name("claim", "a"))
    assert defects("A25", world.casefile()) == []


# --- headlines -----------------------------------------------------------------------------------


def parted(world: World, **parts: Part) -> Casefile:
    """The casefile with a passage for each claim, in the part of the document that is told."""
    casefile = world.casefile()
    passages = {
        claim.passages[0]: Passage(
            id=claim.passages[0],
            document=claim.document,
            exact=claim.value.said if claim.value else "",
            part=parts.get(claim.key or "", Part.BODY),
            language="en",
        )
        for claim in casefile.claims
    }
    return replace(casefile, passages=passages)


@pytest.mark.parametrize(
    ("above", "body", "fires"),
    [
        ("8", "8", False),
        ("at least 8", "9", False),
        ("8", "at least 8", True),
        ("8", "9", True),
        ("8", None, True),
    ],
)
def test_a_headline_needs_its_body(above: str, body: str | None, *, fires: bool) -> None:
    world = asked()
    world.ask("other")
    world.say("head", "q", above)
    world.say("else", "other", "3")
    if body is not None:
        world.say("body", "q", body)
    found = defects("A27", parted(world, head=Part.HEADLINE))
    assert bool(found) is fires
    assert all("only above the body of “article”" in one.found for one in found)


def test_a_place_of_the_headline_may_be_wider_or_stand_in_the_body() -> None:
    world = asked(ValueKind.PLACE)
    world.place("town", part_of="land")
    world.place("land")
    world.say("head", "q", "town")
    world.say("body", "q", "land")
    assert defects("A27", parted(world, head=Part.ABSTRACT)) == []
    apart = asked(ValueKind.PLACE)
    apart.ask("other", ValueKind.TEXT)
    apart.say("head", "q", "town")
    apart.say("else", "other", "it came to the old Town at noon")
    assert defects("A27", parted(apart, head=Part.INFOBOX)) == []
    apart.say("else", "other", "it came to the land at noon")
    assert defects("A27", parted(apart, head=Part.INFOBOX)) != []


def test_the_body_of_another_document_supports_nothing() -> None:
    world = asked()
    world.say("head", "q", "8", document="A")
    world.say("elsewhere", "q", "8", document="B")
    casefile = parted(world, head=Part.HEADLINE)
    assert defects("A27", casefile) == []
    world.ask("other")
    world.say("body", "other", "3", document="A")
    assert defects("A27", parted(world, head=Part.HEADLINE)) != []


def test_what_cannot_be_compared_needs_no_body() -> None:
    world = asked()
    world.ask("other")
    world.say("body", "other", "3")
    world.say("head", "q", "8", counted_by_coder=True)
    assert defects("A27", parted(world, head=Part.HEADLINE)) == []
    world.say("head", "q", "8")
    assert defects("A27", replace(parted(world, head=Part.HEADLINE), passages={})) == []
    free = asked(ValueKind.TEXT)
    free.ask("other")
    free.say("body", "other", "3")
    free.say("head", "q", "a landslide")
    assert defects("A27", parted(free, head=Part.HEADLINE)) == []


# --- grades --------------------------------------------------------------------------------------


def graded(world: World, scheme: Scheme, code: str) -> Casefile:
    """The casefile with the first claim graded."""
    claim = next(iter(world.claims.values()))
    grade = Assessment(
        id=name("assessment", "a"),
        of="claim",
        target=claim.id,
        scheme=scheme,
        code=code,
        reason="it seemed so",
        assessed_by="reviewer",
    )
    return replace(world.casefile(), assessments=(grade,))


def test_credibility_one_needs_another_origin() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    (found,) = defects("A36", graded(world, Scheme.CREDIBILITY, "1"))
    assert found.found == "credibility 1, where no other origin says so"
    world.say("b", "q", "80", document="B")
    world.say("c", "q", "8", document="C", stance=Stance.DENIES)
    assert defects("A36", graded(world, Scheme.CREDIBILITY, "1")) != []
    assert defects("A36", graded(world, Scheme.CREDIBILITY, "2")) == []
    world.say("d", "q", "8", document="D")
    assert defects("A36", graded(world, Scheme.CREDIBILITY, "1")) == []


def test_confirmed_does_not_go_with_a_dispute() -> None:
    world = asked()
    world.say("a", "q", "8", document="A")
    assert defects("A36", graded(world, Scheme.VERIFICATION, "confirmed")) == []
    world.say("b", "q", "80", document="B")
    (found,) = defects("A36", graded(world, Scheme.VERIFICATION, "confirmed"))
    assert "the question is in dispute (CONFLICT_HARD)" in found.found
    gone = replace(world.claims["a"], retracted_at="2020", retracted_reason="wrong")
    world.claims["a"] = gone
    assert defects("A36", graded(world, Scheme.VERIFICATION, "confirmed")) == []


EARLY, LATE = datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC)


def source_file(recorded: dict[UUID, Recorded] | None, *, assessed_by: str = "b") -> ProjectFile:
    """One source with one assessment, and what is recorded of both."""
    source = Source(id=name("source", "s"), key="s", name="the council")
    grade = Assessment(
        id=name("assessment", "s"),
        of="source",
        target=source.id,
        scheme=Scheme.RELIABILITY,
        code="B",
        reason="it was right before",
        assessed_by=assessed_by,
    )
    return ProjectFile(sources=(source,), assessments=(grade,), recorded=recorded)


def test_a_source_that_changed_is_to_be_judged_again() -> None:
    source, grade = name("source", "s"), name("assessment", "s")
    check = [check_of("A31")]
    recorded = {source: Recorded("a", EARLY, LATE), grade: Recorded("b", EARLY)}
    (found,) = audit_project(source_file(recorded), check)
    assert isinstance(found, AuditFinding)
    assert found.defect.subject.name == "reliability B of the council"
    assert found.defect.found == "assessed on 2020-01-01, changed on 2021-01-01"
    for told in (
        {source: Recorded("a", EARLY, EARLY), grade: Recorded("b", LATE)},
        {source: Recorded("a", EARLY), grade: Recorded("b", LATE)},
    ):
        assert list(audit_project(source_file(told), check)) == []
    unknown = {source: Recorded("a", EARLY, LATE), grade: Recorded("b")}
    for known in (unknown, {}, None):
        (unseen,) = audit_project(source_file(known), check)
        assert isinstance(unseen, NotChecked)


def test_who_entered_a_source_does_not_judge_it() -> None:
    recorded = {name("source", "s"): Recorded("a")}
    check = [check_of("A37")]
    assert list(audit_project(source_file(recorded), check)) == []
    (own,) = audit_project(source_file(recorded, assessed_by="a"), check)
    assert isinstance(own, AuditFinding)
    (unseen,) = audit_project(source_file(None), check)
    assert isinstance(unseen, NotChecked)


def test_an_assessment_that_was_replaced_is_not_looked_at() -> None:
    desk = Desk()
    desk.change(Assessment, "killed confidence", reason="", key="old")
    old = desk.get(Assessment, "killed confidence")
    desk.assess("killed", Scheme.CONFIDENCE, "low", id=name("a", "new"), supersedes=old.id)
    desk.add(old)
    assert desk.findings("A37") == ()


# --- copies --------------------------------------------------------------------------------------

WORDS = "the river rose in the night and took the bridge the mill and the lower road away"


def row(key: str, *texts: str, **fields: object) -> DocumentRow:
    """A document in brief."""
    told = {"voices": frozenset({name("source", key)}), "leans_on": frozenset(), **fields}
    return DocumentRow(
        item=Document(
            id=name("document", key),
            key=key,
            csl={"title": key},
            voice=name("source", key),
            tier=Tier.SECONDARY,
            language="en",
        ),
        sketch=sketch(texts),
        **told,  # type: ignore[arg-type]
    )


def copies(*rows: DocumentRow, relations: tuple[SourceRelation, ...] = ()) -> list[Defect]:
    """What the check of copies finds."""
    file = ProjectFile(documents=rows, relations=relations)
    outcomes = audit_project(file, [check_of("A16")])
    return [one.defect for one in outcomes if isinstance(one, AuditFinding)]


def related(kind: Dependence, between: str) -> SourceRelation:
    """That B depends on A."""
    ends = (name(between, "B"), name(between, "A"))
    return SourceRelation(
        id=name("relation", "r"), between=between, a=ends[0], b=ends[1], kind=kind, basis="seen"
    )


def test_shared_words_are_told() -> None:
    a, b = row("A", f"First: {WORDS}."), row("B", WORDS.upper())
    (found,) = copies(a, b)
    assert "runs of 8 words also in" in found.found
    assert set(found.subject.documents) == {a.item.id, b.item.id}


def test_a_document_of_few_words_shares_all_it_has() -> None:
    few = " ".join(WORDS.split()[:RUN])
    assert copies(row("A", few), row("B", few))[0].found.startswith("a run of 8 words")
    assert copies(row("A", f"x {few} y"), row("B", "other words entirely")) == []


def test_a_single_run_of_long_texts_is_a_coincidence() -> None:
    run = " ".join(WORDS.split()[:RUN])
    long = [" ".join(f"{word}{i}" for i in range(40)) for word in "ab"]
    assert (
        copies(row("A", f"{long[0]} {run} {long[0]}"), row("B", f"{long[1]} {run} {long[1]}")) == []
    )


@pytest.mark.parametrize("between", ["document", "source"])
def test_a_recorded_dependence_is_no_finding(between: str) -> None:
    rows = row("A", WORDS), row("B", WORDS)
    assert copies(*rows, relations=(related(Dependence.WIRE_COPY, between),)) == []
    assert copies(*rows, relations=(related(Dependence.FUNDED_BY, between),)) != []


def test_a_chain_of_speakers_is_a_recorded_dependence() -> None:
    a = row("A", WORDS)
    assert copies(a, row("B", WORDS, leans_on=frozenset({a.item.id}))) == []
    assert copies(a, row("B", WORDS, voices=frozenset({a.item.voice}))) == []
    both = frozenset({name("source", "ministry")})
    assert copies(row("A", WORDS, voices=both), row("B", WORDS, voices=both)) == []


def test_a_formula_of_many_documents_is_none() -> None:
    many = [row(f"D{number}", WORDS) for number in range(COMMON + 1)]
    assert copies(*many) == []
    assert len(copies(*many[:3])) == 3


def test_a_sketch_is_bounded() -> None:
    long = " ".join(f"w{number}" for number in range(40 * MOST))
    assert len(sketch([long])) == MOST
    assert len(sketch(["too few words"])) == 0


@given(
    st.lists(st.sampled_from("abcdefghij"), max_size=30),
    st.lists(st.sampled_from("klmnopqrst"), max_size=30),
)
def test_a_copied_stretch_is_always_noticed(before: list[str], after: list[str]) -> None:
    """Winnowing's promise, for texts below the bound."""
    stretch = [f"word{number}" for number in range(RUN + WINDOW - 1)]
    one = sketch([" ".join([*before, *stretch])])
    other = sketch([" ".join([*stretch, *after])])
    assert set(one) & set(other)


# --- what is held twice or not used --------------------------------------------------------------


def test_two_documents_of_one_title_and_date_are_one() -> None:
    desk = Desk()
    csl = {"type": "report", "title": "The report on Orlen", "issued": "2019-03-04"}
    for key in ("report", "bulletin"):
        desk.change(Document, key, csl=csl)
    assert "same title" in desk.only("A38").defect.found
    desk.change(Document, "bulletin", csl={**csl, "title": "The second report on Orlen"})
    assert desk.findings("A38") == ()


def copied(desk: Desk, *, words: str = "The rescue took six hours.") -> None:
    """A second copy of the bulletin, from which the claim cites what it cited from the first."""
    first = desk.get(Snapshot, "bulletin")
    desk.add(replace(first, id=name("snapshot", "second"), key="second"))
    cited = desk.get(Passage, "rescue")
    anew, second = name("passage", "anew"), name("snapshot", "second")
    desk.add(replace(cited, exact=words, id=anew, key="anew", snapshot=second))
    desk.change(Claim, "rescue", passages=(anew,))


def test_a_passage_that_is_cited_from_a_newer_copy_is_used() -> None:
    desk = Desk()
    copied(desk, words="The rescue took six  hours.")
    assert desk.findings("A38") == ()
    desk.change(Passage, "rescue", snapshot=None)
    assert desk.findings("A38") == ()
    desk.drop(Claim, "rescue")
    assert [one.defect.subject.id for one in desk.findings("A38")] == [
        name("passage", "rescue"),
        name("passage", "anew"),
    ]


def test_a_passage_of_the_newer_copy_or_with_other_words_is_not() -> None:
    desk = Desk()
    copied(desk)
    desk.change(Claim, "rescue", passages=(name("passage", "rescue"),))
    assert desk.only("A38").defect.subject.id == name("passage", "anew")
    desk = Desk()
    copied(desk, words="The rescue took nine hours.")
    assert desk.only("A38").defect.subject.id == name("passage", "rescue")


def test_a_claim_that_is_looked_at_elsewhere_cites_from_a_newer_copy_too() -> None:
    desk = Desk()
    copied(desk)
    anew = desk.get(Passage, "anew")
    desk.drop(Passage, "anew")
    assert desk.only("A38").defect.subject.id == name("passage", "rescue")
    desk.dossier["bulletin"]["further"] = (anew,)
    assert desk.findings("A38") == ()


def test_a_source_of_a_relation_is_used() -> None:
    desk = Desk()
    desk.add(Source(id=name("source", "wire"), key="wire", name="a wire"))
    assert desk.only("A38").defect.found == "a source that nothing uses"
    desk.add(
        SourceRelation(
            id=name("relation", "w"),
            key="w",
            between="source",
            a=name("source", "inspectorate"),
            b=name("source", "wire"),
            kind=Dependence.FUNDED_BY,
            basis="its own report",
        )
    )
    assert desk.findings("A38") == ()


# --- primary documents, and what is assembled ----------------------------------------------------


def test_a_primary_document_does_not_speak_for_others() -> None:
    desk = Desk()
    chain = desk.get(Claim, "injured").speakers
    desk.change(Claim, "injured", speakers=(chain[0], replace(chain[1], document=None)))
    told = {one.defect.subject.entity: one.defect for one in desk.findings("A12")}
    assert told["source"].found == "1 claim known only from “The report on Orlen”"
    assert told["document"].found.endswith("passes on what others say: rescue-service")
    desk.change(Document, "report", tier=Tier.SECONDARY)
    assert [one.defect.subject.entity for one in desk.findings("A12")] == ["source"]
    desk.change(Claim, "injured", speakers=(chain[0], Speaker(source=name("source", "gone"))))
    (dossier, _) = desk.dossiers()
    assert dossier.document.key == "report"


def test_what_belongs_to_a_document_is_in_its_dossier() -> None:
    desk = Desk()
    desk.add(
        Review(
            id=name("review", "killed"),
            key="killed",
            claim=name("claim", "killed"),
            decision=Decision.ACCEPTED,
            claim_hash="0",
            reason="it is so",
            reviewed_by="reviewer",
        )
    )
    report, bulletin = desk.assembled().dossiers()
    assert len(report.assessments) == len(report.reviews) == 1
    assert (bulletin.assessments, bulletin.reviews) == ((), ())
    assert {claim.document for claim in bulletin.claims} == {bulletin.document.id}
    assert set(report.quote_findings) == {passage.id for passage in report.passages}


def test_questions_come_with_the_profile_of_the_project() -> None:
    files = list(Desk().assembled().questions())
    assert {file.profile for file in files} == {"default@1"}
    assert len(files) == 11


def test_nothing_is_found_of_nothing() -> None:
    empty = Assembled(())
    assert list(empty.dossiers()) == []
    assert list(empty.questions()) == []
    assert list(audit_project(empty.project())) == []
