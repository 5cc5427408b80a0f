"""When: EDTF and prose to days, refusals, and what a date answers."""

from __future__ import annotations

import json
from time import perf_counter

import pytest

from claims.errors import InvalidWhen
from claims.values.interval import Region, SetRelation
from claims.values.relation import Ranged, relation
from claims.values.when import When, as_json, parse_when, when_from_expression
from claims.values.when_days import Day, ordinal

BOUNDS = [
    # level 0
    ("1992", "1992", "1992-01-01", "1992-12-31", "year"),
    ("1992-02", "1992-02", "1992-02-01", "1992-02-29", "month"),
    ("1992-02-10", "1992-02-10", "1992-02-10", "1992-02-10", "day"),
    ("0000", "0000", "0000-01-01", "0000-12-31", "year"),
    ("2004-01-01T23:59:60Z", "2004-01-01T23:59:60Z", "2004-01-01", "2004-01-01", "day"),
    ("1964/2008", "1964/2008", "1964-01-01", "2008-12-31", "year"),
    ("2004-02-01/2005", "2004-02-01/2005", "2004-02-01", "2005-12-31", "year"),
    # level 1
    ("Y170000002", "Y170000002", "+170000002-01-01", "+170000002-12-31", "year"),
    ("Y-170000002", "Y-170000002", "-170000002-01-01", "-170000002-12-31", "year"),
    ("2001-21", "2001-21", "2001-03-01", "2001-12-23", "season"),
    ("1992-02-05?", "1992-02-05?", "1992-02-05", "1992-02-05", "day"),
    ("1984~", "1984~", "1984-01-01", "1984-12-31", "year"),
    ("2004-06-11%", "2004-06-11%", "2004-06-11", "2004-06-11", "day"),
    ("201X", "201X", "2010-01-01", "2019-12-31", "decade"),
    ("20XX", "20XX", "2000-01-01", "2099-12-31", "century"),
    ("2XXX", "2XXX", "2000-01-01", "2999-12-31", "millennium"),
    ("2004-XX", "2004-XX", "2004-01-01", "2004-12-31", "year"),
    ("1985-04-XX", "1985-04-XX", "1985-04-01", "1985-04-30", "month"),
    ("1985-XX-XX", "1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
    ("1985-04-12/..", "1985-04-12/..", "1985-04-12", None, "day"),
    ("../1985-04", "../1985-04", None, "1985-04-30", "month"),
    ("1991-10/", "1991-10/", "1991-10-01", None, "month"),
    ("/1985", "/1985", None, "1985-12-31", "year"),
    ("1984~/2004-06~", "1984~/2004-06~", "1984-01-01", "2004-06-30", "year"),
    ("-1985", "-1985", "-1985-01-01", "-1985-12-31", "year"),
    # level 2
    ("Y-17E7", "Y-170000000", "-170000000-01-01", "-170000000-12-31", "year"),
    ("1950S2", "1950S2", "1900-01-01", "1999-12-31", "century"),
    ("1950S4", "1950", "1950-01-01", "1950-12-31", "year"),
    ("-0050S3", "-0050S3", "-0059-01-01", "-0050-12-31", "decade"),
    ("Y3388E2S3", "Y338800S3", "+338000-01-01", "+338999-12-31", "millennium"),
    ("Y171010000S3", "Y171010000S3", "+171000000-01-01", "+171999999-12-31", "1000000 years"),
    ("2001-33", "2001-33", "2001-01-01", "2001-03-31", "quarter"),
    ("2001-39", "2001-39", "2001-09-01", "2001-12-31", "third of a year"),
    ("2001-41", "2001-41", "2001-07-01", "2001-12-31", "half-year"),
    ("2001-25", "2001-25", "2001-03-01", "2001-06-22", "season"),
    ("2001-29", "2001-29", "2001-09-01", "2001-12-23", "season"),
    ("2001-28", "2001-28", "2000-12-01", "2002-03-21", "season"),
    ("200X-33", "200X-33", "2000-01-01", "2009-03-31", "decade"),
    ("XXXX-33", "XXXX-33", "0000-01-01", "9999-03-31", "unknown"),
    ("[1667,1668,1670..1672]", "[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "year"),
    ("[1670..1672, 1667, 1668,1667]", "[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", "year"),
    ("[..1760-12-03]", "[..1760-12-03]", None, "1760-12-03", "day"),
    ("[1760-12..]", "[1760-12..]", "1760-12-01", None, "month"),
    ("[1667]", "1667", "1667-01-01", "1667-12-31", "year"),
    ("{1667}", "{1667}", "1667-01-01", "1667-12-31", "year"),
    ("{1960,1961-12}", "{1960,1961-12}", "1960-01-01", "1961-12-31", "year"),
    ("{..1984}", "{..1984}", None, "1984-12-31", "year"),
    ("2004-06~-11", "~2004-~06-11", "2004-06-11", "2004-06-11", "day"),
    ("2004?-06-11", "?2004-06-11", "2004-06-11", "2004-06-11", "day"),
    ("?2004-06-~11", "?2004-06-~11", "2004-06-11", "2004-06-11", "day"),
    ("2004-06~-11?", "%2004-%06-?11", "2004-06-11", "2004-06-11", "day"),
    ("156X-12-25", "156X-12-25", "1560-12-25", "1569-12-25", "decade"),
    ("15XX-12-25", "15XX-12-25", "1500-12-25", "1599-12-25", "century"),
    ("XXXX-12-XX", "XXXX-12-XX", "0000-12-01", "9999-12-31", "unknown"),
    ("1XXX-XX", "1XXX-XX", "1000-01-01", "1999-12-31", "millennium"),
    ("1984-1X", "1984-1X", "1984-10-01", "1984-12-31", "year"),
    ("1985-XX-31", "1985-XX-31", "1985-01-31", "1985-12-31", "year"),
    ("19XX-02-29", "19XX-02-29", "1904-02-29", "1996-02-29", "century"),
    ("1X84", "1X84", "1084-01-01", "1984-12-31", "millennium"),
    ("XXX4", "XXX4", "0004-01-01", "9994-12-31", "unknown"),
    ("-00XX", "-00XX", "-0099-01-01", "-0001-12-31", "century"),
    ("2004-06-~01/2004-06-~20", "2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", "day"),
    ("2004-06-XX/2004-07-03", "2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "month"),
]


@pytest.mark.parametrize(("text", "edtf", "earliest", "latest", "precision"), BOUNDS)
def test_edtf_is_read_to_strict_days(
    text: str, edtf: str, earliest: str | None, latest: str | None, precision: str
) -> None:
    when = parse_when(text)
    shown = as_json(when)
    assert (when.edtf, shown["earliest"], shown["latest"]) == (edtf, earliest, latest)
    assert when.precision == precision
    assert parse_when(when.edtf) == when


PROSE = [
    # text, expression, nature, time
    ("February 10–12, 1992", "1992-02-10/1992-02-12", "extent", None),
    ("on February 10-12, 1992", "1992-02-10/1992-02-12", "extent", None),
    ("10–12 February 1992", "1992-02-10/1992-02-12", "extent", None),
    ("10 February to 3 March 1992", "1992-02-10/1992-03-03", "extent", None),
    ("10 February until 3 March 1992", "1992-02-10/1992-03-03", "extent", None),
    ("from 28 January 1992 to 5 February 1992", "1992-01-28/1992-02-05", "extent", None),
    ("since 28 January 1992 until 5 February 1992", "1992-01-28/1992-02-05", "extent", None),
    ("1992-02-10 – 1992-02-12", "1992-02-10/1992-02-12", "extent", None),
    ("1992-02-10 - 1992-02-12", "1992-02-10/1992-02-12", "extent", None),
    ("January–March 1992", "1992-01/1992-03", "extent", None),
    ("1914-1918", "1914/1918", "extent", None),
    ("1992–93", "1992/1993", "extent", None),
    ("1992 – 10 March 1993", "1992/1993-03-10", "extent", None),
    ("spring 1992 to summer 1993", "1992-21/1993-22", "extent", None),
    ("1991 to the present", "1991/..", "extent", None),
    ("Since October 1991", "1991-10/", "extent", None),
    ("from October 1991 on", "1991-10/", "extent", None),
    ("October 1991 onwards", "1991-10/", "extent", None),
    ("until 12 February 1992", "/1992-02-12", "extent", None),
    ("throughout February 1992", "1992-02-01/1992-02-29", "extent", None),
    ("10 and 11 February 1992", "{1992-02-10,1992-02-11}", "extent", None),
    ("10 or 11 February 1992", "[1992-02-10,1992-02-11]", "uncertainty", None),
    ("either February 10 or 11, 1992", "[1992-02-10,1992-02-11]", "uncertainty", None),
    ("in 1991 or 1992", "[1991,1992]", "uncertainty", None),
    ("between 10 and 12 February 1992", "[1992-02-10..1992-02-12]", "uncertainty", None),
    ("by 28 January 1992", "[..1992-01-28]", "uncertainty", None),
    ("no later than 1992-01-28", "[..1992-01-28]", "uncertainty", None),
    ("before 28 January 1992", "[..1992-01-27]", "uncertainty", None),
    ("before about 1 January 1992", "[..1991-12-31~]", "uncertainty", None),
    ("before February 1992", "[..1992-01]", "uncertainty", None),
    ("before 1992", "[..1991]", "uncertainty", None),
    ("before the 1990s", "[..1989-12-31]", "uncertainty", None),
    ("after 31 December 1991", "[1992-01-01..]", "uncertainty", None),
    ("after 1992", "[1993..]", "uncertainty", None),
    ("on or after 10 February 1992", "[1992-02-10..]", "uncertainty", None),
    ("in February 1992", "1992-02", "uncertainty", None),
    ("On the 10th of February, 1992.", "1992-02-10", "uncertainty", None),
    ("Feb. 10, 1992", "1992-02-10", "uncertainty", None),
    ("(10 February 1992)", "1992-02-10", "uncertainty", None),
    ("Monday, February 10, 1992", "1992-02-10", "uncertainty", None),
    ("the 1990s", "199X", "uncertainty", None),
    ("spring 1992", "1992-21", "uncertainty", None),
    ("in the fall of 1992", "1992-23", "uncertainty", None),
    ("winter 1991–92", "[1991-12-01..1992-03-21]", "uncertainty", None),
    ("the winter of 1991–1992", "[1991-12-01..1992-03-21]", "uncertainty", None),
    ("first quarter of 1992", "1992-33", "uncertainty", None),
    ("second half of 1992", "1992-41", "uncertainty", None),
    ("around 10 February 1992", "1992-02-10~", "uncertainty", None),
    ("around 10–12 February 1992", "1992-02-10~/1992-02-12~", "extent", None),
    ("on or about 10 February 1992", "1992-02-10~", "uncertainty", None),
    ("circa 1992", "1992~", "uncertainty", None),
    ("c. 1992", "1992~", "uncertainty", None),
    ("possibly 10 February 1992", "1992-02-10?", "uncertainty", None),
    ("possibly around 10 February 1992", "1992-02-10%", "uncertainty", None),
    ("44 BC", "-0043", "uncertainty", None),
    ("AD 79", "0079", "uncertainty", None),
    ("1 BC", "0000", "uncertainty", None),
    ("early February 1992", "1992-02 early", "uncertainty", None),
    ("mid-February 1992", "1992-02 mid", "uncertainty", None),
    ("the end of 1992", "1992 late", "uncertainty", None),
    ("early 1990s", "199X early", "uncertainty", None),
    ("late February to May 1992", "1992-02/1992-05 late/", "extent", None),
    ("until early March 1992", "/1992-03 /early", "extent", None),
    (
        "at midnight on 10 February 1992",
        "[1992-02-10,1992-02-11] T00:00",
        "uncertainty",
        "00:00",
    ),
    (
        "at about midnight between 10 and 11 February 1992",
        "[1992-02-10,1992-02-11] T00:00~",
        "uncertainty",
        "00:00~",
    ),
    ("the night of 25 February 1992", "[1992-02-25,1992-02-26]", "uncertainty", None),
    ("on the night of 25–26 February 1992", "[1992-02-25,1992-02-26]", "uncertainty", None),
    ("the night of 31 January/1 February 1992", "[1992-01-31,1992-02-01]", "uncertainty", None),
    ("10 February 1992 at 9 a.m.", "1992-02-10 T09:00", "uncertainty", "09:00"),
    ("10 February 1992 at 21:30", "1992-02-10 T21:30", "uncertainty", "21:30"),
    ("10 February 1992, 9.30 pm", "1992-02-10 T21:30", "uncertainty", "21:30"),
    ("at noon on 10 February 1992", "1992-02-10 T12:00", "uncertainty", "12:00"),
    ("about 9 p.m. on 10 February 1992", "1992-02-10 T21:00~", "uncertainty", "21:00~"),
    ("1992-02-10 09:00", "1992-02-10 T09:00", "uncertainty", "09:00"),
    ("1992-02-10T09:00", "1992-02-10 T09:00", "uncertainty", "09:00"),
    ("1992-02-10 09:00:30+04", "1992-02-10T09:00:30+04:00", "uncertainty", "09:00:30+04:00"),
    ("1992-02-10T09:00:30+00:00", "1992-02-10T09:00:30Z", "uncertainty", "09:00:30Z"),
    ("until 9 a.m. on 11 February 1992", "/1992-02-11 T/09:00", "extent", "/09:00"),
    ("since 9 a.m. on 11 February 1992", "1992-02-11/ T09:00/", "extent", "09:00/"),
    ("before 9 a.m. on 11 February 1992", "[..1992-02-11] T/09:00", "uncertainty", "/09:00"),
    ("after 9 a.m. on 11 February 1992", "[1992-02-11..] T09:00/", "uncertainty", "09:00/"),
    (
        "from 9 a.m. to noon on 10 February 1992",
        "1992-02-10/1992-02-10 T09:00/12:00",
        "extent",
        "09:00/12:00",
    ),
    (
        "9 a.m. until noon on 10 February 1992",
        "1992-02-10/1992-02-10 T09:00/12:00",
        "extent",
        "09:00/12:00",
    ),
    (
        "between 9 a.m. and noon on 10 February 1992",
        "1992-02-10 T09:00/12:00",
        "uncertainty",
        "09:00/12:00",
    ),
]


@pytest.mark.parametrize(("text", "expression", "nature", "time"), PROSE)
def test_prose_is_read_to_edtf(text: str, expression: str, nature: str, time: str | None) -> None:
    when = parse_when(text)
    assert (when.expression, when.nature, when.time) == (expression, nature, time)
    assert when.said == text
    assert when.inferred == ()
    assert when_from_expression(when.expression) == when


INFERRED = [
    # text, context, expression, inferred parts
    ("10 February", "1992", "1992-02-10", ("year",)),
    ("February 10–12", "1992", "1992-02-10/1992-02-12", ("year",)),
    ("10 February", "February 10–12, 1992", "1992-02-10", ("year",)),
    ("on the 11th", "February 10–12, 1992", "1992-02-11", ("year", "month")),
    ("10th–12th", "1992-02", "1992-02-10/1992-02-12", ("year", "month")),
    ("until 9 a.m.", "1992-02-11", "/1992-02-11 T/09:00", ("year", "month", "day")),
    ("at midnight on February 10", "1992", "[1992-02-10,1992-02-11] T00:00", ("year",)),
    ("early February", "1992", "1992-02 early", ("year",)),
    ("in the spring", "1992", "1992-21", ("year",)),
    ("10 March", "44 BC", "-0043-03-10", ("year",)),
    ("since October 1991", "1992", "1991-10/", ()),
]


@pytest.mark.parametrize(("text", "context", "expression", "parts"), INFERRED)
def test_missing_parts_come_from_the_context_and_are_recorded(
    text: str, context: str, expression: str, parts: tuple[str, ...]
) -> None:
    when = parse_when(text, context=context)
    assert when.expression == expression
    assert tuple(part for part, _ in when.inferred) == parts
    shown = parse_when(context).edtf
    assert {basis for _, basis in when.inferred} <= {f"the context {shown}"}


def test_a_value_serves_as_context() -> None:
    when = parse_when("10 February", context=parse_when("1992"))
    assert when.inferred == (("year", "the context 1992"),)


def test_a_year_lent_within_the_phrase_is_recorded() -> None:
    when = parse_when("10 February 1992 to 3 March")
    assert when.edtf == "1992-02-10/1992-03-03"
    assert when.inferred == (("year", "the date before it, 1992-02-10"),)


REFUSED = [
    ("", "it is empty"),
    (" \n", "it is empty"),
    ("1992\0", "NUL"),
    ("1900-02-29", "no day 29 in February 1900; it has 28 days"),
    ("30 February 1992", "no day 30 in February 1992; it has 29 days"),
    ("1992-04-31", "no day 31 in April 1992; it has 30 days"),
    ("1992-02-00", "no day 0"),
    ("1992-13", "no month 13"),
    ("1992-00", "no month 0"),
    ("1992-42", "no month 42"),
    ("1992-21-10", "has no day"),
    ("1992-02-3X", "no day of the calendar fits"),
    ("1992-2X", "no day of the calendar fits"),
    ("190X-02-30", "no day of the calendar fits"),
    ("XXXX-02-30", "no day of the calendar fits"),
    ("2012/2011", "runs backwards"),
    ("1992-02-12/1992-02-10", "runs backwards"),
    ("February 12–10, 1992", "runs backwards"),
    ("28 December to 5 January 1992", "runs backwards"),
    ("late February to early February 1992", "runs backwards"),
    ("from noon to 9 a.m. on 10 February 1992", "runs backwards"),
    ("[1672..1670]", "runs backwards"),
    ("/", "no known end"),
    ("../..", "no known end"),
    ("1991/1992/1993", "2 slashes"),
    ("[]", "is not a set"),
    ("[", "is not a set"),
    ("[1992}", "is not a set"),
    ("[..]", "'..' alone"),
    ("[1992,]", "is not an EDTF date"),
    ("[1992/1993]", "is not an EDTF date"),
    ("1992-2-3", "two digits"),
    ("12345", "begins with Y"),
    ("992", "four digits"),
    ("1992?~", "write %"),
    ("1992-02-10Z", "is not an EDTF date"),
    ("-0000", "the year before 0001 is 0000"),
    ("Y1985", "more than four digits"),
    ("Y012345", "no leading zero"),
    ("Y17E12", "out of range"),
    ("1950S5", "significant digits"),
    ("1950S0", "significant digits"),
    ("-0000S2", "significant digits"),
    ("1950E2", "is not an EDTF date"),
    ("1992-02-10T25:00:00", "not a time of day"),
    ("1992-02-10T09:00:00-00:00", "no zone -00:00"),
    ("1992-02-10T09:00/1992-02-11T09:00", "is not an EDTF date"),
    ("12.02.1992", "order of day and month is not declared by the locale 'en'"),
    ("10/02/1992", "order of day and month is not declared"),
    ("25.25.1992", "no month 25"),
    ("10/02/92", "four digits"),
    ("1992/02/10", "four digits"),
    ("10-02-92", "four digits"),
    ("Tuesday, February 10, 1992", "1992-02-10 was a Monday, not a Tuesday"),
    ("on Monday", "Monday is relative without a day"),
    ("last week", "'last' is relative"),
    ("yesterday", "'yesterday' is relative"),
    ("recently", "'recently' is relative"),
    ("three days ago", "is relative"),
    ("now", "relative"),
    ("since the present", "relative"),
    ("10 February 1992 (Julian)", "'julian' names another calendar"),
    ("10 Ramadan 1412 AH", "names another calendar"),
    ("10 February 1918 O.S.", "names another calendar"),
    ("on the morning of 10 February 1992", "'morning' has no clock time"),
    ("10 February", "the year is missing"),
    ("February 10–12", "the year is missing"),
    ("until 9 a.m.", "the year is missing"),
    ("10th", "the year is missing"),
    ("February 92", "92 is neither a day nor a year"),
    ("February 992", "'992' is neither a day nor a year"),
    ("1992–03", "may be two years or a month"),
    ("1900s", "decade or a century"),
    ("1995s", "decade or a century"),
    ("the 20th century", "write 19XX"),
    ("10/11 February 1992", "'/' may join or part"),
    ("between January 1992", "needs two dates"),
    ("between 10 February or 12 February 1992", "do not go together"),
    ("10 February 1992 11 February 1992", "second"),
    ("February March 1992", "second month"),
    ("10 February 1992 by 12 February", "'by' does not fit there"),
    ("since", "the words give no date"),
    ("early", "the words give no date"),
    ("BC", "BC needs a year"),
    ("0 BC", "BC needs a year"),
    ("12 a.m. on 10 February 1992", "noon or midnight"),
    ("13 p.m. on 10 February 1992", "no hour of a 12-hour clock"),
    ("at 25:00 on 10 February 1992", "not a time of day"),
    ("until midnight on 10 February 1992", "either end of it"),
    ("from midnight to 9 a.m. on 10 February 1992", "either end of it"),
    ("9 a.m. on 10 or 11 February 1992", "does not go with two dates"),
    ("the night of February 1992", "a night needs its day"),
    ("the night of 10–12 February 1992", "one night does not reach"),
    ("throughout spring 1992", "no strict first and last day"),
    ("throughout early 1992", "needs a whole month"),
    ("spring 1991–92", "only a winter or summer"),
    ("winter 1991–1993", "only a winter or summer"),
    ("early 10 February 1992", "'early' goes with one month"),
    ("by early February 1992", "no strict first or last day"),
    ("early winter 1992", "'early' goes with one month"),
    ("foo", "'foo' is not a word of dates"),
    ("a" * 100, "aaa...' is not a word of dates"),
    ("10feb 1992", "'10feb' is not a word of dates"),
]


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(InvalidWhen) as refusal:
        parse_when(text)
    assert reason in str(refusal.value)
    assert str(refusal.value).startswith("cannot read '")


@pytest.mark.parametrize(
    ("text", "context", "reason"),
    [
        ("10 February", "1991-10/", "context 1991-10/ does not lie within a single year"),
        ("10 February", "1991/1992", "context 1991/1992 does not lie within a single year"),
        ("on the 10th", "1992", "does not lie within a single month"),
        ("on the 10th", "199X", "does not lie within a single year"),
        ("10th 1993", "1992-02", "does not lie within a single month that fits"),
        ("10 February", "yesterday", "the context 'yesterday' is not a date itself"),
    ],
)
def test_a_context_that_does_not_fit_is_refused(text: str, context: str, reason: str) -> None:
    with pytest.raises(InvalidWhen, match=reason):
        parse_when(text, context=context)


@pytest.mark.parametrize(
    ("text", "locale", "edtf"),
    [
        ("12.02.1992", "de", "1992-02-12"),
        ("10/02/1992", "fr", "1992-02-10"),
        ("10.02.1992", "ru", "1992-02-10"),
        ("10.02.1992", "az-Latn", "1992-02-10"),
        ("10.02.1992", "hy", "1992-02-10"),
        ("10/02/1992", "en-GB", "1992-02-10"),
        ("10/02/1992", "en_US", "1992-10-02"),
        ("10-02-1992", "en-US", "1992-10-02"),
        ("25/02/1992", "en", "1992-02-25"),
        ("02/25/1992", "en", "1992-02-25"),
        ("10/10/1992", "en", "1992-10-10"),
    ],
)
def test_digits_follow_the_order_the_locale_declares(text: str, locale: str, edtf: str) -> None:
    assert parse_when(text, locale=locale).edtf == edtf


@pytest.mark.parametrize("text", ["25/02/1992", "13/13/1992"])
def test_a_declared_order_is_never_turned_round(text: str) -> None:
    with pytest.raises(InvalidWhen, match="there is no month"):
        parse_when(text, locale="en-US")


@pytest.mark.parametrize("locale", ["de", "../../etc", "", "x" * 500])
def test_words_of_a_language_without_a_table_are_refused(locale: str) -> None:
    with pytest.raises(InvalidWhen, match="no table of date words"):
        parse_when("10 February 1992", locale=locale)
    assert parse_when("1992-02-10", locale=locale).edtf == "1992-02-10"


def test_a_huge_text_is_refused_at_once() -> None:
    began = perf_counter()
    with pytest.raises(InvalidWhen, match="100000 characters"):
        parse_when("1992-02-10," * 9090 + "1" * 10)
    assert perf_counter() - began < 0.1


def _days(first: str, last: str) -> Region:
    return Region.of(*(ordinal(*map(int, day.split("-"))) for day in (first, last)))


@pytest.mark.parametrize(
    ("text", "aspect", "days"),
    [
        ("1991-10/", "start", _days("1991-10-01", "1991-10-31")),
        ("1991-10/", "end", None),
        ("1991-10/", "period", Region.of(ordinal(1991, 10, 1), None)),
        ("1991-10/..", "end", None),
        ("1992-02-10/1992-02-12", "start", _days("1992-02-10", "1992-02-10")),
        ("1992-02-10/1992-02-12", "end", _days("1992-02-12", "1992-02-12")),
        ("1992-02-10/1992-02-12", "moment", _days("1992-02-10", "1992-02-12")),
        ("1992-02", "start", _days("1992-02-01", "1992-02-29")),
        ("1992-02", "end", _days("1992-02-01", "1992-02-29")),
        ("[..1992-01-28]", "start", Region.of(None, ordinal(1992, 1, 28))),
        ("[..1992-01-28]", "moment", Region.of(None, ordinal(1992, 1, 28))),
        ("{1992-02-10,1992-03}", "start", _days("1992-02-10", "1992-02-10")),
        ("{1992-02-10,1992-03}", "end", _days("1992-03-01", "1992-03-31")),
        ("1992-06/1992", "end", _days("1992-06-01", "1992-12-31")),
        ("1992/1992-06", "start", _days("1992-01-01", "1992-06-30")),
    ],
)
def test_what_a_date_answers(text: str, aspect: str, days: Region | None) -> None:
    assert parse_when(text).answer(aspect) == days


def test_an_unknown_aspect_is_refused() -> None:
    with pytest.raises(InvalidWhen, match="use one of start, end, moment, period"):
        parse_when("1992").answer("middle")


@pytest.mark.parametrize(
    ("text", "start_status", "end_status"),
    [
        ("1991-10/", "known", "unknown"),
        ("1991-10/..", "known", "open"),
        ("/1991", "unknown", "known"),
        ("../1991", "open", "known"),
        ("[..1991]", "open", "known"),
        ("[1991..]", "known", "open"),
        ("{1991..}", "known", "open"),
        ("{..1991}", "open", "known"),
        ("1991", "known", "known"),
    ],
)
def test_open_and_unknown_ends_are_told_apart(
    text: str, start_status: str, end_status: str
) -> None:
    when = parse_when(text)
    assert (when.start_status, when.end_status) == (start_status, end_status)


def test_unspecified_digits_leave_gaps_where_they_can_be_listed() -> None:
    christmas, february = parse_when("199X-12-25"), parse_when("1992-02")
    assert relation(christmas, february).hard is SetRelation.DISJOINT
    assert relation(parse_when("1992-12-25"), christmas).hard is SetRelation.WITHIN
    assert len(parse_when("1X84").hard.parts) == 10


def test_following_days_are_one_run() -> None:
    assert parse_when("[1992-02-10,1992-02-11]").hard == parse_when("1992-02-10/1992-02-11").hard
    assert len(parse_when("1992-0X").hard.parts) == 1


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("early February 1992", "1992-02-01", "1992-02-10"),
        ("mid-February 1992", "1992-02-11", "1992-02-20"),
        ("late February 1992", "1992-02-21", "1992-02-29"),
        ("early 1992", "1992-01-01", "1992-04-30"),
        ("mid-1992", "1992-05-01", "1992-08-31"),
        ("late 1992", "1992-09-01", "1992-12-31"),
        ("early first quarter of 1993", "1993-01-01", "1993-01-30"),
        ("late first quarter of 1993", "1993-03-02", "1993-03-31"),
        ("since late February 1992", "1992-02-21", None),
        ("until early March 1992", None, "1992-03-10"),
        ("early February to mid-March 1992", "1992-02-01", "1992-03-20"),
    ],
)
def test_a_part_narrows_the_soft_days_alone(text: str, first: str | None, last: str | None) -> None:
    when = parse_when(text)
    hull = when.soft.hull
    assert hull.lo == (first and ordinal(*map(int, first.split("-"))))
    assert hull.hi == (last and ordinal(*map(int, last.split("-"))))
    assert when.soft.within(when.hard)
    assert when.rows


def test_the_parts_of_a_period_answer_for_its_ends() -> None:
    when = parse_when("late February to early May 1992")
    assert when.answer("start", soft=True) == _days("1992-02-21", "1992-02-29")
    assert when.answer("end", soft=True) == _days("1992-05-01", "1992-05-10")
    assert when.answer("start") == _days("1992-02-01", "1992-02-29")
    assert when.answer("period", soft=True) == when.soft


def test_a_season_without_a_hemisphere_allows_both() -> None:
    spring, october = parse_when("spring 1992"), parse_when("October 1992")
    found = relation(october, spring)
    assert found.hard is SetRelation.WITHIN
    assert found.soft is SetRelation.DISJOINT
    assert parse_when("1992-25").hard == spring.soft
    assert parse_when("1992-21/1993").rows == ("season",)


def test_a_period_of_seasons_that_only_the_other_hemisphere_allows() -> None:
    when = parse_when("1992-23/1992-21")
    assert when.soft == when.hard


def test_doubt_is_kept_and_widens_nothing() -> None:
    about, maybe, plain = (parse_when(f"1992-02-05{mark}") for mark in ("~", "?", ""))
    assert about.hard == maybe.hard == plain.hard
    assert (about.approximate, about.uncertain) == (True, False)
    assert (maybe.approximate, maybe.uncertain) == (False, True)
    assert about != plain


def test_equality_and_hash_are_those_of_the_meaning_not_of_the_words() -> None:
    a, b = parse_when("February 10, 1992"), parse_when("10 February", context="1992")
    assert a == b
    assert len({a, b, parse_when("1992-02-11")}) == 2
    assert str(a) == "1992-02-10"
    assert a.kind == "when"
    assert isinstance(a, Ranged)


def test_an_expression_takes_its_words_and_bases_back() -> None:
    inferred = (("year", "the context 1992"),)
    when = when_from_expression("1992-02-10", said="10 February", inferred=inferred)
    assert (when.said, when.inferred) == ("10 February", inferred)
    assert when_from_expression("1992-02-10", inferred=inferred).said == "1992-02-10"
    assert when_from_expression("1992-02-10").inferred == ()


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("", "is not an expression"),
        ("10 February 1992", "is not an expression"),
        ("1992-02 soon", "is not a part of"),
        ("1992-02 early/", "is not a part of"),
        ("1991-10/ /late", "has no date"),
        ("1992-02-10 T9", "not a time of day"),
        ("1992-02-10 T/", "not a time of day"),
        ("1992-02-10 T09:00/10:00/11:00", "not a time of day"),
        ("1992-02-10T09:00:00 T09:00", "gives two times"),
        ("199x", "in capitals"),
    ],
)
def test_a_broken_expression_is_refused(expression: str, reason: str) -> None:
    with pytest.raises(InvalidWhen, match=reason):
        when_from_expression(expression)


def test_an_expression_is_brought_into_its_canonical_form() -> None:
    assert when_from_expression("1992/1993 early").expression == "1992/1993 early/"
    assert when_from_expression("1992-02-10 T09:00:00").expression == "1992-02-10T09:00:00"


def test_as_json_is_plain_data() -> None:
    when = parse_when("at midnight on February 10", context="1992")
    assert json.loads(json.dumps(as_json(when))) == {
        "said": "at midnight on February 10",
        "edtf": "[1992-02-10,1992-02-11]",
        "expression": "[1992-02-10,1992-02-11] T00:00",
        "earliest": "1992-02-10",
        "latest": "1992-02-11",
        "start_status": "known",
        "end_status": "known",
        "time": "00:00",
        "inferred": [{"part": "year", "basis": "the context 1992"}],
        "precision": "day",
        "nature": "uncertainty",
        "approximate": False,
        "uncertain": False,
        "rows": [],
    }


def test_a_long_text_is_quoted_short() -> None:
    with pytest.raises(InvalidWhen) as refusal:
        parse_when("word " * 100)
    assert len(str(refusal.value)) < 200


def test_days_order_like_their_ordinals() -> None:
    assert Day(-44, 3, 15) < Day(1992, 2, 10)
    assert str(Day(12345, 1, 2)) == "+12345-01-02"


def test_when_is_what_the_type_says() -> None:
    assert isinstance(parse_when("1992"), When)
