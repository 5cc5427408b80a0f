"""Tables read by a mapping: records, stable ids, and every defect in one run."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.analysis.records import (
    Assessment,
    Claim,
    Document,
    Passage,
    Question,
    Record,
    Source,
    Topic,
)
from claims.analysis.vocabulary import Stance
from claims.errors import DocumentFaults
from claims.exchange.mapped import BATCH, Mapped, read_mapped
from claims.exchange.mapping import mapping_of
from claims.exchange.mapping_rules import NOTHING
from claims.exchange.table import open_table
from claims.exchange.table_inert import plain
from claims.store.validate import validate

TOLLS = """mapping: 1
namespace: https://example.org/tolls
coder: A reader
table: {voice: The tolls}
dates: day_first
topic: {label: "{event}", dates: "{date}"}
question: {text: "{what}[ ({side})]", unit: people, subset_of: "{what}", scope: {actor: "{side}"}}
value: {low: "{low}", best: "{best}", high: "{high}"}
source: {name: "{sources}", several: ";", kinds: {Gazette: newspaper}, unnamed: [eyewitnesses]}
claim: {stance: "{stance}"}
assessments: [{scheme: confidence, code: "{sure}", reason: "{notes}"}]
"""

COLUMNS = (
    "event",
    "date",
    "what",
    "side",
    "low",
    "best",
    "high",
    "sources",
    "stance",
    "sure",
    "notes",
)
ROW = ("Flood", "14/07/2021", "Killed", "", "5", "8", "12", "Gazette; Ministry", "", "low", "why")


Kind = TypeVar("Kind", bound=Record)


def _write(folder: Path, rows: Sequence[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    path = folder / "tolls.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([columns, *rows])
    return path


def _read(path: Path, mapping: str = TOLLS) -> tuple[Mapped, tuple[Record, ...]]:
    with open_table(path) as table:
        mapped = read_mapped(table, mapping_of(mapping.encode(), "m.yaml"))
        made = (record for batch in mapped.batches() for record in batch.records)
        return mapped, (*mapped.shared, *made)


def _of(records: Sequence[Record], kind: type[Kind]) -> list[Kind]:
    return [record for record in records if isinstance(record, kind)]


def _faults(path: Path, mapping: str = TOLLS) -> list[tuple[int, int, str]]:
    with pytest.raises(DocumentFaults) as raised:
        _read(path, mapping)
    return [(fault.line, fault.column, str(fault)) for fault in raised.value.faults]


def _row(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, usual) for name, usual in zip(COLUMNS, ROW, strict=True))


def test_a_row_becomes_a_claim_of_each_source(tmp_path: Path) -> None:
    mapped, records = _read(_write(tmp_path, [ROW]))
    table = _of(records, Document)[0]
    (topic,), (question,) = _of(records, Topic), _of(records, Question)
    assert (topic.label, topic.dates) == ("Flood", "2021-07-14")
    assert (question.text, question.topic, question.unit) == ("Killed", topic.id, "people")
    names = {source.id: source.name for source in _of(records, Source)}
    assert sorted(names.values()) == ["Gazette", "Ministry", "The tolls"]
    (passage,), claims = _of(records, Passage), _of(records, Claim)
    assert passage.exact.splitlines()[:3] == ["event: Flood", "date: 14/07/2021", "what: Killed"]
    chains = [[names[speaker.source] for speaker in claim.speakers] for claim in claims]
    assert chains == [["The tolls", "Gazette"], ["The tolls", "Ministry"]]
    for claim in claims:
        assert claim.value is not None
        assert claim.value.expression == "coded(5, 8, 12)"
        assert (claim.document, claim.passages) == (table.id, (passage.id,))
        assert claim.note == "The row gives this for 2 sources together."
    grades = _of(records, Assessment)
    assert [(g.target, g.code, g.reason, g.assessed_by) for g in grades] == [
        (claim.id, "low", "why", "A reader") for claim in claims
    ]
    assert (mapped.rows, mapped.coder, mapped.flags) == (1, "A reader", ())


def test_every_record_can_be_stored_and_refers_to_what_came_before(tmp_path: Path) -> None:
    rows = [
        _row(side=side, low=str(n), sources=f"S{n}; Gazette")
        for n in range(5)
        for side in ("", "A")
    ]
    _, records = _read(_write(tmp_path, rows))
    known = set()
    for record in records:
        validate(record)
        for one in _dependencies(record):
            assert one in known, (record, one)
        known.add(record.id)
    assert len(known) == len(records)


def _dependencies(record: Record) -> list[UUID]:
    if isinstance(record, Claim):
        pages = [speaker.document for speaker in record.speakers if speaker.document]
        voices = [speaker.source for speaker in record.speakers]
        return [record.document, record.question, *record.passages, *voices, *pages]
    if isinstance(record, Question):
        return [record.topic, *([record.subset_of] if record.subset_of else [])]
    if isinstance(record, Document):
        return [record.voice]
    return [record.target] if isinstance(record, Assessment) else []


def test_a_part_names_its_whole_where_a_row_gives_it(tmp_path: Path) -> None:
    _, records = _read(_write(tmp_path, [_row(side="A"), ROW]))
    parts = {question.text: question.subset_of for question in _of(records, Question)}
    whole = next(q.id for q in _of(records, Question) if q.text == "Killed")
    assert parts == {"Killed (A)": whole, "Killed": None}
    _, alone = _read(_write(tmp_path, [_row(side="A")]))
    assert [question.subset_of for question in _of(alone, Question)] == [None]


def test_the_same_table_gives_the_same_records_in_any_order(tmp_path: Path) -> None:
    rows = [_row(event=f"E{n}", sources="Gazette") for n in range(4)]
    first = set(map(repr, _read(_write(tmp_path, rows))[1]))
    assert set(map(repr, _read(_write(tmp_path, rows[::-1]))[1])) == first


def test_a_mended_figure_is_the_same_claim(tmp_path: Path) -> None:
    before = _of(_read(_write(tmp_path, [ROW]))[1], Claim)
    mended = _of(_read(_write(tmp_path, [_row(event="Other"), _row(best="9")]))[1], Claim)[2:]
    assert [claim.id for claim in mended] == [claim.id for claim in before]
    assert [claim.value for claim in mended] != [claim.value for claim in before]


def test_every_defect_of_every_row_is_told_with_row_column_and_rule(tmp_path: Path) -> None:
    rows = [
        _row(low="20"),
        _row(best="many"),
        _row(date="30/02/2021"),
        _row(event=""),
        *[_row(event=f"E{n}") for n in range(3)],
        _row(sure="quite"),
        _row(sure="high", notes=""),
        _row(stance="assert"),
    ]
    found = _faults(_write(tmp_path, rows))
    assert [(row, column) for row, column, _ in found] == [
        (2, 5), (3, 6), (4, 2), (5, 1), (9, 10), (10, 11), (11, 9),
    ]  # fmt: skip
    told = [text for _, _, text in found]
    for text, part in zip(
        told,
        (
            "low 20 above high 12",
            "'many'",
            "day 30",
            "no topic",
            "'quite'",
            "without a reason",
            "'assert'",
        ),
        strict=True,
    ):
        assert part in text
    assert "column F “best”" in told[1]
    assert "did you mean 'asserts'?" in told[-1]


@pytest.mark.parametrize("place", [0, 5, 9])
def test_one_defect_anywhere_refuses_the_whole(tmp_path: Path, place: int) -> None:
    rows = [_row(event=f"E{n}", low="-1" if n == place else "5") for n in range(10)]
    assert [(row, column) for row, column, _ in _faults(_write(tmp_path, rows))] == [(place + 2, 5)]


def test_odd_rows_are_stored_and_flagged(tmp_path: Path) -> None:
    mapped, records = _read(_write(tmp_path, [_row(best="13", sources="Gazette"), _row(event="B")]))
    assert [(flag.line, flag.column, flag.found) for flag in mapped.flags] == [
        (2, 6, "best 13 outside low 5 to high 12")
    ]
    values = {claim.value.expression for claim in _of(records, Claim) if claim.value}
    assert values == {"coded(5, 13, 12)", "coded(5, 8, 12)"}


def test_rows_without_figures_give_nothing_and_are_counted(tmp_path: Path) -> None:
    empty = _row(low="", best="n/a", high="-")
    mapped, records = _read(_write(tmp_path, [ROW, empty, empty]))
    assert len(_of(records, Claim)) == 2
    assert [flag.found for flag in mapped.flags] == ["2 rows without a figure"]


def test_a_row_that_comes_twice_is_one_claim_and_flagged(tmp_path: Path) -> None:
    row = _row(sources="Gazette")
    mapped, records = _read(_write(tmp_path, [row, row, _row(sources="Gazette", best="9")]))
    claims = _of(records, Claim)
    assert len({claim.id for claim in claims}) == len(claims) == 2
    assert [(flag.line, flag.found) for flag in mapped.flags] == [(3, "the same as in row 2")]
    alone = _of(_read(_write(tmp_path, [row]))[1], Claim)
    assert alone[0].id == claims[0].id


def test_ids_of_the_table_must_not_come_twice(tmp_path: Path) -> None:
    given_ids = TOLLS.replace("claim: {", 'claim: {key: "{notes}", ')
    rows = [_row(notes="a"), _row(notes="b"), _row(notes="a", event="Other")]
    found = _faults(_write(tmp_path, rows), given_ids)
    assert {(row, column) for row, column, _ in found} == {(4, 11)}
    assert "the id of row 2 again" in found[0][2]


def test_unnamed_voices_report_and_do_not_assert(tmp_path: Path) -> None:
    rows = [
        _row(sources="eyewitnesses; Gazette"),
        _row(stance="could not confirm", event="B", sources="Gazette"),
    ]
    claims = _of(_read(_write(tmp_path, rows))[1], Claim)
    assert [claim.stance for claim in claims] == [
        Stance.REPORTS, Stance.ASSERTS, Stance.COULD_NOT_CONFIRM,
    ]  # fmt: skip
    assert claims[-1].value is None


def test_addresses_are_named_by_their_site_and_kept(tmp_path: Path) -> None:
    cell = "https://www.a.org/x;y; The Post (https://b.org/p_(q)); https://a.org/z"
    _, records = _read(_write(tmp_path, [_row(sources=cell)]))
    assert sorted(source.name for source in _of(records, Source)) == [
        "The Post",
        "The tolls",
        "a.org",
    ]
    pages = {document.csl["URL"] for document in _of(records, Document) if "URL" in document.csl}
    assert pages == {"https://www.a.org/x;y", "https://b.org/p_(q)", "https://a.org/z"}


def test_sources_together_make_one_claim_of_the_table(tmp_path: Path) -> None:
    together = TOLLS.replace('several: ";"', 'several: ";", together: yes')
    (claim,) = _of(_read(_write(tmp_path, [ROW]), together)[1], Claim)
    assert len(claim.speakers) == 1
    assert claim.note == "Sources: Gazette; Ministry"


WIDE = """mapping: 1
namespace: https://example.org/wide
coder: A reader
table: {voice: The tolls}
topic: "{event}"
figures:
  - {question: {text: Killed, subset_of: Harmed}, value: "{killed}"}
  - {question: Harmed, value: {low: "{harmed / low}", high: "{harmed / high}"}}
  - {question: {text: When did it begin?, kind: date, aspect: start}, value: "{began}"}
source: "{source}"
"""


def test_a_wide_table_gives_a_question_for_each_figure(tmp_path: Path) -> None:
    columns = ("event", "killed", "harmed / low", "harmed / high", "began", "source")
    rows = [("A", "at least 5", "7", "9", "1992-02-10", "X"), ("B", "", "7", "", "", "X")]
    _, records = _read(_write(tmp_path, rows, columns), WIDE)
    said = [claim.value.expression for claim in _of(records, Claim) if claim.value]
    assert said == ["at_least(5)", "range(7, 9)", "1992-02-10", "at_least(7)"]
    parts = [question for question in _of(records, Question) if question.subset_of]
    assert [question.text for question in parts] == ["Killed"]


def test_parts_in_a_circle_are_refused(tmp_path: Path) -> None:
    ring = WIDE.replace("question: Harmed", "question: {text: Harmed, subset_of: Killed}")
    columns = ("event", "killed", "harmed / low", "harmed / high", "began", "source")
    found = _faults(_write(tmp_path, [("A", "5", "7", "9", "", "X")], columns), ring)
    assert "a circle of parts" in found[0][2]


QUOTED = """mapping: 1
namespace: https://example.org/quotes
coder: A reader
topic: Flood
question: How many died?
value: "{figure}"
source: "{paper}"
document: {title: "{title}", url: "{url}", issued: "{published}", tier: primary}
passage: {quote: "{quote}", locators: {page: "{page}"}}
claim: {speakers: "{said by}", as_of: "{as of}"}
"""
QUOTED_COLUMNS = (
    "paper",
    "title",
    "url",
    "published",
    "quote",
    "page",
    "figure",
    "said by",
    "as of",
)
QUOTED_ROW = ("Gazette", "Flood!", "https://g.org/1", "2021-07-15", "“eight died”", "3", "eight",
              "Agency > Ministry", "2021-07-14")  # fmt: skip


def test_a_quote_is_a_passage_of_its_own_document(tmp_path: Path) -> None:
    again = ("Gazette", *QUOTED_ROW[1:6], "8", "Mayor", "")
    _, records = _read(_write(tmp_path, [QUOTED_ROW, again], QUOTED_COLUMNS), QUOTED)
    (document,), (passage,) = _of(records, Document), _of(records, Passage)
    assert document.csl == {
        "type": "document",
        "title": "Flood!",
        "issued": "2021-07-15",
        "URL": "https://g.org/1",
    }
    assert (passage.exact, passage.locators[0].value) == ("“eight died”", "3")
    names = {source.id: source.name for source in _of(records, Source)}
    first, second = _of(records, Claim)
    assert [names[speaker.source] for speaker in first.speakers] == [
        "Gazette",
        "Agency",
        "Ministry",
    ]
    assert [names[speaker.source] for speaker in second.speakers] == ["Gazette", "Mayor"]
    assert (first.as_of, second.as_of) == ("2021-07-14", None)


@pytest.mark.parametrize(("place", "told"), [(0, "no source"), (1, "no document"), (4, "no quote")])
def test_what_a_document_needs_is_asked_for(tmp_path: Path, place: int, told: str) -> None:
    row = [
        "" if n == place or (place == 1 and n == 2) else cell for n, cell in enumerate(QUOTED_ROW)
    ]
    found = _faults(_write(tmp_path, [row], QUOTED_COLUMNS), QUOTED)
    assert [(row, column) for row, column, _ in found] == [(2, place + 1)]
    assert told in found[0][2]


def test_a_mapping_of_another_table_tells_every_column_that_is_missing(tmp_path: Path) -> None:
    found = _faults(_write(tmp_path, [("a", "b")], ("Event ", "wat")))
    assert len(found) == 10
    assert any("no column 'what'" in text and "did you mean 'wat'" in text for _, _, text in found)


def test_columns_are_found_in_any_case_and_by_letter(tmp_path: Path) -> None:
    plain = TOLLS.replace("{low}", "{E}").replace("{event}", "{EVENT}")
    assert len(_of(_read(_write(tmp_path, [ROW]), plain)[1], Claim)) == 2


def test_words_tidy_split_and_only(tmp_path: Path) -> None:
    mapping = TOLLS.replace('topic: {label: "{event}"', 'topic: {label: "{war}"') + (
        'split: {event: {at: "|", into: [war, part]}}\n'
        "tidy: [war]\nwords: {what: {k: Killed}}\nonly: {part: [a, b]}\n"
    )
    rows = [_row(event=f"some_war|{part}", what="k") for part in ("a", "x", "b|c", "b")]
    mapped, records = _read(_write(tmp_path, rows), mapping)
    assert [topic.label for topic in _of(records, Topic)] == ["Some war"]
    assert [question.text for question in _of(records, Question)] == ["Killed"]
    assert any("2 rows that the mapping leaves out" in str(flag) for flag in mapped.flags)


def test_what_a_later_row_says_otherwise_is_flagged(tmp_path: Path) -> None:
    mapped, records = _read(_write(tmp_path, [ROW, _row(date="15/07/2021", side="A")]))
    assert [topic.dates for topic in _of(records, Topic)] == ["2021-07-14"]
    assert [(flag.line, flag.column) for flag in mapped.flags] == [(3, 1)]


def test_batches_are_bounded_and_marked(tmp_path: Path) -> None:
    rows = [_row(event=f"E{n}", sources="Gazette") for n in range(BATCH + 3)]
    with open_table(_write(tmp_path, rows)) as table:
        mapped = read_mapped(table, mapping_of(TOLLS.encode(), "m"))
        batches = list(mapped.batches())
    sizes = [sum(isinstance(record, Claim) for record in batch.records) for batch in batches]
    assert sizes == [BATCH, 3]
    for batch in batches:
        assert set(batch.marks) == {record.id for record in batch.records}
    assert {row for row, _ in batches[-1].marks.values()} == {BATCH + 2, BATCH + 3, BATCH + 4}


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    with open_table(_write(tmp_path, [_row(event=f"E{n}") for n in range(1_500)])) as table:
        read_mapped(table, mapping_of(TOLLS.encode(), "m"), progress=told.append)
    assert told == [1_000, 1_500]


_HOSTILE = st.text(
    alphabet=st.sampled_from("=+-@\t<>&\"';|{}[]/\\ \u202e\u0301é۵\U0001f600ab1"), max_size=12
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_HOSTILE, min_size=4, max_size=4))
def test_hostile_words_come_back_equal_or_are_refused(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    event, what, notes = (plain(word) for word in words[:3])  # a sign before a formula goes
    written = dict(zip(("event", "what", "notes", "sources"), words, strict=True))
    path = _write(tmp_path_factory.mktemp("t"), [_row(**written)])
    if not {event.strip(), what.strip(), notes.strip()}.isdisjoint(NOTHING):
        assert {row for row, _, _ in _faults(path)} == {2}
        return
    _, records = _read(path)
    assert [topic.label for topic in _of(records, Topic)] == [event.strip()]
    for record in records:
        validate(record)


def test_a_row_without_a_figure_makes_no_topic(tmp_path: Path) -> None:
    rows = [_row(), _row(event="NB: figures in italics", low="", best="", high="")]
    _, records = _read(_write(tmp_path, rows))
    assert len(_of(records, Topic)) == 1


def test_lines_of_a_cell_part_sources_beside_another_sign(tmp_path: Path) -> None:
    _, records = _read(_write(tmp_path, [_row(sources="Gazette; Herald"), _row(sources="A\nB")]))
    assert {"Gazette", "Herald", "A", "B"} <= {one.name for one in _of(records, Source)}


def test_an_empty_cell_under_a_topic_is_a_fault_that_says_how_to_fill_it(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, [ROW, _row(event="")]))
    assert fault[:2] == (3, 1)
    assert "found no topic; expected the name of the topic; where an empty cell means" in fault[2]
    assert "name its column under fill_down:" in fault[2]


def test_an_empty_cell_under_a_question_is_no_question_of_the_side_alone(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, [ROW, _row(what="", side="north")]))
    assert fault[:2] == (3, 3)
    assert "found no question" in fault[2]


def test_empty_cells_are_filled_from_above_where_the_mapping_says_so(tmp_path: Path) -> None:
    rows = [
        ROW,
        _row(event="", what="", low="6"),
        _row(event="Storm"),
        _row(event=" ", what="Hurt"),
    ]
    filled = f"{TOLLS}fill_down: [event, what]\npassage: {{columns: [event, what, low]}}\n"
    _, records = _read(_write(tmp_path, rows), filled)
    topics = {one.id: one.label for one in _of(records, Topic)}
    asked = [(topics[one.topic], one.text) for one in _of(records, Question)]
    assert sorted(asked) == [("Flood", "Killed"), ("Storm", "Hurt"), ("Storm", "Killed")]
    assert [one.exact for one in _of(records, Passage)] == [
        "event: Flood\nwhat: Killed\nlow: 5",
        "event: Flood\nwhat: Killed\nlow: 6",
        "event: Storm\nwhat: Killed\nlow: 5",
        "event: Storm\nwhat: Hurt\nlow: 5",
    ]


def test_a_column_to_fill_that_is_not_there_is_named(tmp_path: Path) -> None:
    (fault,) = _faults(_write(tmp_path, [ROW]), f"{TOLLS}fill_down: [evnt]\n")
    assert "no column 'evnt'" in fault[2]
