"""What is typed in is read as files are: the same fields, the same records, the same faults."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Passage,
    Record,
    Snapshot,
    Source,
)
from claims.analysis.vocabulary import SourceKind, Tier
from claims.errors import Fault
from claims.exchange.coded_texts import SourceText
from claims.exchange.entry_fields import fields_of
from claims.exchange.entry_form import form_schema, read_form, spelt_out
from claims.exchange.entry_read import Held, read_entry
from claims.exchange.fields import FIELDS, Kind
from claims.exchange.hand_coded import read_hand_coded

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize("seed", ["flood", "malibeyli-gushchular"])
def test_every_record_of_a_coded_text_can_be_typed_in(seed: str) -> None:
    held, texts = _coded(SEEDS / seed / "claims.yaml")
    typed = [one for one in held.values() if one.entity in FIELDS]
    assert {one.entity for one in typed} >= {"claim", "question", "source", "document", "topic"}
    for record in typed:
        _assert_read_again(record, held, texts)


def _assert_read_again(
    record: Record, held: dict[UUID, Record], texts: dict[UUID, tuple[UUID, SourceText]]
) -> None:
    passages = {id_: one for id_, one in held.items() if isinstance(one, Passage)}
    data = fields_of(record, lambda _, id_: str(id_), passages)
    data.pop("key", None)  # keys of claims are made of other keys
    node, faults = read_form(record.entity, data, "entry")
    assert (node is not None, faults) == (True, ())
    assert node is not None
    text = texts.get(record.document) if isinstance(record, Claim) else None
    named = _named_in(str(data), held)
    named |= _named_in(
        str([fields_of(one, lambda _, id_: str(id_)) for one in named.values()]), held
    )
    stands_on = Held(records=named, coder=_coder(record), language="en", locale="en", text=text)
    entries, wrong = read_entry(record.entity, node, stands_on, file="entry", own=record.id)
    assert wrong == ()
    made = entries[0].record
    for one in fields(record):
        if one.name in {"id", "key"}:
            continue
        found, wanted = getattr(made, one.name), getattr(record, one.name)
        if one.name == "passages":
            first = next(p for p in entries[0].further if isinstance(p, Passage))
            found = (first.exact, first.start, *found[1:])
            wanted = (passages[wanted[0]].exact, passages[wanted[0]].start, *wanted[1:])
        if one.name == "value" and wanted is not None:
            found, wanted = (replace(value, inferred={}) for value in (found, wanted))
        assert found == wanted, (record.entity, record.key, one.name)


def _named_in(words: str, held: dict[UUID, Record]) -> dict[UUID, Record]:
    found = {UUID(one) for one in re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", words)}
    return {id_: held[id_] for id_ in found if held[id_].entity in FIELDS}


def _coder(record: Record) -> str:
    return record.assessed_by if isinstance(record, Assessment) else ""


def _coded(path: Path) -> tuple[dict[UUID, Record], dict[UUID, tuple[UUID, SourceText]]]:
    (file,) = read_hand_coded([path])
    held: dict[UUID, Record] = {record.id: record for record in file.records}
    snapshots = {one.document: one.id for one in held.values() if isinstance(one, Snapshot)}
    return held, {text.document: (snapshots[text.document], text) for text in file.texts}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(FIELDS)),
    st.dictionaries(
        st.sampled_from(
            sorted({one.path[0] for table in FIELDS.values() for one in table} | {"zzz"})
        ),
        JSON,
    )
    | JSON,
)
def test_no_data_whatever_breaks_the_reading(entity: str, data: object) -> None:
    node, faults = read_form(entity, data, "entry")
    assert node is not None or faults
    for fault in faults:
        assert str(fault).startswith("entry: ")
        assert len(str(fault).splitlines()) == 1


def test_the_table_of_fields_is_that_of_the_form() -> None:
    for entity, table in FIELDS.items():
        allowed = form_schema(entity)["properties"]
        for one in table:
            assert one.path[0] in allowed, (entity, one.name)
        required = {one.path[0] for one in table if one.required}
        assert required == set(form_schema(entity).get("required", ())), entity


def test_the_choices_are_those_of_the_form() -> None:
    for entity, table in FIELDS.items():
        for one in table:
            if one.kind is Kind.CHOICE:
                _, faults = read_form(entity, {one.name: "no such word"}, "entry")
                told = [fault for fault in faults if fault.field == one.name]
                assert all(word in told[0].expected for word in one.choices), (entity, one.name)


def test_short_forms_are_spelt_out() -> None:
    claim = {"speakers": "Agency > Ministry", "confidence": "low", "reason": "hearsay"}
    assert spelt_out("claim", claim) == {
        "speakers": ["Agency", "Ministry"],
        "confidence": {"level": "low", "reason": "hearsay"},
    }
    document = {"title": "A", "author": ["B"], "csl": {"type": "book"}, "voice": "c"}
    assert spelt_out("document", document) == {
        "voice": "c",
        "csl": {"type": "book", "title": "A", "author": [{"literal": "B"}]},
    }


def test_numbers_and_truth_are_the_words_for_them() -> None:
    node, faults = read_form("place", {"name": "x", "latitude": 50, "longitude": "7.5"}, "entry")
    assert (node and node.text("latitude"), faults) == ("50", ())
    node, faults = read_form("source", {"name": "x", "named": False}, "entry")
    assert (node and node.text("named"), faults) == ("no", ())


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ({"date-parts": [[1992, 13]]}, "month 13"),
        ({"date-parts": [[1992, 2, 30]]}, "day 30 of month 2"),
        ("not a date", "'not a date' ("),
        ("", "nothing ("),
        ([1992], "a list in place of a date"),
        ({}, "a date that says nothing"),
        ({"literal": "in press"}, ""),
        ({"date-parts": [[1992, 2, 29]]}, ""),
        ("1992-02-29", ""),
    ],
)
def test_a_nonsense_date_of_an_item_is_named(date: object, found: str) -> None:
    told = _faults_of_document({"title": "T", "issued": date})
    assert [one.field for one in told] == (["csl.issued"] if found else [])
    assert all(one.found.startswith(found) for one in told)


def _faults_of_document(csl: object) -> tuple[Fault, ...]:
    """What is wrong with a document of this item."""
    source = Source(id=uuid4(), name="Gazette", kind=SourceKind.NEWSPAPER)
    data = {"csl": csl, "voice": str(source.id), "tier": "primary"}
    node, faults = read_form("document", data, "document")
    assert node is not None
    held = Held(records={source.id: source})
    return (*faults, *read_entry("document", node, held, file="document", own=uuid4())[1])


def test_a_quote_that_stands_in_several_places_needs_one() -> None:
    document = Document(
        id=uuid4(), csl={"title": "A"}, voice=uuid4(), tier=Tier.PRIMARY, language="en"
    )
    text = SourceText(document.id, "A", b"8 died.\n 8 died.", "0" * 64)
    first, second = (_claim_of(document, text, {"quote": "8 died", "at": at}) for at in ("1", "2"))
    assert ((first.start, first.end), (second.start, second.end)) == ((0, 6), (9, 15))
    assert (second.prefix, second.suffix) == ("8 died.\n ", ".")
    with pytest.raises(AssertionError, match="2 times, in lines 1, 2; expected at: which"):
        _claim_of(document, text, {"quote": "8 died"})
    with pytest.raises(AssertionError, match="2 times"):
        _claim_of(document, text, {"quote": "8 died", "at": "3"})


def _claim_of(document: Document, text: SourceText, data: dict[str, str]) -> Passage:
    """The passage that is made; an AssertionError with the faults where there are any."""
    whole = {"document": str(document.id), "question": str(uuid4()), **data}
    node, faults = read_form("claim", whole, "entry")
    assert node is not None
    held = Held(records={document.id: document}, text=(uuid4(), text))
    entries, wrong = read_entry("claim", node, held, file="entry", own=uuid4())
    told = [str(fault) for fault in (*faults, *wrong) if "question" not in fault.field]
    assert not [fault for fault in told if "quote" in fault or "at:" in fault], told
    return next(one for one in entries[0].further if isinstance(one, Passage))
