"""What is checked before files are loaded or imported, whatever they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, check_write
from claims.actions.load_plan import LoadItem, State
from claims.analysis.records import KINDS, Assessment, Claim, Record, Snapshot
from claims.errors import DocumentFaults, Fault, NotPermitted
from claims.exchange.hand_coded import HandCoded
from claims.store.access import Access
from claims.store.baseline import Baseline
from claims.store.erasure import erasures
from claims.store.lookup import numbers
from claims.store.reader import all_records
from claims.values.when import when_from_expression

_PAST = "a time that is past; mend the year"


def refuse_erased(session: Session, files: Iterable[HandCoded]) -> None:
    """Let no file bring back what was erased."""
    said = [(file, record) for file in files for record in file.records]
    gone = erasures(session, (record.id for _, record in said))
    faults = []
    for file, record in said:
        erased = gone.get(record.id)
        if erased is not None:
            told = f"what {erased.actor} erased on {erased.at[:10]}"
            place = file.marks.get(record.id, (0, 0))
            name = f"{record.entity.replace('_', ' ')} {record.key or record.id}"
            mend = "a file without it; take it out of the file, and destroy copies of the file"
            faults.append(Fault(file.file, *place, name, told, mend))
    if faults:
        raise DocumentFaults(tuple(faults))


def refuse_the_future(files: Iterable[HandCoded], now: datetime) -> None:
    """Nothing was withdrawn or captured after tomorrow: a day is left for the zones of clocks."""
    last = now + timedelta(days=1)
    faults = tuple(
        Fault(file.file, *file.marks[record.id], field, f"{found}, which is yet to come", _PAST)
        for file in files
        for record in file.records
        for field, found in _times(record)
        if found[:10] > last.date().isoformat()
    )
    if faults:
        raise DocumentFaults(faults)


def hidden_before(seen: Access, last: Mapping[UUID, Baseline]) -> set[UUID]:
    """What the files said before of records that the actor may not see: not theirs to hear of."""
    ids: defaultdict[str, set[UUID]] = defaultdict(set)
    for id_, said in last.items():
        ids[said.entity].add(id_)
    graded = ids.pop(Assessment.entity, set())
    hidden = {
        id_
        for entity, some in ids.items()
        for id_ in numbers(seen.session, entity, some).keys() - seen.visible(KINDS[entity], some)
    }
    keys = {one.key for one in all_records(seen.session, Assessment)}
    keys -= {one.key for one in seen.records(Assessment)}
    return hidden | {id_ for id_ in graded if last[id_].key in keys}


def check_clearance(
    actor: Actor, seen: Access, held: Collection[Record], given: Iterable[Record]
) -> None:
    """Comparing shows what is held, so it takes the clearance to see it.

    A record of a file has the same id each time, so that it cannot be stored again beside one
    that the actor may not see: this one refusal tells that there is such a record, not what.
    """
    for record in given:
        check_write(actor, None, record, None)
    for kind in {type(record) for record in held}:
        ids = {record.id for record in held if isinstance(record, kind)}
        if ids - seen.visible(kind, ids):
            message = (
                f"the files touch records that {actor.name!r} may not see; ask somebody with a"
                " higher clearance to load them"
            )
            raise NotPermitted(message)


def refuse_conflicts(items: Iterable[LoadItem]) -> None:
    """Refuses the whole load where file and database were both changed, showing both."""
    faults = conflicts(items)
    if faults:
        raise DocumentFaults(faults)


def conflicts(items: Iterable[LoadItem]) -> tuple[Fault, ...]:
    """What was changed both in a file and in the database since the last load, field by field."""
    return tuple(
        Fault(
            item.file,
            item.line,
            item.column,
            f"{item.entity} {item.key or item.id}, {change.name}",
            f"{change.after!r} in the file and {change.before!r} in the database, "
            "both changed since the last load",
            "the same in both; write the database's words into the file, or change the database",
        )
        for item in items
        if item.state is State.CONFLICT
        for change in item.changes
    )


def _times(record: Record) -> Iterator[tuple[str, str]]:
    """The times at which something was done, with their fields."""
    if isinstance(record, Snapshot) and record.captured_at:
        yield "captured.at", record.captured_at.isoformat()
    if isinstance(record, Claim) and record.retracted_at:
        earliest = when_from_expression(record.retracted_at).earliest
        if earliest is not None:
            yield "retracted.at", earliest.isoformat()
