"""Inquiries in a hand-coding file: what was looked for, and what came of it."""

from __future__ import annotations

import pytest

from claims.analysis.canonical import keyed_id, namespace_id
from claims.analysis.records import Claim, Document, Inquiry, Question, Source, Topic
from claims.analysis.vocabulary import InquiryOutcome, Sensitivity
from tests.exchange.conftest import GOOD, Faults, Read
from tests.exchange.test_hand_coded import every, one

WHOLE = """inquiries:
  - key: archive
    looked_for: a list of the dead
    looked_in: the town archive
    looked_by: a reader
    looked_on: 2021-08
    words: [list of the dead, morgue]
    question: killed
    source: ministry
    document: article
    outcome: inconclusive
    claims: [dozens]
    note: the register of July is missing
    sensitivity: team
"""
SHORT = "inquiries:\n  - {looked_for: a list, looked_in: an archive}\n"


def test_an_inquiry_is_read_with_all_that_it_says(read: Read) -> None:
    file = read(GOOD + WHOLE)
    (found,) = every(file, Inquiry)
    assert found == Inquiry(
        id=keyed_id(namespace_id("https://example.org/flood"), "inquiry", "archive"),
        key="archive",
        topic=every(file, Topic)[0].id,
        question=one(file, Question, "killed").id,
        looked_for="a list of the dead",
        looked_in="the town archive",
        looked_by="a reader",
        looked_on="2021-08",
        words=("list of the dead", "morgue"),
        source=one(file, Source, "ministry").id,
        document=one(file, Document, "article").id,
        outcome=InquiryOutcome.INCONCLUSIVE,
        claims=(one(file, Claim, "dozens").id,),
        note="the register of July is missing",
        sensitivity=Sensitivity.TEAM,
    )


def test_the_coder_looked_and_found_nothing_unless_the_file_says_otherwise(read: Read) -> None:
    file = read(GOOD + SHORT)
    (found,) = every(file, Inquiry)
    assert (found.looked_by, found.outcome) == (file.coder, InquiryOutcome.NOTHING)
    assert (found.key, found.question, found.looked_on) == ("inquiry", None, None)
    assert found.topic == every(file, Topic)[0].id


def test_inquiries_without_keys_are_called_by_their_question_and_numbered(read: Read) -> None:
    line = "  - {looked_for: a list, looked_in: an archive, question: killed}\n"
    file = read(f"{GOOD}inquiries:\n{line}{line}")
    assert [found.key for found in every(file, Inquiry)] == ["killed", "killed/2"]


@pytest.mark.parametrize(
    ("old", "new", "field", "found"),
    [
        ("    looked_in: the town archive\n", "", "looked_in", "no field 'looked_in'"),
        ("question: killed", "question: drowned", "question", "the unknown question 'drowned'"),
        ("claims: [dozens]", "claims: [dozen]", "claims[0]", "the unknown claim 'dozen'"),
        ("source: ministry", "source: nobody", "source", "the unknown source 'nobody'"),
        ("2021-08\n", "August 2021\n", "looked_on", "August 2021"),
        ("inconclusive", "denied", "outcome", "'denied'"),
    ],
)
def test_a_fault_is_told_at_its_place(
    faults: Faults, old: str, new: str, field: str, found: str
) -> None:
    assert old in WHOLE
    (fault,) = faults(GOOD + WHOLE.replace(old, new))
    assert fault.field == f"inquiries[0].{field}"
    assert found in fault.found
