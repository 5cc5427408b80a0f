"""What becomes of each column of a table, in words for the person who imports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from claims.exchange.mapping_columns import Columns, words_of
from claims.exchange.mapping_rules import (
    FigureRule,
    OpenRule,
    SplitRule,
    TableMapping,
    TableRule,
)
from claims.exchange.mapping_template import template
from claims.exchange.table import Table
from claims.values.quantity_numbers import conventions

EVERY_ROW = "(every row)"
"""What stands for the column where a mapping says one thing of all rows."""

_ORDERS = {
    "day_first": "10/02/1992 is 10 February",
    "month_first": "10/02/1992 is 2 October",
}
_LOOKED_AT = 50
_LONGEST = 60
_NAMES = {
    "topic.label": "topic",
    "topic.dates": "dates of the topic",
    "topic.place": "place of the topic",
    "topic.part_of": "what the topic is a part of",
    "question.text": "question",
    "question.key": "what tells questions apart",
    "question.unit": "unit",
    "question.subset_of": "the question that includes it",
    "value.said": "value",
    "value.low": "low figure",
    "value.best": "best figure",
    "value.high": "high figure",
    "source.name": "source",
    "source.url": "address of the source",
    "source.kind": "kind of source",
    "document.title": "title of the document",
    "document.url": "address of the document",
    "document.issued": "date of the document",
    "passage.quote": "quote",
    "claim.key": "id of the claim",
    "claim.stance": "stance",
    "claim.speakers": "speakers",
    "claim.as_of": "date of the figure",
    "claim.note": "remark",
}
_SILENT = {"claim.stance", "document.type"}
"""What is not worth a line of its own where it is the same for every row."""


def described(mapping: TableMapping, table: Table) -> tuple[tuple[str, str, str], ...]:
    """Each column of the table, what becomes of it, and an example from the first rows.

    What the mapping says of every row alike comes first: how numbers and dates are read, too.
    """
    columns = Columns(table, mapping)
    becomes: dict[str, list[str]] = {name: [] for name in table.columns}
    alike: list[tuple[str, str, str]] = []
    parts = {part: name for name, rule in mapping.split.items() for part in rule.into}
    for told, text in _told(mapping):
        names = template(text).columns
        if not names and told not in _SILENT:
            alike.append((EVERY_ROW, _NAMES.get(told, told.replace(".", " ")), text))
        for name in names:
            place = columns.static_place((text,)) if len(names) == 1 else _of(columns, parts, name)
            if place:
                becomes[table.columns[place - 1]].append(_NAMES.get(told, told.replace(".", " ")))
    cited = () if mapping.passage.quote else columns.cited_names
    examples = _examples(table)
    return (
        *((EVERY_ROW, what, how) for what, how in _read_as(mapping)),
        *alike,
        *(
            (name, _words(told, cited=name in cited), examples.get(name, ""))
            for name, told in becomes.items()
        ),
    )


def _read_as(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    """How numbers and dates are read."""
    group = conventions(mapping.locale).group
    yield "how numbers are written", f"{mapping.locale}: 1{group}500 is fifteen hundred"
    if mapping.dates is not None:
        yield "order of dates", f"{mapping.dates}: {_ORDERS[mapping.dates]}"
    if mapping.serials is not None:
        yield "dates that are numbers", f"days since {mapping.serials}"


def _words(told: list[str], *, cited: bool) -> str:
    if told:
        return ", ".join(dict.fromkeys(told))
    return "cited with the row" if cited else "left out"


def _of(columns: Columns, parts: Mapping[str, str], name: str) -> int:
    return columns.static_place(("{" + parts.get(name, name) + "}",))


def _told(mapping: TableMapping) -> Iterator[tuple[str, str]]:
    """Every template of a mapping with what it gives."""
    for one in fields(mapping):
        if one.name not in {"question", "value", "figures", *_OPENING}:
            yield from _texts(one.name, getattr(mapping, one.name))
    several = len(mapping.all_figures) > 1
    for figure in mapping.all_figures:
        yield from _figure(figure, several=several)


def _figure(figure: FigureRule, *, several: bool) -> Iterator[tuple[str, str]]:
    yield from _texts("question", figure.question)
    for told, text in _texts("value", figure.value):
        name = _NAMES.get(told, told)
        yield (f"{name} of “{figure.question.text}”" if several else told), text


_OPENING = ("title", "documentation", "namespace", "coder", "language", "locale", "dates", "empty")


def _texts(path: str, rule: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 (a rule)
    """Every template within a rule, with the path to it."""
    if type(rule) is str:
        yield path, rule
    for name, part in _parts(path, rule):
        yield from _texts(name, part)


def _parts(path: str, rule: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 (a rule)
    """What a rule is made of, without what holds no templates."""
    if isinstance(rule, OpenRule | TableRule | SplitRule):
        return
    if is_dataclass(rule):
        told = (one.name for one in fields(rule) if one.name not in _NO_TEMPLATES)
        yield from ((f"{path}.{name}", getattr(rule, name)) for name in told)
    elif isinstance(rule, Mapping) and path.endswith(("scope", "locators")):
        yield from ((f"{path}.{name}", item) for name, item in rule.items())
    elif isinstance(rule, tuple) and path == "assessments":
        yield from ((f"assessments.{item.scheme}", item) for item in rule)


_NO_TEMPLATES = {"several", "columns", "kinds", "unnamed", "scheme"}


def _examples(table: Table) -> dict[str, str]:
    """The first filled cell of each column, cut where it is long."""
    found: dict[str, str] = {}
    for row in table.first(_LOOKED_AT):
        for name, cell in zip(table.columns, row.cells, strict=True):
            words = " ".join(words_of(cell).split())
            if words:
                found.setdefault(name, words if len(words) <= _LONGEST else f"{words[:59]}…")
    return found
