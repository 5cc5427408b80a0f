from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from claims.analysis.records import (
    Assessment,
    Claim,
    ClaimValue,
    Party,
    Place,
    Project,
    Question,
    Record,
    Source,
    Waiver,
)
from claims.analysis.vocabulary import DateAspect, Scheme, ValueKind
from claims.errors import InputRefused, NotFound, StaleVersion
from claims.store.custody import Custody, custody
from claims.store.reader import all_records, get_record, head
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify_chain
from claims.store.writer import Writer
from claims.values.duration import parse_duration
from claims.values.quantity import parse_quantity
from claims.values.when import parse_when
from tests.store.worlds import NOW, an_id, flood

TOPIC, PLACE, TERM, QUESTION, SOURCE, _, DOCUMENT, SNAPSHOT, PASSAGE, CLAIM = flood(1)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing unit on a database that holds the small flood."""
    with write_unit(engine) as opened:
        Writer(opened, "coder", NOW).insert_all(flood(1))
        yield opened


@pytest.fixture
def writer(session: Session) -> Writer:
    return Writer(session, "reviewer", NOW + timedelta(hours=1), "second look")


def _altered(record: Record, **changes: object) -> Any:  # noqa: ANN401 (of the same kind)
    return replace(cast("Any", record), **changes)


# --- inserting ---------------------------------------------------------------------------------


def test_records_may_come_in_any_order(engine: Engine) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(list(reversed(flood(4))))
    with read_unit(engine) as session:
        assert len(all_records(session, Claim)) == 4
        assert verify_chain(session).intact


def test_what_a_record_belongs_to_is_written_before_it(engine: Engine) -> None:
    """A chain of claims, each superseding the one before, given the last first."""
    records = flood(30)
    claims = [one for one in records if isinstance(one, Claim)]
    linked = [
        replace(claim, supersedes=claims[number - 1].id if number else None)
        for number, claim in enumerate(claims)
    ]
    rest = [one for one in records if not isinstance(one, Claim)]
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all([*reversed(linked), *rest])
        assert all_records(session, Claim) == linked


def test_a_circle_is_refused(writer: Writer) -> None:
    inner = Place(id=an_id("inner"), key="inner", name="inner", part_of=an_id("outer"))
    outer = Place(id=an_id("outer"), key="outer", name="outer", part_of=an_id("inner"))
    with pytest.raises(InputRefused, match="the place inner: its 'part_of' leads back to itself"):
        writer.insert_all([inner, outer])


def test_an_edit_that_closes_a_circle_is_refused(writer: Writer) -> None:
    outer = Place(id=an_id("outer"), name="outer")
    middle = Place(id=an_id("middle"), name="middle", part_of=outer.id)
    inner = Place(id=an_id("inner"), name="inner", part_of=middle.id)
    writer.insert_all([outer, middle, inner])
    writer.update(replace(inner, part_of=outer.id), version=1)
    with pytest.raises(InputRefused, match="leads back to itself"):
        writer.update(replace(outer, part_of=middle.id), version=1)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (_altered(SOURCE, party=an_id("nobody")), "'party' names the party .* not held"),
        (_altered(CLAIM, question=an_id("x")), "'question' names the question .* load that quest"),
        (_altered(CLAIM, passages=(an_id("x"),)), r"'passages\[0\]' names the passage"),
        (
            _altered(QUESTION, scope=replace(cast("Question", QUESTION).scope, cause=an_id("x"))),
            "'scope.cause' names the term",
        ),
        (
            Waiver(
                id=an_id("w"),
                check="A05",
                target=an_id("x"),
                reason="r",
                granted_by="g",
                until="2027",
            ),
            "no record with that id",
        ),
        (
            Assessment(
                id=an_id("a"),
                of="source",
                target=CLAIM.id,
                scheme=Scheme.RELIABILITY,
                code="C",
                reason="r",
                assessed_by="coder",
            ),
            "'target' names the source",
        ),
    ],
)
def test_a_reference_to_what_is_not_held_is_refused(
    writer: Writer, record: Record, words: str
) -> None:
    with pytest.raises(InputRefused, match=words):
        writer.insert(_altered(record, id=an_id("new")))


def test_a_choice_that_is_none_is_refused(writer: Writer) -> None:
    grade = Assessment(
        id=an_id("a"),
        of="party",
        target=SOURCE.id,
        scheme=Scheme.RELIABILITY,
        code="C",
        reason="r",
        assessed_by="coder",
    )
    with pytest.raises(IntegrityError, match="ck_assessment_of"):
        writer.insert(grade)


def test_a_waiver_may_name_a_record_of_any_kind(writer: Writer, session: Session) -> None:
    waiver = Waiver(
        id=an_id("w"), check="A05", target=PASSAGE.id, reason="r", granted_by="g", until="2027"
    )
    writer.insert(waiver)
    assert get_record(session, Waiver, waiver.id) == (waiver, 1)


def test_a_record_is_inserted_once(writer: Writer) -> None:
    with pytest.raises(InputRefused, match="the topic flood is held already; update it"):
        writer.insert(TOPIC)
    party = Party(id=an_id("twice"), name="twice")
    with pytest.raises(InputRefused, match="have the same id"):
        writer.insert_all([party, party])


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (_altered(CLAIM, question="not an id"), r"expected an id \(UUID\)"),
        (_altered(CLAIM, stance="shouts"), "'shouts'; expected one of asserts, reports"),
        (_altered(CLAIM, stance="asserts"), "expected one of"),
        (_altered(CLAIM, hedges=["reportedly"]), "expected a tuple"),
        (_altered(CLAIM, passages=()), "it has no passages"),
        (_altered(CLAIM, speakers=()), "it has no speakers"),
        (_altered(CLAIM, verb="a\0b"), "NUL"),
        (_altered(CLAIM, verb="Ü\0"), "NUL"),
        (_altered(CLAIM, verb="half \ud83d"), "half a character"),
        (_altered(CLAIM, note="x" * 1_000_001), "a text of 1000001 characters"),
        (_altered(CLAIM, value="8"), "expected a ClaimValue"),
        (_altered(CLAIM, value=ClaimValue(said="8", expression=cast("str", 8))), "expected text"),
        (_altered(SOURCE, named=1), "1; expected true or false"),
        (_altered(SOURCE, identifiers=[("a", "b")]), "expected a mapping"),
        (_altered(SOURCE, identifiers={"a": 5}), "5; expected text"),
        (_altered(PASSAGE, start=True), "True; expected a whole number"),
        (_altered(PASSAGE, start=2**31), "expected one up to 2147483647"),
        (_altered(PLACE, latitude=0.5), "expected a Decimal"),
        (_altered(PLACE, latitude=Decimal("NaN")), "expected a finite one"),
        (_altered(PLACE, latitude=Decimal("1." + "1" * 200)), "up to 100 characters"),
        (_altered(SNAPSHOT, captured_at=datetime(2026, 1, 1)), "without a time zone"),  # noqa: DTZ001
        (_altered(DOCUMENT, csl={"volume": 1.5}), "1.5; expected text, a whole number"),
        (_altered(DOCUMENT, csl={1: "x"}), "1; expected text"),
        (_altered(DOCUMENT, csl={"author": [{"family": "a\0"}]}), "NUL"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused(writer: Writer, record: Record, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        writer.insert(_altered(record, id=an_id("new")))


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="time zone"):
        Writer(session, "coder", datetime(2026, 1, 1))  # noqa: DTZ001


def test_rows_say_who_wrote_them_and_when(session: Session) -> None:
    row = session.execute(text("SELECT created_by, created_at, version FROM claim")).one()
    assert tuple(row) == ("coder", "2026-01-31T12:00:00.000000Z", 1)


def test_nothing_to_insert_changes_nothing(writer: Writer, session: Session) -> None:
    before = head(session)
    writer.insert_all([])
    assert head(session) == before


def test_any_mapping_can_be_stored(writer: Writer, session: Session) -> None:
    named = MappingProxyType({"wikidata": "Q1"})
    source = Source(id=an_id("mapped"), name="mapped", identifiers=named)
    writer.insert(source)
    assert get_record(session, Source, source.id) == (source, 1)


# --- editing -----------------------------------------------------------------------------------


def test_an_edit_replaces_the_record_and_counts_up(writer: Writer, session: Session) -> None:
    claim = replace(
        cast("Claim", CLAIM),
        speakers=tuple(reversed(cast("Claim", CLAIM).speakers)),
        hedges=("reportedly",),
        value=ClaimValue(said="dozens", expression=parse_quantity("dozens").expression),
    )
    assert writer.update(claim, version=1) == 2
    assert get_record(session, Claim, claim.id) == (claim, 2)
    row = session.execute(
        text("SELECT s.key, hard_lo FROM claim c, source s WHERE s.pk = origin_pk")
    )
    assert tuple(row.one()) == ("paper", 12.0)
    assert verify_chain(session).intact


def test_an_edit_keeps_who_wrote_the_record_first(writer: Writer, session: Session) -> None:
    writer.update(_altered(SOURCE, name="a daily"), version=1)
    row = session.execute(text("SELECT created_by, version FROM source WHERE key = 'paper'")).one()
    assert tuple(row) == ("coder", 2)


def test_equal_content_writes_nothing(writer: Writer, session: Session) -> None:
    before = head(session)
    assert writer.update(SOURCE, version=1) == 1
    assert head(session) == before


def test_a_stale_edit_is_refused_and_says_what_changed(writer: Writer, session: Session) -> None:
    writer.update(_altered(SOURCE, name="a daily", note="since 1990"), version=1)
    with pytest.raises(StaleVersion) as caught:
        writer.update(_altered(SOURCE, name="a weekly"), version=1)
    assert str(caught.value) == (
        "the source paper was changed after you read it (version 1, now 2, by reviewer at"
        ' 2026-01-31T13:00:00.000000Z): name was "a newspaper" and is "a daily"; note was not given'
        ' and is "since 1990"; read it again and repeat your change'
    )
    assert get_record(session, Source, SOURCE.id) == (
        _altered(SOURCE, name="a daily", note="since 1990"),
        2,
    )


def test_a_version_that_never_was_is_refused(writer: Writer) -> None:
    with pytest.raises(StaleVersion, match="version 7, now 1"):
        writer.update(_altered(SOURCE, name="a weekly"), version=7)
    with pytest.raises(StaleVersion, match="version 0, now 1"):
        writer.update(_altered(SOURCE, name="a weekly"), version=0)


def test_an_edit_without_a_version_replaces_any(writer: Writer) -> None:
    assert writer.update(_altered(SOURCE, name="a daily"), version=None) == 2


@pytest.mark.parametrize("record", [PASSAGE, SNAPSHOT])
def test_what_is_immutable_is_never_edited(writer: Writer, record: Record) -> None:
    with pytest.raises(InputRefused, match="is never changed; insert one that supersedes it"):
        writer.update(record, version=1)


def test_what_is_not_held_cannot_be_edited(writer: Writer) -> None:
    with pytest.raises(NotFound, match="insert it instead"):
        writer.update(Party(id=an_id("nobody"), name="nobody"), version=None)


# --- what is derived ---------------------------------------------------------------------------

_COLUMNS = "hard, hard_lo, hard_hi, hard_lo_open, soft, soft_lo, soft_hi, earliest_day, latest_day"


def _derived(session: Session, claim: UUID) -> tuple[object, ...]:
    statement = text(f"SELECT {_COLUMNS} FROM claim WHERE id = :id")  # noqa: S608 (own words)
    return tuple(session.execute(statement, {"id": claim.hex}).one())


def _day(iso: str) -> int:
    return datetime.fromisoformat(iso).toordinal()


_WAR = (_day("1991-10-01"), _day("1991-10-31"))


@pytest.mark.parametrize(
    ("kind", "aspect", "expression", "expected"),
    [
        (ValueKind.COUNT, None, "8", (1, 8, 8, 0, 1, 8, 8, None, None)),
        (ValueKind.COUNT, None, "several", (1, 3, None, 0, 1, 3, 9, None, None)),
        (ValueKind.COUNT, None, "many", (1, 1, None, 0, 0, None, None, None, None)),
        (ValueKind.PROPORTION, None, "most", (1, 0.5, 1, 1, 1, 0.6, 0.95, None, None)),
        (
            ValueKind.DATE,
            DateAspect.START,
            "since October 1991",
            (1, *_WAR, 0, 1, *_WAR, _WAR[0], None),
        ),
        (
            ValueKind.DURATION,
            None,
            "two days",
            (1, 172800, 172800, 0, 1, 172800, 172800, None, None),
        ),
        (ValueKind.TEXT, None, "any words", (0, None, None, 0, 0, None, None, None, None)),
        (ValueKind.COUNT, None, None, (0, None, None, 0, 0, None, None, None, None)),
    ],
)
def test_columns_for_queries_are_derived(
    writer: Writer,
    session: Session,
    kind: ValueKind,
    aspect: DateAspect | None,
    expression: str | None,
    expected: tuple[object, ...],
) -> None:
    question = _altered(QUESTION, id=an_id("new"), value_kind=kind, aspect=aspect)
    value = None if expression is None else _value(kind, expression)
    claim = _altered(CLAIM, id=an_id("other"), question=question.id, value=value)
    writer.insert_all([claim, question])
    assert _derived(session, claim.id) == expected


def _value(kind: ValueKind, words: str) -> ClaimValue:
    if kind is ValueKind.DATE:
        expression = parse_when(words).expression
    elif kind is ValueKind.DURATION:
        expression = parse_duration(words).expression
    else:
        expression = words if kind is ValueKind.TEXT else parse_quantity(words).expression
    return ClaimValue(said=words, expression=expression)


def test_numbers_are_kept_to_15_digits_and_exactly_beside(writer: Writer, session: Session) -> None:
    claim = _altered(
        CLAIM, id=an_id("big"), value=ClaimValue(said="x", expression="1234567890123456789")
    )
    writer.insert(claim)
    assert _derived(session, claim.id)[1] == 1234567890123460000.0
    assert get_record(session, Claim, claim.id) == (claim, 1)


def test_a_value_that_does_not_answer_its_question_is_refused(writer: Writer) -> None:
    claim = _altered(CLAIM, id=an_id("odd"), value=ClaimValue(said="x", expression="1992-02"))
    with pytest.raises(InputRefused, match=r"the claim claim-0: .*1992-02"):
        writer.insert(claim)


def test_another_profile_derives_the_columns_again(writer: Writer, session: Session) -> None:
    several = _altered(CLAIM, value=_value(ValueKind.COUNT, "several"))
    writer.update(several, version=1)
    project = Project(id=an_id("project"), title="The flood")
    writer.insert(project)
    assert _derived(session, CLAIM.id)[4:7] == (1, 3, 9)
    writer.update(replace(project, profile="pitf@1"), version=1)
    assert _derived(session, CLAIM.id)[4:7] == (1, 5, 24)
    assert session.scalar(text("SELECT profile FROM claim")) == "pitf@1"


def test_another_aspect_derives_the_columns_again(writer: Writer, session: Session) -> None:
    days = "February 10–12, 1992"
    question = _altered(
        QUESTION, id=an_id("when"), value_kind=ValueKind.DATE, aspect=DateAspect.START
    )
    claim = _altered(
        CLAIM, id=an_id("dated"), question=question.id, value=_value(ValueKind.DATE, days)
    )
    writer.insert_all([question, claim])
    assert _derived(session, claim.id)[1:3] == (_day("1992-02-10"),) * 2
    writer.update(replace(question, aspect=DateAspect.END), version=1)
    assert _derived(session, claim.id)[1:3] == (_day("1992-02-12"),) * 2


def test_an_edit_that_takes_values_from_claims_is_refused(writer: Writer) -> None:
    dated = _altered(QUESTION, value_kind=ValueKind.DATE)
    with pytest.raises(InputRefused, match="would lose its value"):
        writer.update(dated, version=1)


# --- custody -----------------------------------------------------------------------------------


def test_custody_begins_when_a_snapshot_is_stored(writer: Writer, session: Session) -> None:
    writer.custody(SNAPSHOT.id, "checked", "same bytes as the publisher's")
    assert custody(session, SNAPSHOT.id) == (
        Custody("stored", "coder", "2026-01-31T12:00:00.000000Z"),
        Custody(
            "checked", "reviewer", "2026-01-31T13:00:00.000000Z", "same bytes as the publisher's"
        ),
    )
    assert session.scalar(text("SELECT count(*) FROM change WHERE entity = 'custody'")) == 2
    assert verify_chain(session).intact


def test_custody_of_nothing_is_refused(writer: Writer) -> None:
    with pytest.raises(InputRefused, match="'sold' is no custody action; give one of stored"):
        writer.custody(SNAPSHOT.id, "sold")
    with pytest.raises(NotFound, match="no snapshot"):
        writer.custody(an_id("x"), "checked")
