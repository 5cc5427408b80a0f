"""Guessing a mapping from the headings of a table and its first rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from claims.analysis.vocabulary import CODES, Scheme, ValueKind
from claims.errors import DocumentFaults, Fault
from claims.exchange.mapping_columns import Columns, tidied, words_of
from claims.exchange.mapping_file import read_mapping, shipped
from claims.exchange.mapping_left_out import broken_cells, spoilt_columns
from claims.exchange.mapping_names import bound_of, role_of
from claims.exchange.mapping_rules import (
    AssessmentRule,
    ClaimRule,
    DocumentRule,
    FigureRule,
    PassageRule,
    QuestionRule,
    SourceRule,
    SplitRule,
    TableMapping,
    TableRule,
    TopicRule,
    ValueRule,
)
from claims.exchange.mapping_samples import SAMPLE, Samples, read_samples
from claims.exchange.mapping_template import braced
from claims.exchange.table import Table

_SIGNS = (";", "\n", "|")
_GRADED = "as the table grades it"
_TEXT = ValueKind.TEXT


def guess(table: Table) -> TableMapping:
    """The mapping that the headings and the first rows of a table suggest.

    A layout that ships is known by its columns. A guess is to be looked at before it is used:
    :func:`described` says what becomes of each column.

    Raises:
        DocumentFaults: no column holds what could be a value.
    """
    known = recognised(table)
    return guess_plainly(table) if known is None else read_mapping(known)


def guess_plainly(table: Table) -> TableMapping:
    """The same without the layouts that ship.

    Raises:
        DocumentFaults: no column holds what could be a value.
    """
    return _Guess(table, read_samples(table)).mapping()


def recognised(table: Table) -> str | None:
    """The layout that ships of whose columns the table lacks none; that with the most columns."""
    found: list[tuple[int, str]] = []
    for name in shipped():
        columns = Columns(table, read_mapping(name))
        if not columns.faults:
            found.append((len(columns.used), name))
    return max(found, key=lambda one: one[0])[1] if found else None


@dataclass(slots=True)
class _Guess:
    """One guess: what each column seems to be."""

    table: Table
    samples: Samples
    roles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in self.table.columns:
            role = role_of(name)
            if role and self.samples.cells[name]:
                self.roles.setdefault(role, name)

    def mapping(self) -> TableMapping:
        """The whole mapping."""
        named = tidied(PurePath(self.table.file).name.partition(".")[0])
        split = self._split()
        figures = self._figures(split)
        if not figures:
            self._refuse()
        several = len(figures) > 1
        quoted = "quote" in self.roles and ("title" in self.roles or "url" in self.roles)
        return TableMapping(
            title=named,
            namespace=named,
            coder=named,
            locale=self.samples.locale,
            dates=self.samples.date_order,
            serials=self.samples.serials,
            table=None if quoted else TableRule(voice=named, title=named),
            split=split,
            tidy=tuple(sorted(set(self._underscored(split)))),
            topic=self._topic(named, split),
            question=None if several else figures[0].question,
            value=None if several else figures[0].value,
            figures=tuple(figures) if several else (),
            source=self._source(),
            document=self._document() if quoted else None,
            passage=PassageRule(quote=self._cell("quote"))
            if quoted
            else PassageRule(columns=self.table.columns),
            claim=self._claim(),
            assessments=self._grades(),
        )

    def _refuse(self) -> None:
        """Refuse a table without a column that could hold values."""
        listed = ", ".join(self.table.columns)
        found = f"no column that seems to hold values, among {listed}"
        expected = "a column such as value, killed, low and high; or --mapping, which names it"
        fault = Fault(self.table.file, self.table.heading, 0, "heading", found, expected)
        spoilt = (
            Fault(self.table.file, odd.row, odd.column, odd.called, odd.found, "a figure")
            for odd in spoilt_columns(self.table, self.samples)
        )
        raise DocumentFaults((fault, *spoilt, *broken_cells(self.table)))

    def _cell(self, role: str) -> str | None:
        return self._ref(self.roles[role]) if role in self.roles else None

    def _ref(self, name: str) -> str:
        """The template of a column: its name, or its letter where the name has braces in it."""
        if set("{}") & set(name):
            return braced(self.table.letters[self.table.columns.index(name)])
        return braced(name)

    def _split(self) -> dict[str, SplitRule]:
        """A topic column of two parts: “war|side”."""
        name = self.roles.get("topic")
        cells = self.samples.cells[name] if name else []
        if name and cells and all(cell.count("|") == 1 for cell in cells):
            return {name: SplitRule(at="|", into=(f"{name} 1", f"{name} 2"))}
        return {}

    def _underscored(self, split: dict[str, SplitRule]) -> Iterable[str]:
        """Columns of words_like_this, where they name a topic or a question."""
        for role in ("topic", "question", "side"):
            name = self.roles.get(role)
            cells = self.samples.cells[name] if name else []
            if name and any("_" in cell for cell in cells) and not any("://" in c for c in cells):
                yield split[name].into[0] if name in split else name

    def _topic(self, named: str, split: dict[str, SplitRule]) -> TopicRule:
        name = self.roles.get("topic")
        if name is None:
            return TopicRule(label=named)
        label = braced(split[name].into[0]) if name in split else self._ref(name)
        start, end = self._cell("start"), self._cell("end")
        dates = f"{start}[/{end}]" if start and end else self._cell("date")
        return TopicRule(label=label, dates=dates if self._once("topic", "date", "start") else None)

    def _once(self, role: str, *others: str) -> bool:
        """Whether each topic of the sample has one date, so that it is the topic's own."""
        names = [self.roles[other] for other in others if other in self.roles]
        told: dict[str, set[str]] = {}
        place = {name: number for number, name in enumerate(self.table.columns)}
        for row in self.table.first(SAMPLE):
            topic = words_of(row.cells[place[self.roles[role]]])
            told.setdefault(topic, set()).update(words_of(row.cells[place[n]]) for n in names)
        return bool(names) and all(len(dates) <= len(names) for dates in told.values())

    def _varies(self, role: str) -> bool:
        """Whether a column of the sample tells rows of one topic apart."""
        name = self.roles.get(role)
        topic = self.roles.get("topic")
        places = {one: number for number, one in enumerate(self.table.columns)}
        told: dict[str, set[str]] = {}
        for row in self.table.first(SAMPLE) if name else ():
            about = words_of(row.cells[places[topic]]) if topic else ""
            told.setdefault(about, set()).add(words_of(row.cells[places[name or ""]]))
        return any(len(cells) > 1 for cells in told.values())

    def _figures(self, split: dict[str, SplitRule]) -> list[FigureRule]:
        """The figures of a row, each with its question."""
        bounds = {role: self.roles[role] for role in ("low", "best", "high") if role in self.roles}
        if "low" in bounds or "high" in bounds:
            value = ValueRule(
                low=self._cell("low"), best=self._cell("best"), high=self._cell("high")
            )
            named = self.table.sheet or "Figure"
            return [FigureRule(question=self._question(named, split), value=value)]
        wide = [*self._bounded(split), *self._plain(split)]
        told = self._cell("question")
        if told and "value" in self.roles:
            return [self._said(self.roles["value"], split)]
        return wide or self._only_value(split)

    def _bounded(self, split: dict[str, SplitRule]) -> list[FigureRule]:
        """Figures with columns of their own for low, best and high: “Killed / low”."""
        groups: dict[str, dict[str, str]] = {}
        for name in self.table.columns:
            found = bound_of(name)
            if found and self.samples.are_figures(name):
                groups.setdefault(found[0], {})[found[1]] = self._ref(name)
        return [
            FigureRule(question=self._question(tidied(named), split), value=_bounds(bounds))
            for named, bounds in groups.items()
            if "low" in bounds or "high" in bounds
        ]

    def _plain(self, split: dict[str, SplitRule]) -> list[FigureRule]:
        """Columns of figures, each a question of its own."""
        free = [name for name in self.table.columns if role_of(name) in {None, "value"}]
        chosen = [name for name in free if not bound_of(name) and self.samples.are_figures(name)]
        return [self._said(name, split) for name in chosen]

    def _only_value(self, split: dict[str, SplitRule]) -> list[FigureRule]:
        """A value of another kind: a column called so that holds words."""
        if "value" not in self.roles:
            return []
        said = self._said(self.roles["value"], split)
        return [replace(said, question=replace(said.question, kind=_TEXT, unit=None))]

    def _said(self, name: str, split: dict[str, SplitRule]) -> FigureRule:
        question = self._question(tidied(name.replace(" / ", ": ")), split)
        return FigureRule(question=question, value=ValueRule(said=self._ref(name)))

    def _question(self, named: str, split: dict[str, SplitRule]) -> QuestionRule:
        """The question: a column that names it, else the heading; with the side, if any."""
        text = self._cell("question") or _bare(named)
        topic = self.roles.get("topic", "")
        side = braced(split[topic].into[1]) if topic in split else self._cell("side")
        population = self._cell("population")
        asked = (
            text + (f"[ ({side})]" if side else "") + (f"[, {population}]" if population else "")
        )
        area = self._cell("place") if self._varies("place") else None
        told = {"population": population, "area": area}
        scope = {name: cell for name, cell in told.items() if cell}
        return QuestionRule(text=asked + (f"[, {area}]" if area else ""), scope=scope)

    def _source(self) -> SourceRule | None:
        role = "source" if "source" in self.roles else "url"
        name = self._cell(role)
        if name is None:
            return None
        cells = self.samples.cells[self.roles[role]]
        sign = next((one for one in _SIGNS if any(one in cell for cell in cells)), None)
        url = self._cell("url") if role == "source" else None
        return SourceRule(name=name, several=sign, url=url)

    def _document(self) -> DocumentRule:
        title = self._cell("title") or self._cell("url") or ""
        return DocumentRule(title=title, url=self._cell("url"), issued=self._cell("published"))

    def _claim(self) -> ClaimRule:
        key = self.roles.get("key")
        cells = self.samples.cells[key] if key else []
        own = self._cell("key") if key and len(set(cells)) == len(cells) else None
        stance = self._cell("stance")
        as_of = self._cell("as_of") or (self._cell("date") if self._varies("date") else None)
        rule = ClaimRule(key=own, speakers=self._cell("speakers"), as_of=as_of)
        rule = replace(rule, note=self._cell("note") if "quote" in self.roles else None)
        return replace(rule, stance=stance) if stance else rule

    def _grades(self) -> tuple[AssessmentRule, ...]:
        """A column of grades, where all its words are codes of one scale."""
        name = self.roles.get("confidence")
        told = {cell.casefold() for cell in self.samples.cells[name]} if name else set()
        for scheme in Scheme if told else ():
            if told <= {code.casefold() for code in CODES[scheme]}:
                return (AssessmentRule(scheme=scheme, code=self._ref(name or ""), reason=_GRADED),)
        return ()


def _bare(words: str) -> str:
    """Words as a template that stands for themselves."""
    return "".join(sign * 2 if sign in "{}[]" else sign for sign in words)


def _bounds(told: Mapping[str, str]) -> ValueRule:
    return ValueRule(low=told.get("low"), best=told.get("best"), high=told.get("high"))
