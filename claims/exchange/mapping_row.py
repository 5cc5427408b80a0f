"""One row of a table as claims: who says what about which question, and in which words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from claims.analysis.records import ClaimValue, Passage, Question
from claims.analysis.vocabulary import CODES, Stance, ValueKind
from claims.errors import InputRefused
from claims.exchange.mapping_columns import Cells, Columns, filler, texts
from claims.exchange.mapping_drafted import Drafted, Grade
from claims.exchange.mapping_questions import Questions
from claims.exchange.mapping_remarks import Once, RowWords
from claims.exchange.mapping_rules import FigureRule, TableMapping, ValueRule
from claims.exchange.mapping_shared import Shared
from claims.exchange.mapping_sources import Rest, Voice, Voices
from claims.exchange.mapping_values import Dating, Odd, read_coded, read_said
from claims.exchange.structure import listed, suggestion
from claims.exchange.table import Row
from claims.exchange.yaml_nodes import shown

_SLUG = re.compile(r"[^\w.-]+")
_OR_EMPTY = "; cells that say nothing are listed under empty: in the mapping"
_LONGEST_SLUG = 40
_HASH_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a row: its rule, what gives its question and its words, its column."""

    rule: FigureRule
    ask: Once[Question | None]
    fills: tuple[Callable[[Cells], str], ...]
    column: int

    def gives(self, cells: Cells) -> bool:
        """Whether a row says anything where the figure stands."""
        return any(fill(cells) for fill in self.fills)


Answer = tuple[Figure, Question, ClaimValue | None]
"""A figure of a row, the question it answers, and what it answers."""


class RowReader:
    """Reads the rows of one table by one mapping; what is wrong or odd is remarked."""

    def __init__(self, columns: Columns, mapping: TableMapping, shared: Shared) -> None:
        """Prepare for the rows; nothing is remarked yet."""
        self.shared = shared
        self.silent = 0
        self.left_out = 0
        self._columns = columns
        self._mapping = mapping
        self._filled = columns.filler()
        self.dating = Dating(mapping.locale, mapping.dates, mapping.serials)
        self.words = RowWords(columns, self.dating)
        self._voices = Voices(mapping, shared, self.words)
        self._stance = Once(self.words, (mapping.claim.stance,), self._of_stance)
        self._grades = Once(self.words, texts(mapping.assessments), self._of_grades)
        self._questions = Questions(mapping, shared, self.words)
        self._figures = [self._figure(rule) for rule in mapping.all_figures]

    def read(self, row: Row) -> list[Drafted]:
        """The claims of a row; none where it gives no figure or is not one that counts."""
        words, row = self.words, self._filled(row)
        words.row, words.cells = row.number, self._columns.cells(row)
        if not self._columns.counts(words.cells):
            self.left_out += 1
            return []
        stance = self._stance()
        before = len(words.faults.faults) + words.faults.unnamed
        if stance is not Stance.COULD_NOT_CONFIRM and not any(
            one.gives(words.cells) for one in self._figures
        ):
            self.silent += before == len(words.faults.faults) + words.faults.unnamed
            return []
        _, topic_key = self._questions.topic()
        figures = list(self._told(stance))
        if not figures:
            self.silent += before == len(words.faults.faults) + words.faults.unnamed
            return []
        return self._claims(row, stance, topic_key, figures)

    @property
    def given_keys(self) -> bool:
        """Whether the table has ids of its own, which must not come twice."""
        return self._mapping.claim.key is not None

    def twice(self, row: int, first: int) -> None:
        """Notes that a row has the id of an earlier one."""
        self.words.row, self.words.cells = row, {}
        self.words.fault(f"the id of row {first} again", "each id once", self._mapping.claim.key)

    def repeated(self, row: int, first: int) -> None:
        """Notes that a row says what an earlier one says."""
        self.words.row, self.words.cells = row, {}
        self.words.odd(f"the same as in row {first}", "one claim for both")

    def _claims(
        self,
        row: Row,
        stance: Stance,
        topic: str,
        figures: list[Answer],
    ) -> list[Drafted]:
        """Each figure as each voice of the row says it."""
        voices = self._voices.of_row()
        rest = self._voices.rest()
        grades = self._grades()
        cited = {voice.document: self._voices.passage(row, voice.document) for voice in voices}
        return [
            self._drafted(answer, stance, topic, voice, rest, cited, grades)
            for answer in figures
            for voice in voices
        ]

    def _drafted(  # noqa: PLR0913, PLR0917 (what one claim is made of)
        self,
        answer: Answer,
        stance: Stance,
        topic: str,
        voice: Voice,
        rest: Rest,
        cited: dict[UUID, Passage],
        grades: tuple[Grade, ...],
    ) -> Drafted:
        figure, question, value = answer
        as_of = self.words.date(figure.rule.as_of) or rest.as_of
        own = self._key(topic, question, voice, as_of)
        passage = cited[voice.document]
        return Drafted(
            self.words.row, figure.column, own, question, stance, value, voice, rest, as_of,
            passage, grades,
        )  # fmt: skip

    def _key(self, topic: str, question: Question, voice: Voice, as_of: str | None) -> str:
        """What tells a claim apart, other than its value and its words.

        That is the table's own id where it has one, with the question of a wide table and the
        source of a list; else topic, question, sources, document and date.
        """
        own = self.words.fill(self._mapping.claim.key)
        asked = question.key or ""
        if own:
            wide = [_slug(asked.removeprefix(f"{topic} / "))] if len(self._figures) > 1 else []
            several = self._mapping.source is not None and self._mapping.source.several
            return "/".join((own, *wide, *([_slug(voice.name)] if several else ())))
        if self._mapping.claim.key is not None:
            self.words.fault("no id", "the row's own id", self._mapping.claim.key)
        told = "\n".join((asked, voice.key, as_of or ""))
        digest = hashlib.sha256(told.encode()).hexdigest()[:_HASH_DIGITS]
        return "/".join((_slug(topic), _slug(question.text), _slug(voice.name), digest))

    def _figure(self, rule: FigureRule) -> Figure:
        told = _texts(rule.value)
        fills = tuple(filler(text) for text in told if text)
        return Figure(rule, self._questions.of(rule), fills, self._columns.static_place(told))

    def _of_stance(self) -> Stance:
        return self.words.word(Stance, self._mapping.claim.stance, Stance.ASSERTS)

    def _told(self, stance: Stance) -> Iterator[Answer]:
        """The question and the value of each figure that the row gives."""
        for figure in self._figures:
            value = None if stance is Stance.COULD_NOT_CONFIRM else self._value(figure.rule)
            if value is None and stance is not Stance.COULD_NOT_CONFIRM:
                continue
            question = figure.ask()
            if question is not None:
                yield figure, question, value

    def _value(self, figure: FigureRule) -> ClaimValue | None:
        """The value of a figure; nothing where the row gives none, or one that cannot be read."""
        rule, kind = figure.value, figure.question.kind
        if rule.said is None:
            return self._coded(rule)
        said = self.words.fill(rule.said)
        if not said:
            return None
        if kind in {ValueKind.CATEGORY, ValueKind.PLACE}:
            named = kind is ValueKind.CATEGORY
            record = self.shared.term(None, said) if named else self.shared.place(said)
            return ClaimValue(said=said, expression=str(record))
        try:
            return read_said(kind, said, self.dating).value
        except InputRefused as error:
            self.words.refused(error, said, f"words that give a {kind.value}{_OR_EMPTY}", rule.said)
            return None

    def _coded(self, rule: ValueRule) -> ClaimValue | None:
        low, best, high = (self.words.fill(text) for text in (rule.low, rule.best, rule.high))
        if not (low or best or high):
            return None
        try:
            read = read_coded(low, best, high, rule.range_basis, self._mapping.locale)
        except InputRefused as error:
            cells = {"low": rule.low, "best": rule.best, "high": rule.high}
            cell = cells.get(error.cell) if isinstance(error, Odd) else None
            expected = "whole numbers of at least 0, the low one first"
            self.words.fault(str(error), expected, cell, *_texts(rule))
            return None
        if read.odd:
            self.words.odd(read.odd, "the figures as they are", rule.best)
        return read.value

    def _of_grades(self) -> tuple[Grade, ...]:
        """The grades that the row gives to its claims."""
        found = []
        for rule in self._mapping.assessments:
            code = self.words.fill(rule.code)
            known = {one.casefold(): one for one in CODES[rule.scheme]}
            if not code:
                continue
            if code.casefold() not in known:
                expected = f"one of {listed(known.values())}{suggestion(code, known)}"
                self.words.fault(shown(code), expected, rule.code)
                continue
            reason = self.words.fill(rule.reason)
            if not reason:
                self.words.fault("a grade without a reason", "the reason for it", rule.reason)
            found.append(Grade(rule.scheme, known[code.casefold()], reason))
        return tuple(found)


def _texts(rule: ValueRule) -> tuple[str | None, ...]:
    return (rule.said, rule.best, rule.low, rule.high)


@lru_cache(maxsize=20_000)
def _slug(words: str) -> str:
    return _SLUG.sub("-", words).strip("-")[:_LONGEST_SLUG].strip("-").casefold()
