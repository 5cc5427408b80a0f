"""What a mapping says: which column of a table gives what of a claim.

Every text of a rule is a template: words with columns in braces (``Killed by {side}``). What
stands in square brackets is left out where a column within it is empty; ``{{``, ``[[`` and so on
stand for the signs themselves. A template whose columns are all empty gives nothing.
"""

# ruff: noqa: RUF009 (`means` and `must` make fields of dataclasses)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from claims.analysis.vocabulary import (
    DateAspect,
    Part,
    RangeBasis,
    Scheme,
    Sensitivity,
    Tier,
    ValueKind,
)

NOTHING = (
    *("", "-", "–", "—", "?", "n/a", "N/A", "NA", "#N/A", "null", "NULL", "None", "nan", "NaN"),
    *("unknown", "Unknown", "UNKNOWN", "not known", "no data"),
)
"""Cells that say nothing, where a mapping does not give its own."""


def means(words: str, default: Any = None, *, first: bool = False) -> Any:  # noqa: ANN401 (a field)
    """An optional field with what it means; ``first`` where the rule may be that field alone."""
    return field(default=default, metadata={"means": words, "first": first})


def must(words: str, *, first: bool = False) -> Any:  # noqa: ANN401 (a field)
    """A required field with what it means."""
    return field(metadata={"means": words, "first": first})


def listing(words: str, kind: type = dict) -> Any:  # noqa: ANN401 (a field)
    """A field that holds named things or a list, empty by default."""
    return field(default_factory=kind, metadata={"means": words, "first": False})


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRule:
    """How the table is opened, where that cannot be seen from the file."""

    sheet: str | None = means("the name of the sheet")
    heading: int | None = means("the row of the last heading line")
    encoding: str | None = means("the encoding of the text")
    delimiter: str | None = means("the sign between two cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRule:
    """The table itself as a document: the voice that passes on what its sources say."""

    voice: str = must("who compiled the table")
    title: str | None = means("the title of the table")
    type: str = means("a type of CSL-JSON", "dataset")
    author: str | None = means("who wrote it")
    issued: str | None = means("when it was issued (EDTF)")
    url: str | None = means("the address of the table")
    tier: Tier = means("how far it stands from the events", Tier.TERTIARY)
    licence: str | None = means("the licence of the table")


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitRule:
    """A column that holds several things: the sign between them, and a name for each part."""

    at: str = must("the sign between the parts")
    into: tuple[str, ...] = must("a name for each part; the last takes what is left")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule:
    """The event or situation that a row is about."""

    label: str = must("the name of the topic", first=True)
    key: str | None = means("what tells two topics apart; the label, where it is left out")
    dates: str | None = means("the dates of the topic")
    part_of: str | None = means("the label of the topic that it is a part of")
    place: str | None = means("the place of the topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRule:
    """The question that a figure of a row answers."""

    text: str = must("the question in words", first=True)
    key: str | None = means("what tells two questions of a topic apart; the text, if left out")
    kind: ValueKind = means("a kind of value", ValueKind.COUNT)
    aspect: DateAspect | None = means("the part of an event that a date is asked for")
    unit: str | None = means("what is counted")
    exclusive: bool = means("whether only one answer can be true", default=True)
    running_total: bool = means("whether the figure grows with time", default=False)
    subset_of: str | None = means("the key of the question of the same topic that includes it")
    scope: Mapping[str, str] = listing("measure, population, cause, actor, area, period …")


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRule:
    """The value: one column as said, or the low, best and high figures of a coder."""

    said: str | None = means("the words of the value", first=True)
    low: str | None = means("the low figure")
    best: str | None = means("the best figure")
    high: str | None = means("the high figure")
    range_basis: RangeBasis | None = means("what low and high are the ends of")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRule:
    """One figure of a row of a wide table; what it leaves out is as in the whole mapping."""

    question: QuestionRule = must("the question that it answers")
    value: ValueRule = must("the columns of its value")
    as_of: str | None = means("the date of the figure")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRule:
    """The voice, or the several voices, that a row cites."""

    name: str = must("the name of the source", first=True)
    several: str | None = means("the sign between several sources in one cell")
    together: bool = means("whether several sources share one claim of the table", default=False)
    kind: str | None = means("the kind of source")
    kinds: Mapping[str, str] = listing("by name: the kind of source")
    unnamed: tuple[str, ...] = listing("names that name nobody, as “eyewitnesses”", tuple)
    party: str | None = means("the party to the conflict that it belongs to")
    url: str | None = means("the address of what the source says")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRule:
    """The document of a row, where its own words are in the table."""

    title: str = must("the title of the document", first=True)
    key: str | None = means("what tells two documents apart; title and address, if left out")
    voice: str | None = means("who speaks in it; the source, where it is left out")
    type: str = means("a type of CSL-JSON", "document")
    author: str | None = means("who wrote it")
    issued: str | None = means("when it was issued")
    publisher: str | None = means("who published it")
    url: str | None = means("its address")
    tier: Tier = means("how far it stands from the events", Tier.SECONDARY)
    language: str | None = means("its language")
    licence: str | None = means("its licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageRule:
    """The words that are cited: a quote of the document, else the cells of the row."""

    quote: str | None = means("the words of the document, to the letter", first=True)
    columns: tuple[str, ...] = listing("the columns of the row that are cited", tuple)
    part: Part = means("the part of the document", Part.BODY)
    locators: Mapping[str, str] = listing("where in the document: page, paragraph, line …")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRule:
    """What else a row says of its claim."""

    key: str | None = means("the row's own id; the row's topic, question and source, if left out")
    stance: str = means("asserts, reports, denies, doubts or could_not_confirm", "asserts")
    explicitness: str | None = means("stated, presupposed or implied")
    speakers: str | None = means("who says that who says, from the source on, parted by “>”")
    verb: str | None = means("the reporting verb")
    hedges: str | None = means("the hedges, parted by “;”")
    as_of: str | None = means("the date that the figure is of")
    accused: str | None = means("the party that is blamed")
    note: str | None = means("a remark")
    sensitivity: Sensitivity = means("who may see the claim", Sensitivity.PUBLIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentRule:
    """A grade that the table gives to the claim, with the reason for it."""

    scheme: Scheme = must("the scale of the grade")
    code: str = must("the grade")
    reason: str = must("why the grade was given")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """Which column of a table gives what; made by hand, or guessed and then looked at."""

    title: str | None = means("what layout this is")
    documentation: str | None = means("the address that describes the layout")
    namespace: str = must("any text that no other work uses, best an address")
    coder: str = must("who coded the table")
    language: str = means("the language of the table's words", "en")
    locale: str = means("how numbers are written, as en, de or fr", "en")
    dates: str | None = means("day_first or month_first, for dates as 10/02/1992")
    serials: int | None = means("1900 or 1904, where dates are numbers of days (Excel)")
    empty: tuple[str, ...] = field(
        default=NOTHING, metadata={"means": "cells that say nothing", "first": False}
    )
    open: OpenRule | None = means("how the table is opened")
    table: TableRule | None = means("the table as a document")
    words: Mapping[str, Mapping[str, str]] = listing("by column: what stands for a cell")
    split: Mapping[str, SplitRule] = listing("by column: how it is parted")
    tidy: tuple[str, ...] = listing("columns whose “some_words” are read as “Some words”", tuple)
    fill_down: tuple[str, ...] = listing("columns whose empty cells mean the one above", tuple)
    only: Mapping[str, tuple[str, ...]] = listing("by column: the cells of the rows that count")
    topic: TopicRule = must("the topic of a row")
    question: QuestionRule | None = means("the question that a row answers")
    value: ValueRule | None = means("the value of a row")
    figures: tuple[FigureRule, ...] = listing("several figures of one row, each a question", tuple)
    source: SourceRule | None = means("the source of a row")
    document: DocumentRule | None = means("the document of a row")
    passage: PassageRule = means("the words that are cited", PassageRule())
    claim: ClaimRule = means("what else is said of the claim", ClaimRule())
    assessments: tuple[AssessmentRule, ...] = listing("the grades of the claim", tuple)

    @property
    def all_figures(self) -> tuple[FigureRule, ...]:
        """The figures of a row; of a plain table the only one."""
        if self.question is not None and self.value is not None:
            return (FigureRule(question=self.question, value=self.value), *self.figures)
        return self.figures
