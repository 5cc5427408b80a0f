"""Checking quotes over the archive: the document named, then the others that may be seen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.check_quote import AskedQuote, CheckQuoteRequest, QuotesChecked, check_quote
from claims.actions.load import LoadRequest, load
from claims.analysis.quote_finding import QuoteVerdict
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.errors import NotFound, NotPermitted
from claims.exchange.hand_coded import read_hand_coded
from claims.store.unit import read_unit, write_unit

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
CODER = Actor("coder", Role.ENTERER, Sensitivity.RESTRICTED)
CODED = """claims: 1
namespace: https://example.org/flood
coder: coder
language: en
topics: {flood: {label: The flood}}
sources: {paper: {name: The Paper, kind: newspaper}}
documents:
  article:
    csl: {type: article-newspaper, title: The flood}
    voice: paper
    tier: secondary
    text: article.txt
  bulletin:
    csl: {type: report, title: The bulletin}
    voice: paper
    tier: primary
    text: bulletin.txt
  testimony:
    csl: {type: report, title: The testimony}
    voice: paper
    tier: primary
    sensitivity: restricted
    text: testimony.txt
  book:
    csl: {type: book, title: The book}
    voice: paper
    tier: tertiary
"""
TEXTS = {
    "article": "Eight people died, said the Ministry. The old bridge did not fall.\n",
    "bulletin": "The lower town was under water for nine days.\n",
    "testimony": "I saw the gates of the dam open before midnight.\n",
}


@pytest.fixture
def archive(any_engine: Engine, tmp_path: Path) -> Archive:
    """The archive of a project with three texts, one of them restricted."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "coded.yaml").write_text(CODED, encoding="utf-8")
    held = Archive(tmp_path / "archive")
    request = LoadRequest(files=read_hand_coded([tmp_path / "coded.yaml"]), archive=held)
    with write_unit(any_engine) as session:
        load(session, CODER, request, NOW)
    return held


def checked(
    engine: Engine, archive: Archive, *quotes: str, actor: Actor = CODER, document: str = "article"
) -> QuotesChecked:
    asked = tuple(AskedQuote(quote=quote) for quote in quotes)
    request = CheckQuoteRequest(document=document, quotes=asked, archive=archive)
    with read_unit(engine) as session:
        return check_quote(session, actor, request, NOW)


def test_the_document_is_searched_first_and_alone(any_engine: Engine, archive: Archive) -> None:
    found = checked(any_engine, archive, "Eight people died, said the Ministry")
    assert [finding.verdict for finding in found.findings] == [QuoteVerdict.EXACT]
    assert (found.key, found.title, found.searched) == ("article", "The flood", 0)


def test_what_another_document_has_is_misattributed(any_engine: Engine, archive: Archive) -> None:
    found = checked(
        any_engine,
        archive,
        "The lower town was under water",
        "The old bridge did fall",
        "gates of the dam open",
        "nothing like it was ever said",
    )
    told = [(finding.verdict.value, finding.document) for finding in found.findings]
    assert told == [
        ("misattributed", "bulletin"),
        ("altered", None),
        ("misattributed", "testimony"),
        ("absent", None),
    ]
    assert found.searched == 2
    assert "in “bulletin” it stands in line 1 to the letter" in found.findings[0].explanation
    assert not found.findings[0].ok


def test_a_document_that_may_not_be_seen_is_not_searched(
    any_engine: Engine, archive: Archive
) -> None:
    public = Actor("helper", Role.ENTERER, Sensitivity.PUBLIC)
    found = checked(any_engine, archive, "gates of the dam open", actor=public)
    assert [finding.verdict for finding in found.findings] == [QuoteVerdict.ABSENT]
    assert found.searched == 1
    with pytest.raises(NotFound):
        checked(any_engine, archive, "gates", actor=public, document="testimony")


def test_a_reader_from_whom_something_is_hidden_may_not_search(
    any_engine: Engine, archive: Archive
) -> None:
    reader = Actor("reader", Role.READER, Sensitivity.PUBLIC)
    with pytest.raises(NotPermitted, match="enter records"):
        checked(any_engine, archive, "Eight people died", actor=reader)
    cleared = Actor("reader", Role.READER, Sensitivity.RESTRICTED)
    assert checked(any_engine, archive, "Eight people died, said", actor=cleared).findings[0].ok


def test_a_document_without_a_text_is_refused(any_engine: Engine, archive: Archive) -> None:
    with pytest.raises(NotFound, match="no text of 'book' is archived; add a copy with"):
        checked(any_engine, archive, "Eight people died", document="book")


def test_a_text_that_the_archive_lost_is_passed_over(any_engine: Engine, archive: Archive) -> None:
    for path in archive.folder.rglob("*"):
        if path.is_file() and path.read_bytes() == TEXTS["bulletin"].encode():
            path.unlink()
    found = checked(any_engine, archive, "The lower town was under water")
    assert [finding.verdict for finding in found.findings] == [QuoteVerdict.ABSENT]
    assert found.searched == 1
