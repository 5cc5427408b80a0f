"""What a reader does with the page, in a real Chromium."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from claims.analysis.outcomes import Note
from claims.analysis.records import Locator, Translation
from claims.analysis.vocabulary import TranslationMethod, ValueKind
from claims.report.page import render
from claims.values.words import Words
from tests.browser.conftest import Open
from tests.report.made import GAZETTE, RELIEF, SEVERAL, Bench, position

FIGURE = "#rows a[data-c='2a']"
QUOTE = "According to the Russian human rights organization Memorial, dozens of civilians were"


def numbers(page: Page) -> list[str]:
    """The questions that the matrix shows, in its order."""
    shown = page.locator("#rows tr:visible")
    return [str(number) for number in shown.evaluate_all("rows => rows.map(r => r.dataset.n)")]


def wider_than(page: Page, width: int) -> Sequence[str]:
    """The elements that reach over the right edge of the page, but for what scrolls by itself."""
    found: list[str] = page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
          .filter(node => !node.closest(".scroller, .skip, .unseen, .drawing svg, [hidden]"))
          .filter(node => node.getBoundingClientRect().right > width + 0.5)
          .map(node => node.outerHTML.slice(0, 120))""",
        width,
    )
    return found


def test_a_figure_leads_to_its_highlighted_words(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.locator(FIGURE).click()
    reader = page.locator("#reader")
    expect(reader).to_be_visible()
    expect(reader.locator("h2")).to_have_text("2a · Memorial")
    marked = reader.locator("mark.now")
    expect(marked).to_contain_text(QUOTE)
    expect(marked).to_be_in_viewport()
    expect(reader.locator(".text")).to_contain_text("personnel carriers and heavy artillery")
    reader.get_by_role("link", name="Read it in the whole text").click()
    expect(reader).to_be_hidden()
    whole = page.locator("main mark.now")
    expect(whole).to_contain_text(QUOTE)
    expect(whole).to_be_in_viewport()


def test_a_figure_leads_to_its_words_without_the_script(villages: Path, open_page: Open) -> None:
    page = open_page(villages, script=False).page
    expect(page.locator("#tools")).to_be_hidden()
    page.locator(FIGURE).click()
    expect(page.locator("mark:target")).to_contain_text(QUOTE)
    expect(page.locator("mark:target")).to_be_in_viewport()


def test_every_figure_has_its_words(villages: Path, flood: Path, open_page: Open) -> None:
    for path in (villages, flood):
        page = open_page(path).page
        dead = page.evaluate(
            """() => [...document.querySelectorAll("a[href^='#']")]
              .filter(link => !document.getElementById(link.hash.slice(1)))
              .map(link => link.outerHTML)"""
        )
        assert dead == []
        figures = page.locator("#rows a[data-c]")
        assert figures.count() > 30
        assert set(figures.evaluate_all("all => all.map(one => one.hash.slice(0, 2))")) == {"#p"}
        twice = page.evaluate(
            """() => [...document.querySelectorAll("[id]")].map(one => one.id)
              .filter((id, at, all) => all.indexOf(id) !== at)"""
        )
        assert twice == []


def test_filters(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    assert len(numbers(page)) == 69
    page.locator("#tools").get_by_label("Result", exact=True).select_option("in dispute")
    expect(page.locator("#count")).to_have_text("3 of 69 questions, 4 of 8 sources")
    assert numbers(page) == ["1", "2", "26"]
    expect(page.get_by_role("columnheader", name="Express Chronicle")).to_be_hidden()
    page.locator("#tools").get_by_label("Answered by", exact=True).select_option("Memorial")
    expect(page.locator("#count")).to_contain_text("2 of 69")
    page.locator("#tools").get_by_label("Find", exact=True).fill("shelling")
    expect(page.locator("#count")).to_contain_text("1 of 69")
    assert numbers(page) == ["2"]
    page.locator("#tools").get_by_label("Find", exact=True).fill("nobody said this")
    expect(page.get_by_text("No question fits.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#count")).to_have_text("69 of 69 questions, 8 of 8 sources")
    expect(page.get_by_role("columnheader", name="Express Chronicle")).to_be_visible()


def test_order(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.locator("#tools").get_by_label("Order", exact=True).select_option("worst result first")
    assert numbers(page)[:3] == ["1", "2", "26"]
    head = page.locator("thead th", has_text="Memorial")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = page.locator("#rows tr").first.locator("td").nth(2)
    expect(first.locator(".t").first).to_be_visible()
    up = numbers(page)
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    answered = [row for row in up if row in set(up[:9])]
    assert set(numbers(page)[:9]) == set(answered)
    assert numbers(page)[:9] != up[:9]
    page.locator("thead .k-q button").click()
    assert numbers(page) == [str(number) for number in range(1, 70)]


def test_sources_can_be_left_out(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.get_by_text("Sources shown").click()
    page.get_by_role("checkbox", name="Wikipedia").uncheck()
    expect(page.locator("thead th", has_text="Wikipedia")).to_be_hidden()
    expect(page.locator("#count")).to_contain_text("7 of 8 sources")
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.locator("thead th", has_text="Wikipedia")).to_be_visible()


def test_what_is_shown_can_be_downloaded(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.locator("#tools").get_by_label("Result", exact=True).select_option("in dispute")
    with page.expect_download() as begun:
        page.get_by_role("button", name="Download as CSV").click()
    text = begun.value.path().read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][:4] == ["number", "question", "result", "Wikipedia"]
    assert [line[0] for line in lines[1:]] == ["1", "2", "26"]
    assert lines[2][4].startswith("12 or more “dozens of civilians”; × hard conflict; low")


def test_the_keyboard_alone(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#tools").get_by_label("Find", exact=True).focus()
    page.keyboard.type("dozens")
    expect(page.locator("#count")).to_contain_text("1 of 69")
    focused = ""
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.dataset.c || ''")
        if focused:
            break
    assert focused == "2a"
    page.keyboard.press("Enter")
    expect(page.locator("#reader-title")).to_be_focused()
    expect(page.locator("#reader mark.now")).to_contain_text("dozens of civilians")
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator(FIGURE)).to_be_focused()


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("small", 1280, "light"),
        ("small", 375, "dark"),
        pytest.param("flood", 1280, "light", marks=pytest.mark.slow),
        pytest.param("flood", 375, "dark", marks=pytest.mark.slow),
        pytest.param("flood", 1280, "dark", marks=pytest.mark.slow),
        pytest.param("flood", 375, "light", marks=pytest.mark.slow),
        pytest.param("villages", 1280, "light", marks=pytest.mark.slow),
        pytest.param("villages", 1280, "dark", marks=pytest.mark.slow),
        pytest.param("villages", 375, "light", marks=pytest.mark.slow),
        pytest.param("villages", 375, "dark", marks=pytest.mark.slow),
    ],
)
def test_nothing_keeps_anybody_out(
    request: pytest.FixtureRequest, open_page: Open, name: str, width: int, scheme: str
) -> None:
    page = open_page(request.getfixturevalue(name), width, scheme=scheme).page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.locator("#rows a[data-c]").first.click()
    expect(page.locator("#reader")).to_be_visible()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [375, 320])
def test_a_phone_needs_no_scrolling_sideways(
    villages: Path, flood: Path, open_page: Open, width: int
) -> None:
    for path in (villages, flood):
        page = open_page(path, width, 800).page
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert wider_than(page, width) == []
        row = page.locator("#rows tr").first
        expect(row.locator(".who").first).to_be_visible()


@pytest.mark.parametrize(("width", "shown"), [(1280, "wide"), (700, "narrow"), (375, "narrow")])
def test_drawings_have_the_size_that_fits(
    villages: Path, open_page: Open, width: int, shown: str
) -> None:
    page = open_page(villages, width).page
    figure = page.locator("#q1 figure")
    figure.scroll_into_view_if_needed()
    drawings = figure.locator(".drawing:visible")
    expect(drawings).to_have_count(1)
    expect(drawings).to_have_class(f"drawing {shown}")
    expect(drawings.locator("> svg[role=img]")).to_be_visible()
    reach = """figure => {
      const right = (nodes) => Math.max(...nodes.map(node => node.getBoundingClientRect().right));
      const all = [...figure.querySelectorAll(".drawing text")];
      const inside = all.filter(node => node.getBBox().width);
      return right(inside) - figure.getBoundingClientRect().right;
    }"""
    assert figure.evaluate(reach) <= 0


def test_words_leave_the_bars_beside_them_free(villages: Path, open_page: Open) -> None:
    page = open_page(villages).page
    page.locator("#q1 figure").scroll_into_view_if_needed()
    ends = page.locator("#q1 .wide .plot-row text").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    axis = page.locator("#q1 .wide svg").first.evaluate("one => one.getBoundingClientRect().left")
    assert ends
    assert max(ends) < axis


@pytest.mark.slow
def test_print(villages: Path, open_page: Open, tmp_path: Path) -> None:
    page = open_page(villages).page
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with PdfReader(file) as reader:
        text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    text = normalize("NFKC", text)  # letters may be set joined: ﬂ
    assert "12 or more" in text
    for words in ("Who says what", "hard conflict", "What would change the verdict", QUOTE):
        assert words in text
    for number in (1, 35, 69):
        question = page.locator(f"#q{number} h3 bdi").text_content() or "missing"
        assert " ".join(question.split()) in text
    assert "Download" not in text
    assert "Citations were not audited" in text


TRAPS = (
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "javascript:alert(4)",
    "{{ 7 * 7 }}{% raw %}",
    "\u202egnihton\u202c \x1b[31m \x00 \ud800",
    "https://evil.example/x.png",
    "]]><svg onload=alert(5)>",
    "' onmouseover='alert(6)",
)


def trapped() -> str:
    """A page on which every stored word holds every trap."""
    trap = " ".join(TRAPS)
    bench = Bench(
        topic=replace(Bench().topic, label=trap),
        sources=[replace(GAZETTE, name=trap), replace(RELIEF, name=trap, named=False)],
    )
    asked = bench.ask("asked", trap, unit=trap)
    other = bench.ask("other", trap, ValueKind.TEXT)
    claims = [
        bench.claim(
            asked, "one", replace(SEVERAL, said=trap), quote=trap, hedges=(trap,), note=trap
        ),
        bench.claim(asked, "two", SEVERAL, quote=f"a {trap} b", speakers=(RELIEF,), verb=trap),
        bench.claim(other, "three", Words(trap, trap), quote=trap),
    ]
    bench.judge(claims[0], "low", trap)
    translated = Translation(
        language=trap, text=trap, translator=trap, method=TranslationMethod.HUMAN
    )
    where = (Locator(kind=trap, value=trap),)
    bench.passages = [
        replace(found, locators=where, translations=(translated,)) for found in bench.passages
    ]
    notes = (Note("DOUBTED", 1, trap),)
    bench.result(
        asked, claims[:2], positions=(position(claims[:2], None, label=trap),), notes=notes
    )
    bench.result(other, claims[2:])
    csl = {"title": trap, "URL": "javascript:alert(7)", "author": [{"literal": trap}]}
    bench.documents = [replace(bench.documents[0], csl=csl, language=trap)]
    report = bench.report()
    text = "".join(f"{trap}\n" for _ in range(10))
    return render(report, texts={bench.documents[0].id: text})


def test_nothing_stored_runs_or_is_fetched(open_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "trapped.html"
    path.write_text(trapped(), encoding="utf-8")
    page = open_page(path).page
    page.locator("#rows a[data-c]").first.click()
    page.locator("#reader .value").hover()
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, link").count() == 0
    away = page.locator("a[href]:not([href^='#']):not([href^='data:text/csv'])")
    assert away.count() == 0
    expect(page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator("h1")).to_contain_text("{{ 7 * 7 }}")
    expect(page.locator("h1")).to_contain_text("‹U+202E›gnihton")
    handlers = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap(node => [...node.attributes])
          .filter(one => /^on/i.test(one.name) || /^\\s*javascript:/i.test(one.value)).length"""
    )
    assert handlers == 0


def test_words_from_right_to_left_stay_in_their_place(open_page: Open, tmp_path: Path) -> None:
    bench = Bench(sources=[replace(GAZETTE, name="جريدة النهر")])
    asked = bench.ask("asked", "كم عدد القتلى؟")
    claim = bench.claim(asked, "one", SEVERAL, quote="قُتل several من المدنيين")
    bench.result(asked, [claim])
    path = tmp_path / "arabic.html"
    path.write_text(render(bench.report()), encoding="utf-8")
    page = open_page(path, 375).page
    direction = "node => getComputedStyle(node).direction"
    assert page.locator("#rows th span").evaluate(direction) == "rtl"
    assert page.locator(".claim blockquote").evaluate(direction) == "rtl"
    assert page.locator("body").evaluate(direction) == "ltr"
    assert page.evaluate("document.documentElement.scrollWidth") == 375
