"""What importing some records of a table would do, compared with what is held of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access, check_write
from claims.actions.load_checks import check_clearance, refuse_erased
from claims.actions.load_plan import LoadItem, Plan, State, plan_namespace
from claims.analysis.records import Assessment, Claim, Contributor, Passage, Project, Record
from claims.exchange.entity_tables import Export
from claims.exchange.hand_coded import HandCoded
from claims.exchange.mapped import Mapped
from claims.store.baseline import Baseline
from claims.store.judged import assessments_of
from claims.store.log import known
from claims.store.reader import all_records

REASON = "claims import"
"""Why a change was made, as the history tells it."""

_NOWHERE = UUID(int=0)
_SILENT = frozenset({"passage", "snapshot"})

Chunk = Sequence[HandCoded]
"""Records that are compared and written together, by the file or sheet that they come from."""


def chunks(table: Mapped | Export) -> Iterator[Chunk]:
    """What is compared and written together: what rows share first, then batch by batch.

    Sheets of an export refer to each other in any order, so all of them go together.
    """
    if isinstance(table, Export):
        yield [
            _file(sheet.file, _NOWHERE, "", sheet.records, sheet.marks) for sheet in table.sheets
        ]
        return
    yield [_file(table.file, table.namespace, table.coder, table.shared, {})]
    for batch in table.batches():
        yield [_file(table.file, table.namespace, table.coder, batch.records, batch.marks)]


def plan_of_rows(
    session: Session, actor: Actor, chunk: Chunk, last: Mapping[UUID, Baseline]
) -> Plan:
    """The plan for some records of a table that is read by a mapping.

    Raises:
        NotPermitted: they touch what the actor may not see.
        DocumentFaults: some were erased.
    """
    records = [record for file in chunk for record in file.records]
    held = _held(session, actor, chunk, records)
    graded = [one.target for one in records if isinstance(one, Assessment)]
    judged = assessments_of(session, graded) if graded else []
    assessed = access(session, actor).records(Assessment, judged) if judged else []
    plan = plan_namespace(chunk, held, assessed, last)
    return _checked(plan, actor, held)


def plan_of_export(session: Session, actor: Actor, chunk: Chunk, export: Export) -> Plan:
    """The plan for the sheets of an export: what was edited in them since it was written.

    A project is not told a second one, nor a contributor of a name that is held.

    Raises:
        NotPermitted: they touch what the actor may not see.
        DocumentFaults: some were erased.
    """
    records = [record for file in chunk for record in file.records]
    ids = set(known(session, [record.id for record in records]))
    own = _own(session, [record for record in records if record.id not in ids])
    left = [
        replace(file, records=tuple(one for one in file.records if one.id not in own))
        for file in chunk
    ]
    held = _held(session, actor, left, [record for file in left for record in file.records])
    last = {
        id_: Baseline(sheet.entity, None, told)
        for sheet in export.sheets
        for id_, told in sheet.exported.items()
        if id_ in ids
    }
    plan = plan_namespace(left, held, (), last, by_id=True)
    plan.items += [_kept(file, one) for file in chunk for one in file.records if one.id in own]
    return _checked(plan, actor, held)


def without_last(gone: Iterable[Record], last: Mapping[UUID, Baseline]) -> Iterator[LoadItem]:
    """Records that a table says no more; passages go with their claims, and are not told apart."""
    for record in gone:
        if record.entity not in _SILENT:
            key = last[record.id].key if record.id in last else record.key
            yield LoadItem(state=State.GONE, entity=record.entity, id=record.id, key=key)


def _checked(plan: Plan, actor: Actor, held: Mapping[UUID, Record]) -> Plan:
    for record in plan.updates:
        check_write(actor, held.get(record.id), record, REASON)
    return plan


def _held(
    session: Session, actor: Actor, chunk: Chunk, records: Sequence[Record]
) -> Mapping[UUID, Record]:
    """What the database has of the records, and the passages that their claims rest on."""
    ids = set(known(session, [record.id for record in records]))
    if not ids:
        return {}
    files = [
        replace(file, records=tuple(one for one in file.records if one.id in ids)) for file in chunk
    ]
    refuse_erased(session, files)
    wanted: defaultdict[type[Record], list[UUID]] = defaultdict(list)
    for record in records:
        if record.id in ids:
            wanted[type(record)].append(record.id)
    found = [one for kind, some in wanted.items() for one in all_records(session, kind, some)]
    check_clearance(actor, access(session, actor), found, ())
    cited = [passage for one in found if isinstance(one, Claim) for passage in one.passages]
    found += all_records(session, Passage, cited)
    return {record.id: record for record in found}


def _own(session: Session, records: Iterable[Record]) -> set[UUID]:
    """New projects and people that the database has its own of."""
    some = [record for record in records if isinstance(record, Project | Contributor)]
    if not some:
        return set()
    projects = all_records(session, Project)
    names = {one.name for one in all_records(session, Contributor)}
    return {
        one.id
        for one in some
        if (isinstance(one, Contributor) and one.name in names)
        or (isinstance(one, Project) and projects)
    }


def _kept(file: HandCoded, record: Record) -> LoadItem:
    line, column = file.marks.get(record.id, (0, 0))
    return LoadItem(
        state=State.KEPT,
        entity=record.entity,
        id=record.id,
        key=record.key,
        file=file.file,
        line=line,
        column=column,
    )


def _file(
    file: str,
    namespace: UUID,
    coder: str,
    records: tuple[Record, ...],
    marks: Mapping[UUID, tuple[int, int]],
) -> HandCoded:
    return HandCoded(
        file=file,
        namespace=namespace,
        coder=coder,
        records=records,
        texts=(),
        uncoded=(),
        marks=marks,
    )
