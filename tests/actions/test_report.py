from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from claims.actions import Actor, InitRequest, ReportRequest, init, report
from claims.analysis.records import (
    Claim,
    ClaimValue,
    Document,
    Passage,
    Question,
    Source,
    Speaker,
    Topic,
)
from claims.analysis.vocabulary import Role, Sensitivity, Stance, Tier, ValueKind
from claims.errors import InputRefused, NotFound, UnknownProfile
from claims.report.shape import Report
from claims.store.reader import head
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.conftest import NOW

PUBLIC = Actor("reader", Role.READER, Sensitivity.PUBLIC)
RESTRICTED = Actor("cleared", Role.ENTERER, Sensitivity.RESTRICTED)
RULER = Actor("ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def filled(engine: Engine, *labels: str, figures: tuple[str, str] = ("8", "dozens")) -> None:
    """Topics of one question with a public claim and a restricted one, which contradicts it."""
    with write_unit(engine) as session:
        writer = Writer(session, "ruler", NOW)
        for label in labels:
            _fill(writer, label, figures)


def _fill(writer: Writer, label: str, figures: tuple[str, str]) -> None:
    topic = Topic(id=uuid4(), label=label, key=label.casefold())
    voice = Source(id=uuid4(), name="The newspaper")
    document = Document(
        id=uuid4(), csl={"title": "News"}, voice=voice.id, tier=Tier.SECONDARY, language="en"
    )
    question = Question(
        id=uuid4(), topic=topic.id, text="How many?", value_kind=ValueKind.COUNT, unit="people"
    )
    records = [topic, voice, document, question]
    for figure, sensitivity in zip(figures, ("public", "restricted"), strict=True):
        origin = Source(id=uuid4(), name=f"Who says {figure}")
        passage = Passage(id=uuid4(), document=document.id, exact=f"{figure} people", language="en")
        claim = _claim(document.id, passage.id, question.id, voice.id, origin.id, figure)
        records += [origin, passage, replace(claim, sensitivity=Sensitivity(sensitivity))]
    writer.insert_all(records)


def _claim(
    document: UUID, passage: UUID, question: UUID, voice: UUID, origin: UUID, figure: str
) -> Claim:
    return Claim(
        id=uuid4(),
        document=document,
        passages=(passage,),
        question=question,
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=voice), Speaker(source=origin)),
        value=ClaimValue(said=figure, expression=figure),
    )


def read(engine: Engine, actor: Actor, topic: str | None = None, **more: str) -> Report:
    with read_unit(engine) as session:
        return report(session, actor, ReportRequest(topic=topic, **more), NOW)


def test_what_is_derived_is_derived_from_what_the_actor_may_see(empty: Engine) -> None:
    filled(empty, "Storm")
    whole, part = read(empty, RESTRICTED), read(empty, PUBLIC)
    assert (whole.summary.claims, whole.questions[0].status) == (2, "CONFLICT_HARD")
    assert (part.summary.claims, part.questions[0].status) == (1, "SINGLE")
    assert "dozens" not in repr(part)


def test_an_administrator_sees_where_the_log_stands(empty: Engine) -> None:
    filled(empty, "Storm")
    with read_unit(empty) as session:
        at = head(session)
    found = read(empty, RULER)
    assert (found.head_seq, found.head_hash) == (at.seq, at.hash)


def test_others_see_a_digest_of_what_they_see(empty: Engine) -> None:
    filled(empty, "Storm")
    before = read(empty, PUBLIC, "storm").head_hash, read(empty, RESTRICTED, "storm").head_hash
    filled(empty, "Avalanche")
    after = read(empty, PUBLIC, "storm").head_hash, read(empty, RESTRICTED, "storm").head_hash
    assert before == after
    assert len({*before, read(empty, RULER, "storm").head_hash}) == 3
    assert read(empty, PUBLIC, "storm").head_seq == 0


def test_the_profile_is_that_of_the_project_unless_another_is_asked_for(empty: Engine) -> None:
    with write_unit(empty) as session:
        init(session, RULER, InitRequest(profile="pitf@1"), NOW)
    filled(empty, "Storm")
    assert read(empty, RULER).profile == "pitf@1"
    assert read(empty, RULER, profile="acled@1").profile == "acled@1"
    with pytest.raises(UnknownProfile, match="none@1"):
        read(empty, RULER, profile="none@1")


def test_without_a_project_the_profile_is_the_default(empty: Engine) -> None:
    filled(empty, "Storm")
    assert read(empty, PUBLIC).profile == "default@1"


def test_only_one_topic_needs_no_name(empty: Engine) -> None:
    with pytest.raises(NotFound, match="claims load FILE"):
        read(empty, PUBLIC)
    filled(empty, "Storm")
    assert read(empty, PUBLIC).topic.label == "Storm"
    filled(empty, "Avalanche")
    with pytest.raises(InputRefused, match="2 topics are held; say which one is meant"):
        read(empty, PUBLIC)
    with pytest.raises(NotFound, match="Avalanche"):
        read(empty, PUBLIC, "avalanch")


def test_the_time_is_the_one_that_was_given(empty: Engine) -> None:
    filled(empty, "Storm")
    assert read(empty, PUBLIC).generated_at == NOW
