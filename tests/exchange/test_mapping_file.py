"""Mapping files: read, refused with every fault, saved and read back equal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.errors import DocumentFaults, NotFound, SetupError
from claims.exchange.mapping import (
    TableMapping,
    mapping_of,
    mapping_text,
    read_mapping,
    shipped,
    write_mapping,
)
from claims.exchange.mapping_rules import ClaimRule, QuestionRule, SourceRule, TopicRule, ValueRule

GOOD = """mapping: 1
namespace: https://example.org/tolls
coder: A reader
table: {voice: The tolls}
topic: "{event}"
question: {text: "{what}[ ({side})]", unit: people, scope: {population: "{who}"}}
value: {low: "{low}", high: "{high}"}
source: {name: "{sources}", several: ";"}
"""


def _faults(text: str) -> list[str]:
    with pytest.raises(DocumentFaults) as raised:
        mapping_of(text.encode(), "tolls.yaml")
    return [str(fault) for fault in raised.value.faults]


def test_short_forms_stand_for_the_first_field() -> None:
    mapping = mapping_of(GOOD.encode(), "tolls.yaml")
    assert mapping.topic == TopicRule(label="{event}")
    assert mapping.source == SourceRule(name="{sources}", several=";")
    assert mapping.value == ValueRule(low="{low}", high="{high}")


@pytest.mark.parametrize("name", shipped())
def test_what_ships_reads_back_equal_from_its_own_text(name: str, tmp_path: Path) -> None:
    mapping = read_mapping(name)
    write_mapping(mapping, tmp_path / "saved.yaml")
    assert read_mapping(str(tmp_path / "saved.yaml")) == mapping
    assert mapping.documentation


_WORDS = st.text(alphabet="ab:#- '\"é\u202e=\n", min_size=1, max_size=10).filter(str.strip)


@settings(max_examples=40, deadline=None)
@given(_WORDS, _WORDS, st.booleans(), st.sampled_from([None, ";", "|"]))
def test_any_words_come_back_from_the_file(a: str, b: str, total: bool, sign: str | None) -> None:
    mapping = replace(
        mapping_of(GOOD.encode(), "x"),
        namespace=a,
        question=QuestionRule(text=b, running_total=total, exclusive=not total),
        source=SourceRule(name=a, several=sign, unnamed=(a, b)),
        claim=ClaimRule(note=b),
        words={"no": {"yes": a, "1": b}},
        empty=("", a),
    )
    assert mapping_of(mapping_text(mapping).encode(), "x") == mapping


def test_every_fault_of_a_file_is_told_with_its_place() -> None:
    told = _faults(
        GOOD.replace("coder: A reader\n", "codre: A reader\n")
        .replace("unit: people", "kind: cout, runing_total: yes")
        .replace('"{event}"', '"{event"')
    )
    assert len(told) == 5
    for part in ("'codre'", "who coded", "brace", "did you mean 'count'", "'running_total'"):
        assert any(part in line for line in told), part


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("mapping: 1", "mapping: 2", "begins with 'mapping: 1'"),
        ("mapping: 1\n", "", "begins with 'mapping: 1'"),
        ('value: {low: "{low}", high: "{high}"}\n', "", "question and value, or figures"),
        ('high: "{high}"}', 'said: "{a}"}', "either the words said, or low, best and high"),
        ("unit: people", "kind: text", "kind: count"),
        ("table: {voice: The tolls}", "dates: dayfirst", "day_first or month_first"),
        ("table: {voice: The tolls}", "serials: 1899", "1900 or 1904"),
        ("table: {voice: The tolls}", "", "table: who compiled it"),
        ("table: {voice: The tolls}", "locale: xx", "locale"),
        ("table: {voice: The tolls}", 'document: "{a}"', "the column of the quote"),
        ('several: ";"', "kinds: {a: newspapers}", "did you mean 'newspaper'"),
        ("unit: people", "unit: [a]", "a list of 1"),
        ('topic: "{event}"', "topic: [a]", "named fields"),
    ],
)
def test_what_makes_no_sense_is_refused(old: str, new: str, told: str) -> None:
    assert old in GOOD
    assert any(told in line for line in _faults(GOOD.replace(old, new)))


def test_an_unknown_name_tells_those_that_ship() -> None:
    with pytest.raises(NotFound, match=r"one of .*casualties81.*did you mean 'ucdp-ged'"):
        read_mapping("ucdp-gde")


def test_a_mapping_that_cannot_be_saved_leaves_nothing(tmp_path: Path) -> None:
    mapping: TableMapping = read_mapping("casualties81")
    with pytest.raises(SetupError, match="choose another place"):
        write_mapping(mapping, tmp_path / "nowhere" / "m.yaml")
    (tmp_path / "folder").mkdir()
    with pytest.raises(SetupError):
        write_mapping(mapping, tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
