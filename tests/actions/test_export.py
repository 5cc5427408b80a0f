"""An export is all that one may see, in full, or it is not there at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.export import ExportRequest, ExportResult, export
from claims.analysis.canonical import content_hash
from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Question,
    Record,
    Source,
    Speaker,
    Term,
    Topic,
)
from claims.analysis.records import ClaimValue as Value
from claims.analysis.vocabulary import Role, Scheme, Sensitivity, Stance, Tier, ValueKind
from claims.errors import InputRefused, NotFound, SetupError
from claims.exchange.entity_tables import open_export, read_export
from claims.exchange.table_bytes import TableFormat
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.actions.conftest import NOW
from tests.store.everything import everything
from tests.store.worlds import an_id

READER = Actor("Reader", Role.READER, Sensitivity.PUBLIC)
RULER = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def fill(engine: Engine, records: Iterable[Record]) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(list(records))


def exported(
    engine: Engine,
    path: Path,
    actor: Actor = RULER,
    form: TableFormat = TableFormat.CSV,
    *,
    topic: str | None = None,
    dry_run: bool = False,
) -> ExportResult:
    request = ExportRequest(path=path, format=form, topic=topic, dry_run=dry_run)
    with read_unit(engine) as session:
        return export(session, actor, request, NOW)


def hidden() -> list[Record]:
    """A voice that only some may hear, its document, and what it says."""
    return [
        Source(id=an_id("whisper"), name="a witness", sensitivity=Sensitivity.RESTRICTED),
        Document(
            id=an_id("letter"),
            csl={"title": "A letter"},
            voice=an_id("whisper"),
            tier=Tier.PRIMARY,
            language="en",
        ),
        Claim(
            id=an_id("secret"),
            document=an_id("article"),
            passages=(an_id("passage 0"),),
            question=an_id("killed"),
            stance=Stance.ASSERTS,
            speakers=(Speaker(source=an_id("paper")), Speaker(source=an_id("whisper"))),
            value=Value(said="9 people", expression="9"),
        ),
    ]


@pytest.mark.parametrize("form", list(TableFormat))
def test_an_export_restores_every_record(empty: Engine, tmp_path: Path, form: TableFormat) -> None:
    fill(empty, everything())
    path = tmp_path / "export.xlsx"
    result = exported(empty, path, form=form)
    read = read_export(path)
    assert result.records == len(read) == len(everything())
    address = f"sqlite:///{tmp_path / 'second.db'}"
    upgrade(address)
    second = open_engine(address)
    fill(second, read)
    again = tmp_path / "again.xlsx"
    exported(second, again, form=form)
    hashes = {one.id: content_hash(one) for one in everything()}
    assert {one.id: content_hash(one) for one in read_export(again)} == hashes
    second.dispose()


def test_what_may_not_be_seen_is_not_exported(empty: Engine, tmp_path: Path) -> None:
    fill(empty, [*everything(), *hidden()])
    exported(empty, tmp_path / "public", READER)
    exported(empty, tmp_path / "all")
    ids = {one.id for one in hidden()}
    assert ids <= {one.id for one in read_export(tmp_path / "all")}
    assert not ids & {one.id for one in read_export(tmp_path / "public")}
    for file in (tmp_path / "public").iterdir():
        text = file.read_text("utf-8-sig")
        assert "witness" not in text.replace("belligerent, witness, state", "").replace(
            "witnessed", ""
        )
        assert str(an_id("secret")) not in text


def test_a_confidence_stands_beside_its_claim(empty: Engine, tmp_path: Path) -> None:
    first = Assessment(
        id=an_id("low"),
        of="claim",
        target=an_id("claim 0"),
        scheme=Scheme.CONFIDENCE,
        code="low",
        reason="r",
        assessed_by="coder",
    )
    newer = Assessment(
        id=an_id("high"),
        of="claim",
        target=an_id("claim 0"),
        scheme=Scheme.CONFIDENCE,
        code="high",
        reason="r",
        assessed_by="coder",
        supersedes=first.id,
    )
    fill(empty, [*everything(), first, newer])
    exported(empty, tmp_path / "out")
    with (tmp_path / "out" / "claim.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["key"]: row["confidence in words"] for row in csv.DictReader(file)}
    assert rows == {"claim-0": "high", "claim-1": "unassessed", "claim-2": "unassessed"}


def other_topic() -> list[Record]:
    """A second topic, with a question that a category answers."""
    return [
        Topic(id=an_id("storm"), key="storm", label="The storm"),
        Term(id=an_id("wind"), label="wind"),
        Term(id=an_id("unused"), label="unused"),
        Source(id=an_id("stranger"), name="a stranger"),
        Question(
            id=an_id("why"),
            topic=an_id("storm"),
            text="Why?",
            value_kind=ValueKind.CATEGORY,
        ),
        Claim(
            id=an_id("because"),
            document=an_id("article"),
            passages=(an_id("passage 0"),),
            question=an_id("why"),
            stance=Stance.ASSERTS,
            speakers=(Speaker(source=an_id("paper")),),
            value=Value(said="wind", expression=str(an_id("wind"))),
        ),
    ]


def test_a_topic_brings_what_it_stands_on_and_nothing_else(empty: Engine, tmp_path: Path) -> None:
    fill(empty, [*everything(), *other_topic()])
    result = exported(empty, tmp_path / "storm", topic="storm")
    read = {one.id for one in read_export(tmp_path / "storm")}
    assert result.topic == "The storm"
    for name in ("storm", "why", "because", "wind", "article", "paper", "passage 0", "snapshot"):
        assert an_id(name) in read, name
    for name in ("flood", "killed", "claim 0", "claim 1", "unused", "stranger", "coder", "cc"):
        assert an_id(name) not in read, name
    assert {an_id("as"), an_id("me"), an_id("twin"), an_id("project")} <= read
    address = f"sqlite:///{tmp_path / 'second.db'}"
    upgrade(address)
    second = open_engine(address)
    fill(second, read_export(tmp_path / "storm"))  # nothing that it refers to is missing
    second.dispose()


def test_the_export_says_how_it_was_made(empty: Engine, tmp_path: Path) -> None:
    fill(empty, everything())
    exported(empty, tmp_path / "out", READER)
    with (tmp_path / "out" / "claims export.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {row["column"]: row["what it holds"] for row in csv.DictReader(file)}
    assert told["exported by"] == "Reader"
    assert told["seen with the clearance"] == "public"
    assert told["made at"].startswith("2026-01-02T03:04:05")
    assert told["values read under the profile"] == "default@1"


def test_nothing_is_ever_replaced(empty: Engine, tmp_path: Path) -> None:
    fill(empty, everything())
    (tmp_path / "out").mkdir()
    exported(empty, tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    with pytest.raises(InputRefused, match="never replaces anything; name a new or an empty"):
        exported(empty, tmp_path / "out")
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before
    (tmp_path / "there.xlsx").write_text("mine")
    with pytest.raises(InputRefused, match="name a new file"):
        exported(empty, tmp_path / "there.xlsx", form=TableFormat.XLSX)
    with pytest.raises(SetupError, match="does not exist"):
        exported(empty, tmp_path / "none" / "out")


def test_a_dry_run_writes_nothing(empty: Engine, tmp_path: Path) -> None:
    fill(empty, everything())
    result = exported(empty, tmp_path / "out", dry_run=True)
    assert result.counts["claim"] == 3
    assert not (tmp_path / "out").exists()


def test_a_failure_leaves_nothing(
    empty: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(empty, everything())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SetupError, match="no space left"):
        exported(empty, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_where_nothing_is_held_nothing_is_written(empty: Engine, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nothing is held yet"):
        exported(empty, tmp_path / "out")
    fill(empty, everything())
    with pytest.raises(NotFound):
        exported(empty, tmp_path / "out", topic="no such topic")
    assert not (tmp_path / "out").exists()


def test_an_earlier_claim_that_is_hidden_is_not_named(empty: Engine, tmp_path: Path) -> None:
    later = Claim(
        id=an_id("later"),
        document=an_id("article"),
        passages=(an_id("passage 1"),),
        question=an_id("killed"),
        stance=Stance.ASSERTS,
        speakers=(Speaker(source=an_id("paper")),),
        supersedes=an_id("secret"),
    )
    fill(empty, [*everything(), *hidden(), later])
    exported(empty, tmp_path / "out", READER)
    sheet = next(one for one in open_export(tmp_path / "out").sheets if one.entity == "claim")
    (found,) = (one for one in sheet.records if one.id == later.id)
    assert isinstance(found, Claim)
    assert found.supersedes is None
    assert sheet.exported[later.id] == content_hash(found)
