"""One row of a table as claims: who says what about which question, and in which words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from uuid import UUID

from claims.analysis.records import ClaimValue, Passage, Question
from claims.analysis.vocabulary import CODES, Stance, ValueKind
from claims.errors import InputRefused
from claims.exchange.draft import NOBODY
from claims.exchange.mapping_columns import Columns
from claims.exchange.mapping_drafted import Drafted, Grade
from claims.exchange.mapping_remarks import RowWords
from claims.exchange.mapping_rules import FigureRule, QuestionRule, TableMapping, ValueRule
from claims.exchange.mapping_shared import Shared, scoped
from claims.exchange.mapping_sources import Rest, Voice, Voices
from claims.exchange.mapping_values import Dating, Odd, read_coded, read_said
from claims.exchange.structure import listed, suggestion
from claims.exchange.table import Row
from claims.exchange.yaml_nodes import shown

_SLUG = re.compile(r"[^\w.-]+")
_OR_EMPTY = "; cells that say nothing are listed under empty: in the mapping"
_LONGEST_SLUG = 40
_HASH_DIGITS = 12


class RowReader:
    """Reads the rows of one table by one mapping; what is wrong or odd is remarked."""

    def __init__(self, columns: Columns, mapping: TableMapping, shared: Shared) -> None:
        """Prepare for the rows; nothing is remarked yet."""
        self.shared = shared
        self.silent = 0
        self.left_out = 0
        self._columns = columns
        self._mapping = mapping
        self._figures = mapping.all_figures
        self._filled = columns.filler()
        self.dating = Dating(mapping.locale, mapping.dates, mapping.serials)
        self.words = RowWords(columns, self.dating)
        self._asked: dict[tuple[object, ...], Question] = {}
        self._voices = Voices(mapping, shared, self.words)

    def read(self, row: Row) -> list[Drafted]:
        """The claims of a row; none where it gives no figure or is not one that counts."""
        words, row = self.words, self._filled(row)
        words.row, words.cells = row.number, self._columns.cells(row)
        if not self._columns.counts(words.cells):
            self.left_out += 1
            return []
        stance = words.word(Stance, self._mapping.claim.stance, Stance.ASSERTS)
        before = len(words.faults.faults) + words.faults.unnamed
        if stance is not Stance.COULD_NOT_CONFIRM and not any(map(self._gives, self._figures)):
            self.silent += before == len(words.faults.faults) + words.faults.unnamed
            return []
        topic, topic_key = self._topic()
        figures = [
            (figure, question, value)
            for figure in self._figures
            for question, value in self._answer(figure, topic_key, topic, stance)
        ]
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
        figures: list[tuple[FigureRule, Question, ClaimValue | None]],
    ) -> list[Drafted]:
        """Each figure as each voice of the row says it."""
        voices = self._voices.of_row()
        rest = self._voices.rest()
        grades = self._grades()
        cited = {voice.document: self._voices.passage(row, voice.document) for voice in voices}
        return [
            self._drafted(figure, question, value, stance, topic, voice, rest, cited, grades)
            for figure, question, value in figures
            for voice in voices
        ]

    def _drafted(  # noqa: PLR0913, PLR0917 (what one claim is made of)
        self,
        figure: FigureRule,
        question: Question,
        value: ClaimValue | None,
        stance: Stance,
        topic: str,
        voice: Voice,
        rest: Rest,
        cited: dict[UUID, Passage],
        grades: tuple[Grade, ...],
    ) -> Drafted:
        as_of = self.words.date(figure.as_of) or rest.as_of
        own = self._key(topic, question, voice, as_of)
        column = self._columns.static_place(_texts(figure.value))
        passage = cited[voice.document]
        return Drafted(
            self.words.row, column, own, question, stance, value, voice, rest, as_of, passage,
            grades,
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

    def _topic(self) -> tuple[UUID, str]:
        """The topic of the row and its key."""
        rule, words = self._mapping.topic, self.words
        label = words.name(rule.label)
        if not label:
            words.nameless("topic", "the name of the topic", rule.label)
            return NOBODY, ""
        key = words.fill(rule.key) or label
        told = (
            key,
            label,
            words.date(rule.dates),
            words.fill(rule.part_of),
            words.fill(rule.place),
        )
        return self.shared.topic(told, lambda f, k: words.odd(f, k, rule.label)), key

    def _answer(
        self, figure: FigureRule, topic_key: str, topic: UUID, stance: Stance
    ) -> Iterator[tuple[Question, ClaimValue | None]]:
        """The question and the value of a figure, where the row gives one."""
        words, rule = self.words, figure.question
        if stance is Stance.COULD_NOT_CONFIRM:
            value = None
        else:
            value = self._value(figure)
            if value is None:
                return
        text = words.name(rule.text)
        if not text:
            words.nameless("question", "the words of the question", rule.text)
            return
        scope = tuple(
            (name, told)
            for name, item in rule.scope.items()
            if (told := self._dimension(name, item))
        )
        own, unit, whole = (
            words.fill(rule.key) or text,
            words.fill(rule.unit),
            words.fill(rule.subset_of),
        )
        parts = (own, text, unit, whole, scope)
        asked = (id(figure), topic_key, *parts)
        question = self._asked.get(asked)
        if question is None:
            question = self._asked[asked] = self._question(rule, topic, topic_key, parts)
        yield question, value

    def _question(
        self,
        rule: QuestionRule,
        topic: UUID,
        topic_key: str,
        told: tuple[str, str, str, str, tuple[tuple[str, str], ...]],
    ) -> Question:
        """The question that a figure answers, as the row tells it."""
        own, text, unit, whole, scope = told
        key = f"{topic_key} / {own}"
        question = Question(
            id=self.shared.id_of("question", key),
            key=key,
            topic=topic,
            text=text,
            value_kind=rule.kind,
            aspect=rule.aspect,
            unit=unit or None,
            exclusive=rule.exclusive,
            running_total=rule.running_total,
            scope=scoped(self.shared, scope),
        )
        above = f"{topic_key} / {whole}" if whole else ""
        return self.shared.question(
            question, above, lambda found, kept: self.words.odd(found, kept, rule.text)
        )

    def _dimension(self, name: str, text: str) -> str:
        return (self.words.date(text) or "") if name == "period" else self.words.fill(text)

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

    def _gives(self, figure: FigureRule) -> bool:
        """Whether the row says anything where a figure stands."""
        return any(self.words.fill(text) for text in _texts(figure.value))

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

    def _grades(self) -> tuple[Grade, ...]:
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
