"""The committed coverage list is what the seeds give today, and no sentence is missing."""

from __future__ import annotations

from pathlib import Path

from claims.actions import coverage
from claims.exchange.hand_coded import read_hand_coded

SEEDS = Path(__file__).parents[2] / "seeds"


def test_the_list_is_current_and_complete() -> None:
    made = coverage(read_hand_coded([SEEDS]))
    held = (SEEDS / "coverage.md").read_text(encoding="utf-8")
    assert made.strip() == held.strip(), "run: claims coverage seeds > seeds/coverage.md"
    assert "MISSING" not in made
