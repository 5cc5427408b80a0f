"""What a row is about: its topic, and the question that each of its figures answers."""

from __future__ import annotations

from uuid import UUID

from claims.analysis.records import Question
from claims.exchange.draft import NOBODY
from claims.exchange.mapping_columns import texts
from claims.exchange.mapping_remarks import Once, RowWords
from claims.exchange.mapping_rules import FigureRule, QuestionRule, TableMapping
from claims.exchange.mapping_shared import Shared, scoped

Scoped = tuple[tuple[str, str], ...]
"""The scope of a question as a row tells it, by dimension."""


class Questions:
    """Makes the topics and questions of rows."""

    def __init__(self, mapping: TableMapping, shared: Shared, words: RowWords) -> None:
        """Know none yet."""
        self._rule = mapping.topic
        self._shared = shared
        self._words = words
        self._asked: dict[tuple[object, ...], Question] = {}
        self._topics = Once(words, texts(mapping.topic), self._topic)
        self._of_row = NOBODY, ""

    def topic(self) -> tuple[UUID, str]:
        """The topic of the row that is being read, and its key; to be asked before questions."""
        self._of_row = self._topics()
        return self._of_row

    def of(self, figure: FigureRule) -> Once[Question | None]:
        """What gives the question that a figure of a row answers; nothing where it has no words."""
        named = (*texts(self._rule), *texts(figure.question))
        return Once(self._words, named, lambda: self._question(figure.question))

    def _topic(self) -> tuple[UUID, str]:
        rule, words = self._rule, self._words
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
        return self._shared.topic(told, lambda f, k: words.odd(f, k, rule.label)), key

    def _question(self, rule: QuestionRule) -> Question | None:
        words = self._words
        text = words.name(rule.text)
        if not text:
            words.nameless("question", "the words of the question", rule.text)
            return None
        scope = tuple(
            (name, told)
            for name, item in rule.scope.items()
            if (told := self._dimension(name, item))
        )
        own, unit = words.fill(rule.key) or text, words.fill(rule.unit)
        topic, topic_key = self._of_row
        asked = (id(rule), topic_key, own, text, unit, words.fill(rule.subset_of), scope)
        known = self._asked.get(asked)
        if known is None:
            known = self._asked[asked] = self._made(rule, topic, topic_key, own, scope)
        return known

    def _made(
        self, rule: QuestionRule, topic: UUID, topic_key: str, own: str, scope: Scoped
    ) -> Question:
        """The question, made of what the first row says that asks it."""
        words = self._words
        key, whole = f"{topic_key} / {own}", words.fill(rule.subset_of)
        question = Question(
            id=self._shared.id_of("question", key),
            key=key,
            topic=topic,
            text=words.name(rule.text),
            value_kind=rule.kind,
            aspect=rule.aspect,
            unit=words.fill(rule.unit) or None,
            exclusive=rule.exclusive,
            running_total=rule.running_total,
            scope=scoped(self._shared, scope),
        )
        above = f"{topic_key} / {whole}" if whole else ""
        return self._shared.question(
            question, above, lambda found, kept: words.odd(found, kept, rule.text)
        )

    def _dimension(self, name: str, text: str) -> str:
        return (self._words.date(text) or "") if name == "period" else self._words.fill(text)
