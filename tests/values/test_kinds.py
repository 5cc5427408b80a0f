"""The plain kinds of value: categories, places, truths, texts; intervals; relations of any two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import InvalidValue
from claims.values.category import Category
from claims.values.interval import Interval, Region, SetRelation
from claims.values.place import PlaceValue, Point
from claims.values.relation import Value, ValueRelation, relation
from claims.values.truth import Truth
from claims.values.when import parse_when
from claims.values.words import Words, fold

S = SetRelation


def test_relations_of_two_values() -> None:
    narrow, broad = Category("n", ("b",)), Category("b")
    assert relation(narrow, broad) == ValueRelation(S.WITHIN, S.WITHIN)
    assert relation(narrow, broad).inverse == relation(broad, narrow)
    assert relation(Category("x"), broad) == ValueRelation(None, None)
    month, day = parse_when("1992-02"), parse_when("1992-02-10")
    assert relation(day, month) == ValueRelation(S.WITHIN, S.WITHIN)


def test_values_of_two_kinds_are_refused() -> None:
    with pytest.raises(InvalidValue, match="'8' is a truth and 'x' a text"):
        relation(Truth("true", "8"), Words("x", "x"))


class Odd:
    """A value that cannot be compared."""

    kind = "odd"
    said = expression = "odd"


def test_values_that_cannot_be_compared_are_refused() -> None:
    odd: Value = Odd()
    with pytest.raises(InvalidValue, match="odd values cannot be compared"):
        relation(odd, odd)


@pytest.mark.parametrize("value", [Category("a"), PlaceValue("a"), Truth("true"), Words("a")])
def test_nothing_stands_to_another_kind(value: Category | PlaceValue | Truth | Words) -> None:
    assert value.stands_to("a") is None
    assert value.stands_to(value) is S.EQUAL


def test_places_by_gazetteer_and_by_distance() -> None:
    metre = Decimal(1)
    first = PlaceValue("a", (), "geonames:1", Point(Decimal(40), Decimal(46), metre))
    second = PlaceValue("b", (), "geonames:1", Point(Decimal(41), Decimal(46), metre))
    third = PlaceValue("c", (), "geonames:2", Point(Decimal(40), Decimal(46), metre))
    assert first.stands_to(second) is S.EQUAL
    assert second.stands_to(third) is S.DISJOINT
    assert first.stands_to(third) is S.OVERLAPS
    assert first.stands_to(PlaceValue("d")) is None


def test_a_degree_of_latitude_and_the_way_round_the_pole() -> None:
    def at(latitude: int, longitude: int) -> Point:
        return Point(Decimal(latitude), Decimal(longitude), Decimal(0))

    assert at(0, 0).distance(at(1, 0)) == pytest.approx(111_195, abs=1)
    assert at(0, 0).distance(at(0, 180)) == pytest.approx(20_015_115, abs=5)
    assert at(89, 0).distance(at(89, 180)) == pytest.approx(2 * 111_195, abs=2)


def test_truths() -> None:
    assert (Truth("true").label, Truth("false").label) == ("yes", "no")
    assert Truth("true").stands_to(Truth("false")) is S.DISJOINT
    with pytest.raises(InvalidValue, match="'maybe' is no truth value; expected true or false"):
        Truth("maybe")


def test_texts_differ_in_words_not_in_typography() -> None:
    assert Words("“would  cease to exist”") == Words('"Would cease to exist"')
    assert Words("it’s – co\u00adoperation") == Words("it's - cooperation")
    assert hash(Words("A")) == hash(Words("a"))
    assert Words("leave").stands_to(Words("go")) is None
    assert Words("Leave").label == "Leave"
    assert fold("ﬁne") == "fine"


def test_empty_and_disordered_regions_are_refused() -> None:
    with pytest.raises(InvalidValue, match="from 9 to 8 is empty; give the lower end first"):
        Region.of(9, 8)
    with pytest.raises(InvalidValue, match="is empty"):
        Interval(8, 8, hi_open=True)
    with pytest.raises(InvalidValue, match="disjoint intervals in rising order"):
        Region((Interval(5, 9), Interval(1, 2)))
    with pytest.raises(InvalidValue, match="disjoint intervals in rising order"):
        Region(())
    with pytest.raises(InvalidValue, match="an unbounded end cannot be left out"):
        Region.of(1, None, hi_open=True)


def test_points_hulls_and_open_ends() -> None:
    pair = Region.points([11, 8, 8])
    assert pair.as_points == (8, 11)
    assert (pair.hull, pair.is_point) == (Interval(8, 11), False)
    assert Region.of(8, 8).is_point
    assert Region.of(8, 8).as_points is None
    assert Region((Interval(1, 2), Interval(4, 4))).as_points is None
    assert Interval(1, 2, lo_open=True, hi_open=True).open_ends == ("lo", "hi")
    assert Region.of(1, 2).intersection(Region.of(3, 4)) is None


ends = st.none() | st.integers(-5, 5)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    lo, hi = draw(ends), draw(ends)
    if lo is not None and hi is not None and lo > hi:
        lo, hi = hi, lo
    lo_open = lo is not None and lo != hi and draw(st.booleans())
    hi_open = hi is not None and lo != hi and draw(st.booleans())
    return Interval(lo, hi, lo_open, hi_open)


regions = st.lists(intervals(), min_size=1, max_size=3).map(Region.union)
PROBES = [Decimal(n) / 4 for n in range(-28, 29)]


def holds(region: Region, point: Decimal) -> bool:
    here = Interval(point, point)
    return any(here.within(part) for part in region.parts)


@given(regions, regions)
def test_regions_are_sets(a: Region, b: Region) -> None:
    """Every question about two regions is one about their points."""
    both = [p for p in PROBES if holds(a, p) and holds(b, p)]
    assert a.overlaps(b) == bool(both) or not both
    if a.within(b):
        assert all(holds(b, p) for p in PROBES if holds(a, p))
    shared = a.intersection(b)
    assert {p for p in PROBES if shared and holds(shared, p)} == set(both)
    joined = Region.union((*a.parts, *b.parts))
    assert {p for p in PROBES if holds(joined, p)} == {
        p for p in PROBES if holds(a, p) or holds(b, p)
    }
    assert a.relation(b) is b.relation(a).inverse
    assert (a.relation(b) is S.DISJOINT) == (shared is None)


@given(regions)
def test_a_region_equals_itself_and_only_itself(a: Region) -> None:
    assert a.relation(a) is S.EQUAL
    assert Region.union(a.parts) == a
