"""An audit in every format: the same findings, nothing that stored words could do to a reader."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

from claims.analysis.audit.catalogue import CHECKS, check_of
from claims.analysis.audit.finding import AuditFinding, Defect, NotChecked, Severity, Subject
from claims.analysis.records import Waiver
from claims.report import audit_html, audit_json, audit_markdown, audit_sarif, audit_text
from claims.report.audit_shape import AuditReport, ToldFinding, Where, sorted_findings

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SCHEMA = json.loads(
    (Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8")
)
HOSTILE = "<script>alert(1)</script> \x1b[31m \x9b2J *bold* [x](javascript:1) \u202e | `code`"


def finding(check: str, name: str = "c1", number: int = 1, severity: str = "") -> AuditFinding:
    known = check_of(check)
    subject = Subject("claim", UUID(int=number), name)
    defect = Defect(subject, found="“8”", expected="“9”", fix="Correct the value.")
    level = Severity[severity.upper()] if severity else known.severity
    return AuditFinding(check=check, severity=level, asks=known.asks, defect=defect)


WAIVER = Waiver(
    id=UUID(int=7),
    check="A12",
    target=UUID(int=3),
    reason="the archive is closed",
    granted_by="Editor",
    until="2026-12-31",
)
REPORT = AuditReport(
    title="The storm",
    checks=CHECKS,
    findings=sorted_findings(
        [
            ToldFinding(finding("A37", "c2", 2, "minor")),
            ToldFinding(finding("A19"), where=Where("a b/é.yaml", 12, 5), words="8 people died"),
            ToldFinding(finding("A12", "c3", 3), waiver=WAIVER),
            ToldFinding(finding("A23", "c4", 4), expired=replace(WAIVER, until="2026-01-01")),
        ]
    ),
    not_checked=(
        NotChecked("A01", "snapshot", 2, "no bytes are held"),
        NotChecked("A14", "question", 0, "only the documents that were named were looked at"),
    ),
    looked_at={"document": 1, "claim": 4, "source": 0},
    generated_at=NOW,
    profile="default@1",
)
EMPTY = replace(REPORT, findings=(), not_checked=(), looked_at={"claim": 0})


def test_text_says_what_was_found_waived_and_not_looked_at() -> None:
    assert audit_text.render(REPORT, width=120) == (
        """Audit of The storm
3 findings: 2 critical and 1 minor.
1 of them asks a person and decides nothing.
1 further finding was waived.
Looked at: 1 document and 4 claims, by 40 checks.
Not everything could be looked at: 2 gaps below.
The audit fails: 2 findings are major or worse and not waived.

A19 critical: The number, date or name of a claim is not the one that its quote gives.
  claim c1 [a b/é.yaml:12]
    found “8”
    expected “9”
    in “8 people died”
  → Correct the value.

A23 critical, asks a person: """
        f"""{check_of("A23").title}
  claim c4 [00000000]
    found “8”
    expected “9”
    was waived by Editor until 2026-01-01, which is past: the archive is closed
  → Correct the value.

A37 minor: {check_of("A37").title}
  claim c2 [00000000]
    found “8”
    expected “9”
  → Correct the value.

Waived:

A12 major: {check_of("A12").title}
  claim c3 [00000000]
    found “8”
    expected “9”
    waived by Editor until 2026-12-31: the archive is closed
  → Correct the value.

Not checked:
  A01  2 snapshots: no bytes are held
  A14  only the documents that were named were looked at

The audit fails: 2 findings are major or worse and not waived.
"""
    )


def test_nothing_found_is_said_with_what_was_looked_at() -> None:
    text = audit_text.render(EMPTY)
    assert "No finding.\nLooked at: nothing: there is no record to look at, by 40 checks.\n" in text
    assert "Each of these checks could look at all that it looks for.\n" in text
    assert "The audit passes: no finding is major or worse and not waived.\n" in text
    assert "fails on nothing, as asked" in audit_text.render(replace(REPORT, fail_on=None))


def test_text_keeps_within_its_width() -> None:
    for width in (40, 72):
        lines = audit_text.render(REPORT, width=width).splitlines()
        assert max(map(len, lines)) <= width


def test_sarif_follows_its_schema() -> None:
    for report in (REPORT, EMPTY):
        Draft4Validator(SCHEMA).validate(audit_sarif.as_sarif(report, version="1.2.3"))


def test_sarif_has_levels_places_suppressions_and_what_was_not_looked_at() -> None:
    (run,) = audit_sarif.as_sarif(REPORT, version="1.2.3")["runs"]
    results = {one["ruleId"]: one for one in run["results"]}
    assert {rule: one["level"] for rule, one in results.items()} == {
        "A19": "error",
        "A23": "error",
        "A12": "warning",
        "A37": "note",
    }
    (place,) = results["A19"]["locations"]
    assert place["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/%C3%A9.yaml"},
        "region": {"startLine": 12, "startColumn": 5},
    }
    assert "physicalLocation" not in results["A37"]["locations"][0]
    assert results["A12"]["suppressions"][0]["justification"].startswith("the archive is closed")
    assert run["tool"]["driver"]["rules"][results["A19"]["ruleIndex"]]["id"] == "A19"
    (first, _) = run["invocations"][0]["toolExecutionNotifications"]
    assert first["message"]["text"] == "A01 not checked: 2 snapshots: no bytes are held"


def test_a_gap_of_a_check_that_was_not_asked_for_names_no_rule_of_the_run() -> None:
    (run,) = audit_sarif.as_sarif(replace(REPORT, checks=CHECKS[1:]), version="1")["runs"]
    assert "index" not in run["invocations"][0]["toolExecutionNotifications"][0]["associatedRule"]


def test_the_fingerprint_of_a_finding_does_not_hang_on_its_line() -> None:
    def prints(line: int) -> list[object]:
        moved = [replace(one, where=Where("x", line, 1)) for one in REPORT.findings]
        (run,) = audit_sarif.as_sarif(replace(REPORT, findings=tuple(moved)), version="1")["runs"]
        return [one["partialFingerprints"] for one in run["results"]]

    assert prints(1) == prints(99)


def test_json_holds_everything() -> None:
    data = json.loads(audit_json.render(REPORT))
    assert data["counts"] == {"critical": 2, "major": 0, "minor": 1}
    assert (data["failed"], data["fail_on"], len(data["checks"])) == (True, "major", 40)
    by_check = {one["check"]: one for one in data["findings"]}
    assert (by_check["A19"]["file"], by_check["A19"]["line"]) == ("a b/é.yaml", 12)
    assert by_check["A12"]["waiver"]["granted_by"] == "Editor"
    assert by_check["A23"]["expired_waiver"]["until"] == "2026-01-01"
    assert data["not_checked"][0]["count"] == 2


def test_one_finding_that_was_come_upon_twice_is_listed_once() -> None:
    twice = sorted_findings([ToldFinding(finding("A19")), ToldFinding(finding("A19"))])
    assert len(twice) == 1


@pytest.fixture
def hostile() -> AuditReport:
    subject = Subject("claim", UUID(int=1), HOSTILE)
    defect = Defect(subject, found=HOSTILE, expected=HOSTILE, fix=HOSTILE)
    found = AuditFinding(check="A19", severity=Severity.CRITICAL, asks=False, defect=defect)
    waiver = replace(WAIVER, reason=HOSTILE, granted_by=HOSTILE)
    told = [ToldFinding(found, words=HOSTILE), ToldFinding(finding("A12"), waiver=waiver)]
    gap = NotChecked("A01", "snapshot", 1, HOSTILE)
    return replace(REPORT, title=HOSTILE, findings=tuple(told), not_checked=(gap,))


def test_hostile_words_do_nothing_in_any_format(hostile: AuditReport) -> None:
    assert "<script" not in audit_html.render(hostile)
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(audit_markdown.render(hostile))
    assert "<script" not in rendered
    assert "<a " not in rendered
    sarif = audit_sarif.render(hostile, version="1")
    plain = audit_json.render(hostile)
    for text in (audit_text.render(hostile), audit_markdown.render(hostile), sarif, plain):
        assert not set(text) & set("\x1b\x9b\u202e")
    assert json.loads(plain)["title"] == HOSTILE
    Draft4Validator(SCHEMA).validate(audit_sarif.as_sarif(hostile, version="1"))


def test_the_page_has_no_script_and_asks_for_nothing() -> None:
    page = audit_html.render(REPORT)
    assert "<script" not in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert page.count("<li>") > 5
    assert "waived by Editor" in page
    assert "no bytes are held" in page


def test_markdown_groups_findings_under_their_check() -> None:
    text = audit_markdown.render(REPORT)
    assert "## A19 critical: The number, date or name of a claim" in text
    assert "*Correct the value.*" in text
    levels = re.findall(r"^(#+) (\w+)", text, re.MULTILINE)
    assert levels[0] == ("#", "Audit")
    assert levels[-3:] == [("##", "Waived"), ("###", "A12"), ("##", "Not")]
    assert {level for level, _ in levels[1:-3]} == {"##"}
    assert "(waived by Editor until 2026-12-31: the archive is closed)" in text
    assert "It was waived by Editor until 2026-01-01" in text
