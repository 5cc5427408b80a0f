"""What a report must never do (domain, part 6), asked of every way of printing it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from claims.analysis.explain import SENTENCES
from claims.analysis.outcomes import Dispute, Independence, Relation, Support
from claims.analysis.vocabulary import Stance
from claims.report import glossary, json, markdown, text
from claims.report.shape import Report
from tests.report.flood import flood

DOCS = Path(__file__).parents[2] / "docs" / "report.md"
PRINTED: dict[str, Callable[[Report], str]] = {
    "text": lambda report: " ".join(text.render(report, width=100).split()),
    "narrow text": lambda report: " ".join(text.render(report, width=60).split()),
    "markdown": markdown.render,
    "json": json.render,
}
CODES = frozenset(
    glossary.STATUSES.keys()
    | glossary.RELATIONS.keys()
    | glossary.REASONS.keys()
    | glossary.NOTES.keys()
    | glossary.STANCES.keys()
    | glossary.INDEPENDENCE.keys()
)
READ = [name for name in PRINTED if name != "json"]


@pytest.fixture(scope="module")
def report() -> Report:
    """The flood."""
    return flood()


@pytest.mark.parametrize("how", PRINTED)
def test_rival_figures_are_never_put_in_one(how: str, report: Report) -> None:
    words = PRINTED[how](report).lower()
    assert not re.search(r"\b(average|averaged|mean|median|midpoint|majority|best guess)\b", words)
    assert not re.search(r"\b1,?040\b", words), "the middle of 580 to 1,500"


@pytest.mark.parametrize("how", PRINTED)
def test_no_hedge_is_dropped(how: str, report: Report) -> None:
    hedges = {hedge for entry in report.questions for c in entry.claims for hedge in c.hedges}
    assert hedges == {"reportedly"}
    found = PRINTED[how](report)
    assert "hedged: “reportedly”" in found or '"reportedly"' in found


@pytest.mark.parametrize("how", READ)
def test_every_claim_shows_its_confidence(how: str, report: Report) -> None:
    shown = PRINTED[how](report).count("confidence: ")
    printed = sum(len(side.claims) for entry in report.questions for side in entry.sides)
    assert shown == printed
    assert printed >= report.summary.claims


@pytest.mark.parametrize("how", READ)
def test_no_grade_is_printed_that_nobody_recorded(how: str, report: Report) -> None:
    found = re.findall(r"confidence: (very low|low|moderate|high|unassessed)", PRINTED[how](report))
    assert found.count("low") == 1
    assert set(found) == {"low", "unassessed"}


@pytest.mark.parametrize("how", READ)
def test_typical_readings_are_printed_as_conventions(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    assert words.count("typical reading,") == words.count("typical reading, by convention")
    assert "typical reading, by convention default@1: 24 to 99" in words
    assert "not limits of confidence" in words


@pytest.mark.parametrize("how", READ)
def test_the_profile_and_its_rows_are_printed(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    assert "profile default@1" in words
    used = {row for q in report.questions for c in q.claims if c.reading for row in c.reading.rows}
    assert {row.id for row in report.rows} == used
    assert "several" in used
    assert "hundreds" not in used


@pytest.mark.parametrize("how", PRINTED)
def test_it_says_what_was_not_checked(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    assert "Citations were not audited" in words
    assert "Archived files were not opened" in words
    assert "The primary documents of Relief group are not held" in words
    assert not re.search(r"(?<!not )audited", words)


def test_an_unconfirmed_report_is_not_called_denied_or_false(report: Report) -> None:
    entry = next(entry for entry in report.questions if entry.question.key == "warned")
    headings = [side.heading for side in entry.sides]
    assert entry.headline == "Unconfirmed"
    assert headings == ["A · yes", "Looked, could not confirm (no denial)"]


def test_silence_is_not_called_denial(report: Report) -> None:
    entry = next(entry for entry in report.questions if entry.question.key == "compensated")
    assert entry.headline == "Unanswered"
    assert entry.sides == ()


@pytest.mark.parametrize("how", READ)
def test_an_overlap_prints_both_common_ranges(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    assert "The words of both allow: 580 to 1,500." in words
    assert "Both typical readings, by convention, hold: 1,440 to 1,500." in words


@pytest.mark.parametrize("how", READ)
def test_assumptions_are_printed_with_what_would_be_otherwise(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    for entry in report.questions:
        for verdict in entry.relations:
            if verdict.assumption:
                assert verdict.assumption in words.replace("\\", "").lower() or (
                    verdict.assumption in words
                )
    assert "Otherwise: not comparable." in words


@pytest.mark.parametrize("how", READ)
def test_a_person_s_decision_keeps_the_computed_one_visible(how: str, report: Report) -> None:
    assert "A person decided this; computed: no conflict." in PRINTED[how](report)


@pytest.mark.parametrize("how", READ)
def test_origins_are_counted_in_words(how: str, report: Report) -> None:
    words = PRINTED[how](report)
    assert "1 origin, stated twice" in words
    assert "2 origins, possibly 1" in words


@pytest.mark.parametrize("how", READ)
def test_what_was_withdrawn_is_shown_as_withdrawn(how: str, report: Report) -> None:
    assert "withdrawn on 2021-07-19 (the office withdrew it); counted no more" in (
        PRINTED[how](report).replace("\\", "")
    )


def test_every_question_is_printed_once_and_counted_once(report: Report) -> None:
    printed = [entry.number for part in report.sections for entry in part.questions]
    assert sorted(printed) == [entry.number for entry in report.questions]
    assert sum(report.summary.statuses.values()) == len(report.questions)


def test_every_code_has_words() -> None:
    assert set(glossary.STATUSES) == {*map(str, Support), *map(str, Dispute)} - {"NONE"}
    assert set(glossary.RELATIONS) == set(map(str, Relation))
    assert set(glossary.INDEPENDENCE) == set(map(str, Independence))
    assert set(glossary.STANCES) == set(map(str, Stance))
    assert set(SENTENCES) <= set(glossary.REASONS)


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained_in_the_manual(code: str) -> None:
    assert f"`{code}`" in DOCS.read_text(encoding="utf-8")


def test_the_manual_explains_no_code_that_is_unknown() -> None:
    explained = re.findall(r"^\| `([A-Za-z_]+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(explained) <= CODES | {"NONE"}
