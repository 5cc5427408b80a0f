"""``claims release`` and ``claims release verify`` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Claims


@pytest.fixture
def held(claims: Claims) -> Path:
    """The example, in a database in the working folder."""
    assert claims("demo", "--db", "flood.db").code == 0
    return Path("flood.db")


def test_a_release_is_made_checked_and_spoilt(claims: Claims, held: Path) -> None:
    (topic,) = json.loads(claims("topic", "list", "--db", held, "--json").out)
    made = claims("release", topic["key"], "out", "--db", held, "--json")
    assert made.code == 0, made.err
    told = json.loads(made.out)
    again = claims("release", "make", topic["key"], "out", "--db", held)
    assert again.code == 3
    assert "is a release already" in again.err
    well = claims("release", "verify", "out", "--id", told["id"])
    assert well.code == 0
    assert "Everything adds up" in well.out
    assert "Not checked" not in well.out
    assert (
        "Not checked: whether it is the release that was cited"
        in claims("release", "verify", "out").out
    )
    (Path("out") / "report.md").write_text("other words")
    spoilt = claims("release", "verify", "out")
    assert spoilt.code == 5
    assert "report.md was altered" in spoilt.out
    assert "1 fault was found" in spoilt.out
    as_json = claims("release", "verify", "out", "--json")
    assert as_json.code == 5
    assert json.loads(as_json.out)["intact"] is False


def test_faults_are_one_sentence(claims: Claims, held: Path) -> None:
    unknown = claims("release", "any", "out", "--style", "mla", "--db", held)
    assert (unknown.code, unknown.err.count("\n")) == (3, 1)
    assert "name one of chicago-notes" in unknown.err
    none = claims("release", "verify", "nowhere")
    assert (none.code, none.err.count("\n")) == (3, 1)
    assert not Path("out").exists()
