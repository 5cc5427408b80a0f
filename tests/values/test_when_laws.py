"""Laws of dates, over generated EDTF of all levels and over any text."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.errors import InvalidWhen
from claims.values.interval import Region, SetRelation
from claims.values.relation import relation
from claims.values.when import ASPECTS, When, parse_when, when_from_expression
from claims.values.when_days import Day, days, ordinal

MARKS = st.sampled_from(["", "?", "~", "%"])


def _two(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map("{:02}".format)


YEARS = st.one_of(
    st.integers(0, 9999).map("{:04}".format),
    st.integers(1, 9999).map("-{:04}".format),
    st.from_regex(r"\A-?[0-9X]{4}\Z", fullmatch=True).filter(lambda year: year != "-0000"),
)
MONTHS = st.one_of(_two(1, 12), _two(21, 41), st.sampled_from(["XX", "0X", "1X", "X1", "X2", "X5"]))
DAYS = st.one_of(_two(1, 28), st.sampled_from(["XX", "0X", "1X", "2X", "X1", "X9"]))
LONG_YEARS = st.builds(
    "Y{}{}{}{}{}".format,
    st.sampled_from(["", "-"]),
    st.integers(10_000, 99_999_999),
    st.sampled_from(["", "E1", "E3"]),
    st.sampled_from(["", "S1", "S3", "S5"]),
    MARKS,
)
ROUGH_YEARS = st.builds("{:04}S{}{}".format, st.integers(0, 9999), st.integers(1, 4), MARKS)


@st.composite
def calendar_dates(draw: st.DrawFn) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD with marks before and after any part, and X digits."""
    text = draw(MARKS) + draw(YEARS) + draw(MARKS)
    if draw(st.booleans()):
        month = draw(MONTHS)
        text += f"-{draw(MARKS)}{month}{draw(MARKS)}"
        if not (month.isdigit() and int(month) > 12) and draw(st.booleans()):
            text += f"-{draw(MARKS)}{draw(DAYS)}{draw(MARKS)}"
    return text


DATES = st.one_of(calendar_dates(), LONG_YEARS, ROUGH_YEARS)
RANGES = st.one_of(DATES, DATES.map("..{}".format), DATES.map("{}..".format))
SETS = st.lists(RANGES, min_size=1, max_size=4).map(",".join)
DATETIMES = st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat())
INTERVALS = st.builds(
    "{}/{}".format,
    st.one_of(DATES, st.sampled_from(["", ".."])),
    st.one_of(DATES, st.sampled_from(["", ".."])),
)
EDTF = st.one_of(
    DATES, DATETIMES, INTERVALS, SETS.map("[{}]".format), SETS.map(lambda s: f"{{{s}}}")
)


def _read(text: str) -> When | None:
    try:
        return parse_when(text)
    except InvalidWhen as refusal:
        reason = str(refusal)
    assert any(word in reason for word in ("backwards", "no known end", "out of range"))
    return None


def _edge(region: Region) -> tuple[float, float]:
    low, high = region.hull.lo, region.hull.hi
    return (
        float("-inf") if low is None else float(low),
        float("inf") if high is None else float(high),
    )


@given(EDTF)
@example("2004-06~-11?")
@example("[1670..1672,1667]")
def test_the_canonical_form_reads_back_to_an_equal_value(text: str) -> None:
    when = _read(text)
    if when is None:
        return
    again = parse_when(when.edtf)
    assert again == when
    assert hash(again) == hash(when)
    assert again.edtf == when.edtf
    for name in ("hard", "soft", "start", "end", "nature", "precision", "time", "rows"):
        assert getattr(again, name) == getattr(when, name)
    assert when_from_expression(when.expression) == when
    assert parse_when(str(when), locale="de") == when


@given(EDTF)
def test_bounds_hold_for_every_answer(text: str) -> None:
    when = _read(text)
    if when is None:
        return
    low, high = _edge(when.hard)
    assert low <= high
    assert when.soft.within(when.hard)
    assert (when.earliest is None) == (low == float("-inf"))
    assert (when.latest is None) == (high == float("inf"))
    for aspect in ASPECTS:
        for soft in (False, True):
            answer = when.answer(aspect, soft=soft)
            assert answer is None or answer.within(Region.of(when.hard.hull.lo, when.hard.hull.hi))
    if when.start and when.end:
        assert _edge(when.start)[0] <= _edge(when.end)[1]
        assert _edge(when.start)[1] <= _edge(when.end)[1]


@given(EDTF)
def test_an_end_that_is_not_known_is_never_invented(text: str) -> None:
    when = _read(text)
    if when is None or "/" not in when.edtf:
        return
    start, end = when.edtf.split("/")
    assert (when.start is None) == (start in ("", ".."))
    assert (when.end is None) == (end in ("", ".."))
    assert when.start_status == {"": "unknown", "..": "open"}.get(start, "known")
    assert when.end_status == {"": "unknown", "..": "open"}.get(end, "known")


@given(EDTF, EDTF)
def test_the_relation_read_from_the_other_side_is_its_inverse(a: str, b: str) -> None:
    first, second = _read(a), _read(b)
    if first is None or second is None:
        return
    assert relation(first, second) == relation(second, first).inverse
    assert relation(first, first).hard is SetRelation.EQUAL


@settings(max_examples=40)
@given(st.integers(0, 999), st.sampled_from(["XX", "0X", "1X", "X2", "02", "06"]), DAYS)
def test_unspecified_digits_mean_the_days_that_fit_them(tens: int, month: str, day: str) -> None:
    text = f"{tens:03}X-{month}-{day}"
    pattern = re.compile(text.replace("X", "[0-9]"))
    first, last = ordinal(10 * tens, 1, 1), ordinal(10 * tens + 9, 12, 31)
    fitting = [n for n in range(first, last + 1) if pattern.fullmatch(str(Day.fromordinal(n)))]
    assert parse_when(text).hard == days((n, n) for n in fitting)


@given(calendar_dates(), st.sampled_from(["~", "?", "%"]))
def test_doubt_never_changes_the_days(text: str, mark: str) -> None:
    plain = text.translate(dict.fromkeys(map(ord, "~?%")))
    assert parse_when(f"{plain}{mark}").hard == parse_when(text).hard == parse_when(plain).hard


@given(st.dates(), st.dates())
def test_prose_and_edtf_agree(a: date, b: date) -> None:
    first, last = sorted((a, b))
    words = (f"{day.day} {day:%B} {day.year:04}" for day in (first, last))
    assert parse_when(" to ".join(words)) == parse_when(f"{first}/{last}")
    assert parse_when(f"{a:%A}, {a:%B} {a.day}, {a.year:04}") == parse_when(str(a))
    assert parse_when(f"{a.day} {a:%B}", context=f"{a.year:04}") == parse_when(str(a))


@given(st.text(max_size=60), st.sampled_from(["en", "de", "en-US", "??"]))
@example("١٩٩٢", "en")
@example("İ", "en")
@example("[1992-02-10,", "en")
def test_any_text_is_read_or_refused(text: str, locale: str) -> None:
    with suppress(InvalidWhen):
        assert parse_when(text, locale=locale).said == text


WORDS = st.sampled_from(
    [
        *("since", "until", "from", "to", "by", "before", "after", "between", "and", "or", "on"),
        *("the", "of", "night", "midnight", "noon", "9 a.m.", "early", "late", "mid-", "February"),
        *("March", "10", "12", "31", "1992", "1991", "92", "1992-02-10", "1990s", "spring"),
        *("winter", "about", "possibly", "–", "/", ",", "Monday", "BC", "AD", "century", "10th"),
        *("first quarter", "present", "onwards", "throughout", "either", "the night of", "09:00"),
    ]
)


@given(st.lists(WORDS, max_size=8).map(" ".join), st.sampled_from([None, "1992", "1992-02-10"]))
def test_any_words_of_dates_are_read_or_refused(text: str, context: str | None) -> None:
    try:
        when = parse_when(text, context=context)
    except InvalidWhen:
        return
    assert when_from_expression(when.expression) == when
    assert parse_when(str(when), context=context) == when
    assert when.soft.within(when.hard)


@given(st.text(alphabet="0123456789X-/.,[]{}?~%YESTZ: +earlymidt", max_size=25))
def test_any_expression_is_read_or_refused(text: str) -> None:
    try:
        when = when_from_expression(text)
    except InvalidWhen:
        return
    assert when_from_expression(when.expression) == when
    assert parse_when(when.expression) == when


@given(st.dates())
def test_ordinals_are_those_of_the_standard_library(day: date) -> None:
    assert ordinal(day.year, day.month, day.day) == day.toordinal()
    assert Day.fromordinal(day.toordinal()).isoformat() == day.isoformat()


@given(st.integers(-(10**14), 10**14))
def test_ordinals_and_days_are_inverse_in_any_year(number: int) -> None:
    assert Day.fromordinal(number).toordinal() == number
    assert Day.fromordinal(number) < Day.fromordinal(number + 1)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), min_size=1))
def test_runs_merge_to_the_same_days(pairs: list[tuple[int, int]]) -> None:
    runs = [(low, low + length) for low, length in pairs]
    covered = {day for low, high in runs for day in range(low, high + 1)}
    region = days(runs)
    found = [
        day
        for part in region.parts
        if isinstance(part.lo, int) and isinstance(part.hi, int)
        for day in range(part.lo, part.hi + 1)
    ]
    assert found == sorted(covered)
    assert all(b.lo != a.hi + 1 for a, b in zip(region.parts, region.parts[1:], strict=False))  # type: ignore[operator]  # both are whole numbers
