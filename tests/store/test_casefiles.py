from __future__ import annotations

import gc
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import Engine, event

from claims.analysis.casefile import Casefile
from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    CrossCheck,
    Document,
    Merge,
    Opposition,
    Party,
    Passage,
    Place,
    Question,
    Record,
    RelationOverride,
    Scope,
    Snapshot,
    Source,
    SourceRelation,
    Speaker,
    Term,
    TermRelation,
    Topic,
)
from claims.analysis.vocabulary import (
    Dependence,
    Scheme,
    Sensitivity,
    Stance,
    TermLink,
    Tier,
    ValueKind,
)
from claims.errors import NotFound
from claims.store.reader import casefile
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood

PUBLIC, TEAM, RESTRICTED = Sensitivity


def _write(engine: Engine, records: Iterable[Record]) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(list(records))


def _read(engine: Engine, clearance: Sensitivity = RESTRICTED, topic: str = "flood") -> Casefile:
    with read_unit(engine) as session:
        return casefile(session, an_id(topic), clearance=clearance)


def _all(records: Iterable[Record], kind: type[Record]) -> dict[object, Record]:
    return {one.id: one for one in records if type(one) is kind}


def test_a_topic_comes_with_all_that_its_claims_refer_to(engine: Engine) -> None:
    records = flood()
    _write(engine, records)
    found = _read(engine)
    assert found.topic == records[0]
    assert {one.id: one for one in found.questions} == _all(records, Question)
    assert {one.id: one for one in found.claims} == _all(records, Claim)
    for held, kind in (
        (found.sources, Source),
        (found.documents, Document),
        (found.passages, Passage),
        (found.snapshots, Snapshot),
        (found.terms, Term),
        (found.places, Place),
    ):
        assert held == _all(records, cast("type[Record]", kind))


def test_questions_and_claims_come_in_the_order_written(engine: Engine) -> None:
    records = flood(20)
    more = [
        Question(
            id=an_id(f"question {number}"),
            topic=an_id("flood"),
            text=f"Question {number}?",
            value_kind=ValueKind.TEXT,
        )
        for number in range(20)
    ]
    _write(engine, [*records, *more])
    found = _read(engine)
    assert [one.text for one in found.questions[1:]] == [one.text for one in more]
    assert list(found.claims) == [one for one in records if isinstance(one, Claim)]


def test_other_topics_stay_out(engine: Engine) -> None:
    other = Topic(id=an_id("fire"), label="The fire")
    question = Question(
        id=an_id("burnt"), topic=other.id, text="What burnt?", value_kind=ValueKind.TEXT
    )
    claim = _claim("burnt claim", question=question.id, value=None)
    _write(engine, [*flood(), other, question, claim])
    assert [one.id for one in _read(engine, topic="fire").claims] == [claim.id]
    assert claim not in _read(engine).claims
    assert _read(engine, topic="fire").snapshots.keys() == {an_id("snapshot")}


def test_a_topic_that_is_not_held(engine: Engine) -> None:
    with pytest.raises(NotFound, match="no topic"):
        _read(engine)


def test_answers_and_scopes_bring_what_is_above_them(engine: Engine) -> None:
    living = Term(id=an_id("living"), label="living beings")
    animals = Term(id=an_id("animals"), label="animals", broader=living.id)
    dogs = Term(id=an_id("dogs"), label="dogs", broader=animals.id)
    cats = Term(id=an_id("cats"), label="cats", broader=animals.id)
    apart = TermRelation(
        id=an_id("apart"), a=dogs.id, b=animals.id, link=TermLink.RECONCILABLE, reason="r"
    )
    elsewhere = TermRelation(
        id=an_id("elsewhere"), a=dogs.id, b=cats.id, link=TermLink.EXCLUSIVE, reason="r"
    )
    country = Place(id=an_id("country"), name="country")
    region = Place(id=an_id("region"), name="region", part_of=country.id)
    what = _question("what", ValueKind.CATEGORY)
    where = _question("where", ValueKind.PLACE)
    dog = _claim("dog", question=what.id, value=ClaimValue(said="dogs", expression=str(dogs.id)))
    there = _claim(
        "there",
        question=where.id,
        value=ClaimValue(said="there", expression=str(region.id)),
        scope=Scope(population=an_id("people"), area=an_id("town")),
    )
    kept = [living, animals, dogs, cats, apart, elsewhere, country, region, what, where]
    _write(engine, [*flood(), *kept, dog, there])
    found = _read(engine)
    assert found.terms.keys() == {an_id("people"), living.id, animals.id, dogs.id}
    assert found.places.keys() == {an_id("town"), region.id, country.id}
    assert found.term_relations == (apart,)


def test_relations_are_followed_to_sources_without_claims(engine: Engine) -> None:
    """Two papers of one owner are joined by a third that says nothing here."""
    sources = [Source(id=an_id(name), name=name) for name in ("owner", "sister", "stranger", "far")]
    published = Dependence.SAME_PUBLISHER
    relations = [
        _relation("paper", "owner", published),
        _relation("owner", "sister", published),
        _relation("stranger", "far", published),
        _relation("ministry", "far", published, topic=an_id("fire")),
    ]
    _write(engine, [*flood(), *sources, Topic(id=an_id("fire"), label="fire"), *relations])
    found = _read(engine)
    assert found.source_relations == tuple(relations[:2])
    assert found.sources.keys() == {an_id(n) for n in ("paper", "ministry", "owner", "sister")}


def test_a_relation_of_documents_brings_the_other_document_and_its_voice(engine: Engine) -> None:
    agency = Source(id=an_id("agency"), name="an agency")
    wire = Document(id=an_id("wire"), csl={}, voice=agency.id, tier=Tier.PRIMARY, language="en")
    copied = _relation("article", "wire", Dependence.WIRE_COPY, between="document")
    _write(engine, [*flood(), agency, wire, copied])
    found = _read(engine)
    assert found.source_relations == (copied,)
    assert found.documents.keys() == {an_id("article"), wire.id}
    assert agency.id in found.sources


def test_what_holds_for_the_whole_holds_for_its_part(engine: Engine) -> None:
    """Oppositions recorded for the war hold for a battle of it, those of another war do not."""
    records = flood()
    war = Topic(id=an_id("war"), label="The war")
    records[0] = replace(cast("Topic", records[0]), part_of=war.id)
    parties = [Party(id=an_id(name), name=name) for name in ("a", "b", "c")]
    here = Opposition(id=an_id("here"), a=an_id("a"), b=an_id("b"), topic=war.id)
    always = Opposition(id=an_id("always"), a=an_id("b"), b=an_id("a"))
    other = Topic(id=an_id("fire"), label="The fire")
    elsewhere = Opposition(id=an_id("there"), a=an_id("a"), b=an_id("c"), topic=other.id)
    _write(engine, [*records, war, other, *parties, here, always, elsewhere])
    found = _read(engine)
    assert found.oppositions == (here, always)
    assert found.parties.keys() == {an_id("a"), an_id("b")}


def test_parties_of_sources_and_of_the_accused_are_there(engine: Engine) -> None:
    parties = [Party(id=an_id(name), name=name) for name in ("government", "rebels", "unrelated")]
    spokesman = Source(id=an_id("spokesman"), name="a spokesman", party=an_id("government"))
    blame = _claim(
        "blame", accused=an_id("rebels"), speakers=(Speaker(source=spokesman.id),), value=None
    )
    _write(engine, [*flood(), *parties, spokesman, blame])
    assert _read(engine).parties.keys() == {an_id("government"), an_id("rebels")}


def test_decisions_about_the_claims_are_there(engine: Engine) -> None:
    records, decided = flood(), _decisions()
    _write(engine, [*records, *decided])
    found = _read(engine)
    grade, check, override = decided
    assert found.assessments == (grade,)
    assert found.confidence == {an_id("claim 0"): grade}
    assert found.cross_checks == (check,)
    assert found.overrides == (override,)


# --- clearance ---------------------------------------------------------------------------------


def _claim(name: str, **changes: Any) -> Claim:  # noqa: ANN401 (fields of a claim)
    said = {"value": ClaimValue(said="8", expression="8")} | changes
    return Claim(
        **{
            "id": an_id(name),
            "document": an_id("article"),
            "passages": (an_id("passage 0"),),
            "question": an_id("killed"),
            "stance": Stance.ASSERTS,
            "speakers": (Speaker(source=an_id("paper")),),
            **said,
        }
    )


def _question(name: str, kind: ValueKind) -> Question:
    return Question(id=an_id(name), topic=an_id("flood"), text=f"{name}?", value_kind=kind)


def _relation(
    a: str,
    b: str,
    kind: Dependence,
    *,
    between: str = "source",
    **changes: Any,  # noqa: ANN401 (fields of a relation)
) -> SourceRelation:
    return SourceRelation(
        id=an_id(f"{a} {b}"),
        between=between,
        a=an_id(a),
        b=an_id(b),
        kind=kind,
        basis="one owner",
        **changes,
    )


def _decisions() -> list[Any]:
    grade = Assessment(
        id=an_id("grade"),
        of="claim",
        target=an_id("claim 0"),
        scheme=Scheme.CONFIDENCE,
        code="low",
        reason="the primary document is not held",
        assessed_by="coder",
    )
    check = CrossCheck(
        id=an_id("check"),
        topic=an_id("flood"),
        text="odd",
        reason="both cannot be",
        questions=(an_id("killed"),),
        claims=(an_id("claim 1"), an_id("claim 0")),
    )
    override = RelationOverride(
        id=an_id("override"), a=an_id("claim 0"), b=an_id("claim 1"), independent=False, reason="r"
    )
    return [grade, check, override]


FLOOD_CLAIMS = {"claim 0", "claim 1", "claim 2"}


@pytest.mark.parametrize("sensitivity", [TEAM, RESTRICTED])
@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("claim 0", {"claim 0"}),
        ("ministry", FLOOD_CLAIMS),
        ("article", {*FLOOD_CLAIMS, "witnessed", "leaked", "cited", "in it"}),
        ("paper", {*FLOOD_CLAIMS, "witnessed", "leaked", "cited", "in it"}),  # its voice
        ("leak", {"leaked", "cited", "in it"}),
        ("witness", {"witnessed", "leaked", "cited", "in it"}),  # the voice of the leak
    ],
)
def test_a_claim_is_seen_only_with_all_that_stands_behind_it(
    engine: Engine, sensitivity: Sensitivity, name: str, hidden: set[str]
) -> None:
    records = [*flood(), *_leak()]
    _write(engine, [_restricted(one, name, sensitivity) for one in records])
    every = {one.id for one in records if isinstance(one, Claim)}
    for clearance in Sensitivity:
        found = _read(engine, clearance)
        enough = list(Sensitivity).index(clearance) >= list(Sensitivity).index(sensitivity)
        gone = set() if enough else {an_id(one) for one in hidden}
        assert {one.id for one in found.claims} == every - gone
        _assert_within(found, clearance)


def _leak() -> list[Record]:
    """A witness with a document of its own, and claims that rest on them in four ways."""
    witness = Source(id=an_id("witness"), name="a witness")
    leak = Document(id=an_id("leak"), csl={}, voice=witness.id, tier=Tier.PRIMARY, language="en")
    passage = Passage(id=an_id("leaked words"), document=leak.id, exact="words", language="en")
    paper = Speaker(source=an_id("paper"))
    return [
        witness,
        leak,
        passage,
        _claim("witnessed", speakers=(paper, Speaker(source=witness.id))),
        _claim("leaked", speakers=(paper, Speaker(source=an_id("paper"), document=leak.id))),
        _claim("cited", passages=(an_id("passage 0"), passage.id)),
        _claim("in it", document=leak.id),
    ]


def _restricted(record: Record, name: str, sensitivity: Sensitivity) -> Record:
    if record.id != an_id(name):
        return record
    assert isinstance(record, Claim | Source | Document)
    return replace(record, sensitivity=sensitivity)


def _assert_within(found: Casefile, clearance: Sensitivity) -> None:
    order = list(Sensitivity)
    held = {one.sensitivity for one in found.claims}
    held |= {one.sensitivity for one in found.sources.values()}
    held |= {one.sensitivity for one in found.documents.values()}
    assert held <= set(order[: order.index(clearance) + 1])
    for claim in found.claims:
        assert found.sources.keys() >= {speaker.source for speaker in claim.speakers}
        assert found.passages.keys() >= set(claim.passages)
        assert claim.document in found.documents


def test_decisions_about_a_hidden_claim_are_hidden(engine: Engine) -> None:
    records = [_restricted(one, "claim 0", TEAM) for one in flood()]
    _write(engine, [*records, *_decisions()])
    found = _read(engine, PUBLIC)
    assert (found.assessments, found.cross_checks, found.overrides) == ((), (), ())
    assert len(_read(engine, TEAM).assessments) == 1


def test_a_cross_check_may_name_a_claim_of_another_topic(engine: Engine) -> None:
    other = Topic(id=an_id("fire"), label="The fire")
    question = Question(
        id=an_id("burnt"), topic=other.id, text="What burnt?", value_kind=ValueKind.TEXT
    )
    claim = _claim("burnt claim", question=question.id, value=None)
    check = replace(_decisions()[1], claims=(claim.id,))
    _write(engine, [*flood(), other, question, claim, check])
    assert _read(engine, PUBLIC).cross_checks == (check,)


def test_a_claim_does_not_tell_that_it_supersedes_a_hidden_one(engine: Engine) -> None:
    newer = _claim("newer", supersedes=an_id("claim 0"))
    newest = _claim("newest", supersedes=newer.id)
    records = [_restricted(one, "claim 0", TEAM) for one in flood()]
    _write(engine, [*records, newer, newest])
    public = {one.id: one for one in _read(engine, PUBLIC).claims}
    assert public[newer.id] == replace(newer, supersedes=None)
    assert public[newest.id] == newest
    assert newer in _read(engine, TEAM).claims


def test_a_hidden_source_leads_to_nothing(engine: Engine) -> None:
    """Two papers joined by a source that may not be seen stand apart for this clearance."""
    owner = Source(id=an_id("owner"), name="owner", sensitivity=TEAM)
    sister = Source(id=an_id("sister"), name="sister")
    published = Dependence.SAME_PUBLISHER
    relations = [_relation("paper", "owner", published), _relation("owner", "sister", published)]
    _write(engine, [*flood(), owner, sister, *relations])
    assert _read(engine, PUBLIC).source_relations == ()
    assert _read(engine, TEAM).source_relations == tuple(relations)


def test_a_restricted_record_appears_nowhere(engine: Engine) -> None:
    """All that one may not see bears a mark, and the mark is looked for everywhere."""
    agent = Source(id=an_id("agent"), name="MARK", sensitivity=RESTRICTED)
    memo = Document(
        id=an_id("memo"), csl={"title": "MARK"}, voice=agent.id, tier=Tier.PRIMARY, language="en"
    )
    words = Passage(id=an_id("memo words"), document=memo.id, exact="MARK", language="en")
    secret = _claim("secret", note="MARK", sensitivity=RESTRICTED)
    told = _claim("told", document=memo.id, passages=(words.id,), note="MARK")
    grade = _decisions()[0]
    grades = [
        replace(grade, id=an_id("grade 0"), reason="MARK", target=secret.id),
        replace(
            grade,
            id=an_id("grade 1"),
            reason="MARK",
            of="source",
            target=agent.id,
            scheme=Scheme.RELIABILITY,
            code="C",
        ),
    ]
    check = replace(_decisions()[1], text="MARK", claims=(secret.id,))
    override = replace(_decisions()[2], b=told.id, reason="MARK")
    tie = replace(_relation("agent", "paper", Dependence.FUNDED_BY), basis="MARK")
    records = [agent, memo, words, secret, told, *grades, check, override, tie]
    _write(engine, [*flood(), *records])
    assert repr(_read(engine, RESTRICTED)).count("MARK") == 10
    for clearance in (PUBLIC, TEAM):
        found = _read(engine, clearance)
        assert "MARK" not in repr(found)
        assert len(found.claims) == 3


def test_the_number_of_queries_does_not_grow_with_the_claims(engine: Engine) -> None:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    _write(engine, flood(3))
    statements.clear()
    _read(engine, PUBLIC)
    few = len(statements)
    more = [one for one in flood(300) if one.entity in {"passage", "claim"}]
    held = {one.id for one in flood(3)}
    _write(engine, [one for one in more if one.id not in held])
    statements.clear()
    _read(engine, PUBLIC)
    assert len(statements) == few


def test_reading_leaves_the_search_for_rubbish_as_it_was(engine: Engine) -> None:
    _write(engine, flood())
    _read(engine)
    assert gc.isenabled()
    gc.disable()
    try:
        _read(engine)
        assert not gc.isenabled()
    finally:
        gc.enable()


# --- merges ------------------------------------------------------------------------------------


def _merge(kept: str, merged: str, of: str = "source", **changes: Any) -> Merge:  # noqa: ANN401 (fields of a merge)
    return Merge(
        id=an_id(f"{kept} {merged}"),
        of=of,
        kept=an_id(kept),
        merged=an_id(merged),
        reason="one organisation",
        **changes,
    )


def test_what_was_merged_reads_as_the_one_that_was_kept(engine: Engine) -> None:
    """The kept source says nothing here itself; its own relations come along."""
    sources = [Source(id=an_id(name), name=name) for name in ("office", "owner")]
    tie = _relation("office", "owner", Dependence.SAME_PUBLISHER)
    _write(engine, [*flood(), *sources, tie, _merge("office", "ministry")])
    found = _read(engine)
    assert {claim.origin for claim in found.claims} == {an_id("office")}
    assert found.sources.keys() == {an_id(name) for name in ("paper", "office", "owner")}
    assert found.source_relations == (tie,)


def test_an_undone_merge_and_a_hidden_one_merge_nothing(engine: Engine) -> None:
    office = Source(id=an_id("office"), name="office", sensitivity=TEAM)
    undone = _merge("paper", "ministry", undone=True)
    _write(engine, [*flood(), office, undone, _merge("office", "ministry")])
    assert {claim.origin for claim in _read(engine, PUBLIC).claims} == {an_id("ministry")}
    assert {claim.origin for claim in _read(engine, TEAM).claims} == {an_id("office")}


def test_claims_come_along_with_a_merged_question(engine: Engine) -> None:
    dead = replace(_question("dead", ValueKind.COUNT), unit="people")
    claim = _claim("one more", question=dead.id)
    _write(engine, [*flood(), dead, claim, _merge("killed", "dead", "question")])
    found = _read(engine)
    assert [one.id for one in found.questions] == [an_id("killed")]
    assert len(found.claims_on[an_id("killed")]) == 4
