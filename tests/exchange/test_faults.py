"""Every fault of meaning: where it is, what was found, what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from claims.errors import DocumentFaults
from claims.exchange.hand_coded import read_hand_coded
from tests.exchange.conftest import GOOD, TEXT, Faults, changed, place_of


@dataclass(frozen=True)
class Break:
    """The good file broken: the change, the words the fault points at, and what it says."""

    old: str
    new: str
    at: str
    field: str
    found: str
    expected: str


CLAIM = "documents.article.passages[0].claims[0]"
FLED = "documents.article.passages[1].claims[0]"
UNCONFIRMED = "documents.article.passages[1].claims[1]"
BEGAN = "documents.article.passages[2].claims[0]"
CAUSE = "documents.article.passages[3].claims[0]"

BREAKS = {
    "an unknown source": Break(
        "source: ministry, verb",
        "source: ministri, verb",
        "ministri, verb",
        f"{CLAIM}.speakers[0].source",
        "the unknown source 'ministri'",
        "one of the sources gazette, ministry, fugitives; did you mean 'ministry'?",
    ),
    "a key of another section": Break(
        "voice: gazette",
        "voice: government",
        "government\n    tier",
        "documents.article.voice",
        "the unknown source 'government', which is a party",
        "one of the sources gazette, ministry, fugitives",
    ),
    "an unknown topic": Break(
        "topic: flood, during",
        "topic: floods, during",
        "floods, during",
        "oppositions[0].topic",
        "the unknown topic 'floods'",
        "one of the topics flood; did you mean 'flood'?",
    ),
    "an unknown question in a cross-check": Break(
        "questions: [killed, fled]",
        "questions: [killed, flown]",
        "flown]",
        "cross_checks[0].questions[1]",
        "the unknown question 'flown'",
        "one of the questions killed, fled, began, cause",
    ),
    "an unknown claim": Break(
        "questions: [killed, fled]",
        "claims: [dozen]",
        "dozen]",
        "cross_checks[0].claims[0]",
        "the unknown claim 'dozen'",
        "did you mean 'dozens'?",
    ),
    "a cross-check of nothing": Break(
        ", questions: [killed, fled]}",
        "}",
        "{text: More fled",
        "cross_checks[0]",
        "neither questions nor claims",
        "what the check is about",
    ),
    "a circle of terms": Break(
        "people: {label: people, scheme: population}",
        "people: {label: people, broader: civilians}",
        "civilians}",
        "terms.people.broader",
        "'people' → 'civilians' → 'people'",
        "broader that leads back to nothing before",
    ),
    "a topic that is part of itself": Break(
        "place: valley}\nterms",
        "part_of: flood}\nterms",
        "flood}\nterms",
        "topics.flood.part_of",
        "'flood' → 'flood'",
        "part_of that leads back to nothing before",
    ),
    "a place that is part of itself": Break(
        "uncertainty: 5000}",
        "uncertainty: 5000, part_of: valley}",
        "valley}\nparties",
        "places.valley.part_of",
        "'valley' → 'valley'",
        "part_of that leads back to nothing before",
    ),
    "a question that is its own subset": Break(
        "running_total: yes}",
        "subset_of: fled}",
        "fled}\n  began",
        "questions.fled.subset_of",
        "'fled' → 'fled'",
        "subset_of that leads back to nothing before",
    ),
    "a claim that supersedes itself": Break(
        "            key: dozens\n",
        "            key: dozens\n            supersedes: dozens\n",
        "dozens\n            said",
        f"{CLAIM}.supersedes",
        "'dozens' → 'dozens'",
        "supersedes that leads back to nothing before",
    ),
    "a subset of another kind": Break(
        "running_total: yes}",
        "subset_of: began}",
        "began}\n  began",
        "questions.fled.subset_of",
        "a count within the date 'began'",
        "a question of the same kind",
    ),
    "a date without an aspect": Break(
        "kind: date, aspect: start}",
        "kind: date}",
        "{text: When did it begin?",
        "questions.began",
        "a date without an aspect",
        "aspect: start, end, moment, period",
    ),
    "an aspect of a count": Break(
        "running_total: yes}",
        "aspect: end}",
        "end}\n  began",
        "questions.fled.aspect",
        "an aspect of a count",
        "an aspect only where kind is date",
    ),
    "a quote that is not in the text": Break(
        "quote: According to the Ministry, dozens",
        "quote: Quoth it According to the Ministry, dozens",
        "Quoth it",
        "documents.article.passages[0].quote",
        "(altered): the text says otherwise in line 1: “flood” became “Quoth it” (name); ",
        "words that stand in 'article.txt', to the letter",
    ),
    "a quote with other spaces": Break(
        "quote: On 14 July the water reached the town",
        'quote: "On 14 July the  water reached the town"',
        '"On 14 July the  water',
        "documents.article.passages[2].quote",
        "(typographic): stands in line 4; only typography differs; to be copied: "
        'quote: "On 14 July the water reached the town"',
        "words that stand in 'article.txt', to the letter",
    ),
    "a quote with other capitals": Break(
        "quote: On 14 July the water reached the town",
        "quote: On 14 July the water reached the Town",
        "On 14 July the water",
        "documents.article.passages[2].quote",
        "(altered): the text says otherwise in line 4: “town” became “Town” (capitals)",
        "words that stand in 'article.txt', to the letter",
    ),
    "a quote that is right at first": Break(
        "quote: On 14 July the water reached the town",
        "quote: On 14 July the water reached the village",
        "On 14 July the water",
        "documents.article.passages[2].quote",
        "(altered): the text says otherwise in line 4: “village” was put in",
        "words that stand in 'article.txt', to the letter",
    ),
    "a quote that stands there twice": Break(
        'quote: See also, suffix: "\\n", reason: a link',
        "quote: See also, reason: a link",
        "See also, reason",
        "documents.article.uncoded[1].quote",
        "'See also' 2 times, in line 4, for the first: prefix: 'town. ' of 'article.txt'",
        "a prefix or suffix that singles one out",
    ),
    "a prefix that does not stand there": Break(
        'quote: See also, suffix: "\\n", reason: a link',
        "quote: See also, prefix: never, reason: a link",
        "See also, prefix",
        "documents.article.uncoded[1].quote",
        "'See also' without that prefix or suffix (in lines 4, 4)",
        "words that stand in 'article.txt', to the letter",
    ),
    "offsets of other words": Break(
        'quote: The flood, suffix: "\\n", reason: the title',
        "quote: The flood, start: 1, end: 10, reason: the title",
        "1, end: 10",
        "documents.article.uncoded[0].start",
        "'he flood' at 1–10; the quote stands at 0–9",
        "the quote 'The flood' there, or no start and end",
    ),
    "a missing text": Break(
        "text: article.txt",
        "text: articel.txt",
        "articel.txt",
        "documents.article.text",
        "'articel.txt', which cannot be read (No such file or directory)",
        "a text file in the folder of the hand-coding file, or below it",
    ),
    "a text outside the folder": Break(
        "text: article.txt",
        "text: ../article.txt",
        "../article.txt",
        "documents.article.text",
        "'../article.txt', which is outside the folder",
        "a text file in the folder of the hand-coding file, or below it",
    ),
    "said beside the quote": Break(
        "said: dozens of people",
        "said: hundreds of people",
        "hundreds of people",
        f"{CLAIM}.said",
        "'hundreds of people'",
        "words of the quote 'According to the Ministry, dozens of people were killed'",
    ),
    "said with other capitals": Break(
        "said: dozens of people",
        "said: Dozens of people",
        "Dozens of people",
        f"{CLAIM}.said",
        "'Dozens of people'",
        "words of the quote, to the letter: 'dozens of people'",
    ),
    "a hedge that nobody said": Break(
        "hedges: [Reportedly]",
        "hedges: [allegedly]",
        "allegedly]",
        f"{FLED}.hedges[0]",
        "'allegedly'",
        "words of the quote 'Reportedly, 580 to 1500 people fled.', to the letter",
    ),
    "a verb that nobody said": Break(
        "verb: According to",
        "verb: claims",
        "claims}]",
        f"{CLAIM}.speakers[0].verb",
        "'claims'",
        "words of the quote 'According to",
    ),
    "a count that cannot be read": Break(
        "said: dozens of people",
        "said: people were killed",
        "people were killed\n            speakers",
        f"{CLAIM}.said",
        "'people were killed' cannot be read as a quantity",
        "words that give a count; give value: in words that can be read",
    ),
    "a value that cannot be read": Break(
        "said: dozens of people",
        "value: a lot of grief",
        "a lot of grief",
        f"{CLAIM}.value",
        "'a lot of grief' cannot be read as a quantity",
        "words that give a count",
    ),
    "a proportion of a count": Break(
        "said: dozens of people",
        "value: 40 per cent of the people",
        "40 per cent",
        f"{CLAIM}.value",
        "'40 per cent of the people', which is a proportion",
        "a count",
    ),
    "a date that does not exist": Break(
        "said: 14 July}",
        "value: 2021-02-30}",
        "2021-02-30}",
        f"{BEGAN}.value",
        "cannot read '2021-02-30' as a date",
        "words that give a date",
    ),
    "a category without a term": Break(
        "said: act of God}",
        "value: people and act}",
        "people and act}",
        f"{CAUSE}.value",
        "'people and act', which names no terms of the file",
        "value: the key of a term",
    ),
    "more than certain of what was read": Break(
        "        locators: {line: 3}\n",
        "        ocr_confidence: 1.5\n",
        "1.5",
        "documents.article.passages[0].ocr_confidence",
        "'1.5'",
        "a number from 0 to 1",
    ),
    "a basis of what is no range": Break(
        "            confidence:",
        "            range_basis: time\n            confidence:",
        "time\n",
        f"{CLAIM}.range_basis",
        "a range_basis of a value that is no range",
        "a range_basis only where the value is a range",
    ),
    "an unknown party": Break(
        "said: 14 July}",
        "said: 14 July, accused: army}",
        "army}",
        f"{BEGAN}.accused",
        "the unknown party 'army'",
        "one of the parties government, residents",
    ),
    "a value of what could not be confirmed": Break(
        "            stance: could_not_confirm\n",
        "            stance: could_not_confirm\n            value: many\n",
        "many\n",
        f"{UNCONFIRMED}.value",
        "value 'many' of what could not be confirmed",
        "no value with stance could_not_confirm",
    ),
    "a denial of nothing": Break(
        "            stance: could_not_confirm\n",
        "            stance: denies\n",
        "question: fled\n            speakers: [fugitives]\n            stance: denies",
        UNCONFIRMED,
        "stance denies on a count without what is denied or doubted",
        "said or value: the value that it is about",
    ),
    "an unnamed source that asserts": Break(
        "            stance: reports\n",
        "            stance: asserts\n",
        "asserts\n",
        f"{FLED}.stance",
        "stance asserts of 'fugitives', an unnamed source",
        "stance: reports",
    ),
    "an unnamed source without a stance": Break(
        "            stance: reports\n",
        "",
        "question: fled\n            said",
        f"{FLED}.stance",
        "stance asserts of 'fugitives', an unnamed source",
        "stance: reports",
    ),
    "a date that is no EDTF": Break(
        "dates: 2021-07-14/2021-07-16",
        "dates: 14 July 2021",
        "14 July 2021",
        "topics.flood.dates",
        "'14 July 2021' (",
        "a date in EDTF (ISO 8601-2), as 2021-07-14 or 2021-07-14/2021-07-16",
    ),
    "an early month where EDTF is asked for": Break(
        "dates: 2021-07-14/2021-07-16",
        "dates: 2021-07 early",
        "2021-07 early",
        "topics.flood.dates",
        "'2021-07 early'",
        "a date in EDTF",
    ),
    "a period that ends before it begins": Break(
        "during: 2021}",
        "during: 2021/2020}",
        "2021/2020}",
        "oppositions[0].during",
        "'2021/2020' (",
        "a date in EDTF",
    ),
    "a month of publication that no calendar has": Break(
        'issued: "2021-07-20"',
        "issued: {date-parts: [[2021, 13]]}",
        "{date-parts",
        "documents.article.csl.issued",
        "month 13",
        'a date in EDTF, as 1992-02-25, or of CSL, as {"date-parts": [[1992, 2, 25]]}',
    ),
    "a day of publication that does not exist": Break(
        'issued: "2021-07-20"',
        'issued: "2021-07-32"',
        '"2021-07-32"',
        "documents.article.csl.issued",
        "'2021-07-32' (",
        "a date in EDTF",
    ),
    "a time of capture that does not exist": Break(
        "2021-07-21T12:00:00+02:00",
        "2021-07-21T25:00:00+02:00",
        '"2021-07-21T25',
        "documents.article.captured.at",
        "'2021-07-21T25:00:00+02:00' (",
        "a time that exists",
    ),
    "one party opposed to itself": Break(
        "between: [government, residents]",
        "between: [government, government]",
        "[government, government]",
        "oppositions[0].between",
        "'government' twice",
        "two different parties",
    ),
    "a source that depends on itself": Break(
        "sources: [gazette, ministry]",
        "sources: [gazette, gazette]",
        "[gazette, gazette]",
        "source_relations[0].sources",
        "'gazette' twice",
        "two different sources",
    ),
    "a relation of a source and a document": Break(
        "sources: [gazette, ministry]",
        "sources: [gazette, article]",
        "article]",
        "source_relations[0].sources[1]",
        "the unknown source 'article', which is a document",
        "one of the sources gazette, ministry, fugitives",
    ),
    "a relation of sources and of documents": Break(
        "sources: [gazette, ministry]",
        "sources: [gazette, ministry], documents: [article, article]",
        "{kind: possible_dependency",
        "source_relations[0]",
        "both sources and documents",
        "two sources, or two documents",
    ),
    "a relation of nothing": Break(
        "sources: [gazette, ministry], ",
        "",
        "{kind: possible_dependency",
        "source_relations[0]",
        "neither sources nor documents",
        "two sources, or two documents",
    ),
    "a relation said twice": Break(
        "  - {between: [people, act], link: reconcilable, reason: unlike things}\n",
        "  - {between: [people, act], link: reconcilable, reason: unlike things}\n"
        "  - {between: [act, people], link: exclusive, reason: the same again}\n",
        "{between: [act, people]",
        "term_relations[1]",
        "what line 12 says already",
        "each relation once",
    ),
    "a claim key used twice": Break(
        "said: 14 July}",
        "said: 14 July, key: dozens}",
        "dozens}",
        f"{BEGAN}.key",
        "'dozens' a second time (first in line 46)",
        "each claim key once",
    ),
    "the document's voice among its speakers": Break(
        "said: 14 July}",
        "said: 14 July, speakers: [gazette]}",
        "gazette]}",
        f"{BEGAN}.speakers[0]",
        "'gazette', who speaks just before",
        "speakers after the document's own voice, each once",
    ),
    "an unknown further passage": Break(
        "said: 14 July}",
        "said: 14 July, also_in: [first]}",
        "first]}",
        f"{BEGAN}.also_in[0]",
        "the unknown passage 'first'",
        "the key of a passage of this document (none has one)",
    ),
    "a latitude beyond the pole": Break(
        "latitude: 50.10",
        "latitude: 95",
        "95",
        "places.valley.latitude",
        "'95'",
        "degrees from -90 to 90",
    ),
    "metres below nothing": Break(
        "uncertainty: 5000",
        "uncertainty: -1",
        "-1}",
        "places.valley.uncertainty",
        "'-1'",
        "metres, not below 0",
    ),
    "a region without its transcription": Break(
        "        locators: {line: 3}\n",
        "        anchor: page_region\n",
        "page_region",
        "documents.article.passages[0].anchor",
        "a page_region without its method of transcription",
        "transcript_method: how the words were taken from it",
    ),
    "a locale that is not held": Break(
        "language: en\n",
        "language: en\nlocale: tlh\n",
        "tlh",
        "locale",
        "'tlh' (there is no number format for locale 'tlh'",
        "a locale that is held",
    ),
    "a language without a locale": Break(
        "language: en\n",
        "language: tlh\n",
        "tlh",
        "language",
        "'tlh' (there is no number format for locale 'tlh'",
        "a locale that is held; give locale: beside the language",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_one_fault_is_told_once_with_its_place(name: str, faults: Faults) -> None:
    case = BREAKS[name]
    yaml = changed(case.old, case.new)
    (fault,) = faults(yaml)
    assert (fault.line, fault.column) == place_of(case.at, yaml)
    assert fault.field == case.field
    assert case.found in fault.found
    assert case.expected in fault.expected


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_lines(faults: Faults) -> None:
    chosen = (
        "a date that is no EDTF",
        "a circle of terms",
        "a latitude beyond the pole",
        "one party opposed to itself",
        "a source that depends on itself",
        "an aspect of a count",
        "a date without an aspect",
        "a day of publication that does not exist",
        "a time of capture that does not exist",
        "a verb that nobody said",
        "a hedge that nobody said",
        "an unnamed source that asserts",
        "a denial of nothing",
        "a quote that stands there twice",
        "an unknown question in a cross-check",
    )
    yaml = GOOD
    for name in chosen:
        yaml = changed(BREAKS[name].old, BREAKS[name].new, yaml)
    found = faults(yaml)
    assert len(found) == 15
    places = [(fault.line, fault.column) for fault in found]
    assert places == sorted(places)
    assert sorted(places) == sorted(place_of(BREAKS[name].at, yaml) for name in chosen)


def test_a_yes_or_no_question_takes_no_other_answer(faults: Faults) -> None:
    yaml = changed("kind: category}", "kind: boolean}")
    (fault,) = faults(changed("said: act of God}", "value: perhaps}", yaml))
    assert (fault.field, fault.found) == (f"{CAUSE}.value", "'perhaps'")
    assert fault.expected == "yes or no"


def test_a_restricted_witness_is_shown_only_with_a_basis(faults: Faults) -> None:
    yaml = changed("kind: witness, named: no", "kind: witness, named: no, sensitivity: restricted")
    first, second = faults(yaml)
    assert (first.field, second.field) == (FLED, UNCONFIRMED)
    assert first.found == "a restricted witness without a basis for showing what was said"
    assert first.expected == "exposure_basis: what allows it"


def test_a_second_passage_may_not_take_the_key_of_the_first(faults: Faults) -> None:
    keyed = changed("        locators: {line: 3}\n", "        key: first\n")
    again = "      - quote: On 14 July the water reached the town\n"
    (fault,) = faults(changed(again, f"{again}        key: first\n", keyed))
    assert fault.field == "documents.article.passages[2].key"
    assert fault.found == "'first' a second time"


def test_with_two_topics_a_question_must_name_its_own(faults: Faults) -> None:
    found = faults(changed("topics:\n", "topics:\n  drought: {label: The drought}\n"))
    assert [fault.field for fault in found[:4]] == [
        f"questions.{key}" for key in ("killed", "fled", "began", "cause")
    ]
    assert found[0].found == "no field 'topic'"
    assert found[0].expected == "one of the topics drought, flood"


def test_a_text_that_is_not_utf_8_is_refused(folder: Path, faults: Faults) -> None:
    (folder / "article.txt").write_bytes(TEXT.encode()[:30] + b"\n\xe9t\xe9")
    (fault,) = faults(GOOD)
    assert fault.field == "documents.article.text"
    assert fault.found == "'article.txt', which is not UTF-8 (byte 0xE9 in line 4)"
    assert fault.expected == "a text saved as UTF-8"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b" \n", "'article.txt', which is empty"),
        (b"a\nb\0", "'article.txt' with the character U+0000 in line 2"),
    ],
)
def test_a_text_that_is_none_is_refused(
    data: bytes, found: str, folder: Path, faults: Faults
) -> None:
    (folder / "article.txt").write_bytes(data)
    (fault,) = faults(GOOD)
    assert fault.found == found


def test_a_text_that_is_a_folder_is_refused(folder: Path, faults: Faults) -> None:
    (folder / "article.txt").unlink()
    (folder / "article.txt").mkdir()
    (fault,) = faults(GOOD)
    assert "which cannot be read" in fault.found


def test_a_link_out_of_the_folder_is_refused(folder: Path, faults: Faults) -> None:
    outside = folder.parent / f"{folder.name}-outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    (folder / "article.txt").unlink()
    (folder / "article.txt").symlink_to(outside)
    (fault,) = faults(GOOD)
    assert fault.found == "'article.txt', which is outside the folder"


def test_what_belongs_to_a_text_needs_one(faults: Faults) -> None:
    first, *others = faults(changed("    text: article.txt\n", ""))
    assert (first.field, first.found) == ("documents.article.captured", "captured without text")
    assert {fault.found for fault in others} == {"an uncoded sentence of a document without text"}


def test_a_file_that_is_not_there_and_an_empty_folder_are_told_together(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DocumentFaults) as caught:
        read_hand_coded([tmp_path / "none.yaml", empty])
    first, second = caught.value.faults
    assert (first.file, first.line) == (str(tmp_path / "none.yaml"), 0)
    assert first.found == "a file that cannot be read (No such file or directory)"
    assert (second.file, second.found) == (str(empty), "a folder without YAML files")


def test_faults_of_several_files_come_in_the_order_of_the_files(folder: Path) -> None:
    unknown = BREAKS["an unknown source"]
    paths = [folder / "b.yaml", folder / "a.yaml"]
    for path in paths:
        path.write_text(changed(unknown.old, unknown.new), encoding="utf-8")
    with pytest.raises(DocumentFaults) as caught:
        read_hand_coded(paths)
    assert [fault.file for fault in caught.value.faults] == [str(path) for path in paths]


def test_one_namespace_has_one_content_for_a_key(folder: Path) -> None:
    (folder / "a.yaml").write_text(GOOD, encoding="utf-8")
    other = changed("name: The Ministry\n", "name: Another Ministry\n")
    (folder / "b.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(DocumentFaults) as caught:
        read_hand_coded([folder])
    (fault,) = caught.value.faults
    assert fault.file == str(folder / "b.yaml")
    assert fault.found == f"'ministry' with other content than in {folder / 'a.yaml'}, line 23"
    assert fault.expected == "the same key with the same content in files of one namespace"


def test_the_same_key_with_the_same_content_is_one_record(folder: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (folder / name).write_text(GOOD, encoding="utf-8")
    first, second = read_hand_coded([folder])
    assert {r.id for r in first.records} == {r.id for r in second.records}
