"""From a table to the words of a figure: what a researcher does, with the program and a browser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect
from pypdf import PdfReader

from claims.cli import main
from tests.browser.conftest import Open
from tests.browser.test_page import TRAPS, wider_than
from tests.exchange.test_table_xlsx import SHEET, changed, workbook

CASUALTIES = Path(__file__).parents[2] / "seeds" / "casualties81" / "notes.csv"
NO_NUL = [trap.replace("\x00", "").replace("\ud800", "") for trap in TRAPS]


@dataclass(frozen=True)
class Desk:
    """An empty folder with a new database, in which ``claims`` runs."""

    folder: Path

    def run(self, *words: object, code: int = 0) -> str:
        """What ``claims`` prints; it ends with this code."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as leaving:
            main([*map(str, words), "--db", str(self.folder / "claims.db")])
        assert leaving.value.code == code, err.getvalue() + out.getvalue()
        return out.getvalue() + err.getvalue()

    def page(self, topic: str) -> Path:
        """The page on a topic."""
        path = self.folder / "page.html"
        self.run("report", topic, "--format", "html", "--output", path)
        return path


@pytest.fixture(scope="module")
def new_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Desk]]:
    """Makes desks, away from the settings of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")

    def made() -> Desk:
        desk = Desk(tmp_path_factory.mktemp("desk"))
        desk.run("init", "--as", "me")
        return desk

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("XDG_CONFIG_HOME", str(home))
        yield made


def messy(path: Path) -> None:
    """A workbook as people keep them: merged cells, a formula, dates of all sorts, a note below."""
    book, sheet = workbook()
    cells = {"A1": "Losses of the flood", "A3": "Event", "B3": "Date", "C3": "Killed"}
    cells |= {"F3": "Source", "G3": "Words", "C4": "low", "D4": "best", "E4": "high"}
    for place, word in cells.items():
        sheet[place] = word
    for area in ("A1:G1", "C3:E3", "A3:A4", "B3:B4", "F3:F4", "G3:G4"):
        sheet.merge_cells(area)
    day = date(2016, 5, 14)
    sheet.append(["Flood", day, 8, 9, 12, "morning paper", "From eight to twelve, likely nine."])
    sheet.append([None, "16 May 2016", 20, "=C6+2", 30, "evening paper", "It rose to 22."])
    sheet.append([None, "2016-05", None, 11, None, "civil protection; hospital", "Eleven dead."])
    sheet.merge_cells("A5:A7")
    sheet["B5"].number_format = "dd.mm.yyyy"
    sheet.append([])
    sheet.append(["Note: figures before the inquest"])
    book.save(path)
    changed(path, SHEET, "<f>C6\\+2</f>(<v></v>|<v ?/>)", "<f>C6+2</f><v>22</v>")


def test_from_a_messy_workbook_to_the_words_of_a_figure(
    new_desk: Callable[[], Desk], open_page: Open
) -> None:
    desk = new_desk()
    book, mapping = desk.folder / "messy.xlsx", desk.folder / "mapping.yaml"
    messy(book)
    told = desk.run("import", book, "--dry-run", "--save-mapping", mapping)
    assert "Killed / best  best figure" in told
    text = mapping.read_text("utf-8")
    text = text.replace("question: Killed", 'question: {text: "How many died?", unit: people}')
    text = text.replace("voice: Messy", "voice: The register")
    mapping.write_text(text, "utf-8")
    told = desk.run("import", book, "--mapping", mapping, "--dry-run")
    for note in ("'Losses of the flood'", "1 cell holds a formula", "Row 9 is a note below"):
        assert note in told
    assert "Nothing is stored yet." in told
    desk.run("import", book, "--mapping", mapping, "--yes")
    assert "Nothing was changed." in desk.run("import", book, "--mapping", mapping, "--yes")
    page = open_page(desk.page("Flood")).page
    heads = page.locator("#table thead th")
    expect(heads.filter(has_text="evening paper")).to_be_visible()
    figure = page.locator("#rows a[data-c]").filter(has_text="20–22–30")
    expect(figure).to_contain_text("20 to 30")
    figure.click()
    reader = page.locator("#reader")
    expect(reader.locator("mark.now")).to_contain_text("Killed / best: 22")
    expect(reader.locator("mark.now")).to_contain_text("It rose to 22.")
    expect(reader).to_contain_text("as of 2016-05-16", ignore_case=True)
    expect(page.locator("#rows .chip")).to_contain_text("Hard conflict")


@pytest.fixture(scope="module")
def casualties(new_desk: Callable[[], Desk]) -> Path:
    """The page on one war of a public table, by the layout that ships for it."""
    desk = new_desk()
    lines = CASUALTIES.read_text("utf-8").splitlines(keepends=True)
    few = desk.folder / "few.csv"
    few.write_text("".join([lines[0], *(x for x in lines if "algerian_war|" in x)]), "utf-8")
    desk.run("import", few, "--mapping", "casualties81", "--yes")
    return desk.page("Algerian war")


def test_a_figure_of_a_public_table_leads_to_its_row(casualties: Path, open_page: Open) -> None:
    page = open_page(casualties).page
    page.get_by_label("Find", exact=True).fill("philippeville")
    figure = page.locator("#rows a[data-c]:visible").filter(has_text="1,273 to 12,000").first
    figure.click()
    marked = page.locator("#reader mark.now")
    expect(marked).to_be_in_viewport()
    expect(marked).to_contain_text("low: 1273.0")
    expect(marked).to_contain_text("some later accounts claimed up to 12,000")


@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_of_a_public_table_fits(casualties: Path, open_page: Open, width: int) -> None:
    page = open_page(casualties, width).page
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert wider_than(page, width) == []


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_of_a_public_table_keeps_nobody_out(
    casualties: Path, open_page: Open, width: int, scheme: str
) -> None:
    page = open_page(casualties, width, scheme=scheme).page
    page.locator("#rows a[data-c]").first.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.slow
def test_the_page_of_a_public_table_is_printed(
    casualties: Path, open_page: Open, tmp_path: Path
) -> None:
    page = open_page(casualties).page
    file = tmp_path / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    with PdfReader(file) as reader:
        text = " ".join(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
    for words in ("Algerian war", "1,273 to 12,000", "some later accounts claimed up to 12,000"):
        assert words in text


HOSTILE = """\
mapping: 1
namespace: https://example.org/hostile
coder: somebody
table: {voice: The register}
topic: "{event}"
question: {text: "How many were {what}?", unit: people}
value: "{number}"
source: "{source}"
claim: {key: "{id}", as_of: "{date}"}
passage: {columns: [id, event, what, source, words]}
"""


def hostile(path: Path, **odd: str) -> None:
    """A table whose words are all traps, one row for each; ``odd`` replaces cells of the first."""
    book, sheet = workbook()
    columns = ["id", "event", "what", "number", "date", "source", "words"]
    sheet.append(columns)
    for place, trap in enumerate(("=HYPERLINK('http://evil.example')", *NO_NUL)):
        row = dict.fromkeys(columns, f"{trap}{place}")
        row |= {"event": " ".join(NO_NUL), "number": str(place), "date": "2016-05-14"}
        row |= odd if not place else {}
        sheet.append([row[name].replace("\x1b", "") for name in columns])
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    book.save(path)


def test_nothing_of_a_hostile_table_runs(new_desk: Callable[[], Desk], open_page: Open) -> None:
    desk = new_desk()
    table, mapping = desk.folder / "hostile.xlsx", desk.folder / "mapping.yaml"
    mapping.write_text(HOSTILE, "utf-8")
    script = "<script>alert(1)</script>"
    hostile(table, number=script, date=script)
    told = desk.run("import", table, "--mapping", mapping, "--yes", code=3)
    assert told.count(script) >= 2
    hostile(table)
    desk.run("import", table, "--mapping", mapping, "--yes")
    page = open_page(desk.page(" ".join(NO_NUL).replace("\x1b", ""))).page
    assert page.locator("#rows tr").count() == len(TRAPS) + 1
    for figure in page.locator("#rows a[data-c]").all():
        figure.click()
        expect(page.locator("#reader mark.now")).to_be_visible()
        page.keyboard.press("Escape")
    expect(page.locator("h1")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, link, main svg [onload]").count() == 0
    assert page.locator("a[href]:not([href^='#'])").count() == 0
    handlers = page.evaluate(
        """() => [...document.querySelectorAll("*")].flatMap(node => [...node.attributes])
          .filter(one => /^on/i.test(one.name) || /^\\s*javascript:/i.test(one.value)).length"""
    )
    assert handlers == 0
