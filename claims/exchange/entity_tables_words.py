"""What the sheets of an export say in words: who speaks, what is asked, what is quoted."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.reading import read_value
from claims.analysis.records import (
    KINDS,
    Assessment,
    Claim,
    ClaimValue,
    Document,
    Passage,
    Question,
    Record,
    Source,
    Topic,
)
from claims.analysis.statements import bounds_of
from claims.analysis.vocabulary import DateAspect, ValueKind
from claims.errors import ClaimsError
from claims.exchange.entity_tables_columns import (
    BOUNDS,
    WORDS,
    by_field,
    held_at,
    naming,
    reading_columns,
)
from claims.exchange.table_rows import Scalar
from claims.values.interval import Interval, Region
from claims.values.when import When
from claims.values.when_days import Day

LONGEST = 1000
"""Code points of a quote in words; the whole of it is in the sheet of passages."""

_FLEETING = frozenset({"claim", "passage", "assessment"})
"""Of these there may be too many to keep the names of all of them."""

_NOBODY = UUID(int=0)
_ON_AN_AXIS = frozenset({ValueKind.COUNT, ValueKind.PROPORTION, ValueKind.DATE})

Look = Callable[[type[Record], Collection[UUID]], Iterable[Record]]
"""Finds the records of a kind with these ids, as far as they may be seen."""

Reference = tuple[str, UUID]
"""An entity and the id of a record of it."""


@dataclass(slots=True)
class Names:
    """What records are called, looked up for many at once.

    ``graded`` is the confidence in force of each claim that has one; ``profile`` the table of
    vague words under which values are read.
    """

    look: Look
    graded: Mapping[UUID, str] = field(default_factory=dict)
    profile: str = "default@1"
    _kept: dict[Reference, str] = field(default_factory=dict)
    _fleeting: dict[Reference, str] = field(default_factory=dict)
    _questions: dict[UUID, Question] = field(default_factory=dict)

    def learn(self, records: Sequence[Record]) -> None:
        """Look up all that these records name."""
        self._fleeting.clear()
        self._learn({reference for record in records for reference in references(record)})

    def words(self, record: Record) -> dict[str, Scalar]:
        """The cells of a record that are there to be read; those it has nothing for are left out.

        :meth:`learn` was called with the record before.
        """
        found: dict[str, Scalar] = {}
        scope = []
        for column in naming(record.entity):
            named = (self._name(one) for one in _named(record, column.name))
            joint = " → " if column.name == "speakers" else " … "
            words = joint.join(filter(None, named))
            if column.path[0] == "scope" and words:
                scope.append(f"{column.path[1].replace('_', ' ')}: {words}")
            elif column.path[0] != "scope":
                found[column.name + WORDS] = words or None
        if isinstance(record, Claim | Question):
            period = record.scope.period
            found["scope" + WORDS] = "; ".join([*scope, *filter(None, (period,))]) or None
        if isinstance(record, Claim):
            found["confidence" + WORDS] = self.graded.get(record.id, "unassessed")
            found |= self._bounds(record)
        if isinstance(record, Document):
            found["title" + WORDS] = record.title
            found["issued" + WORDS] = _issued(record.csl.get("issued"))
        return found

    def _learn(self, wanted: Iterable[Reference]) -> None:
        missing: defaultdict[str, set[UUID]] = defaultdict(set)
        for reference in wanted:
            if reference not in self._kept and reference not in self._fleeting:
                missing[reference[0]].add(reference[1])
        for entity, ids in missing.items():
            found = list(self.look(KINDS[entity], ids))
            claims = [one for one in found if isinstance(one, Claim)]
            self._learn({("source", one.origin) for one in claims})
            self._learn({("question", one.question) for one in claims})
            for record in found:
                self._keep(record)

    def _keep(self, record: Record) -> None:
        kept = self._fleeting if record.entity in _FLEETING else self._kept
        kept[record.entity, record.id] = self._called(record)
        if isinstance(record, Question):
            self._questions[record.id] = record

    def _name(self, reference: Reference) -> str:
        return self._kept.get(reference) or self._fleeting.get(reference, "")

    def _called(self, record: Record) -> str:
        if isinstance(record, Claim):
            said = f"“{record.value.said}”" if record.value else ""
            about = said or self._name(("question", record.question))
            stance = record.stance.value.replace("_", " ")
            return _cut(f"{self._name(('source', record.origin))} {stance}: {about}")
        if isinstance(record, Assessment):
            return f"{record.scheme.value} {record.code}"
        if isinstance(record, Passage):
            return _cut(record.exact)
        names = (getattr(record, name, None) for name in ("label", "name", "text", "title", "key"))
        return _cut(str(next(filter(None, names), record.id)))

    def _bounds(self, claim: Claim) -> dict[str, Scalar]:
        question = self._questions.get(claim.question)
        if question is None or claim.value is None:
            return {}
        kind, aspect = question.value_kind, question.aspect
        return dict(_bounds(claim.value.expression, kind, aspect, self.profile))


def references(record: Record) -> Iterator[Reference]:
    """Every record that a record names in a column of its own, with the entity of it."""
    for column in naming(record.entity):
        yield from _named(record, column.name)


def _named(record: Record, name: str) -> Iterator[Reference]:
    if isinstance(record, Claim) and name == "speakers":
        yield from ((Source.entity, speaker.source) for speaker in record.speakers)
        return
    (column,) = (one for one in naming(record.entity) if one.name == name)
    by = by_field(record.entity, name)
    entity = str(getattr(record, by)) if by else str(column.target)
    held = held_at(record, column)
    for one in held if isinstance(held, tuple) else (held,):
        if isinstance(one, UUID) and entity in KINDS:
            yield entity, one


def digest(cells: Mapping[str, Scalar], entity: str) -> str:
    """A short hash of what a row says in words, by which an edit of it is noticed.

    How white space is broken into lines and how a number is written make no difference:
    programs change both when they save a sheet.
    """
    told = "\n".join(_settled(cells.get(name)) for name in reading_columns(entity))
    return short_hash(told)


def differing(
    cells: Mapping[str, Scalar], words: Mapping[str, Scalar], entity: str
) -> tuple[str, ...]:
    """The columns in words of which a row says something else than it should."""
    return tuple(
        name
        for name in reading_columns(entity)
        if name in cells and _settled(cells[name]) != _settled(words.get(name))
    )


def short_hash(text: str) -> str:
    """Sixteen hexadecimal digits, which tell one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _settled(cell: Scalar) -> str:
    text = " ".join(("" if cell is None else str(cell)).split())
    try:
        return f"{Decimal(text):.15g}"
    except ArithmeticError:
        return text


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _issued(issued: object) -> str | None:
    """When a document was issued, of any of the forms of CSL."""
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts")
        if isinstance(parts, list | tuple) and parts:
            days = ("-".join(f"{one!s:0>2}" for one in day) for day in parts if day)
            return "/".join(days) or None
        issued = issued.get("literal") or issued.get("raw")
    return str(issued) if issued else None


@lru_cache(maxsize=8192)
def _bounds(
    expression: str, kind: ValueKind, aspect: DateAspect | None, profile: str
) -> tuple[tuple[str, Scalar], ...]:
    """The ends of the intervals; a value that has none, or cannot be read, has no cells."""
    if kind not in _ON_AN_AXIS:
        return ()
    question = Question(id=_NOBODY, topic=_NOBODY, text="", value_kind=kind, aspect=aspect)
    nothing_else = Casefile(topic=Topic(id=_NOBODY, label=""))
    try:
        said = ClaimValue(said=expression, expression=expression)
        value = read_value(said, question, nothing_else, profile)
        hard, soft = bounds_of(value, question)
    except (ClaimsError, ValueError):
        return ()
    cells: tuple[Scalar, ...] = (*_ends(hard), *_ends(soft), None, None)
    if isinstance(value, When):
        cells = (None, None, None, None, _day(value.earliest), _day(value.latest))
    return tuple(zip(BOUNDS, cells, strict=True))


def _day(day: Day | None) -> str | None:
    return None if day is None else day.isoformat()


def _ends(region: Region | None) -> tuple[Scalar, Scalar]:
    hull = region.hull if region is not None else Interval(None, None)
    return hull.lo, hull.hi
