"""The catalogue: all forty checks, each documented, as they were designed."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.audit.catalogue import CHECKS, RULES, check_of
from claims.analysis.audit.finding import (
    AuditFinding,
    Defect,
    NotChecked,
    Place,
    Severity,
    Subject,
    gathered,
)
from claims.analysis.audit.manual import explained, manual, table
from claims.errors import NotFound
from tests.analysis.audit.desk import name

PAGE = Path(__file__).parents[3] / "docs" / "audit.md"

# C critical, M major, m minor; "†" asks a person.
DESIGNED = {
    "A0": "C C M C M M M M m",
    "A1": "M M M M M C C C C C",
    "A2": "C C M C† M† M m M M m",
    "A3": "m M M m M C M M m C†",
    "A4": "m",
}


def test_the_checks_are_those_that_were_designed() -> None:
    marks = {Severity.CRITICAL: "C", Severity.MAJOR: "M", Severity.MINOR: "m"}
    assert [check.id for check in CHECKS] == [f"A{number:02}" for number in range(1, 41)]
    designed = [mark for row in DESIGNED.values() for mark in row.split()]
    assert [marks[check.severity] + "†" * check.asks for check in CHECKS] == designed


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_check_says_what_to_do_and_where_it_ends(check: object) -> None:
    found = next(one for one in CHECKS if one is check)
    assert found.title.endswith(".") or found.title.endswith("”")
    assert "What to do: " in found.documentation
    assert "Limits: " in found.documentation
    assert len(found.documentation.split()) > 50


def test_the_names_of_the_checks_can_be_told_apart() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert check_of("A21").name == "stance_wrong"
    assert check_of("A38").name == "duplicate_or_unused"


def test_each_check_says_what_it_looks_at() -> None:
    looks = {check.id: check.looks_at for check in CHECKS}
    assert looks["A21"] == ("document",)
    assert looks["A22"] == ("question",)
    assert looks["A16"] == ("question", "project")
    assert all(looks.values())


def test_a_check_is_found_by_its_id_in_any_case() -> None:
    assert check_of(" a07 ") is CHECKS[6]
    with pytest.raises(NotFound, match="there is no check 'A99'; give one from A01 to A40"):
        check_of("A99")


def test_severities_are_ordered() -> None:
    assert Severity.MINOR < Severity.MAJOR < Severity.CRITICAL
    assert Severity.CRITICAL.word == "critical"
    assert RULES


def test_a_finding_is_known_by_check_object_and_what_was_found() -> None:
    place = Place(name("document", "d"), 3, 9)
    subject = Subject("claim", name("claim", "c"), "c", place=place)
    defect = Defect(subject, found="this", expected="that", fix="Mend it.")
    finding = AuditFinding(check="A18", severity=Severity.CRITICAL, asks=False, defect=defect)
    assert finding.key == ("A18", name("claim", "c"), "this")
    assert (defect.place, defect.proposal) == (place, None)


def test_what_was_not_checked_is_gathered_by_reason() -> None:
    told = (
        NotChecked("A04", "document", 1, "no network was asked for"),
        NotChecked("A01", "snapshot", 2, "nobody read its bytes"),
        NotChecked("A04", "document", 3, "no network was asked for"),
    )
    assert gathered(told) == (
        NotChecked("A01", "snapshot", 2, "nobody read its bytes"),
        NotChecked("A04", "document", 4, "no network was asked for"),
    )


def test_the_page_of_the_checks_is_made_of_their_docstrings() -> None:
    """To mend it, write what ``claims.analysis.audit.manual.manual()`` gives into the page."""
    assert PAGE.read_text(encoding="utf-8") == manual()


def test_the_page_leads_to_each_check() -> None:
    assert "| [A39](#a39-person_exposed) |" in table()
    assert "| critical † |" in table()
    assert explained(check_of("A23")).startswith(
        "## A23 scope_widened\n\n*critical; asks a person, never decides*\n\n**The claim speaks"
    )
    assert "\n*minor*\n" in explained(check_of("A40"))
