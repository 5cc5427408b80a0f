"""The hand-coded seeds: what the audit finds in them is true, and what is corrupted it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from claims.analysis.audit.assemble import Assembled
from claims.analysis.audit.case import Dossier, HeldText, Recorded
from claims.analysis.audit.catalogue import (
    CHECKS,
    audit_document,
    audit_project,
    audit_question,
    check_of,
)
from claims.analysis.audit.finding import AuditFinding
from claims.analysis.records import Claim, Snapshot
from claims.analysis.vocabulary import Stance, ValueKind
from claims.exchange.hand_coded import read_hand_coded

SEEDS = Path(__file__).parents[3] / "seeds"
VILLAGES, FLOOD = "malibeyli-gushchular", "flood"


@cache
def assembled(seed: str) -> Assembled:
    """A seed as cases, its one coder named as who entered all of it."""
    coded = read_hand_coded([SEEDS / seed])
    records = [record for one in coded for record in one.records]
    texts = {text.document: text for one in coded for text in one.texts}
    held = {
        record.id: HeldText(bytes_ok=True, text=texts[record.document].text)
        for record in records
        if isinstance(record, Snapshot)
    }
    entered = {record.id: Recorded("seed coder") for record in records}
    return Assembled(records, held=held, recorded=entered, contributors=1)


@cache
def dossiers(seed: str) -> tuple[Dossier, ...]:
    """The dossiers of a seed."""
    return tuple(assembled(seed).dossiers())


# What follows was read beside the texts, finding by finding: each is true.
TRUE = {
    VILLAGES: {
        "A05": 1,  # no day on which the article was read
        "A06": 1,  # nor its revision
        "A10": 1,  # nobody recorded the capture
        "A12": 4,  # Memorial, Express Chronicle and the two sides are known from the article
        "A13": 3,  # eyewitnesses, interviews, and whoever stands behind "reportedly"
        "A14": 50,  # of 58 questions, what an encyclopedia says without a source
        "A22": 7,  # what it says as a fact, beside what one organisation says through it
        "A25": 2,  # Memorial: "several" and "dozens", on a whole and on a part of it
        "A27": 6,  # "8 civilians", the last day, the war, "simultaneous": only above the text
        "A37": 10,  # the coder graded the claims
    },
    FLOOD: {
        "A06": 6,  # nothing leads to the invented documents
        "A10": 6,
        "A12": 8,  # of the speakers of the chronicle only three documents are held
        "A13": 2,  # "were reported missing", "reports that"
        "A22": 10,  # the agency's dispatch and its copies, the chronicle's own words
        "A27": 1,  # "Eight dead" above "at least eight"
        "A37": 3,
    },
}


@pytest.mark.parametrize("seed", [VILLAGES, FLOOD])
def test_the_findings_of_the_seeds_are_those_that_a_reader_would_raise(seed: str) -> None:
    cases = assembled(seed)
    found = [
        *(one for dossier in dossiers(seed) for one in audit_document(dossier)),
        *(one for file in cases.questions() for one in audit_question(file)),
        *audit_project(cases.project()),
    ]
    assert Counter(one.check for one in found if isinstance(one, AuditFinding)) == TRUE[seed]


Corrupt = Callable[[Claim, Dossier], Claim | None]


def another_figure(claim: Claim, dossier: Dossier) -> Claim | None:
    """A figure of its own where the words give one."""
    value = claim.value
    kind = dossier.questions[claim.question].value_kind
    if value is None or value.counted_by_coder or value.inferred or kind is not ValueKind.COUNT:
        return None
    return replace(claim, value=replace(value, expression="123456"))


def no_turned_yes(claim: Claim, dossier: Dossier) -> Claim | None:
    """The answer no, coded as yes."""
    kind = dossier.questions[claim.question].value_kind
    if claim.value is None or kind is not ValueKind.BOOLEAN or claim.value.expression != "false":
        return None
    return replace(claim, value=replace(claim.value, expression="true"))


def open_turned_denied(claim: Claim, _: Dossier) -> Claim | None:
    """Not confirmed, coded as a denial."""
    if claim.stance is not Stance.COULD_NOT_CONFIRM:
        return None
    return replace(claim, stance=Stance.DENIES)


def denial_turned_claim(claim: Claim, _: Dossier) -> Claim | None:
    """A denial, coded as a claim that it is so."""
    if claim.stance is not Stance.DENIES:
        return None
    return replace(claim, stance=Stance.ASSERTS)


def hedges_dropped(claim: Claim, _: Dossier) -> Claim | None:
    """No hedge is left."""
    if not claim.hedges:
        return None
    speakers = tuple(replace(speaker, verb=None) for speaker in claim.speakers)
    return replace(claim, hedges=(), verb=None, speakers=speakers)


def speakers_dropped(claim: Claim, dossier: Dossier) -> Claim | None:
    """What somebody says, coded as what the document says."""
    told = len(claim.speakers) > 1 and dossier.sources[claim.origin].named
    if not told or not claim.stance.affirms:
        return None
    return replace(claim, speakers=claim.speakers[:1], verb=None)


def citation_dropped(claim: Claim, _: Dossier) -> Claim | None:
    """No passage is cited."""
    return replace(claim, passages=())


# What is found of all that is corrupted; the rest is said in the limits of each check.
CORRUPTED: list[tuple[str, Corrupt, float]] = [
    ("A18", citation_dropped, 1),
    ("A19", another_figure, 1),
    ("A20", hedges_dropped, 1),
    ("A21", no_turned_yes, 1),
    ("A21", open_turned_denied, 1),
    ("A21", denial_turned_claim, 1),
    ("A17", speakers_dropped, 0.9),
]


def corrupted(corrupt: Corrupt) -> Iterator[tuple[Claim, Dossier]]:
    """Each claim of the seeds that can be corrupted so, alone in its dossier."""
    for seed in (VILLAGES, FLOOD):
        for dossier in dossiers(seed):
            if dossier.document.language != "en":
                continue
            for claim in dossier.claims:
                changed = corrupt(claim, dossier)
                if changed is not None:
                    yield changed, replace(dossier, claims=(changed,))


@pytest.mark.parametrize(("check", "corrupt", "least"), CORRUPTED)
def test_what_is_corrupted_in_the_seeds_is_found(
    check: str, corrupt: Corrupt, least: float
) -> None:
    missed = [
        claim.key or str(claim.value)
        for claim, dossier in corrupted(corrupt)
        if not any(isinstance(o, AuditFinding) for o in audit_document(dossier, [check_of(check)]))
    ]
    tried = sum(1 for _ in corrupted(corrupt))
    assert tried
    assert 1 - len(missed) / tried >= least, missed


def test_the_words_of_the_seeds_deserve_no_finding() -> None:
    """No false finding among the checks that read sentences."""
    reading = [check for check in CHECKS if check.id in "A02 A03 A08 A17 A18 A19 A20 A21 A23 A24"]
    outcomes = [
        one
        for seed in (VILLAGES, FLOOD)
        for dossier in dossiers(seed)
        for one in audit_document(dossier, reading)
    ]
    assert not [one for one in outcomes if isinstance(one, AuditFinding)]
