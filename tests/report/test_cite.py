"""Citations in the three styles that ship and in any other, whatever an item holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.analysis.records import Document, Locator
from claims.analysis.vocabulary import Tier
from claims.errors import InputRefused
from claims.report.cite import Cited, cited
from claims.report.cite_style import SHIPPED, citation_style
from claims.report.outline import Dress, Line, Mark
from claims.report.shape import DocumentEntry, PassageEntry
from tests.report.made import GAZETTE, ident

ARTICLE: dict[str, Any] = {
    "type": "article-journal",
    "title": "What the river did",
    "author": [{"given": "Anna Maria", "family": "Writer"}],
    "container-title": "Journal of rivers",
    "volume": "12",
    "issue": "3",
    "page": "45-67",
    "issued": {"date-parts": [["2003", "05"]]},
}
PAGE: dict[str, Any] = {
    "type": "webpage",
    "title": "Nobody's <b>page</b> & more",
    "URL": "https://example.org/a?b=1&c=2",
    "accessed": {"date-parts": [["2021", "7", "21"]]},
}
RUSSIAN: dict[str, Any] = {
    "type": "book",
    "title": "Отчёт о наводнении",
    "author": [{"given": "Иван", "family": "Петров"}],
    "publisher": "Звенья",
    "issued": {"date-parts": [["1992"]]},
}
DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl">
<info><link rel="independent-parent" href="other"/></info></style>"""
EIGHTH = Locator(kind="page", value="8")


def held(csl: dict[str, Any], number: int, place: Locator | None, language: str) -> DocumentEntry:
    """A document with one passage of that number."""
    document = Document(
        id=ident(str(number)),
        key=f"key{number}",
        csl=csl,
        voice=GAZETTE.id,
        tier=Tier.SECONDARY,
        language=language,
    )
    passage = PassageEntry(
        number=number,
        id=ident(f"passage {number}"),
        exact="words",
        start=1,
        end=2,
        place="somewhere",
        claims=("1a",),
        locators=(place,) if place else (),
    )
    return DocumentEntry(
        document=document,
        title=document.title,
        authors="",
        container="",
        date="",
        url="",
        accessed="",
        captured="",
        sha256=None,
        passages=(passage,),
    )


def made(
    style: str,
    *items: dict[str, Any],
    place: Locator | None = EIGHTH,
    order: Sequence[int] | None = None,
    language: str = "en",
) -> Cited:
    """What a style makes of items, each with one passage, numbered from 1."""
    documents = [held(csl, at, place, language) for at, csl in enumerate(items, 1)]
    return cited(documents, citation_style(style), order or range(1, len(items) + 1))


def words(line: Line) -> str:
    """A line, its dresses left out."""
    return "".join("" if isinstance(part, Mark) else part.text for part in line)


def test_chicago_notes() -> None:
    found = made("chicago-notes", ARTICLE, order=[1, 1])
    assert [words(place) for place in found.places] == [
        "Anna Maria Writer, “What the River Did,” Journal of Rivers 12, no. 3 (2003): 8.",
        "Writer, “What the River Did,” 8.",
    ]
    assert words(found.bibliography[0]) == (
        "Writer, Anna Maria. “What the River Did.” Journal of Rivers 12, no. 3 (2003): 45–67."
    )
    assert not found.unstyled


def test_chicago_author_date() -> None:
    found = made("chicago-author-date", ARTICLE)
    assert words(found.places[0]) == "(Writer 2003, 8)"
    assert words(found.bibliography[0]) == (
        "Writer, Anna Maria. 2003. “What the River Did.” Journal of Rivers 12 (3): 45–67."
    )


def test_apa() -> None:
    found = made("apa", ARTICLE)
    assert words(found.places[0]) == "(Writer, 2003, p. 8)"
    assert words(found.bibliography[0]) == (
        "Writer, A. M. (2003). What the river did. Journal of Rivers, 12(3), 45–67."
    )


def test_italics_are_kept() -> None:
    line = made("apa", ARTICLE).bibliography[0]
    words_of = {part.text: part.dress for part in line if not isinstance(part, Mark)}
    italic = [text for text, dress in words_of.items() if dress is Dress.EMPHASIS]
    assert italic == ["Journal of Rivers", "12"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Locator(kind="page", value="8"), "(Writer 2003, 8)"),
        (Locator(kind="page", value="8-9"), "(Writer 2003, 8–9)"),
        (Locator(kind="line", value="12"), "(Writer 2003, line 12)"),
        (Locator(kind="paragraph", value="3"), "(Writer 2003, para. 3)"),
        (Locator(kind="timestamp", value="1:02"), "(Writer 2003)"),
        (None, "(Writer 2003)"),
    ],
)
def test_places(place: Locator | None, expected: str) -> None:
    assert words(made("chicago-author-date", ARTICLE, place=place).places[0]) == expected


def test_works_of_one_year_are_told_apart() -> None:
    other = {**ARTICLE, "title": "What the river did next"}
    found = made("chicago-author-date", ARTICLE, other)
    assert [words(place) for place in found.places] == ["(Writer 2003a, 8)", "(Writer 2003b, 8)"]
    assert {words(line)[:27] for line in found.bibliography} == {
        "Writer, Anna Maria. 2003a. ",
        "Writer, Anna Maria. 2003b. ",
    }


def test_a_title_in_the_authors_place_is_printed_once() -> None:
    for style in SHIPPED:
        entry = words(made(style, PAGE).bibliography[0])
        assert entry.lower().count("nobody's <b>page</b> & more") == 1, entry
        assert "https://example.org/a?b=1&c=2" in entry
        assert "July 21, 2021" in entry


def test_titles_of_other_languages_keep_their_letters() -> None:
    for style in SHIPPED:
        entry = words(made(style, RUSSIAN, language="ru").bibliography[0])
        assert "Отчёт о наводнении" in entry
        assert "Звенья" in entry


def test_chicago_keeps_given_names_whole_and_apa_does_not() -> None:
    assert words(made("chicago-notes", RUSSIAN).places[0]).startswith("Иван Петров, ")
    assert words(made("apa", RUSSIAN).bibliography[0]).startswith("Петров, И. (1992)")


@pytest.mark.parametrize("style", SHIPPED)
@pytest.mark.parametrize(
    "csl",
    [
        {},
        {"type": "no such type", "title": "T", "author": "a name alone", "issued": "spring 1992"},
        {"title": "T", "issued": {"date-parts": [["2020", "13", "40"]]}},
        {"title": "T", "issued": {"date-parts": [["1991"], ["1993"]], "circa": "1"}},
        {"title": "T", "author": [{"x": "y"}, "z", {"given": "Only"}], "volume": {"a": ["b"]}},
        {"title": "T", "author": {"family": "F"}, "issued": {"literal": "around 1992"}},
        {"title": "T", "issued": {"date-parts": [[]]}, "page": "x", "edition": "2nd & rev."},
        {"title": "T", "unheard-of": "x", "locator": "1", "language": "qqq", "key": "k"},
    ],
)
def test_odd_items_are_cited_all_the_same(style: str, csl: dict[str, Any]) -> None:
    found = made(style, csl)
    assert words(found.places[0]).strip()
    assert words(found.bibliography[0]).strip()
    title = csl.get("title", "key1")
    assert title.lower() in words(found.bibliography[0]).lower()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_any_title_comes_back_to_the_letter(title: str) -> None:
    csl = {"type": "webpage", "title": title, "author": [{"literal": "Z"}]}
    entry = words(made("apa", csl, language="ru").bibliography[0])
    assert title.casefold() in entry.casefold()


def test_a_style_that_is_given(tmp_path: Path) -> None:
    file = tmp_path / "own.csl"
    file.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info>'
        "<title>Own</title><id>own</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout suffix="."><choose><if position="first"><text variable="title"/></if>'
        '<else-if position="ibid-with-locator"><text value="ibid"/></else-if><else>'
        '<text value="op. cit."/></else></choose></layout></citation></style>'
    )
    found = made(str(file), ARTICLE, PAGE, order=[1, 1, 2, 1])
    assert [words(place) for place in found.places] == [
        "What the river did.",
        "ibid.",
        "Nobody's <b>page</b> & more.",
        "op. cit.",
    ]
    assert found.bibliography == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no well-formed XML"),
        ("<html/>", "expected <style>"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "declares a document type"),
        (DEPENDENT, "it follows other"),
    ],
)
def test_files_that_are_no_style_are_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "bad.csl"
    file.write_text(content)
    with pytest.raises(InputRefused, match=said):
        citation_style(str(file))


def test_unknown_styles_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="name one of chicago-notes, chicago-author-date, apa"):
        citation_style("mla")
    with pytest.raises(InputRefused, match=r"cannot be read: no such file"):
        citation_style(str(tmp_path / "none.csl"))


def test_the_styles_say_their_licence() -> None:
    for name in SHIPPED:
        assert b"creativecommons.org/licenses/by-sa/3.0/" in citation_style(name).xml
