"""Faults of form: each in our words, at its place, with the nearest word that would do."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from claims.exchange.hand_coded import schema
from tests.exchange.conftest import GOOD, Faults, changed, place_of

CLAIM = "documents.article.passages[0].claims[0]"


@dataclass(frozen=True)
class Break:
    """The good file broken: the change, the words the fault points at, and what it says."""

    old: str
    new: str
    at: str
    field: str
    found: str
    expected: str


BREAKS = {
    "another version": Break(
        "claims: 1\n", "claims: 2\n", "2\nname", "claims", "'2'", "the version of this format, 1"
    ),
    "an unknown section": Break(
        "parties:",
        "partys:",
        "partys:",
        "partys",
        "the unknown field 'partys'",
        "one of locale, parties, inquiries; did you mean 'parties'?",
    ),
    "a misspelt field": Break(
        "            stance: could_not_confirm",
        "            stanze: could_not_confirm",
        "stanze",
        "documents.article.passages[1].claims[1].stanze",
        "the unknown field 'stanze'",
        "did you mean 'stance'?",
    ),
    "a misspelt field that must be there": Break(
        "tier: secondary",
        "tire: secondary",
        "tire",
        "documents.article.tire",
        "the unknown field 'tire'",
        "did you mean 'tier'?",
    ),
    "a field that must be there": Break(
        "    tier: secondary\n",
        "",
        "csl: {type",
        "documents.article.tier",
        "no field 'tier' in a document",
        "a tier",
    ),
    "nothing where words belong": Break(
        "coder: encyclopedia reader",
        "coder:",
        "\nlanguage",
        "coder",
        "nothing",
        "words",
    ),
    "a list where words belong": Break(
        "coder: encyclopedia reader",
        "coder: [encyclopedia reader]",
        "[encyclopedia",
        "coder",
        "a list of 1",
        "words",
    ),
    "words where fields belong": Break(
        "government: {name: The government}",
        "government: The government",
        "The government",
        "parties.government",
        "'The government'",
        "a party to the conflict",
    ),
    "fields where a list belongs": Break(
        "hedges: [Reportedly]",
        "hedges: {a: Reportedly}",
        "{a: Reportedly}",
        "documents.article.passages[1].claims[0].hedges",
        "named fields",
        "a list of words",
    ),
    "an empty list": Break(
        "hedges: [Reportedly]",
        "hedges: []",
        "[]",
        "documents.article.passages[1].claims[0].hedges",
        "an empty list",
        "a list of words",
    ),
    "one where two belong": Break(
        "sources: [gazette, ministry]",
        "sources: [gazette]",
        "[gazette]",
        "source_relations[0].sources",
        "a list of 1",
        "two sources, the first dependent on the second (2 of them)",
    ),
    "three where two belong": Break(
        "sources: [gazette, ministry]",
        "sources: [gazette, ministry, fugitives]",
        "[gazette, ministry, fugitives]",
        "source_relations[0].sources",
        "a list of 3",
        "two sources, the first dependent on the second (2 of them)",
    ),
    "a word that is not on the list": Break(
        "            stance: reports",
        "            stance: report",
        "report\n",
        "documents.article.passages[1].claims[0].stance",
        "'report'",
        "a stance: asserts, reports, denies, doubts, could_not_confirm; did you mean 'reports'?",
    ),
    "neither yes nor no": Break(
        "running_total: yes",
        "running_total: maybe",
        "maybe",
        "questions.fled.running_total",
        "'maybe'",
        "yes or no: yes, no",
    ),
    "an unknown level of confidence": Break(
        "level: low",
        "level: lowish",
        "lowish",
        f"{CLAIM}.confidence.level",
        "'lowish'",
        "a level of confidence: very low, low, moderate, high; did you mean 'low'?",
    ),
    "confidence without a reason": Break(
        "{level: low, reason: the first document is not held}",
        "{level: low}",
        "{level: low}",
        f"{CLAIM}.confidence.reason",
        "no field 'reason' in a level with a reason",
        "words",
    ),
    "reliability without a reason": Break(
        "{code: C, reason: corrected twice}",
        "{code: C}",
        "{code: C}",
        "sources.ministry.reliability.reason",
        "no field 'reason' in a code with a reason",
        "words",
    ),
    "retracted without a reason": Break(
        "said: 14 July}",
        "said: 14 July, retracted: {at: 2021-07-20}}",
        "{at: 2021-07-20}",
        "documents.article.passages[2].claims[0].retracted.reason",
        "no field 'reason' in when and why the speaker withdrew it",
        "words",
    ),
    "a bibliographic item without a title": Break(
        "csl: {type: article-newspaper, title: The flood,",
        "csl: {type: article-newspaper,",
        "{type: article-newspaper",
        "documents.article.csl.title",
        "no field 'title' in a bibliographic item (CSL-JSON)",
        "words",
    ),
    "a bibliographic item of an unknown type": Break(
        "type: article-newspaper",
        "type: newspaper-article",
        "newspaper-article",
        "documents.article.csl.type",
        "'newspaper-article'",
        "(45 in all)",
    ),
    "a key of two words": Break(
        "  civilians: {label",
        "  the civilians: {label",
        "the civilians: {label",
        "terms.the civilians",
        "'the civilians'",
        "a key: one word, without spaces, slashes and plus signs",
    ),
    "words where a number belongs": Break(
        "latitude: 50.10",
        "latitude: 50° N",
        "50° N",
        "places.valley.latitude",
        "'50° N'",
        "a number in digits, with a decimal point",
    ),
    "half a point": Break(
        ", longitude: 7.2",
        "",
        "{name: The valley",
        "places.valley.longitude",
        "no field 'longitude' in a place",
        "a number in digits",
    ),
    "half a place in the text": Break(
        'suffix: "\\n", reason: the title',
        "start: 0, reason: the title",
        "{quote: The flood, start",
        "documents.article.uncoded[0].end",
        "no field 'end' in a sentence that makes no claim",
        "a whole number",
    ),
    "a time without its zone": Break(
        "12:00:00+02:00",
        "12:00:00",
        '"2021-07-21T12',
        "documents.article.captured.at",
        "'2021-07-21T12:00:00'",
        "a time with its zone, as 2021-07-21T10:00:00Z",
    ),
    "a language that is no tag": Break(
        "language: en",
        "language: English!",
        "English!",
        "language",
        "'English!'",
        "a language tag (BCP 47), as en or fr-CA",
    ),
    "an unknown kind of locator": Break(
        "locators: {line: 3}",
        "locators: {lines: 3}",
        "lines: 3",
        "documents.article.passages[0].locators.lines",
        "the unknown field 'lines'",
        "did you mean 'line'?",
    ),
    "a speaker without a source": Break(
        "[{source: ministry, verb: According to}]",
        "[{verb: According to}]",
        "{verb: According to}",
        f"{CLAIM}.speakers[0].source",
        "no field 'source' in a source, or a source with its verb and its document",
        "the key of a record",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_one_fault_is_told_once_with_its_place(name: str, faults: Faults) -> None:
    case = BREAKS[name]
    yaml = changed(case.old, case.new)
    (fault,) = faults(yaml)
    assert fault.field == case.field
    assert (fault.line, fault.column) == place_of(case.at, yaml)
    assert case.found in fault.found
    assert case.expected in fault.expected


def test_a_file_that_is_a_list(faults: Faults) -> None:
    (fault,) = faults("- claims: 1\n")
    assert (fault.line, fault.column, fault.field) == (1, 1, "file")
    assert fault.found == "a list of 1"
    assert fault.expected == "the named fields of a hand-coding file"


def test_faults_of_yaml_of_form_and_of_meaning_come_together(faults: Faults) -> None:
    yaml = changed("coder: encyclopedia reader", "coder: !!str reader")
    yaml = changed("kind: state", "kind: stately", yaml)
    yaml = changed("said: dozens of people", "said: hundreds of people", yaml)
    tag, form, meaning = faults(yaml)
    assert "the tag" in tag.found
    assert form.field == "sources.ministry.kind"
    assert meaning.found == "'hundreds of people'"


def test_no_message_speaks_the_language_of_the_schema(faults: Faults) -> None:
    yaml = GOOD.replace(": {", ": [{").replace("}\n", "}]\n")
    told = "\n".join(str(fault) for fault in faults(yaml))
    assert not re.search(r"\$|schema|is not of type|is not valid|propert|instance", told)


def test_the_schema_allows_no_unknown_field() -> None:
    for name, part in schema()["$defs"].items():
        if "properties" in part and name != "csl":
            assert part["additionalProperties"] is False, name
