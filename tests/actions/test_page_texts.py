"""Which texts a page may show, and to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.demo import DemoRequest, demo
from claims.actions.page_texts import PageTextsRequest, page_texts
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.report.shape import Report
from claims.store.unit import read_unit, write_unit
from tests.actions.conftest import NOW

RULER = Actor("ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)


def made(engine: Engine, archive: Archive) -> Report:
    with write_unit(engine) as session:
        return demo(session, RULER, DemoRequest(archive=archive), NOW)


def read(engine: Engine, actor: Actor, report: Report, archive: Archive) -> Mapping[UUID, str]:
    with read_unit(engine) as session:
        return page_texts(session, actor, PageTextsRequest(report=report, archive=archive), NOW)


def test_the_words_of_every_passage_stand_in_the_text(empty: Engine, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    report = made(empty, archive)
    texts = read(empty, RULER, report, archive)
    (document,) = report.documents
    assert set(texts) == {document.document.id}
    for passage in document.passages:
        assert texts[document.document.id][passage.start : passage.end] == passage.exact


def test_a_text_is_for_those_only_from_whom_nothing_is_hidden(
    empty: Engine, tmp_path: Path
) -> None:
    archive = Archive(tmp_path / "archive")
    report = made(empty, archive)
    for clearance in (Sensitivity.PUBLIC, Sensitivity.TEAM):
        assert read(empty, replace(RULER, clearance=clearance), report, archive) == {}


def test_what_may_not_be_quoted_or_is_not_held_is_left_out(empty: Engine, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    report = made(empty, archive)
    (found,) = report.documents
    limited = replace(found, document=replace(found.document, quotation_limit=300))
    assert read(empty, RULER, replace(report, documents=(limited,)), archive) == {}
    assert read(empty, RULER, report, Archive(tmp_path / "elsewhere")) == {}
