"""Writing a project as tables: what one may see, as sheets that can be read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from claims import __version__
from claims.actions.actor import Actor, Doing, access
from claims.actions.backup import Tell, silent
from claims.actions.export_topic import Chosen, of_topic
from claims.actions.unfinished import unfinished
from claims.analysis.records import ENTITIES, Assessment, Record, Topic
from claims.analysis.vocabulary import Scheme
from claims.errors import InputRefused, NotFound, SetupError
from claims.exchange.entity_tables import Names, entity_sheets
from claims.exchange.table_bytes import TableFormat
from claims.exchange.table_write import write_sheets
from claims.store.access import Access
from claims.store.codec import instant_text
from claims.store.derive import project_profile
from claims.store.guard import check_file

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """Where to, as what, and which topic; ``None`` is everything.

    ``path`` is a new file for a workbook, else a new folder, or an empty one.
    """

    path: Path
    format: TableFormat
    topic: str | None = None
    dry_run: bool = False
    tell: Tell = silent


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """Where to, and how many records of each entity; ``topic`` is the label of the topic."""

    path: Path
    format: TableFormat
    counts: Mapping[str, int]
    topic: str | None
    dry_run: bool

    @property
    def records(self) -> int:
        """How many records in all."""
        return sum(self.counts.values())


def export(session: Session, actor: Actor, request: ExportRequest, now: datetime) -> ExportResult:
    """Write everything that the actor may see as tables, a sheet for each entity.

    What is read back has the same content. A hidden record is left out like one that does not
    exist, and so is a reference to it.

    Args:
        session: an open unit of reading; all is read from the one moment that it sees.
        actor: who asks.
        request: where to, and what.
        now: told in the export.

    Raises:
        NotFound: no topic is called that, or nothing is held at all.
        InputRefused: there is something at the path already; nothing is ever replaced.
        SetupError: it cannot be written, or a package for the format is not installed.
        VerificationFailed: the database was altered or damaged beneath claims.
    """
    actor.require(Doing.READ)
    check_file(session)
    _check_path(request)
    seen = access(session, actor)
    topic = None if request.topic is None else seen.find(Topic, request.topic)[0]
    ids = _ids(seen, None if topic is None else of_topic(seen, topic))
    if not any(ids.values()):
        message = "nothing is held yet that could be exported; load or enter something first"
        raise NotFound(message)
    if not request.dry_run:
        _write(seen, actor, request, ids, topic, now)
    return ExportResult(
        path=request.path,
        format=request.format,
        counts={kind.entity: len(ids[kind]) for kind in ENTITIES if ids[kind]},
        topic=topic.label if topic else None,
        dry_run=request.dry_run,
    )


def _check_path(request: ExportRequest) -> None:
    path = request.path
    if request.format is TableFormat.XLSX:
        taken = path.exists()
    else:
        taken = path.exists() and not (path.is_dir() and not any(path.iterdir()))
    if taken:
        what = "a new file" if request.format is TableFormat.XLSX else "a new or an empty folder"
        message = f"'{path}' is there already, and an export never replaces anything; name {what}"
        raise InputRefused(message)
    if not path.parent.is_dir():
        message = f"the folder '{path.parent}' does not exist; make it, or name another"
        raise SetupError(message)


Ids = Mapping[type[Record], list[UUID]]


def _ids(seen: Access, chosen: Chosen | None) -> dict[type[Record], list[UUID]]:
    """The records of each kind to export, in the order written."""
    return {
        kind: [
            one for one in seen.ids(kind) if chosen is None or one in chosen.get(kind.entity, ())
        ]
        for kind in ENTITIES
    }


def _write(  # noqa: PLR0913, PLR0917 (what is written, by whom, and when)
    seen: Access,
    actor: Actor,
    request: ExportRequest,
    ids: Ids,
    topic: Topic | None,
    now: datetime,
) -> None:
    profile = project_profile(seen.session)
    about = {
        "made by": f"claims {__version__}",
        "made at": instant_text(now),
        "exported by": actor.name,
        "seen with the clearance": actor.clearance.value,
        "topic": "all" if topic is None else topic.label,
        "values read under the profile": profile,
    }
    names = Names(seen.records, _graded(seen), profile)
    told = _Told(request.tell, sum(len(some) for some in ids.values()))
    held = {kind.entity: _records(seen, kind, some, told) for kind, some in ids.items()}
    sheets = entity_sheets(held, names, about)
    if request.format is TableFormat.XLSX:
        write_sheets(request.path, sheets, request.format)
        return
    with unfinished(request.path, "export") as folder:
        write_sheets(folder, sheets, request.format)


@dataclass(slots=True)
class _Told:
    """Counts what is done, and tells it."""

    tell: Tell
    total: int
    done: int = 0

    def more(self, count: int) -> None:
        """Tell that so many more are done."""
        self.done += count
        self.tell("records written", self.done, self.total)


def _records(seen: Access, kind: type[Record], ids: list[UUID], told: _Told) -> Iterator[Record]:
    """The records with these ids, few in memory at a time."""
    reading = iter(ids)
    while some := list(islice(reading, _AT_ONCE)):
        yield from seen.records(kind, some)
        told.more(len(some))


def _graded(seen: Access) -> dict[UUID, str]:
    """The confidence in force of each claim that has one."""
    silence = _Told(silent, 0)
    graded: dict[UUID, tuple[UUID, str]] = {}
    replaced: set[UUID | None] = set()
    for one in _records(seen, Assessment, seen.ids(Assessment), silence):
        if isinstance(one, Assessment) and one.scheme is Scheme.CONFIDENCE and one.of == "claim":
            replaced.add(one.supersedes)
            if one.target not in graded or graded[one.target][0] == one.supersedes:
                graded[one.target] = (one.id, one.code)
    return {claim: code for claim, (one, code) in graded.items() if one not in replaced}
