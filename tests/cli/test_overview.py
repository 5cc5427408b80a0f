"""The page that ``claims --help`` prints is kept as text; it must say what Typer would say."""

from __future__ import annotations

import pytest
import typer
from typer.main import get_command

from claims.cli.app import app
from claims.cli.guard import WIDTH
from claims.cli.overview import OVERVIEW


def laid_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    with pytest.raises(typer.Exit):
        get_command(app).make_context("claims", ["--help"])
    return capsys.readouterr().out


def test_the_kept_page_is_the_one_that_the_declarations_give(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert laid_out(monkeypatch, capsys) == OVERVIEW, (
        "the commands have changed: write the page printed by"
        " `COLUMNS=80 claims -h` into claims/cli/overview.py"
    )
