from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.extracted import Extracted, Stretch
from claims.analysis.records import Locator
from claims.analysis.text_places import ADDRESSED, Places, seconds

REPORT = Extracted(
    text="Title\r\n\r\nFirst line\nsecond line\n\nSecond paragraph\npage two\n\n  \nits end\n",
    extractor="test@1",
    media_type="application/pdf",
    pages=(Stretch(0, 31, "iv"), Stretch(32, 32, "v"), Stretch(33, 71, "1")),
)
SPOKEN = Extracted(
    text="I was there.\nWe saw smoke.\nThen it was quiet.",
    extractor="test@1",
    media_type="audio/mpeg",
    times=(Stretch(0, 12, "00:00:05"), Stretch(13, 26, "00:01:05"), Stretch(27, 45, "01:00:00")),
)


def _at(extracted: Extracted, words: str) -> str:
    locators = Places(extracted).of(extracted.text.index(words))
    return ", ".join(f"{one.kind} {one.value}" for one in locators)


def _words(extracted: Extracted, **locators: str) -> list[str]:
    found = Places(extracted).find(
        tuple(Locator(kind=kind, value=value) for kind, value in locators.items())
    )
    return [extracted.text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Title", "page iv, paragraph 1, line 1"),
        ("second line", "page iv, paragraph 2, line 4"),
        ("Second paragraph", "page 1, paragraph 1, line 1"),
        ("its end", "page 1, paragraph 2, line 5"),
    ],
)
def test_lines_and_paragraphs_are_counted_on_each_page(words: str, place: str) -> None:
    assert _at(REPORT, words) == place


def test_a_text_without_pages_is_counted_as_a_whole() -> None:
    assert _at(Extracted("a\n\nb\rc", "x", "text/plain"), "c") == "paragraph 2, line 4"


def test_what_stands_before_the_first_paragraph_is_in_none() -> None:
    assert _at(Extracted("\n\nb", "x", "text/plain"), "\n") == "line 1"


def test_words_in_a_recording_have_a_time() -> None:
    assert _at(SPOKEN, "smoke") == "paragraph 1, line 2, timestamp 00:01:05"


@pytest.mark.parametrize(
    ("locators", "words"),
    [
        ({"page": "iv", "line": "4"}, ["second line"]),
        ({"page": "1", "paragraph": "2"}, ["its end"]),
        ({"paragraph": "1"}, ["Title", "Second paragraph\npage two"]),
        ({"page": "v"}, [""]),
        ({"page": "2"}, []),
        ({"page": "iv", "line": "9"}, []),
        ({"page": "1", "line": "1-2"}, ["Second paragraph\npage two"]),
        ({"page": "1", "line": "1, 5"}, ["Second paragraph", "its end"]),
        ({"page": "1", "line": "2–9"}, []),
        ({"page": "1", "line": "2–3–4"}, []),
        ({"page": "1", "section": "9"}, ["Second paragraph\npage two\n\n  \nits end\n"]),
    ],
)
def test_a_place_is_found_again(locators: dict[str, str], words: list[str]) -> None:
    assert _words(REPORT, **locators) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("0:05", ["I was there."]),
        ("00:01:07", ["We saw smoke."]),
        ("1:05–1:10", ["We saw smoke."]),
        ("0:00:05 - 0:01:05", ["I was there.\nWe saw smoke."]),
        ("2:00:00", ["Then it was quiet."]),
        ("0:01", []),
        ("later", []),
    ],
)
def test_a_time_finds_the_words_that_were_begun_last(time: str, words: list[str]) -> None:
    assert _words(SPOKEN, timestamp=time) == words


def test_a_printed_number_with_a_dash_is_no_range() -> None:
    part = Extracted("a\nb", "x", "y", pages=(Stretch(0, 1, "A-1"), Stretch(2, 3, "A-2")))
    assert _words(part, page="A-2") == ["b"]


@pytest.mark.parametrize(
    ("time", "found"), [("1:05", 65), ("01:00:05,250", 3605), ("65", None), ("1:2:3:4", None)]
)
def test_times_are_read_as_seconds(time: str, found: int | None) -> None:
    assert seconds(time) == found


@st.composite
def _texts(draw: st.DrawFn) -> Extracted:
    texts = draw(st.lists(st.text("a \n\r", max_size=12), min_size=1, max_size=4))
    starts = [sum(map(len, texts[:place])) + place for place in range(len(texts))]
    pages = tuple(
        Stretch(start, start + len(text), f"p{place}")
        for place, (start, text) in enumerate(zip(starts, texts, strict=True))
    )
    return Extracted("\n".join(texts), "x", "y", pages=pages if draw(st.booleans()) else ())


@given(_texts(), st.data())
def test_the_place_of_a_letter_leads_back_to_it(extracted: Extracted, data: st.DataObject) -> None:
    letters = [place for place, letter in enumerate(extracted.text) if letter == "a"]
    if letters:
        start = data.draw(st.sampled_from(letters))
        locators = Places(extracted).of(start)
        found = Places(extracted).find(locators)
        assert [one.kind for one in locators] == [
            kind
            for kind in ADDRESSED
            if kind != "timestamp" and (kind != "page" or extracted.pages)
        ]
        assert len(found) == 1
        assert found[0].start <= start < found[0].end
