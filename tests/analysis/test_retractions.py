"""A list of notices names documents by number, and by title only as a suggestion."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from claims.analysis.records import Document
from claims.analysis.retractions import Retraction, concerned
from claims.analysis.vocabulary import DocumentStatus
from tests.analysis.world import World

WORLD = World()
BARE = WORLD.documents[WORLD.document("bare")]


def document(**csl: object) -> Document:
    return replace(BARE, id=uuid4(), csl={name.replace("_", "-"): one for name, one in csl.items()})


def notice(nature: str = "Retraction", **told: str) -> Retraction:
    return Retraction(record=told.pop("record", "1"), nature=nature, **told)  # type: ignore[arg-type]


def test_numbers_tell_a_document_before_its_title_does() -> None:
    by_doi, by_pmid = document(DOI="https://doi.org/10.1000/BAD"), document(PMID="222")
    found = concerned(
        [by_doi, by_pmid, document(DOI="10.1000/other")],
        [
            notice(doi="10.1000/bad", pmid="", date="2010-02-02"),
            notice(record="2", pmid="222", title="A study of something"),
            notice(record="3", doi="unreadable", title="A study of nothing at all"),
        ],
    )
    assert [(one.document, one.by, one.sure) for one in found] == [
        (by_doi.id, "DOI", True),
        (by_pmid.id, "PMID", True),
    ]


@pytest.mark.parametrize(
    ("csl", "told", "named"),
    [
        ({"issued": "1998"}, {"original_date": "1998-02-28"}, True),
        ({"issued": {"date-parts": [[1998, 2]]}}, {"original_date": "1998-02-28"}, True),
        ({"container_title": "J of X"}, {"journal": "j. of X"}, True),
        ({"issued": "1999"}, {"original_date": "1998-02-28"}, False),
        ({}, {}, False),
        ({"issued": "1998", "DOI": "10.1000/a"}, {"original_date": "1998-01-01"}, True),
        (
            {"issued": "1998", "DOI": "10.1000/a"},
            {"original_date": "1998-01-01", "doi": "10.1000/b"},
            False,
        ),
    ],
)
def test_a_title_tells_a_document_with_its_year_or_journal(
    csl: dict[str, object], told: dict[str, str], named: bool
) -> None:
    one = document(title="A study of something", **csl)
    found = concerned([one], [notice(title="A Study of Something", **told)])
    assert [(each.by, each.sure) for each in found] == ([("title", False)] if named else [])


def test_a_title_of_a_word_or_two_tells_nothing() -> None:
    one = document(title="Correction", issued="1998")
    assert concerned([one], [notice(title="Correction", original_date="1998-02-28")]) == ()


@pytest.mark.parametrize(
    ("natures", "status"),
    [
        (["Retraction"], DocumentStatus.RETRACTED),
        (["Correction"], DocumentStatus.CORRECTED),
        (["Correction", "Retraction"], DocumentStatus.RETRACTED),
        (["Retraction", "Correction"], DocumentStatus.RETRACTED),
        (["Retraction", "Reinstatement"], DocumentStatus.CURRENT),
        (["Expression of concern"], None),
    ],
)
def test_the_notices_one_after_the_other_make_the_status(
    natures: list[str], status: DocumentStatus | None
) -> None:
    one = document(DOI="10.1000/a")
    notices = [
        notice(nature, record=str(number), doi="10.1000/a", date=f"20{number:02}-01-01")
        for number, nature in enumerate(natures)
    ]
    (found,) = concerned([one], reversed(notices))
    assert found.status is status
    assert [each.nature for each in found.notices] == natures


def test_a_notice_is_put_in_words() -> None:
    told = replace(notice(date="2010-02-02"), reasons=("fraud", "error"))
    assert str(told) == "Retraction of 2010-02-02 (fraud; error), record 1"
    assert str(notice("")) == "Notice, record 1"
