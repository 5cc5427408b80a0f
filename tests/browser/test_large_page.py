"""A page so large that what stands under its questions and documents comes packed."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect
from pypdf import PdfReader

from claims.report.page import render
from claims.report.page_later import BUILT_AT_ONCE
from tests.browser.conftest import Open
from tests.report.made import ARTICLE, SEVERAL, Bench

QUESTIONS = BUILT_AT_ONCE + 1
IN_SIGHT_AND_BUILT = """() => {
  const seen = [...document.querySelectorAll(".question")].filter((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  return seen.length > 0 && seen.every((one) => one.querySelector(".claim"));
}"""


def quote(place: int) -> str:
    """What the article says of a place."""
    return f"In place {place} several people were counted."


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page on one question more than are built at once, in one text."""
    bench = Bench()
    text = ""
    for place in range(1, QUESTIONS + 1):
        asked = bench.ask(f"asked {place}", f"How many in place {place}?")
        bench.result(asked, [bench.claim(asked, f"claim {place}", SEVERAL, quote=quote(place))])
        text = text.ljust(bench.passages[-1].start or 0) + quote(place)
    path = tmp_path_factory.mktemp("page") / "large.html"
    path.write_text(render(bench.report(), texts={ARTICLE.id: text}), encoding="utf-8")
    return path


def test_a_figure_leads_to_words_that_were_not_built_yet(large: Path, open_page: Open) -> None:
    page = open_page(large).page
    expect(page.get_by_text("only the script of this page unpacks it")).to_be_hidden()
    assert page.locator(f"#c{QUESTIONS}a").count() == 0
    page.locator(f"#rows a[data-c='{QUESTIONS}a']").click()
    reader = page.locator("#reader")
    expect(reader.locator("mark.now")).to_have_text(quote(QUESTIONS))
    expect(reader).to_contain_text("unassessed")
    reader.get_by_role("link", name="Everything on this question").click()
    expect(page.locator(f"#c{QUESTIONS}a")).to_be_in_viewport()
    expect(page.locator("figure.plot", has_text=f"{QUESTIONS}a")).to_be_visible()


def test_an_address_leads_to_a_question_that_was_not_built_yet(
    large: Path, open_page: Open
) -> None:
    page = open_page(large).page
    for target in (f"c{QUESTIONS}a", f"p{QUESTIONS}"):
        page.evaluate("target => { location.hash = target; }", target)
        expect(page.locator(f"#{target}")).to_be_in_viewport()


def test_scrolling_builds_what_comes_into_sight(large: Path, open_page: Open) -> None:
    page = open_page(large).page
    expect(page.locator("#packed")).to_have_count(0)
    assert page.locator(".claim").count() == 0
    page.locator(f"#q{QUESTIONS // 2}").scroll_into_view_if_needed()
    page.wait_for_function(IN_SIGHT_AND_BUILT)
    assert 0 < page.locator(".claim").count() < QUESTIONS // 2
    assert page.get_by_role("button", name="Download the figures (CSV)").count() > 0


@pytest.mark.slow
def test_nothing_keeps_anybody_out_of_a_large_page(large: Path, open_page: Open) -> None:
    page = open_page(large, scheme="dark").page
    page.locator("#rows a[data-c]").first.click()
    expect(page.locator("#reader mark.now")).to_be_visible()
    found = Axe().run(page, context="#matrix")
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.slow
def test_everything_is_printed(large: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(large).page
    expect(page.locator("#packed")).to_have_count(0)
    file = tmp_path / "large.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with PdfReader(file) as reader:
        text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    assert text.count("several people were counted") >= 2 * QUESTIONS


def test_without_the_script_the_page_says_what_is_missing(large: Path, open_page: Open) -> None:
    page = open_page(large, script=False).page
    expect(page.get_by_text("only the script of this page unpacks it")).to_be_visible()
    assert page.locator("#rows tr").count() == QUESTIONS


def test_what_cannot_be_unpacked_is_said(large: Path, open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "broken.html"
    text = large.read_text(encoding="utf-8")
    path.write_text(text.replace('id="packed">', 'id="packed">AAAA'), encoding="utf-8")
    page = open_page(path).page
    expect(page.get_by_role("alert")).to_contain_text("in browsers older than 2023")
    page.get_by_label("Find", exact=True).fill(f"place {QUESTIONS}")
    expect(page.locator("#count")).to_contain_text(f"1 of {QUESTIONS}")
