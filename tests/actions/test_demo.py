from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions import Actor, DemoRequest, demo, seeds
from claims.archive.store import Archive
from claims.errors import SetupError
from claims.report.shape import Report
from claims.store.reader import head
from claims.store.unit import read_unit, write_unit
from tests.actions.conftest import NOW


def run(engine: Engine, archive: Path, profile: str | None = None) -> Report:
    request = DemoRequest(archive=Archive(archive), profile=profile)
    with write_unit(engine) as session:
        return demo(session, Actor("demo"), request, NOW)


def test_it_reports_on_the_example(empty: Engine, tmp_path: Path) -> None:
    found = run(empty, tmp_path / "archive")
    assert found.topic.label == "Capture of Gushchular and Malibeyli"
    assert found.profile == "default@1"
    assert any(question.disputed for question in found.questions)
    assert any((tmp_path / "archive").rglob("*"))


def test_again_it_changes_nothing(empty: Engine, tmp_path: Path) -> None:
    first = run(empty, tmp_path / "archive")
    with read_unit(empty) as session:
        before = head(session)
    assert run(empty, tmp_path / "archive") == first
    with read_unit(empty) as session:
        assert head(session) == before


def test_it_reads_under_another_profile(empty: Engine, tmp_path: Path) -> None:
    assert run(empty, tmp_path / "archive", "acled@1").profile == "acled@1"


def test_the_seeds_are_beside_the_package_in_a_checkout(tmp_path: Path) -> None:
    assert (seeds() / "README.md").is_file()
    (tmp_path / "seeds").mkdir()
    assert seeds(tmp_path / "claims") == tmp_path / "seeds"


def test_the_seeds_are_inside_an_installed_package(tmp_path: Path) -> None:
    package = tmp_path / "claims"
    (package / "_seeds").mkdir(parents=True)
    (tmp_path / "seeds").mkdir()
    assert seeds(package) == package / "_seeds"


def test_a_package_without_its_example_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="install claims again"):
        seeds(tmp_path / "claims")
