"""Dates as reports have them, each with the one expression that it means, or why it has none."""

from __future__ import annotations

import pytest

from claims.errors import InvalidWhen
from claims.values.when import parse_when

READ = {
    "10.II.1992": "1992-02-10",
    "10. II. 1992": "1992-02-10",
    "1 XII 1991": "1991-12-01",
    "12-Feb-1992": "1992-02-12",
    "12.february.1992": "1992-02-12",
    "since 12-Feb-1992": "1992-02-12/",
    "by the end of February 1992": "[..1992-02]",
    "by late February 1992": "[..1992-02]",
    "not before the beginning of March 1992": "[1992-03..]",
    "up to and including 12 February 1992": "/1992-02-12",
    "in the course of 1992": "1992",
    "c. about 1992": "1992~",
    "1990-12-31T23:59:60Z": "1990-12-31T23:59:60Z",
    "over the course of February 1992": "1992-02",
    "1992 february": "1992-02",
    "1992 late": "1992 late",
    "the night of 25–26 February 1992": "[1992-02-25,1992-02-26]",
    "until 9 a.m. on 12 February 1992": "/1992-02-12 T/09:00",
    "from late February to May 1992": "1992-02/1992-05 late/",
}


@pytest.mark.parametrize(("text", "expression"), READ.items())
def test_a_date_of_reports_has_one_meaning(text: str, expression: str) -> None:
    when = parse_when(text)
    assert str(when) == expression
    assert parse_when(str(when)) == when


REFUSED = {
    "30.II.1992": "there is no day 30 in February 1992",
    "10.IIX.1992": "is not a word of dates",
    "by early February 1992": "the early part of 1992-02 has no strict first or last day",
    "before late February 1992": "the late part of 1992-02 has no strict",
    "after mid-February 1992": "the mid part of 1992-02 has no strict",
    "not before late February 1992": "the late part of 1992-02 has no strict",
    "two days after Christmas 1991": "'days' is relative",
    "foo Christmas 1991": "'christmas' is a feast",
    "late 1991 and early 1992": "do not go with a set of dates",
    "two February 1992": "'two' is a number in words",
    "the nineties": "'nineties' is a number in words",
    "12 Feb 92": "is neither a day nor a year",
    "1990-12-31T23:58:60Z": "is not a time of day",
    "foo 1992": "write the date in full",
    "[1992-02-10,1992-02-11] T09:00 T10:00": "is not a set",
    "9" * 400: "9999...' is not an EDTF date",
}


@pytest.mark.parametrize(("text", "why"), REFUSED.items())
def test_a_refused_date_says_why(text: str, why: str) -> None:
    with pytest.raises(InvalidWhen) as caught:
        parse_when(text)
    assert why in str(caught.value)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("text", "context", "expression"),
    [
        ("since October", "1992-02", None),
        ("since 20 February", "1992-02-12", None),
        ("since the 20th", "1992-02-12", None),
        ("since 20 February", "1992-02", "1992-02-20/"),
        ("since 12 February", "1992-02-12", "1992-02-12/"),
        ("since January", "1992-02-12", "1992-01/"),
        ("since October", "1992", "1992-10/"),
        ("since October 1992", "1992-02-12", "1992-10/"),
        ("since the summer", "1992-12-01", "1992-22/"),
        ("from October", "1992-02-12", "1992-10/"),
    ],
)
def test_a_start_after_the_passage_itself_is_not_guessed(
    text: str, context: str, expression: str | None
) -> None:
    if expression is None:
        with pytest.raises(InvalidWhen, match="lies after the context"):
            parse_when(text, context=context)
    else:
        assert str(parse_when(text, context=context)) == expression
