"""Items of a bibliography: their identifiers, their dates, and when two may be one work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.bibliographic import IdentifierFault, identifier_faults, identifiers
from claims.analysis.csl_dates import csl_date, edtf_of, impossible_part, unread_figures
from claims.analysis.likeness import bare_address
from claims.analysis.records import Document
from claims.analysis.similar import pairs, similar_to
from tests.analysis.world import World

WORLD = World()
BARE = WORLD.documents[WORLD.document("bare")]


def document(**csl: object) -> Document:
    """A document with an item of its own."""
    return replace(BARE, id=uuid4(), csl={name.replace("_", "-"): one for name, one in csl.items()})


def test_identifiers_are_checked_one_by_one() -> None:
    csl = {
        "DOI": "10.1000/x",
        "ISBN": "978-0-306-40615-7 (pbk), 0-306-40615-3",
        "ISSN": "0317-8471 0317-8472",
        "PMID": "abc",
    }
    assert identifier_faults(csl) == (
        IdentifierFault(
            "ISBN",
            "0-306-40615-3",
            "'2' as its last sign, which its other signs give; compare it with the publication",
        ),
        IdentifierFault(
            "ISSN",
            "0317-8472",
            "'1' as its last sign, which its other signs give; compare it with the publication",
        ),
        IdentifierFault("PMID", "abc", "a whole number of at most nine digits"),
    )
    assert identifier_faults(csl)[0].found == "'0-306-40615-3'"
    assert identifier_faults({"title": "None at all"}) == ()


def test_identifiers_come_in_their_normal_form_and_wrong_ones_at_their_barest() -> None:
    csl = {
        "DOI": "https://doi.org/10.1000/X",
        "ISBN": "0-306-40615-2, 12",
        "URL": "http://www.example.org/a/?utm_source=x&id=2&utm_medium=y#top",
    }
    assert list(identifiers(csl)) == [
        ("DOI", "10.1000/x"),
        ("ISBN", "9780306406157"),
        ("ISBN", "12"),
        ("URL", "example.org/a/?id=2"),
    ]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://example.org/a?utm_source=x", "http://www.example.org/a/"),
        ("https://example.org/a?id=1&utm_source=x&utm_medium=y", "example.org/a?id=1"),
        ("https://example.org/a?fbclid=abc#part", "https://example.org/a"),
    ],
)
def test_addresses_are_one_without_what_counts_clicks(a: str, b: str) -> None:
    assert bare_address(a) == bare_address(b)


def test_another_page_of_a_site_is_another_address() -> None:
    assert bare_address("https://example.org/a?id=1") != bare_address("https://example.org/a?id=2")


@pytest.mark.parametrize(
    ("said", "csl"),
    [
        ("1992", {"date-parts": [["1992"]]}),
        ("1992-02", {"date-parts": [["1992", "2"]]}),
        ("25 February 1992", {"date-parts": [["1992", "2", "25"]]}),
        ("circa 1992", {"date-parts": [["1992"]], "circa": "1"}),
        ("1992-02?", {"date-parts": [["1992", "2"]], "circa": "1"}),
        ("1992/1993", {"date-parts": [["1992"], ["1993"]]}),
        ("spring 2020", {"date-parts": [["2020"]], "season": "1"}),
        ("1992-02-25T10:00:00Z", {"date-parts": [["1992", "2", "25"]]}),
        ("-0044-03-15", {"date-parts": [["-44", "3", "15"]]}),
        ("in press", {"literal": "in press"}),
        ("199X", {"literal": "199X"}),
        ("1992/..", {"literal": "1992/.."}),
        ("2020-21/2020-22", {"literal": "2020-21/2020-22"}),
        ("2020/2020-22", {"literal": "2020/2020-22"}),
        ("2020-02-30", {"literal": "2020-02-30"}),
    ],
)
def test_dates_in_words_and_edtf_are_dates_of_csl(said: str, csl: Mapping[str, object]) -> None:
    assert csl_date(said) == csl
    assert csl_date(edtf_of(csl)) == csl


@pytest.mark.parametrize(
    ("csl", "edtf"),
    [
        (None, ""),
        ("1992-02-25", "1992-02-25"),
        ({}, ""),
        ({"raw": "May 1992"}, "May 1992"),
        ({"date-parts": "1992"}, ""),
        ({"date-parts": [[]], "literal": "n.d."}, ""),
        ({"date-parts": [[1992, 2, None]]}, "1992-02"),
        ({"date-parts": [["MCM"]]}, "MCM"),
        ({"date-parts": [[["1992"]]]}, "['1992']"),
        ({"date-parts": [["1992"]], "circa": False}, "1992"),
        ({"date-parts": [["1992"], ["1993"]], "season": 1}, "1992/1993"),
    ],
)
def test_dates_of_csl_in_any_form_are_edtf_or_their_words(csl: object, edtf: str) -> None:
    assert edtf_of(csl) == edtf


@given(st.dates(min_value=dt.date(1, 1, 1)))
def test_each_day_comes_back(day: dt.date) -> None:
    assert edtf_of(csl_date(day.isoformat())) == day.isoformat()
    assert impossible_part(csl_date(day.isoformat())) == ""


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ([1992], "a list in place of a date"),
        ({}, "a date that says nothing"),
        ({"date-parts": [], "season": "1"}, "a date that says nothing"),
        ({"date-parts": "1992"}, "date-parts that are not one date or two"),
        ({"date-parts": [[1991], [1992], [1993]]}, "date-parts that are not one date or two"),
        ({"date-parts": ["1992"]}, "date-parts that are no lists of year, month and day"),
        ({"date-parts": [["MCM", 2]]}, "'MCM-2', which are no numbers"),
        ({"date-parts": [[["1992"]]]}, "\"['1992']\", which are no numbers"),
        ({"date-parts": [[19920]]}, "year 19920"),
        ({"date-parts": [[1992, 13]]}, "month 13"),
        ({"date-parts": [[1992, 0]]}, "month 0"),
        ({"date-parts": [[1992, 21, 3]]}, "month 21"),
        ({"date-parts": [["1993", "2", "29"]]}, "day 29 of month 2"),
        ({"date-parts": [[-45, 4, 31]]}, "day 31 of month 4"),
        ({"date-parts": [[1992], [1992, 14]]}, "month 14"),
        ({"date-parts": [["1992", "2", "29"]]}, ""),
        ({"date-parts": [[-44, 2, 29]]}, ""),
        ({"date-parts": [[1992, 21]]}, ""),
        ({"date-parts": [[1992], []]}, ""),
        ({"date-parts": [[1992, None, ""]]}, ""),
        ({"date-parts": [[1992, 2, 3, 99]]}, ""),
        ({"literal": "in press"}, ""),
        ({"raw": "month 13"}, ""),
    ],
)
def test_what_no_calendar_has_in_a_date_is_told(date: object, told: str) -> None:
    assert impossible_part(date) == told


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ({"literal": "1992-13-01"}, "1992-13-01"),
        ({"literal": "1992/02/30"}, "1992/02/30"),
        ({"literal": '{"date-parts": "May"}'}, '{"date-parts": "May"}'),
        ({"literal": "1992/.."}, ""),
        ({"literal": "in press"}, ""),
        ({"date-parts": [["1992"]]}, ""),
        ("1992-13", ""),
    ],
)
def test_figures_that_are_no_date_are_told_from_words(date: object, told: str) -> None:
    assert unread_figures(date) == told


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({"DOI": "10.1000/A"}, {"DOI": "doi:10.1000/a"}, "same DOI 10.1000/a"),
        ({"ISBN": "0306406152"}, {"ISBN": "978-0-306-40615-7"}, "same ISBN 9780306406157"),
        (
            {"URL": "https://a.org/x?utm_source=m"},
            {"URL": "http://www.a.org/x"},
            "same URL a.org/x",
        ),
        (
            {"type": "chapter", "ISBN": "0306406152", "title": "The first days"},
            {"type": "chapter", "ISBN": "0306406152", "title": "First days"},
            "same title but for small words, in a book with the same ISBN 9780306406157",
        ),
        (
            {"title": "Dozens feared dead", "container_title": "The Times", "issued": "1992-02-28"},
            {
                "title": "Dozens Feared Dead",
                "container_title": "The Times",
                "issued": {"date-parts": [["1992", "2", "28"]]},
            },
            "same title but for spelling, with the same publication and date",
        ),
        (
            {"title": "Dozens feared dead", "issued": "1992"},
            {"title": "Dozens feared dead", "issued": {"date-parts": [["1992", "2"]]}},
            "same title, with the same date",
        ),
        (
            {"title": "Dozens feared dead"},
            {"title": "Dozens feared dead", "issued": "1992"},
            "same title, and nothing that tells them apart",
        ),
    ],
)
def test_documents_that_may_be_one_work(
    a: Mapping[str, object], b: Mapping[str, object], reason: str
) -> None:
    one, other = document(**a), document(**b)
    assert [found.reason for found in pairs([one, other])] == [reason]
    assert [found.b for found in similar_to(one, [other])] == [other.id]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (
            {"type": "chapter", "ISBN": "0306406152", "title": "The first days"},
            {"type": "chapter", "ISBN": "0306406152", "title": "Aftermath"},
        ),
        (
            {"type": "chapter", "ISBN": "0306406152", "title": "Introduction", "DOI": "10.1000/a"},
            {"type": "chapter", "ISBN": "0306406152", "title": "Introduction", "DOI": "10.1000/b"},
        ),
        (
            {"title": "Dozens feared dead", "ISBN": "0306406152"},
            {"title": "Dozens feared dead", "ISBN": "080442957X"},
        ),
        (
            {"title": "Dozens feared dead", "DOI": "10.1000/a"},
            {"title": "Dozens feared dead", "DOI": "10.1000/b"},
        ),
        (
            {"title": "Weekly review", "container_title": "The Times"},
            {"title": "Weekly review", "container_title": "The Star"},
        ),
        (
            {"title": "Weekly review", "issued": "1992-02"},
            {"title": "Weekly review", "issued": {"date-parts": [[1992, 3]]}},
        ),
        ({"URL": "https://a.org/1", "title": "One"}, {"URL": "https://a.org/2", "title": "Two"}),
    ],
)
def test_documents_that_are_two_works(a: Mapping[str, object], b: Mapping[str, object]) -> None:
    assert pairs([document(**a), document(**b)]) == ()
