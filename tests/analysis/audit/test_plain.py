"""What an audit found can be kept as JSON and read back as it was."""

from __future__ import annotations

import json
from array import array
from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.audit.case import DocumentRow
from claims.analysis.audit.finding import (
    AuditFinding,
    Defect,
    NotChecked,
    Outcome,
    Place,
    Severity,
    Subject,
)
from claims.analysis.audit.plain import plain_outcome, plain_row, read_outcome, read_row
from claims.analysis.records import Document
from claims.analysis.vocabulary import Tier

IDS = st.integers(0, 9).map(lambda number: UUID(int=number))
MANY = st.lists(IDS, max_size=2).map(tuple)
PLACES = st.none() | st.builds(Place, IDS, st.integers(0, 9), st.integers(0, 9))
VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text()).map(tuple)
SUBJECTS = st.builds(
    Subject,
    st.sampled_from(["claim", "document"]),
    IDS,
    st.text(),
    documents=MANY,
    passages=MANY,
    claims=MANY,
    place=PLACES,
)
DEFECTS = st.builds(
    Defect,
    SUBJECTS,
    found=st.text(),
    expected=st.text(),
    fix=st.text(),
    at=PLACES,
    change=st.none() | st.tuples(st.text(), VALUES),
)
FINDINGS = st.builds(
    AuditFinding,
    check=st.just("A21"),
    severity=st.sampled_from(Severity),
    asks=st.booleans(),
    defect=DEFECTS,
).map(lambda one: replace(one, defect=replace(one.defect, severity=one.severity)))
UNSEEN = st.builds(NotChecked, st.just("A01"), st.text(), st.integers(0), st.text())


@given(FINDINGS | UNSEEN)
def test_what_is_kept_is_read_back_as_it_was(outcome: Outcome) -> None:
    kept = json.dumps(plain_outcome(outcome))
    assert read_outcome(json.loads(kept)) == outcome


def test_what_a_document_is_compared_by_is_read_back() -> None:
    document = Document(
        id=UUID(int=1), csl={"title": "It"}, voice=UUID(int=2), tier=Tier.PRIMARY, language="en"
    )
    row = DocumentRow(
        item=document,
        sketch=array("Q", [1, 2**64 - 1]),
        voices=frozenset({UUID(int=2)}),
        leans_on=frozenset({UUID(int=3)}),
    )
    assert read_row(document, json.loads(json.dumps(plain_row(row)))) == row
