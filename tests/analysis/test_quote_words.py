"""The words that a quote may not lose, as the files of each language list them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from claims.analysis.quote_find import find_quote
from claims.analysis.quote_words import (
    FOLDER,
    hedges_in,
    languages,
    negations_in,
    numbers_in,
    reporting_verbs_in,
    words_of,
)
from claims.errors import UnknownProfile


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was not, and they didn’t; can't say, no\none.", ["not", "didn’t", "can't", "no\none"]),
        ("No. 5 and non-Armenian", ["non"]),
        ("Noted, nothing", ["nothing"]),
        ("rep\u200borted, n\u00ado", ["n\u00ado"]),
        ("failed to confirm, failed exams", ["failed to"]),
    ],
)
def test_negations(text: str, found: list[str]) -> None:
    assert [word.words for word in negations_in(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reportedly about 580 of them may go in May", ["Reportedly", "about", "may"]),
        ("a book about the war, around twenty", ["around"]),
        ("so-called so called", ["so-called", "so called"]),
        ("report-\nedly", ["report-\nedly"]),
        ("it ends with about", []),
    ],
)
def test_hedges(text: str, found: list[str]) -> None:
    assert [word.words for word in hedges_in(text)] == found


def test_limits_weigh_but_are_no_hedges() -> None:
    assert hedges_in("it would only burn") == ()
    weighty = words_of("en").weighty("it would only burn, Memorial said")
    assert [(word.words, word.what) for word in weighty] == [("would", "hedge"), ("only", "hedge")]


def test_numbers() -> None:
    text = "1,500 or twenty-five, dozens, −3.5, 4 000 and 8th of both"
    assert [word.words for word in numbers_in(text)] == [
        *("1,500", "twenty", "five", "dozens", "−3.5", "4 000", "8th", "both"),
    ]
    assert [word.words for word in numbers_in("vingt et une personnes, une vingtaine", "fr")] == [
        *("vingt", "vingtaine"),
    ]
    assert [word.words for word in numbers_in("восемь или 1,5 тыс", "ru")] == [
        *("восемь", "1,5", "тыс"),
    ]


@pytest.mark.parametrize("part", ["a third of", "two thirds of", "a quarter of", "the majority of"])
def test_a_quote_may_not_leave_out_a_part_of_a_whole(part: str) -> None:
    text = f"The office said that {part} the people of the village had fled by the evening."
    quote = "The office said that … the people of the village had fled by the evening."
    assert find_quote(text, quote).verdict == "altered"


AUDITED = {
    "hedges": (
        *("reportedly", "allegedly", "alleged", "purportedly", "purported", "supposedly"),
        *("apparently", "seemingly", "presumably", "presumed", "possibly", "probably", "perhaps"),
        *("maybe", "very likely", "could have", "might", "may be", "suspected", "thought to"),
        *("were said to", "rumoured", "appears to", "seems to", "unclear"),
    ),
    "hearsay": (
        *("reportedly", "allegedly", "purportedly", "supposedly", "rumored", "unnamed sources say"),
        *("was rumoured to", "it is said that", "reports say", "sources said"),
    ),
    "bounds": (
        *("at least", "at most", "no more than", "fewer than", "up to", "as many as", "nearly"),
        *("almost", "about", "around", "approximately", "roughly", "over", "under", "some"),
        "close to",
    ),
}
"""For each pattern of the audit's lexicon, words that it finds."""


@pytest.mark.parametrize("name", AUDITED)
def test_no_hedge_that_the_audit_knows_may_be_left_out_of_a_quote(name: str) -> None:
    patterns = tomllib.loads((FOLDER / "audit_en.toml").read_text("utf-8"))[name]
    for pattern in patterns:
        found = [words for words in AUDITED[name] if re.match(rf"(?i:{pattern})\b", words)]
        assert found, f"no words show what {pattern} finds"
    for words in AUDITED[name]:
        kept = {word.what for word in words_of("en").all_in(f"{words} 7 people")}
        assert kept - {"number"}, words


def test_reporting_verbs() -> None:
    found = reporting_verbs_in("According to Memorial, the United States asserted; it states that")
    assert [word.words for word in found] == ["According to", "asserted", "states"]


def test_words_stand_where_they_are_said_to() -> None:
    text = "e\u0301t il n’a pas"
    assert [text[w.start : w.end] for w in negations_in(text, "fr")] == ["n’", "pas"]


def test_a_tag_is_read_as_its_language() -> None:
    assert words_of("en-GB").language == "en"


@pytest.mark.parametrize("tag", ["az", "", "../en", "english"])
def test_a_language_without_lists_is_refused(tag: str) -> None:
    with pytest.raises(UnknownProfile, match="held: en, fr, ru"):
        words_of(tag)


@pytest.mark.parametrize("tag", languages())
def test_every_word_of_every_list_is_found(tag: str) -> None:
    lists = words_of(tag)
    for phrases in lists.phrases.values():
        for phrase in phrases:
            line = " ".join(phrase.words) + ("a" if phrase.words[-1].endswith("'") else "")
            if phrase.what == "approximate":
                line += " 5"
            found = {word.what for word in lists.all_in(f"{line} x")}
            what = {"approximate": "hedge", "limit": "hedge"}.get(phrase.what, phrase.what)
            assert what in found, (tag, phrase)


def test_a_language_is_added_by_adding_its_file(tmp_path: Path) -> None:
    (tmp_path / "words_az.toml").write_text(
        'language = "az"\nnegations = ["deyil", "heç"]\nhedges = ["guya"]\nreporting = ["dedi"]\n',
        encoding="utf-8",
    )
    (tmp_path / "words_zh.toml").write_text(
        'negations = ["没有", "不"]\nhedges = ["据说", "可能"]\nreporting = ["说"]\n',
        encoding="utf-8",
    )
    assert languages(tmp_path) == ("az", "zh")
    azeri = words_of("az", tmp_path)
    assert [word.what for word in azeri.all_in("Heç kim dedi, guya 5")] == [
        *("negation", "reporting", "hedge", "number"),
    ]
    chinese = words_of("zh", tmp_path)
    assert [word.words for word in chinese.weighty("据说没有三人死亡")] == ["据说", "没有"]
    assert chinese.reads("没有")
    assert not chinese.reads("Heç")


def test_an_added_language_is_used_by_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Kənd sakinləri heç vaxt kəndi tərk etmədilər, evlər yandırıldı."
    quote = "Kənd sakinləri […] kəndi tərk etmədilər"
    (tmp_path / "words_az.toml").write_text(
        'negations = ["heç"]\nhedges = ["guya"]\nreporting = ["dedi"]\n', encoding="utf-8"
    )
    lists = words_of("az", tmp_path)
    monkeypatch.setattr("claims.analysis.quote_find.words_or_none", lambda _: lists)
    (difference,) = find_quote(text, quote, language="az").differences
    assert (difference.text, difference.what) == ("heç", "negation")
    assert find_quote(text, "evlər [hamısı] yandırıldı", language="az").ok


def test_the_lists_are_carried_with_the_program() -> None:
    assert set(languages()) >= {"en", "fr", "ru"}
    assert FOLDER.parent.name == "analysis"
