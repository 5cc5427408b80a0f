"""What ``find_quote`` says of true quotes, and of fakes made by leaving out and joining."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.analysis.coverage import sentences
from claims.analysis.quote_explain import misattributed
from claims.analysis.quote_find import QuoteIndex, find_quote
from claims.analysis.quote_finding import QuoteVerdict

SEEDS = Path(__file__).parents[2] / "seeds"
TEXTS = {path.name: path.read_bytes().decode("utf-8") for path in SEEDS.glob("*/*.txt")}
ARTICLE = QuoteIndex(TEXTS["article.txt"])

SAID = (
    "The report was not confirmed by the mission. Nobody said that 1,500 people fled, or 580–1500, "
    "at −3 degrees, and it was 10² metres. The commander of the unit, Dr. Aliyev, had allegedly "
    "killed twenty-five men of the non-Armenian guard, the mayor says. They didn't see it, "
    "perhaps. Two witnesses came from Shusha by road. Two witnesses came from Agdam by road."
)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("however ... interviews confirmed this report", "altered"),
        ("dozens of civilians were killed ... by Armenian irregular armed units", "spliced"),
        ("8", "too_short"),
    ],
)
def test_the_three_fakes_are_refused(quote: str, verdict: str) -> None:
    finding = ARTICLE.find(quote)
    assert finding.verdict.value == verdict
    assert not finding.ok


def test_the_lost_no_is_named() -> None:
    finding = ARTICLE.find("however ... interviews confirmed this report")
    (difference,) = finding.differences
    assert (difference.kind, difference.text, difference.what) == ("missing", "no", "negation")
    assert "“no” was left out (negation)" in finding.explanation
    assert finding.nearest
    assert finding.nearest.words == "however, no interviews confirmed this report"


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_sentence_of_the_seeds_stands_where_it_does(name: str) -> None:
    text = TEXTS[name]
    index = QuoteIndex(text)
    for span in sentences(text):
        finding = index.find(text[span.start : span.end], hint=span.start)
        if finding.verdict is not QuoteVerdict.TOO_SHORT:
            assert finding.verdict is QuoteVerdict.EXACT
            assert (finding.start, finding.end) == (span.start, span.end)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("The report was not confirmed", "exact"),
        (" The report was not confirmed\n", "typographic"),
        ("“The report was not confirmed”", "typographic"),
        ("– The report was not confirmed", "typographic"),
        ("or 580 - 1500, at −3 degrees", "typographic"),
        ("They didn’t see it", "typographic"),
        ("or 580–1600, at −3 degrees", "altered"),
        ("or 580–1500, at 3 degrees", "altered"),
        ("and it was 102 metres", "altered"),
        ("and it was 10 metres", "altered"),
        ("confirmed by the missio", "altered"),
        ("Nobody said that 1", "altered"),
        ("500 people fled, or", "altered"),
        ("nobody said that 1,500 people", "altered"),
        ("the nonArmenian guard", "altered"),
        ("They did see it, perhaps", "altered"),
        ("The whole town burned in one night", "absent"),
        ("no such words", "absent"),
        ("xyz", "absent"),
        ("", "too_short"),
        ("…", "too_short"),
        ("the unit", "too_short"),
        ("witnesses came from", "ambiguous"),
        ("The report … by the mission", "altered"),
        ("The commander … had allegedly killed", "elided"),
        ("… The commander of the unit …", "elided"),
        ("[Yesterday] the commander of the unit", "altered"),
        ("[The head] of the unit, Dr. Aliyev, had", "elided"),
        ("[T]he mayor says", "elided"),
        ("Dr. Aliyev, [t]he mayor says", "altered"),
        ("had allegedly kill[ed] twenty-five men", "elided"),
        ("had allegedly kill[ing] twenty-five men", "elided"),
        ("had allegedly kill[er] twenty-five men", "altered"),
        ("had allegedly killed [300 of] twenty-five men", "altered"),
        ("of the unit, [Colonel Petrov], had allegedly", "altered"),
        ("of the unit, [an officer], had allegedly", "elided"),
        ("of the unit, [sic] Dr. Aliyev, had allegedly", "elided"),
        ("The commander of the unit [never] had allegedly", "altered"),
        ("… killed twenty-five men", "altered"),
        ("Two witnesses came from Shusha … Two witnesses came from Agdam", "spliced"),
        ("Two witnesses … by road", "ambiguous"),
        ("Two witnesses came … … by road. Two", "spliced"),
        ("Two witnesses came from Paris … by bicycle and by boat", "altered"),
        ("Two wit[ty] … from Shusha by road", "altered"),
        ("the unit … the men", "absent"),
        ("The mission confirmed … it", "absent"),
        ("Nobody said that 1,500 people fled, Two witnesses came from Agdam by road", "spliced"),
        ("Two witnesses came from Agdam by road. Nobody said that 1,500 people fled", "spliced"),
        ("and it was 10² metres, xyz, Two witnesses came from Agdam by road", "spliced"),
        ("[the whole villages]", "absent"),
        ("the mayor says. They didn", "altered"),
    ],
)
def test_each_quote_has_its_verdict(quote: str, verdict: str) -> None:
    finding = find_quote(SAID, quote)
    assert finding.verdict.value == verdict, finding.explanation
    assert finding.quote == quote
    assert finding.ok is (verdict in {"exact", "typographic", "elided"})
    if finding.ok:
        assert finding.start is not None


@pytest.mark.parametrize(
    ("text", "quote", "verdict"),
    [
        ("Никто не подтвердил это сообщение вчера.", "Никто не подтвердил это", "exact"),
        ("Никто не подтвердил это сообщение вчера.", "Никто … подтвердил это сообщение", "altered"),
        (
            "Ոչ մի հարցազրույց չհաստատեց և չհերքեց։",
            "հարցազրույց չհաստատեց եւ չհերքեց",
            "typographic",
        ),
        ("არც ერთმა ინტერვიუმ არ დაადასტურა ეს ცნობა.", "ინტერვიუმ არ დაადასტურა ეს", "exact"),
        ("لم تؤكد أي مقابلة هذا التقـــرير أمس.", "أي مقابلة هذا التقرير", "typographic"),
        ("没有采访证实这份报告,村庄被烧毁了。", "采访证实这\n份报告", "typographic"),
        ("没有采访证实这份报告,村庄被烧毁了。", "采访证实那份报告", "altered"),
        ("三十人死亡,十人受伤在村子里。", "十人死亡", "altered"),
        ("八人死亡。", "八人", "too_short"),
        ("한국 사람들이 마을을 떠났다.", "사람들이 마을을 떠났다", "exact"),
    ],
)
def test_every_script_is_read(text: str, quote: str, verdict: str) -> None:
    language = "ru" if text.startswith("Ник") else "az"
    assert find_quote(text, quote, language=language).verdict.value == verdict


def test_without_word_lists_an_elision_is_refused() -> None:
    text = "Kənd sakinləri səhər tezdən kəndi tərk etdilər."
    quote = "Kənd sakinləri … kəndi tərk etdilər"
    assert find_quote(text, quote, language="az").verdict is QuoteVerdict.ALTERED
    assert find_quote(text, "Kənd sakinləri […] səhər tezdən", language="az").ok


@pytest.mark.parametrize(
    ("given", "start"),
    [
        ({"suffix": " Shusha"}, "first"),
        ({"suffix": "\nShusha"}, "first"),
        ({"prefix": "by road. Two "}, "second"),
        ({"prefix": "by road.  Two\n"}, "second"),
        ({"hint": 10_000}, "second"),
        ({"hint": 0}, "first"),
    ],
)
def test_context_or_a_hint_single_out_a_place(given: dict[str, object], start: str) -> None:
    finding = find_quote(SAID, "witnesses came from", **given)  # type: ignore[arg-type]
    place = SAID.index if start == "first" else SAID.rindex
    assert finding.ok
    assert finding.start == place("witnesses came from")


def test_context_that_stands_nowhere_is_said_and_decides_nothing() -> None:
    finding = find_quote(SAID, "witnesses came from", prefix="Three ")
    assert finding.verdict is QuoteVerdict.AMBIGUOUS
    finding = find_quote(SAID, "not confirmed by the mission", suffix=" today")
    assert finding.ok
    assert "not with that prefix and suffix" in finding.explanation


def test_a_hint_between_two_places_decides_nothing() -> None:
    text = "so they went away;  so they went away"
    assert find_quote(text, "they went away", hint=13).verdict is QuoteVerdict.AMBIGUOUS


def test_signs_alone_single_out_the_exact_place() -> None:
    finding = find_quote("He said «go home now». She said “go home now”.", "said “go home now”")
    assert finding.verdict is QuoteVerdict.EXACT


def test_a_cell_of_an_infobox_is_quoted_by_its_prefix() -> None:
    finding = ARTICLE.find("8", prefix="Result: ")
    assert (finding.verdict, finding.start) == (QuoteVerdict.EXACT, 328)
    assert ARTICLE.find("8", prefix="Date: ").verdict is QuoteVerdict.TOO_SHORT


def test_many_places_are_listed_and_the_message_keeps_short() -> None:
    finding = find_quote("they all fled north\n" * 12, "they all fled north")
    assert len(finding.places) == 12
    assert "stands 12 times, in lines 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 …" in finding.explanation


def test_what_was_left_out_and_put_in_is_listed() -> None:
    finding = find_quote(SAID, "[He] of the unit, […] had allegedly killed")
    told = [(one.kind, one.text or one.quoted, one.what) for one in finding.differences]
    assert told == [("missing", "Dr. Aliyev,", "name"), ("added", "He", "name")]
    assert [piece.words for piece in finding.pieces] == ["of the unit,", "had allegedly killed"]


def test_differences_say_what_kind_of_words_they_are() -> None:
    said = "The mission said that two old villages in Karabakh were perhaps burned, and left."
    made = "The mission denied that two new villages in Syunik were burned and left;"
    told = {
        one.text: (one.kind, one.quoted, one.what) for one in find_quote(said, made).differences
    }
    assert told == {
        "said": ("changed", "denied", "negation"),
        "old": ("changed", "new", "word"),
        "Karabakh": ("changed", "Syunik", "name"),
        "perhaps": ("missing", "", "hedge"),
        ",": ("missing", "", "punctuation"),
        "": ("added", ";", "punctuation"),
    }
    (spoke,) = find_quote(said, "mission stated that two old villages").differences
    assert spoke.what == "reporting"


def test_many_differences_are_cut_short_in_the_message() -> None:
    said = " ".join(f"word{number} same{number}" for number in range(30))
    finding = find_quote(said, " ".join(f"sord{number} same{number}" for number in range(30)))
    assert finding.verdict is QuoteVerdict.ALTERED
    assert len(finding.differences) == 30
    assert " …; the text has" in finding.explanation


def test_a_possessive_may_be_parted() -> None:
    assert find_quote(
        "the human rights group Memorial's report", "the human rights group Memorial"
    ).ok


def test_a_hyphen_after_an_apostrophe_is_a_difference() -> None:
    finding = find_quote("they were all in lʼ-\nair that day", "they were all in l'air that day")
    assert finding.verdict is QuoteVerdict.ALTERED
    assert finding.differences


def test_an_empty_text_has_nothing() -> None:
    assert find_quote("", "the human rights group").verdict is QuoteVerdict.ABSENT


def test_another_document_is_named_with_what_it_has() -> None:
    there = find_quote(SAID, "The report was not confirmed")
    assert misattributed("bulletin", there).startswith(
        "not in this document; in “bulletin” it stands in line 1 to the letter"
    )


def test_capitals_are_named() -> None:
    finding = find_quote(SAID, "the report was not confirmed")
    assert "“The” became “the” (capitals)" in finding.explanation


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("interviews confirmed this report", ["no"]),
        ("aided by Russian troops", ["reportedly"]),
        ("no interviews confirmed this report", []),
        ("people and shared the same village", []),
        ("The figure ranged from 580", []),
    ],
)
def test_what_stands_just_outside_is_told(quote: str, cut: list[str]) -> None:
    finding = ARTICLE.find(quote)
    assert finding.verdict is QuoteVerdict.EXACT
    assert [word.words for word in finding.cut] == cut
    for word in finding.cut:
        assert ARTICLE.text[word.start : word.end] == word.words
        assert f"“{word.words}”" in finding.explanation


@pytest.mark.parametrize(
    ("quote", "cut"),
    [
        ("The report was", ["not"]),
        ("confirmed by the mission", ["not"]),
        ("people fled, or 580", ["1500"]),
        ("1500, at −3 degrees", ["580"]),
        ("had allegedly killed twenty", ["five"]),
        ("Armenian guard, the mayor", ["non"]),
        ("They didn't see it", ["perhaps"]),
        ("the mayor says. They", []),
        ("The commander of the unit, Dr. Aliyev, had", []),
        ("people fled, or", []),
        ("by the mission. Nobody", ["not"]),
    ],
)
def test_only_what_governs_the_quote_is_told(quote: str, cut: list[str]) -> None:
    assert [word.words for word in find_quote(SAID, quote).cut] == cut


def test_a_large_text_is_searched_by_its_index() -> None:
    filler = " ".join(
        f"line {number} of the long chronicle says nothing." for number in range(3000)
    )
    index = QuoteIndex(f"{filler} {SAID} {filler}")
    at = len(filler) + 1
    quote = "had allegedly killed twenty-five men of the non-Armenian guard"
    assert index.find(quote).start == at + SAID.index(quote)
    altered = index.find("had alegedly killed twenty-five wemen of the non-Armenian gard")
    assert altered.nearest
    assert altered.nearest.start == at + SAID.index(quote)
    sentence = SAID[SAID.index("The commander") : SAID.index("They didn't")].strip()
    changed = index.find(sentence.replace("mayor", "major"))
    assert [(one.quoted, one.text) for one in changed.differences] == [("major", "mayor")]
    garbled = index.find("hxd alxgexlx kxlxed txexty-xivx mxn ox thx nxn-xrmexiax gxaxd")
    assert garbled.verdict is QuoteVerdict.ABSENT
    assert (
        index.find("Ein Satz, der darin gewiss niemals so vorkommt").verdict is QuoteVerdict.ABSENT
    )
    assert index.find("line 7 of the long chronicle says nothing").verdict is QuoteVerdict.AMBIGUOUS


def test_more_signs_than_can_be_told_apart_are_compared_all_the_same() -> None:
    signs = "".join(chr(0x4E00 + 3 * number) for number in range(400))
    finding = find_quote(signs, signs[40:60] + "一" + signs[61:80])
    assert finding.verdict is QuoteVerdict.ALTERED
    assert finding.nearest
    assert finding.nearest.words == signs[40:80]
