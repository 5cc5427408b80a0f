"""The audit of a database: what it finds, keeps, leaves to waivers, and did not look at."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine

from claims import actions
from claims.actions import (
    AuditFilesRequest,
    AuditRequest,
    EditRequest,
    EraseRequest,
    LoadRequest,
    MendRequest,
    UnwaiveRequest,
    WaiveRequest,
    audit_cases,
    audit_questions,
)
from claims.actions.actor import Actor
from claims.analysis.audit.case import LinkState
from claims.analysis.audit.catalogue import check_of
from claims.analysis.audit.finding import Severity
from claims.analysis.records import Document
from claims.analysis.retractions import Retraction
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.gather import gathered
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, NotPermitted
from claims.exchange.hand_coded import read_hand_coded
from claims.report.audit_shape import AuditReport
from claims.store.reader import all_records
from claims.store.unit import read_unit, write_unit

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
FLOOD = Path(__file__).parents[2] / "seeds" / "flood"

ARTICLE = """The council said that 8 people died. Reportedly, the dam broke at noon.
Nobody was hurt in the port, the council said.
"""
LETTER = """The harbour was closed for two days. The council said that 8 people died.
"""
CODED = """claims: 1
namespace: https://example.org/storm
coder: Coder
language: en
topics:
  storm: {label: The storm}
sources:
  gazette: {name: The Gazette, kind: newspaper}
  council: {name: The council, kind: state}
questions:
  died: {text: How many died?, kind: count, unit: people}
  dam: {text: Did the dam break?, kind: boolean}
  closed: {text: How long was the harbour closed?, kind: duration}
documents:
  article:
    csl: {type: article-newspaper, title: The storm, URL: "https://example.org/storm"}
    voice: gazette
    tier: secondary
    text: article.txt
    passages:
      - quote: The council said that 8 people died.
        claims:
          - {key: eight, question: died, speakers: [council], said: 8 people}
      - quote: Reportedly, the dam broke at noon.
        claims:
          - {key: broke, question: dam, said: broke, value: yes, stance: reports}
  letter:
    csl: {type: personal_communication, title: A letter}
    voice: gazette
    tier: primary
    text: letter.txt
    passages:
      - quote: The harbour was closed for two days.
        claims:
          - {key: closed, question: closed, said: two days}
"""
RULER = Actor("Ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def storm(empty: Engine, archive: Archive, tmp_path: Path) -> Engine:
    """Two documents with three claims; a hedge of one of them was forgotten."""
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "storm.yaml").write_text(CODED, encoding="utf-8")
    files = read_hand_coded([tmp_path / "storm.yaml"])
    with write_unit(empty) as session:
        actions.beginner(session, "Ruler", "Ruler")
        actions.load(session, RULER, LoadRequest(files=files, archive=archive), NOW)
    return empty


def audited(
    engine: Engine, archive: Archive | None, actor: Actor = RULER, **how: object
) -> AuditReport:
    """An audit, whose outcomes are kept."""
    request = AuditRequest(archive=archive, **how)  # type: ignore[arg-type]
    with read_unit(engine) as session:
        result = actions.audit(session, actor, request, NOW)
    if actor.role is not Role.READER:
        with write_unit(engine) as session:
            actions.keep_audit(session, actor, result, NOW)
    return result.report


def told(report: AuditReport) -> set[tuple[str, str, str]]:
    """The findings, without what only a database or only a file knows."""
    return {
        (one.finding.check, one.finding.defect.subject.name, one.finding.defect.found)
        for one in report.findings
        if one.finding.check not in {"A26", "A31", "A37"}
    }


def ids(report: AuditReport) -> list[str]:
    return [f"{t.finding.check} {t.finding.defect.subject.name}" for t in report.open]


def test_a_database_and_the_files_it_was_loaded_from_are_audited_alike(
    empty: Engine, archive: Archive
) -> None:
    files = read_hand_coded([FLOOD])
    with write_unit(empty) as session:
        actions.beginner(session, "Ruler", "Ruler")
        actions.load(session, RULER, LoadRequest(files=files, archive=archive), NOW)
    from_files = actions.audit_files(AuditFilesRequest(files=files), NOW)
    assert told(audited(empty, archive)) == told(from_files) != set()


def test_findings_are_listed_worst_first_with_all_that_was_looked_at(
    storm: Engine, archive: Archive
) -> None:
    report = audited(storm, archive)
    (dropped,) = [one for one in report.findings if one.finding.check == "A20"]
    assert "Reportedly" in dropped.finding.defect.found
    assert report.findings[0].finding.severity is Severity.CRITICAL
    assert (report.looked_at["document"], report.looked_at["claim"]) == (2, 3)
    assert report.failing
    assert not audited(storm, archive, fail_on=None).failing


def test_a_second_audit_looks_only_at_what_has_changed(storm: Engine, archive: Archive) -> None:
    first = audited(storm, archive)
    second = audited(storm, archive)
    assert (first.reused, second.reused) == (0, 3)
    assert told(second) == told(first)
    changed = EditRequest(
        entity="claim", target="broke", changes={"hedges": ["Reportedly"]}, archive=archive
    )
    with write_unit(storm) as session:
        actions.edit(session, RULER, changed, NOW + timedelta(days=1))
    third = audited(storm, archive)
    assert third.reused == 1
    assert told(first) - told(third) == {one for one in told(first) if one[0] == "A20"}
    assert audited(storm, archive, afresh=True).reused == 0


def test_bytes_that_change_after_an_audit_are_seen_by_the_next(
    storm: Engine, archive: Archive
) -> None:
    assert "A01" not in {one.finding.check for one in audited(storm, archive).findings}
    for file in archive.folder.rglob("sha256/*/*"):
        file.chmod(0o600)
        file.write_bytes(file.read_bytes().replace(b"8", b"9"))
    assert of_bytes(audited(storm, archive)) == {
        "copy of The storm": "archived copy with another SHA-256 than the one recorded",
        "copy of A letter": "archived copy with another SHA-256 than the one recorded",
    }


def of_bytes(report: AuditReport) -> dict[str, str]:
    """What the check of the archived bytes found, by the copy."""
    return {
        one.finding.defect.subject.name: one.finding.defect.found
        for one in report.findings
        if one.finding.check == "A01"
    }


def test_a_file_that_is_lost_after_an_audit_is_missed_by_the_next(
    storm: Engine, archive: Archive
) -> None:
    assert of_bytes(audited(storm, archive)) == {}
    (one,) = [file for file in archive.folder.rglob("sha256/*/*") if b"port" in file.read_bytes()]
    held = one.read_bytes()
    one.unlink()
    report = audited(storm, archive)
    assert set(of_bytes(report)) == {"copy of The storm"}
    assert report.reused == 2  # only what lost something is looked at again
    archive.add(held)
    assert of_bytes(audited(storm, archive)) == {}


def test_an_archive_that_is_gone_is_a_finding_for_each_copy(
    storm: Engine, archive: Archive
) -> None:
    audited(storm, archive)
    shutil.rmtree(archive.folder)
    report = audited(storm, archive)
    assert set(of_bytes(report)) == {"copy of The storm", "copy of A letter"}
    assert {one.finding.severity for one in report.failing if one.finding.check == "A01"} == {
        Severity.CRITICAL
    }


def test_without_an_archive_nothing_is_missed_and_nothing_checked(
    storm: Engine, archive: Archive
) -> None:
    audited(storm, archive)
    shutil.rmtree(archive.folder)
    report = audited(storm, None)
    assert of_bytes(report) == {}
    (gap,) = [one for one in report.not_checked if one.check == "A01"]
    assert (gap.count, gap.why) == (2, "its bytes were not read: no archive folder was named")
    assert len(of_bytes(audited(storm, archive))) == 2  # what was kept without it says nothing


def test_of_what_was_erased_nothing_is_missed(storm: Engine, archive: Archive) -> None:
    erased = EraseRequest(entity="document", target="letter", reason="asked for", archive=archive)
    with write_unit(storm) as session:
        actions.erase(session, RULER, erased, NOW)
    assert of_bytes(audited(storm, archive)) == {}


@pytest.mark.parametrize("size", [2_000, 1])
def test_what_was_placed_in_a_newer_copy_is_no_passage_that_nothing_uses(
    storm: Engine, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(audit_cases, "TOGETHER", size)
    (tmp_path / "newer.txt").write_text("Corrected.\n" + ARTICLE, encoding="utf-8")
    with (
        write_unit(storm) as session,
        gathered(archive, str(tmp_path / "newer.txt"), now=NOW) as it,
    ):
        copy = actions.SnapshotRequest(document="article", copy=it, archive=archive)
        actions.add_snapshot(session, RULER, copy, NOW)
    only = (check_of("A38"),)
    before = told(audited(storm, archive, checks=only))
    with write_unit(storm) as session:
        moved = actions.ReanchorRequest(document="article", archive=archive)
        actions.reanchor(session, RULER, moved, NOW)
    assert told(audited(storm, archive, checks=only)) == before
    changed(storm, "claim", "eight", quote="8 people died")
    left = audited(storm, archive, checks=only)
    assert len(told(left) - before) == 1


def document_of(engine: Engine, key: str) -> UUID:
    with read_unit(engine) as session:
        return next(one.id for one in all_records(session, Document) if one.key == key)


def changed(engine: Engine, entity: str, target: str, **changes: object) -> None:
    request = EditRequest(entity=entity, target=target, changes=changes)
    with write_unit(engine) as session:
        actions.edit(session, RULER, request, NOW)


def test_what_becomes_of_an_address_is_seen_by_an_audit_that_keeps_outcomes(
    storm: Engine, archive: Archive
) -> None:
    page = {"title": "The page", "voice": "gazette", "tier": "secondary", "key": "page"}
    entry = {**page, "csl": {"URL": "https://example.org/page"}}
    with write_unit(storm) as session:
        request = actions.AddRequest(entity="document", entries=(entry,), archive=archive)
        actions.add(session, RULER, request, NOW)
    only = (check_of("A04"),)
    (gap,) = audited(storm, archive, checks=only).not_checked
    assert gap.why == "no network was asked for"
    gone = {document_of(storm, "page"): LinkState.DEAD}
    (found,) = audited(storm, archive, checks=only, links=gone).findings
    assert found.finding.defect.subject.name == "The page"


LONG = "A letter from the harbour"


def test_a_notice_is_seen_where_a_number_tells_the_document_and_it_stands(
    storm: Engine, archive: Archive
) -> None:
    changed(storm, "document", "article", csl={"DOI": "10.1000/182"})
    changed(storm, "document", "letter", title=LONG, csl={"container-title": "The Gazette"})
    assert not {one for one in told(audited(storm, archive)) if one[0] == "A35"}
    of_article = Retraction(record="1", nature="Retraction", doi="10.1000/182", date="2026-01-01")
    of_letter = replace(of_article, doi="", title=LONG, journal="The Gazette")
    found = told(audited(storm, archive, retractions=[of_article, of_letter]))
    assert {name for check, name, _ in found if check == "A35"} == {"The storm"}
    again = replace(of_article, record="3", nature="Reinstatement", date="2026-02-01")
    found = told(audited(storm, archive, retractions=[of_article, again]))
    assert not {one for one in found if one[0] == "A35"}


def test_a_change_of_the_vocabulary_has_all_looked_at_again(
    storm: Engine, archive: Archive
) -> None:
    audited(storm, archive)
    changed(storm, "topic", "storm", label="The storm of May")
    assert audited(storm, archive).reused == 0


def test_outcomes_are_kept_for_each_clearance_apart(storm: Engine, archive: Archive) -> None:
    enterer = Actor("Enterer", Role.ENTERER, Sensitivity.PUBLIC)
    audited(storm, archive)
    assert audited(storm, archive, enterer).reused == 0
    assert audited(storm, archive).reused == audited(storm, archive, enterer).reused == 3


def test_a_quote_of_another_document_is_named_with_it(storm: Engine, archive: Archive) -> None:
    moved = {"document": "letter", "quote": "Nobody was hurt in the port", "unplaced": True}
    entry = {**moved, "question": "died", "said": "Nobody", "key": "nobody"}
    request = actions.AddRequest(entity="claim", entries=(entry,), archive=archive)
    with write_unit(storm) as session:
        actions.add(session, RULER, request, NOW)
    (found,) = [one for one in audited(storm, archive).findings if one.finding.check == "A02"]
    assert "The storm" in f"{found.finding.defect.found} {found.finding.defect.expected}"
    assert audited(storm, archive).reused == 2  # what hangs on other documents is looked at anew


def test_documents_can_be_looked_at_alone_and_the_rest_is_listed(
    storm: Engine, archive: Archive
) -> None:
    report = audited(storm, archive, documents=("letter",))
    assert report.looked_at["document"] == 1
    assert not any("The storm" in name for _, name, _ in told(report))
    assert {gap.check for gap in report.not_checked} >= {"A14", "A15", "A16", "A22"}


def test_only_some_checks(storm: Engine, archive: Archive) -> None:
    report = audited(storm, archive, checks=(check_of("a20"),))
    assert {one.finding.check for one in report.findings} == {"A20"}
    assert audited(storm, archive).reused == 0  # kept by which checks were made


@pytest.mark.parametrize("size", [1, 2])
def test_looking_at_a_part_at_a_time_finds_the_same(
    storm: Engine, archive: Archive, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    mayor = {"name": "The mayor", "key": "mayor"}
    entry = {"document": "article", "quote": "Nobody was hurt in the port", "speakers": ["mayor"]}
    said = {**entry, "question": "died", "said": "Nobody", "key": "nobody"}
    with write_unit(storm) as session:
        for entity, one in (("source", mayor), ("claim", said)):
            request = actions.AddRequest(entity=entity, entries=(one,), archive=archive)
            actions.add(session, RULER, request, NOW)
    whole = audited(storm, archive)
    monkeypatch.setattr(audit_cases, "TOGETHER", size)
    monkeypatch.setattr(audit_questions, "TOGETHER", size)
    parts = audited(storm, archive, afresh=True)
    assert told(parts) == told(whole)
    assert parts.looked_at == whole.looked_at


def test_what_somebody_may_not_see_is_neither_audited_nor_counted(
    storm: Engine, archive: Archive
) -> None:
    hidden = EditRequest(entity="document", target="letter", changes={"sensitivity": "restricted"})
    with write_unit(storm) as session:
        actions.edit(session, RULER, hidden, NOW)
    reader = Actor("Reader", Role.READER, Sensitivity.PUBLIC)
    report = audited(storm, archive, reader)
    assert (report.looked_at["document"], report.looked_at["claim"]) == (1, 2)
    assert not any("A letter" in str(one) for one in told(report))
    assert audited(storm, archive, reader).reused == 0  # a reader keeps nothing


WAIVED = WaiveRequest(
    check="A20", entity="claim", target="broke", reason="asked the editor", until=date(2026, 6, 1)
)


def test_a_waived_finding_is_listed_and_fails_nothing_until_its_day(
    storm: Engine, archive: Archive
) -> None:
    with write_unit(storm) as session:
        written = actions.waive(session, RULER, WAIVED, NOW)
    report = audited(storm, archive)
    (over,) = [one for one in report.waived if one.waiver]
    assert (over.finding.check, over.waiver and over.waiver.granted_by) == ("A20", "Ruler")
    assert not any(one.finding.check == "A20" for one in report.failing)
    with read_unit(storm) as session:
        (line,) = actions.waivers(session, RULER, None, NOW)
        (later,) = actions.waivers(session, RULER, None, NOW + timedelta(days=60))
        past = actions.audit(
            session, RULER, AuditRequest(archive=archive), NOW + timedelta(days=60)
        ).report
    assert (line.check, line.entity, line.in_force, later.in_force) == ("A20", "claim", True, False)
    (expired,) = [one for one in past.open if one.expired]
    assert expired.finding.check == "A20"
    with write_unit(storm) as session:
        taken = UnwaiveRequest(waiver=str(written.items[0].id)[:8])
        actions.unwaive(session, RULER, taken, NOW)
    assert not audited(storm, archive).waived


def test_a_waiver_holds_to_the_end_of_its_day_and_the_longest_stands(
    storm: Engine, archive: Archive
) -> None:
    longer = replace(WAIVED, until=date(2026, 6, 10), reason="the editor looks")
    with write_unit(storm) as session:
        for one in (longer, WAIVED, replace(WAIVED, check="A19", until=NOW.date())):
            actions.waive(session, RULER, one, NOW)
    days = (date(2026, 6, 1), date(2026, 6, 10), date(2026, 6, 11))
    held = []
    with read_unit(storm) as session:
        for day in days:
            then = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
            request = AuditRequest(archive=archive, checks=(check_of("A20"),))
            (found,) = actions.audit(session, RULER, request, then).report.findings
            lines = actions.waivers(session, RULER, None, then)
            held.append((found.waiver and found.waiver.until, sum(one.in_force for one in lines)))
    assert held == [("2026-06-10", 2), ("2026-06-10", 1), (None, 0)]


@pytest.mark.parametrize(
    ("request_", "actor", "error", "said"),
    [
        (replace(WAIVED, check="A99"), RULER, NotFound, "no check 'A99'; give one from A01 to A40"),
        (replace(WAIVED, reason=" "), RULER, InputRefused, "needs a reason"),
        (replace(WAIVED, until=date(2026, 5, 3)), RULER, InputRefused, "2026-05-03 is past"),
        (replace(WAIVED, entity="boat"), RULER, InputRefused, "'boat' is no kind of record"),
        (replace(WAIVED, target="none"), RULER, NotFound, "there is no claim 'none'"),
        (WAIVED, Actor("Enterer", Role.ENTERER), NotPermitted, "may not accept findings"),
    ],
)
def test_what_cannot_be_waived_is_told(
    storm: Engine, request_: WaiveRequest, actor: Actor, error: type[Exception], said: str
) -> None:
    with write_unit(storm) as session, pytest.raises(error, match=said):
        actions.waive(session, actor, request_, NOW)


def test_a_waiver_that_is_not_there_cannot_be_taken_back(storm: Engine) -> None:
    with write_unit(storm) as session:
        actions.waive(session, RULER, WAIVED, NOW)
        actions.waive(session, RULER, replace(WAIVED, check="A19"), NOW)
        with pytest.raises(NotFound, match="there is no waiver 'zz'"):
            actions.unwaive(session, RULER, UnwaiveRequest(waiver="zz"), NOW)
        with pytest.raises(InputRefused, match="2 waivers begin with ''"):
            actions.unwaive(session, RULER, UnwaiveRequest(waiver=""), NOW)


def test_a_mechanical_mend_is_shown_then_made_and_can_be_undone(
    storm: Engine, archive: Archive
) -> None:
    asked = MendRequest(archive=archive, checks=("A20",))
    with write_unit(storm) as session:
        (shown,) = actions.mend(session, RULER, asked, NOW)
    assert shown.changes == {"hedges": ["Reportedly"]}
    assert "A20" in {one.finding.check for one in audited(storm, archive).findings}
    with write_unit(storm) as session:
        (made,) = actions.mend(session, RULER, replace(asked, dry_run=False), NOW)
    assert made.refused is None
    assert "A20" not in {one.finding.check for one in audited(storm, archive).findings}
    with write_unit(storm) as session:
        assert made.written
        undone = actions.UndoRequest(action=str(made.written.act))
        actions.undo(session, RULER, undone, NOW)
    assert "A20" in {one.finding.check for one in audited(storm, archive).findings}


def test_what_an_edit_cannot_mend_is_left_to_a_person(storm: Engine, archive: Archive) -> None:
    entry = {"document": "article", "quote": "Nobody was hurt in the port", "question": "died"}
    said = {**entry, "said": "Nobody", "key": "nobody", "locators": {"line": "1"}}
    with write_unit(storm) as session:
        added = actions.AddRequest(entity="claim", entries=(said,), archive=archive)
        actions.add(session, RULER, added, NOW)
        asked = MendRequest(archive=archive, checks=("A08", "A20"), dry_run=False)
        found = actions.mend(session, RULER, asked, NOW)
    told_of = {one.told.finding.check: (one.refused, one.written is not None) for one in found}
    assert told_of == {
        "A08": ("locators of a passage is mended by hand", False),
        "A20": (None, True),
    }


def test_what_was_waived_or_is_of_another_document_is_not_mended(
    storm: Engine, archive: Archive
) -> None:
    asked = MendRequest(archive=archive, checks=("A20",))
    with write_unit(storm) as session:
        assert actions.mend(session, RULER, replace(asked, documents=("letter",)), NOW) == ()
        assert len(actions.mend(session, RULER, replace(asked, documents=("article",)), NOW)) == 1
        actions.waive(session, RULER, WAIVED, NOW)
        assert actions.mend(session, RULER, asked, NOW) == ()


def test_no_check_no_mend(storm: Engine, archive: Archive) -> None:
    with write_unit(storm) as session:
        with pytest.raises(InputRefused, match="say which check's mends"):
            actions.mend(session, RULER, MendRequest(archive=archive, checks=()), NOW)
        assert (
            actions.mend(session, RULER, MendRequest(archive=archive, checks=("A05",)), NOW) == ()
        )


def test_what_is_erased_is_forgotten_by_the_audit_too(storm: Engine, archive: Archive) -> None:
    audited(storm, archive)
    request = EraseRequest(
        entity="claim", target="broke", reason="order of the court", archive=archive
    )
    with write_unit(storm) as session:
        actions.erase(session, RULER, request, NOW)
    assert audited(storm, archive).reused == 0
