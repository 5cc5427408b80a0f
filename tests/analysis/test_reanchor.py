from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.analysis.extracted import Extracted, Stretch
from claims.analysis.pages import locators_of
from claims.analysis.quote_find import QuoteIndex
from claims.analysis.reanchor import Fate, Reanchored, reanchored
from claims.analysis.records import Locator, Passage
from claims.analysis.text_places import Places

ONE = "The river rose by two metres in one night, and the lower mill was carried away."
TWO = "The Ministry said that dozens of people were missing on the morning after the flood."
THREE = "The mayor reported that 12 houses in the old quarter could not be lived in any more."
REST = "Nobody had expected rain of that strength so late in the year, as the paper wrote."
OLDER = f"{ONE}\n\n{TWO}\n\n{THREE}\n\n{REST}"


def passage(words: str, text: str | None = OLDER, at: int = 0) -> Passage:
    """A passage of a text, with up to 32 code points around it as entering keeps them."""
    if text is None:
        return Passage(id=UUID(int=1), document=UUID(int=2), exact=words, language="en")
    start = text.index(words, at)
    end = start + len(words)
    return Passage(
        id=UUID(int=1),
        document=UUID(int=2),
        exact=words,
        start=start,
        end=end,
        prefix=text[max(0, start - 32) : start] or None,
        suffix=text[end : end + 32] or None,
        language="en",
    )


def found(words: str, newer: str, older: str | None = OLDER, at: int = 0) -> Reanchored:
    return reanchored(passage(words, older, at), older, QuoteIndex(newer))


def test_words_at_the_same_place_are_unchanged() -> None:
    newer = OLDER.replace(REST, "The rain had been forecast.")
    told = found(TWO, newer)
    start = OLDER.index(TWO)
    assert told.fate is Fate.UNCHANGED
    assert (told.start, told.end, told.exact) == (start, start + len(TWO), TWO)
    assert told.explanation == f"at {start}–{start + len(TWO)}, as before"


def test_words_at_another_place_are_moved() -> None:
    newer = f"{REST}\n\n{ONE}\n\n{THREE}\n\n{TWO}"
    told = found(TWO, newer)
    assert told.fate is Fate.MOVED
    assert newer[told.start : told.end] == TWO == told.exact
    assert "(before: 81–165)" in told.explanation


def test_altered_words_are_shown_with_the_nearest_place() -> None:
    told = found(THREE, OLDER.replace("12 houses", "21 houses"))
    assert told.fate is Fate.ALTERED
    assert (told.start, told.end, told.exact) == (None, None, None)
    assert [(one.quoted, one.text, one.what) for one in told.differences] == [
        ("12", "21", "number")
    ]
    assert told.nearest is not None
    assert "21 houses" in told.nearest.words


def test_words_that_are_no_more_are_gone() -> None:
    assert found(TWO, f"{ONE}\n\n{REST}").fate is Fate.GONE


def test_other_typography_is_no_other_wording() -> None:
    newer = "An editor's note.\n\n" + OLDER.replace("dozens of people", "dozens of\npeople")
    told = found(TWO, newer)
    assert told.fate is Fate.MOVED
    assert told.exact == TWO.replace("dozens of people", "dozens of\npeople")
    assert newer[told.start : told.end] == told.exact


def test_a_marked_elision_keeps_its_words() -> None:
    quote = "The Ministry said that dozens of people were missing […] after the flood."
    told = reanchored(passage(quote, None), None, QuoteIndex(OLDER))
    assert (told.fate, told.exact) == (Fate.MOVED, quote)


def test_a_negation_put_before_the_words_alters_them() -> None:
    """The very signs are there, and say the opposite now."""
    words = "dozens of people were missing on the morning after the flood"
    newer = OLDER.replace(f"said that {words}", f"said that no {words}")
    told = found(words, newer)
    assert told.fate is Fate.ALTERED
    assert "“no” (negation), which was not there before" in told.explanation
    assert [(one.kind, one.text) for one in told.differences] == [("missing", "no")]
    assert told.nearest is not None
    assert newer[told.nearest.start : told.nearest.end] == words


def test_a_negation_that_was_there_before_alters_nothing() -> None:
    older = OLDER.replace("that dozens", "that no dozens")
    words = "dozens of people were missing on the morning after the flood"
    assert found(words, f"{REST}\n{older}", older).fate is Fate.MOVED
    told = reanchored(passage(words, None), None, QuoteIndex(older))
    assert told.fate is Fate.MOVED
    assert "before" not in told.explanation


@pytest.mark.parametrize("kept", ["both", "before", "after"])
def test_the_words_around_tell_which_of_several_places_is_meant(kept: str) -> None:
    refrain = "The water came down at night and took the bridge with it."
    older = (
        f"The nurse told us this.\n{refrain}\nSo she said.\nThe baker said that.\n{refrain}\nEnd"
    )
    second = older.index(refrain, 40)
    newer = f"Preface.\n{older}"
    if kept == "before":
        newer = newer.removesuffix("End") + "Fin"
    if kept == "after":
        newer = newer.replace("The baker said that.", "A baker spoke.")
    told = found(refrain, newer, older, at=40)
    shift = len(newer) - len(older)
    assert (told.fate, told.start) == (Fate.MOVED, second + shift)


def test_several_places_that_nothing_tells_apart_are_left_to_a_person() -> None:
    refrain = "The water came down at night and took the bridge with it."
    older = f"The nurse told us this. {refrain} So she said."
    newer = f"It was thus. {refrain} Others agree. {refrain} All of them."
    told = found(refrain, newer, older)
    assert told.fate is Fate.AMBIGUOUS
    assert len(told.places) == 2
    assert reanchored(passage(refrain, None), None, QuoteIndex(newer)).fate is Fate.AMBIGUOUS


def test_the_same_text_leaves_even_the_shortest_words_where_they_are() -> None:
    text = "Dead: 8\nMissing: 8\n"
    told = found("8", text, text, at=10)
    assert (told.fate, told.start, told.end) == (Fate.UNCHANGED, 17, 18)


@given(st.data())
def test_what_is_placed_stands_there(data: st.DataObject) -> None:
    """Whatever is put around the sentences, and in whichever order they come."""
    parts = data.draw(st.permutations([ONE, TWO, THREE, REST]))
    newer = data.draw(st.sampled_from(["\n", "\n\n", " "])).join(parts)
    words = data.draw(st.sampled_from([ONE, TWO, THREE, REST]))
    told = found(words, newer)
    assert told.fate in {Fate.UNCHANGED, Fate.MOVED}
    assert newer[told.start : told.end] == words


PAGES = (Stretch(0, 100, "iv"), Stretch(100, 200, "1"), Stretch(200, 300, "2"))
TIMES = (Stretch(0, 150, "00:00:01"), Stretch(150, 300, "00:01:05"))
TEXT = "A line of a page.\n" * 17


@pytest.mark.parametrize(
    ("start", "end", "page"),
    [(0, 10, "iv"), (99, 100, "iv"), (100, 200, "1"), (150, 250, "1–2"), (0, 300, "iv–2")],
)
def test_the_page_of_words(start: int, end: int, page: str) -> None:
    places = Places(Extracted(TEXT, "pdf@1", "application/pdf", pages=PAGES))
    assert locators_of(start, end, places) == (Locator(kind="page", value=page),)


@pytest.mark.parametrize(
    ("start", "end", "time"), [(0, 10, "00:00:01"), (140, 160, "00:00:01–00:01:05")]
)
def test_the_time_of_words(start: int, end: int, time: str) -> None:
    places = Places(Extracted(TEXT, "transcript@1", "audio/wav", times=TIMES))
    assert locators_of(start, end, places) == (Locator(kind="timestamp", value=time),)


def test_a_text_without_pages_has_none() -> None:
    assert locators_of(0, 10, Places(Extracted(TEXT, "identity@1", "text/plain"))) == ()
