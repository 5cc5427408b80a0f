"""A table read by a mapping: its records, batch by batch, after everything wrong was told.

The first pass reads every row, so that the second one, which makes the records, cannot fail.
Between the two only what rows share and four numbers a claim are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from claims.analysis.canonical import content_id, keyed_id, namespace_id
from claims.analysis.records import Assessment, Passage, Record
from claims.errors import DocumentFaults, Fault
from claims.exchange.draft import NOBODY
from claims.exchange.mapping_columns import Columns
from claims.exchange.mapping_drafted import Drafted
from claims.exchange.mapping_row import RowReader
from claims.exchange.mapping_rules import TableMapping
from claims.exchange.mapping_shared import Shared, circle
from claims.exchange.mapping_survey import Survey, Twins
from claims.exchange.table import Table
from claims.exchange.table_rows import Remarks

BATCH = 2_000
"""Rows of one batch."""

_STEP = 1_000
"""Rows between two reports of progress."""

_HASH_DIGITS = 12

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Batch:
    """Records of some rows, and the row and column (from 1) that each was made of."""

    records: tuple[Record, ...]
    marks: Mapping[UUID, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """A table as records.

    ``shared`` are the topics, questions, sources, documents, terms and places, each after those
    that it refers to; ``batches`` makes the passages, claims and assessments, again at every call.
    ``rows`` counts the rows read. ``flags`` are rows that are odd but possible: what was found,
    and (as ``expected``) what is stored of it.
    """

    file: str
    namespace: UUID
    coder: str
    shared: tuple[Record, ...]
    batches: Callable[[], Iterator[Batch]]
    rows: int
    flags: tuple[Fault, ...]


def read_mapped(table: Table, mapping: TableMapping, *, progress: Progress | None = None) -> Mapped:
    """Reads a table by a mapping.

    The same table gives the same ids: a claim's is made of the row's own id, else of its topic,
    question, sources, document and date, so that a row that was mended is the same claim.

    Args:
        table: the open table; it must stay open while batches are made.
        mapping: which column gives what.
        progress: told the number of rows that the first pass has read, now and then.

    Raises:
        DocumentFaults: with every defect of every row (row as ``line``, column as ``column``).
    """
    columns = Columns(table, mapping)
    if columns.faults:
        raise DocumentFaults(tuple(columns.faults))
    reader = RowReader(columns, mapping, Shared(namespace_id(mapping.namespace)))
    survey = Survey()
    rows, broken = _survey(table, reader, survey, progress)
    twins = survey.twins(reader)
    _refuse(reader, table, broken)

    def batches() -> Iterator[Batch]:
        again = RowReader(columns, mapping, reader.shared)
        return _batches(table, _Maker(reader.shared.namespace, mapping.coder, twins), again)

    return Mapped(
        file=table.file,
        namespace=reader.shared.namespace,
        coder=mapping.coder,
        shared=reader.shared.records(),
        batches=batches,
        rows=rows,
        flags=_flags(reader, table),
    )


def _survey(
    table: Table, reader: RowReader, survey: Survey, progress: Progress | None
) -> tuple[int, tuple[Fault, ...]]:
    """Reads every row; how many there are, and what is wrong with the cells of the file."""
    rows = 0
    try:
        for rows, row in enumerate(table.rows(), 1):
            for drafted in reader.read(row):
                survey.add(drafted)
            if progress is not None and not rows % _STEP:
                progress(rows)
    except DocumentFaults as broken:
        return rows, broken.faults
    if progress is not None:
        progress(rows)
    return rows, ()


def _refuse(reader: RowReader, table: Table, broken: tuple[Fault, ...]) -> None:
    """Raises all faults together, in the order of the rows."""
    found = reader.words.faults
    ring = circle(reader.shared)
    if ring:
        told = " in ".join(f"“{question.text}”" for question in ring)
        fault = Fault(table.file, 0, 0, "subset_of", f"a circle of parts: {told}", "a whole")
        broken = (*broken, fault)
    faults = sorted(
        (*found.faults, *broken), key=lambda fault: (fault.line or 1 << 60, fault.column)
    )
    if faults:
        more = f"{found.unnamed:,} more defects"
        last = (Fault(table.file, 0, 0, "table", more, "none"),) if found.unnamed else ()
        raise DocumentFaults((*dict.fromkeys(faults), *last))


def _flags(reader: RowReader, table: Table) -> tuple[Fault, ...]:
    """What is odd about rows, and how many rows gave nothing."""
    remarks: Remarks = reader.words.flags
    told = [*sorted(remarks.faults, key=lambda flag: (flag.line, flag.column))]
    counted = (
        (remarks.unnamed, "more odd rows", "stored as those above"),
        (reader.silent, "rows without a figure", "nothing is made of them"),
        (reader.left_out, "rows that the mapping leaves out", "nothing is made of them"),
    )
    for number, what, kept in counted:
        if number:
            told.append(Fault(table.file, 0, 0, "table", f"{number:,} {what}", kept))
    return tuple(told)


@dataclass(slots=True)
class _Maker:
    """Makes the records of drafted claims, in the order of the first pass."""

    namespace: UUID
    coder: str
    twins: Twins
    place: int = 0
    cited: set[UUID] = field(default_factory=set)

    def records(self, drafted: list[Drafted]) -> Iterator[tuple[Record, Drafted]]:
        """The passages, claims and assessments of one row."""
        ids: dict[int, UUID] = {}  # by the passage itself: the claims of a row share it
        for one in drafted:
            place, self.place = self.place, self.place + 1
            if place in self.twins.again:
                continue
            id_ = ids.get(id(one.passage))
            if id_ is None:
                id_ = ids[id(one.passage)] = content_id(self.namespace, one.passage)
                if self._is_new(one.passage, id_):
                    yield replace(one.passage, id=id_), one
            yield from self._claim(one, id_, apart=place in self.twins.apart)

    def _is_new(self, passage: Passage, id_: UUID) -> bool:
        """Whether no earlier row cites the same words of the same document."""
        if hash(passage) not in self.twins.passages:
            return True
        new = id_ not in self.cited
        self.cited.add(id_)
        return new

    def _claim(
        self, one: Drafted, passage: UUID, *, apart: bool
    ) -> Iterator[tuple[Record, Drafted]]:
        key = f"{one.own}/{_digest(one)}" if apart else one.own
        id_ = keyed_id(self.namespace, "claim", key)
        yield one.claim(id_, key, passage), one
        for grade in one.grades:
            nameless = Assessment(
                id=NOBODY,
                key=f"claim/{key}/{grade.scheme.value}",
                of="claim",
                target=id_,
                scheme=grade.scheme,
                code=grade.code,
                reason=grade.reason,
                assessed_by=self.coder,
            )
            yield replace(nameless, id=content_id(self.namespace, nameless)), one


def _digest(one: Drafted) -> str:
    """What tells a claim from another of the same key: its value and its words."""
    value = one.value
    told = f"{value.expression if value else ''}\n{one.passage.exact}"
    return hashlib.sha256(told.encode()).hexdigest()[:_HASH_DIGITS]


def _batches(table: Table, maker: _Maker, reader: RowReader) -> Iterator[Batch]:
    waiting: list[tuple[Record, Drafted]] = []
    for rows, row in enumerate(table.rows(), 1):
        waiting += maker.records(reader.read(row))
        if rows % BATCH == 0 and waiting:
            yield _batch(waiting)
            waiting = []
    if waiting:
        yield _batch(waiting)


def _batch(made: list[tuple[Record, Drafted]]) -> Batch:
    """Passages first, then claims, then assessments, each in the order of the rows."""
    order = {"passage": 0, "claim": 1, "assessment": 2}
    told = sorted(made, key=lambda one: order[one[0].entity])
    marks = {record.id: (drafted.row, drafted.column) for record, drafted in told}
    return Batch(tuple(record for record, _ in told), marks)
