"""Pages in a real Chromium: one browser for the whole run, a fresh context for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from claims.analysis.without import without
from claims.report.model import build
from claims.report.page import render
from tests.report.flood import flood as made_by_hand
from tests.seeds.conftest import read_seed

VARIABLE = "CLAIMS_TEST_CHROMIUM"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
PATIENCE = 15_000
"""Milliseconds after which something that should happen on a page has not."""


def chromium(playwright: Playwright) -> str:
    """The Chromium to test in; the tests fail without one, since they show what users see."""
    named = os.environ.get(VARIABLE)
    found = (named, *map(shutil.which, PROGRAMS), playwright.chromium.executable_path)
    for program in found if named is None else (named,):
        if program and Path(program).is_file():
            return program
    pytest.fail(
        f"the tests of the page need a Chromium and found none{f' at {named}' if named else ''};"
        f" install one (on Debian: apt-get install chromium; elsewhere: python -m playwright"
        f" install chromium), or name its program in {VARIABLE}"
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser; while it is open, nothing else in this process may run an event loop."""
    with sync_playwright() as playwright:
        program = chromium(playwright)
        opened = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield opened
        opened.close()


@dataclass
class Watched:
    """A page that is watched: what it asks the network for, and what goes wrong on it."""

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda asked: self.requests.append(asked.url))
        self.page.on("console", lambda said: self.faults.append(said.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("dialog", lambda dialog: self.faults.append(dialog.message))


Open = Callable[..., Watched]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a file in a context of its own: ``open_page(path, width=…, scheme=…, script=…)``.

    At the end, no page has asked for anything but its own file, and nothing has gone wrong.
    """
    seen: list[tuple[Watched, str]] = []
    contexts = []

    def opened(
        path: Path,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        *,
        script: bool = True,
    ) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            offline=True,
        )
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.watch()
        watched.page.goto(path.as_uri())
        seen.append((watched, path.as_uri()))
        return watched

    yield opened
    for context in contexts:
        context.close()
    for watched, address in seen:
        assert watched.faults == []
        assert {asked.partition("#")[0] for asked in watched.requests} <= {address}


def page_of(seed: str) -> str:
    """The page on one of the example texts, with its text and what would change its verdicts."""
    read = read_seed(seed)
    held, result = read.casefile, read.result
    report = build(held, result, head_seq=57, head_hash="3f" * 32, generated_at=NOW)
    texts = {text.document: text.text for text in read.file.texts}
    return render(report, texts=texts, without=without(held, result))


@pytest.fixture(scope="session")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the villages: one text, three questions in dispute."""
    path = tmp_path_factory.mktemp("page") / "villages.html"
    path.write_text(page_of("malibeyli-gushchular"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def flood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on the flood: several documents, every kind of outcome."""
    path = tmp_path_factory.mktemp("page") / "flood.html"
    path.write_text(page_of("flood"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The questions in dispute of a small report made by hand."""
    path = tmp_path_factory.mktemp("page") / "small.html"
    path.write_text(render(made_by_hand(), only="conflicts"), encoding="utf-8")
    return path
