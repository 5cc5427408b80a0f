"""Entities of Wikidata: statements of every rank as claims, what is no statement told."""

from __future__ import annotations

import gzip
import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.records import Claim, Document, Question, Record, Source, Topic
from claims.analysis.vocabulary import Stance
from claims.errors import ClaimsError, DocumentFaults
from claims.exchange.mapped import Mapped, read_mapped
from claims.exchange.mapping import read_mapping, recognised
from claims.exchange.table import open_table
from claims.exchange.wikibase import STATED
from claims.store.validate import validate

Json = Any


def quantity(amount: str, *bounds: str, unit: str = "1") -> Json:
    """A value that is a number, with its lower and upper bound."""
    told = dict(zip(("lowerBound", "upperBound"), bounds, strict=bool(bounds)))
    return {"type": "quantity", "value": {"amount": amount, **told, "unit": unit}}


def time(words: str, precision: int, calendar: str = "Q1985727") -> Json:
    """A value that is a time."""
    model = f"http://www.wikidata.org/entity/{calendar}"
    told = {"time": words, "precision": precision, "calendarmodel": model}
    return {"type": "time", "value": {**told, "timezone": 0, "before": 0, "after": 0}}


def item(id_: str) -> Json:
    """A value that is another entity."""
    return {"type": "wikibase-entityid", "value": {"entity-type": "item", "id": id_}}


def snak(name: str, value: Json = None, kind: str = "value") -> Json:
    """A property with a value, with an unknown one, or with none."""
    held = {"snaktype": kind, "property": name, "hash": "0"}
    return {**held, "datavalue": value} if kind == "value" else held


def statement(number: int, main: Json, rank: str = "normal", **rest: Json) -> Json:
    """A statement of the flood."""
    return {"id": f"Q1${number}", "type": "statement", "rank": rank, "mainsnak": main, **rest}


def entity(*statements: Json, id_: str = "Q1", label: str = "Flood") -> Json:
    """An entity with statements, by their properties."""
    by: dict[str, list[Json]] = {}
    for one in statements:
        by.setdefault(one["mainsnak"]["property"], []).append(one)
    labels = {"en": {"language": "en", "value": label}}
    return {"id": id_, "type": "item", "labels": labels, "claims": by, "sitelinks": {}}


def read(folder: Path, held: Json) -> tuple[Mapped, tuple[Record, ...]]:
    """The records of a file."""
    path = folder / "flood.json"
    path.write_text(held if isinstance(held, str) else json.dumps(held), "utf-8")
    with open_table(path) as table:
        assert recognised(table) == "wikidata"
        mapped = read_mapped(table, read_mapping("wikidata"))
        made = [record for batch in mapped.batches() for record in batch.records]
    for record in (*mapped.shared, *made):
        validate(record)
    return mapped, (*mapped.shared, *made)


def claims(records: tuple[Record, ...]) -> list[Claim]:
    """The claims among them."""
    return [record for record in records if isinstance(record, Claim)]


def said(claim: Claim) -> str | None:
    """What a claim says."""
    return claim.value.expression if claim.value else None


DEATHS = snak("P1120", quantity("+12"))


def test_statements_of_every_rank_are_claims(tmp_path: Path) -> None:
    held = entity(
        statement(1, DEATHS, "preferred"),
        statement(2, snak("P1120", quantity("+40")), "deprecated"),
        statement(3, snak("P1339", quantity("+7", "+5", "+9"))),
    )
    mapped, records = read(tmp_path, held)
    found = claims(records)
    assert [said(one) for one in found] == ["12", "40", "coded(5, 7, 9)"]
    assert [one.stance for one in found] == [Stance.ASSERTS, Stance.DOUBTS, Stance.ASSERTS]
    assert [one.note for one in found] == [
        f"Rank in Wikidata: {rank}." for rank in ("preferred", "deprecated", "normal")
    ]
    assert [one.key for one in found] == ["Q1$1/table", "Q1$2/table", "Q1$3/table"]
    assert {one.text for one in records if isinstance(one, Question)} == {
        "Number of deaths",
        "Number of injured",
    }
    assert [(one.label, one.key) for one in records if isinstance(one, Topic)] == [("Flood", "Q1")]
    assert not mapped.flags


def test_an_unknown_value_and_none_differ_and_neither_is_a_figure(tmp_path: Path) -> None:
    unknown = statement(1, snak("P1120", kind="somevalue"))
    none = statement(2, snak("P1120", kind="novalue"), "deprecated")
    _, records = read(tmp_path, entity(unknown, none))
    found = claims(records)
    assert [one.stance for one in found] == [Stance.COULD_NOT_CONFIRM] * 2
    assert [said(one) for one in found] == [None, None]
    assert [one.note for one in found] == [
        "Rank in Wikidata: normal. Wikidata says that the value is unknown.",
        "Rank in Wikidata: deprecated. Wikidata says that there is no value.",
    ]


def test_references_are_the_sources_and_qualifiers_the_rest(tmp_path: Path) -> None:
    address = snak("P854", {"type": "string", "value": "https://example.org/1"})
    references = [
        {"snaks": {"P248": [snak("P248", item("Q2"))], "P854": [address]}},
        {"snaks": {"P854": [address]}},
        {"snaks": {"P248": [snak("P248", item("Q3"))]}},
        {"snaks": {"P813": [snak("P813", time("+2020-01-01T00:00:00Z", 11))]}},
    ]
    qualifiers = {
        "P585": [snak("P585", time("+1981-05-00T00:00:00Z", 10))],
        "P1480": [snak("P1480", item("Q5727902"))],
        "P518": [snak("P518", item("Q4"))],
        "P9999": [snak("P9999", {"type": "string", "value": "more"})],
    }
    held = {
        "entities": {
            "Q1": entity(statement(1, DEATHS, references=references, qualifiers=qualifiers)),
            "Q2": entity(id_="Q2", label="The Gazette"),
            "Q4": entity(id_="Q4", label="the north bank"),
        }
    }
    _, records = read(tmp_path, held)
    names = {one.id: one.name for one in records if isinstance(one, Source)}
    found = claims(records)
    assert [names[one.speakers[-1].source] for one in found] == ["The Gazette", "example.org", "Q3"]
    assert {one.as_of for one in found} == {"1981-05"}
    assert {one.hedges for one in found} == {("circa",)}
    question = next(one for one in records if isinstance(one, Question))
    assert question.text == "Number of deaths (the north bank)"
    assert sum(isinstance(one, Document) for one in records) == 2


@pytest.mark.parametrize(
    ("words", "precision", "expected"),
    [
        ("+1981-05-04T00:00:00Z", 11, "1981-05-04"),
        ("+1981-05-00T00:00:00Z", 10, "1981-05"),
        ("+1981-00-00T00:00:00Z", 9, "1981"),
        ("+1981-00-00T00:00:00Z", 8, "198X"),
        ("+1900-00-00T00:00:00Z", 7, "1801/1900"),
        ("+1801-00-00T00:00:00Z", 7, "1801/1900"),
        ("+2000-00-00T00:00:00Z", 6, "1001/2000"),
    ],
)
def test_times_are_as_precise_as_they_say(
    tmp_path: Path, words: str, precision: int, expected: str
) -> None:
    dated = {"P585": [snak("P585", time(words, precision))]}
    _, records = read(tmp_path, entity(statement(1, DEATHS, qualifiers=dated)))
    assert [one.as_of for one in claims(records)] == [expected]


def test_names_of_properties_are_given_by_the_mapping(tmp_path: Path) -> None:
    mapping = tmp_path / "own.yaml"
    mapping.write_text(
        "mapping: 1\nnamespace: https://example.org/own\ncoder: somebody\n"
        "table: {voice: Wikidata}\nwords: {property: {P1132: People who took part}}\n"
        "only: {property: [People who took part]}\ntopic: '{label}'\nquestion: '{property}'\n"
        "value: '{amount}'\nclaim: {key: '{statement}'}\n",
        "utf-8",
    )
    held = entity(statement(1, DEATHS), statement(2, snak("P1132", quantity("+900"))))
    path = tmp_path / "march.json"
    path.write_text(json.dumps(held), "utf-8")
    with open_table(path) as table:
        mapped = read_mapped(table, read_mapping(str(mapping)))
        made = [record for batch in mapped.batches() for record in batch.records]
    assert [said(one) for one in claims(tuple(made))] == ["900"]
    assert [flag.found for flag in mapped.flags] == ["1 rows that the mapping leaves out"]


def test_all_forms_in_which_entities_are_given(tmp_path: Path) -> None:
    one, other = entity(statement(1, DEATHS)), entity(id_="Q2", label="Other")
    lines = f"[\n{json.dumps(one)},\n{json.dumps(other)}\n]\n"
    bare = f"{json.dumps(one)}\n{json.dumps(other)}\n"
    for held in (one, [one, other], {"entities": {"Q1": one, "Q2": other}}, lines, bare):
        _, records = read(tmp_path, held)
        assert [said(found) for found in claims(records)] == ["12"]
    packed = tmp_path / "flood.json.gz"
    packed.write_bytes(gzip.compress(json.dumps(one).encode()))
    with open_table(packed) as table:
        assert [row.number for row in table.rows()] == [1]
        assert table.columns == STATED


@pytest.mark.parametrize(
    ("main", "found"),
    [
        (snak("P1120", quantity("twelve")), "the amount 'twelve'"),
        (snak("P1120", quantity("+12", "+20", "+30")), "best 12 outside low 20 to high 30"),
        (snak("P1120", quantity("+12", "+13", "+11")), "low 13 above high 11"),
        (snak("P1120", quantity("+1.5")), "'1.5', which is no whole number"),
        (snak("P1120", quantity("-4")), "the number '-4'"),
        ({"snaktype": "value", "property": "P1120"}, "a value without its data"),
        (snak("P1120", kind="perhaps"), "snaktype 'perhaps'"),
        (snak("P1120", {"type": "quantity", "value": 12}), "the quantity '12'"),
    ],
)
def test_what_is_no_figure_is_named_and_all_of_it_is_refused(
    tmp_path: Path, main: Json, found: str
) -> None:
    held = entity(statement(1, DEATHS), statement(2, main), statement(3, DEATHS, "best"))
    with pytest.raises(DocumentFaults) as error:
        read(tmp_path, held)
    told = {fault.line: f"{fault.field} {fault.found}" for fault in error.value.faults}
    assert "statement Q1$3 rank 'best'" in told[3]
    if "outside" in found:  # odd figures are kept, and only flagged
        assert set(told) == {3}
    else:
        assert found in told[2]


@pytest.mark.parametrize("odd", ["x", 1, True, [1], ["x", {}]])
@pytest.mark.parametrize("place", ["statement", "claims", "qualifiers", "references"])
def test_what_is_no_object_of_the_data_model_is_named_with_its_statement(
    tmp_path: Path, place: str, odd: Json
) -> None:
    first, second = entity(statement(1, DEATHS)), entity(statement(2, DEATHS), id_="Q2")
    if place == "statement":
        second["claims"]["P1120"][0] = odd
    elif place == "claims":
        second["claims"] = odd
    else:
        second["claims"]["P1120"][0][place] = odd
    with pytest.raises(DocumentFaults) as error:
        read(tmp_path, [first, second])
    (fault,) = error.value.faults
    assert (fault.line, str(odd)[:60] in fault.found) == (2, True)
    assert "object" in fault.expected
    assert ("statement" if place == "claims" else place) in fault.found


@pytest.mark.parametrize("place", ["claims", "qualifiers", "references"])
def test_an_empty_list_or_nothing_stands_for_none(tmp_path: Path, place: str) -> None:
    nothing: tuple[Json, ...] = ([], None, {})
    for empty in nothing:
        held = entity(statement(1, DEATHS))
        (held if place == "claims" else held["claims"]["P1120"][0])[place] = empty
        found = read(tmp_path, [entity(statement(2, DEATHS), id_="Q2"), held])[1]
        assert len(claims(found)) == (1 if place == "claims" else 2)


@pytest.mark.parametrize(
    ("words", "precision", "calendar", "found"),
    [
        ("-0044-03-15T00:00:00Z", 11, "Q1985727", "the time '-0044-03-15T00:00:00Z'"),
        ("+1500-03-15T00:00:00Z", 11, "Q1985786", "in the Julian calendar"),
        ("+1981-00-00T00:00:00Z", 14, "Q1985727", "the precision 14 of a time"),
    ],
)
def test_times_that_cannot_be_read_are_named(
    tmp_path: Path, words: str, precision: int, calendar: str, found: str
) -> None:
    dated = {"P585": [snak("P585", time(words, precision, calendar))]}
    with pytest.raises(DocumentFaults, match=found):
        read(tmp_path, entity(statement(1, DEATHS, qualifiers=dated)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"claims": 1}', "JSON without an entity of Wikibase"),
        ('{"id": "Q1", ', "text that is no JSON"),
        ("[\n{\n]\n", "text that is no JSON"),
        ("[" * 100_000, "text that is no JSON"),
        ("", "text that is no JSON"),
        ('[1, "two", null]', "JSON without an entity of Wikibase"),
    ],
)
def test_other_json_is_refused(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(DocumentFaults, match=found):
        read(tmp_path, text)


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "flood.json"
    with pytest.raises(ClaimsError, match="there is no file"), open_table(path):
        pass
    path.write_bytes(b'{"id": "\xff"}')
    with pytest.raises(DocumentFaults, match="not UTF-8"), open_table(path):
        pass


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


def _places(held: Json) -> list[tuple[Json, Any]]:
    """Every place within, by what holds it."""
    steps = held.items() if isinstance(held, dict) else enumerate(held)
    inner = [(held, step) for step, _ in steps]
    return inner + [
        deeper
        for holder, step in inner
        if isinstance(holder[step], dict | list)
        for deeper in _places(holder[step])
    ]


@given(data=st.data(), other=anything)
def test_whatever_stands_anywhere_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, other: Json
) -> None:
    dated = {"P585": [snak("P585", time("+1981-05-00T00:00:00Z", 10))]}
    references = [{"snaks": {"P248": [snak("P248", item("Q2"))]}}]
    told = statement(1, deepcopy(DEATHS), qualifiers=dated, references=references)
    held = {"entities": {"Q1": entity(told)}}
    holder, step = data.draw(st.sampled_from(_places(held)))
    holder[step] = other
    path = tmp_path_factory.mktemp("any") / "flood.json"
    path.write_text(json.dumps(held), "utf-8")
    with suppress(ClaimsError), open_table(path) as table:
        mapped = read_mapped(table, read_mapping("wikidata"))
        for batch in mapped.batches():
            for record in batch.records:
                validate(record)
