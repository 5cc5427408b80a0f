"""The worked example of an audit is what the program says of the seed today."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.actions import AuditFilesRequest, audit_files
from claims.exchange.hand_coded import read_hand_coded
from claims.report.audit_markdown import render

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "audit-example.md"
SEED = "seeds/malibeyli-gushchular"
HEAD = f"""<!-- Made by `claims audit --files {SEED} --format markdown`; do not edit. -->

"""


def example() -> str:
    """What the program says of the seed; run from the root of the project."""
    files = read_hand_coded([Path(SEED)])
    report = audit_files(
        AuditFilesRequest(files=files, title=SEED), datetime(2026, 1, 1, tzinfo=UTC)
    )
    return HEAD + render(report)


def test_the_worked_example_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert PAGE.read_text(encoding="utf-8") == example(), (
        "the audit of the seed has changed: read it, then write it with"
        " `python -m tests.test_docs_audit_example`"
    )


if __name__ == "__main__":
    PAGE.write_text(example(), encoding="utf-8")
