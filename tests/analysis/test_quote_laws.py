"""Laws of quotes: no fake made from any text is accepted, and no honest variant is refused."""

from __future__ import annotations

import re
import string
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from claims.analysis.quote_find import QuoteIndex, find_quote
from claims.analysis.quote_finding import QuoteVerdict
from claims.analysis.quote_fold import plain
from claims.analysis.quote_words import words_of

LATIN = string.ascii_lowercase + "éüçşəığöñ"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщыэюяіїґё"
SCRIPTS = (
    LATIN,
    CYRILLIC,
    "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ",
    "აბგდევზთიკლმნოპჟრსტუფქღყშჩც",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
)
HELD = {"en": LATIN, "ru": CYRILLIC}
WEIGHTY = {
    "en": (
        "not",
        "never",
        "no",
        "reportedly",
        "allegedly",
        "nearly",
        "8",
        "1,500",
        "eleven",
        "dozens",
    ),
    "ru": ("не", "никто", "якобы", "возможно", "почти", "8", "восемь", "десятки"),
}
BROKEN = ("", "", "-\n", "\u00ad", "\u00ad\n", "\u200b", "‐\r\n ", "¬\n")
MARKS = ("…", "...", "[…]", "[...]", "(…)", "(...)", "[sic]")


def words(letters: str, least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Words of at least three letters, none of them twice."""
    word = st.text(letters, min_size=3, max_size=9)
    return st.lists(word, min_size=least, max_size=most, unique_by=str.casefold)


@st.composite
def prose(draw: st.DrawFn, language: str | None = None) -> list[list[str]]:
    """Sentences, each a list of words; no word stands twice and none has weight."""
    letters = HELD[language] if language else draw(st.sampled_from(SCRIPTS))
    found = draw(words(letters, 18, 36))
    lists = words_of(language or "en")
    assume(not lists.all_in(" ".join(found)))
    cut = draw(st.integers(8, len(found) - 8))
    return [found[:cut], found[cut:]]


def sentence(parts: list[str]) -> str:
    line = " ".join(parts)
    return f"{line[0].upper()}{line[1:]}."


def text_of(sentences: list[list[str]]) -> str:
    return " ".join(map(sentence, sentences))


@st.composite
def spelled(draw: st.DrawFn, line: str) -> str:
    """The line in other typography."""
    line = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD"))), line)
    for sign, forms in {"-": "-‐‑–—", '"': '"“”„«»', "'": "'’‘", "fi": ("fi", "ﬁ")}.items():
        line = line.replace(sign, draw(st.sampled_from(list(forms))))
    space = draw(st.sampled_from((" ", "  ", "\n", " \r\n", "\u00a0", "\u2009", "\u202f ")))
    rng = draw(st.randoms(use_true_random=True))
    parts = []
    for word in line.split(" "):
        at = rng.randint(0, len(word))
        inside = 2 <= at <= len(word) - 2 and word[at - 1 : at + 1].isalpha()
        parts.append(f"{word[:at]}{rng.choice(BROKEN) if inside else ''}{word[at:]}")
    return space.join(parts)


@st.composite
def run(draw: st.DrawFn, sentences: list[list[str]]) -> str:
    """Some words of the text in a row, enough to find their place."""
    parts = text_of(sentences).split(" ")
    start = draw(st.integers(0, len(parts) - 4))
    return " ".join(parts[start : draw(st.integers(start + 4, len(parts)))])


@given(st.data())
def test_true_quotes_pass_in_any_typography(data: st.DataObject) -> None:
    sentences = data.draw(prose())
    parts = data.draw(st.permutations(["self-made", "l'air", '"xyzzy"', "fifi"]))
    sentences[0][3:3] = parts
    quote = data.draw(spelled(data.draw(run(sentences))))
    finding = find_quote(data.draw(spelled(text_of(sentences))), quote)
    assert finding.verdict in {QuoteVerdict.EXACT, QuoteVerdict.TYPOGRAPHIC}, finding.explanation
    assert (finding.start, finding.end) != (None, None)


@given(st.data(), st.sampled_from(sorted(HELD)))
def test_a_weighty_word_that_is_dropped_is_missed(data: st.DataObject, language: str) -> None:
    sentences = data.draw(prose(language))
    lost = data.draw(st.sampled_from(WEIGHTY[language]))
    at = data.draw(st.integers(3, len(sentences[0]) - 3))
    true = [[*sentences[0][:at], lost, *sentences[0][at:]], sentences[1]]
    fake = sentence(sentences[0])
    text = data.draw(spelled(text_of(true)))
    finding = find_quote(text, fake, language=language)
    assert not finding.ok
    if not re.search(r"\s+".join(map(re.escape, lost.split())), text):
        return  # it is parted at the end of a line, and no word of the quote joins it
    assert finding.verdict is QuoteVerdict.ALTERED
    (difference,) = finding.differences
    assert (difference.kind, plain(difference.text).text) == ("missing", lost)
    assert difference.what in {"negation", "hedge", "number"}


@given(st.data(), st.sampled_from(sorted(HELD)), st.sampled_from(MARKS))
def test_a_mark_swallows_no_weighty_word(data: st.DataObject, language: str, mark: str) -> None:
    sentences = data.draw(prose(language))
    lost = data.draw(st.sampled_from(WEIGHTY[language]))
    parts = sentences[0]
    at = data.draw(st.integers(3, len(parts) - 3))
    true = [[*parts[:at], lost, *parts[at:]], sentences[1]]
    first = data.draw(st.integers(1, at))
    last = data.draw(st.integers(at, len(parts) - 1))
    fake = f"{sentence(parts[:first])[:-1]} {mark} {' '.join(parts[last:])}"
    finding = find_quote(text_of(true), fake, language=language)
    assert not finding.ok
    if finding.verdict is QuoteVerdict.ALTERED:
        assert lost in {difference.text for difference in finding.differences}


@given(st.data(), st.sampled_from(sorted(HELD)), st.sampled_from(MARKS[:-1]))
def test_an_honest_elision_passes(data: st.DataObject, language: str, mark: str) -> None:
    sentences = data.draw(prose(language))
    parts = data.draw(st.sampled_from(sentences))
    first = data.draw(st.integers(2, len(parts) - 3))
    last = data.draw(st.integers(first, len(parts) - 2))
    kept = f"{sentence(parts[:first])[:-1]} {mark} {' '.join(parts[last:])}"
    finding = find_quote(text_of(sentences), data.draw(spelled(kept)), language=language)
    assert finding.verdict is QuoteVerdict.ELIDED, finding.explanation
    assert len(finding.pieces) == 2


@given(st.data())
def test_a_changed_figure_is_seen(data: st.DataObject) -> None:
    sentences = data.draw(prose())
    figure = data.draw(st.integers(1, 10**6)).__format__(data.draw(st.sampled_from((",", "d"))))
    at = data.draw(st.sampled_from([at for at, sign in enumerate(figure) if sign.isdigit()]))
    other = data.draw(st.sampled_from(string.digits.replace(figure[at], "")))
    where = data.draw(st.integers(2, len(sentences[0]) - 2))
    true, fake = list(sentences[0]), list(sentences[0])
    true[where:where] = [figure]
    fake[where:where] = [figure[:at] + other + figure[at + 1 :]]
    finding = find_quote(text_of([true, sentences[1]]), sentence(fake))
    assert finding.verdict is QuoteVerdict.ALTERED
    assert [difference.what for difference in finding.differences] == ["number"]


@given(st.data(), st.sampled_from(("", *MARKS)))
def test_sentences_are_not_joined(data: st.DataObject, mark: str) -> None:
    one, other = data.draw(prose())
    first = data.draw(st.integers(4, len(one) - 1))
    last = data.draw(st.integers(1, len(other) - 4))
    fake = " ".join(filter(None, [*one[1:first], mark, *other[last:]]))
    assert not find_quote(text_of([one, other]), fake).ok


@given(st.data(), st.sampled_from(("", *MARKS)))
def test_pieces_are_not_reversed(data: st.DataObject, mark: str) -> None:
    sentences = data.draw(prose())
    parts = sentences[0]
    at = data.draw(st.integers(3, len(parts) - 3))
    fake = " ".join(filter(None, [*parts[at:], mark, *parts[1:at]]))
    assert not find_quote(text_of(sentences), fake).ok


@given(st.data())
def test_no_word_is_cut(data: st.DataObject) -> None:
    sentences = data.draw(prose())
    quote = data.draw(run(sentences))
    assume(quote[0].isalpha() and quote[1].isalpha())
    assert not find_quote(text_of(sentences), quote[1:]).ok


@given(st.text(), st.text())
@example("a b\u0345c", "b\u0345c a")
@example("\u00ad", "x")
@example("…", "…a…")
def test_any_text_and_any_quote_have_a_finding(text: str, quote: str) -> None:
    finding = QuoteIndex(text).find(quote)
    assert finding.explanation
    if finding.ok:
        assert finding.start is not None
        assert 0 <= finding.start < (finding.end or 0) <= len(text)
    assert (finding.verdict is QuoteVerdict.EXACT) <= (quote == text[finding.start : finding.end])


@pytest.mark.parametrize("language", sorted(HELD))
@given(text=st.text(), data=st.data())
def test_words_stand_where_they_are_said_to(language: str, text: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(WEIGHTY[language]))
    line = f"{text} {word} x"
    found = words_of(language).all_in(line)
    assert all(line[one.start : one.end] == one.words for one in found)
