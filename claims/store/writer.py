"""The one writer: every record and every edit passes here, with its change in the history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from claims.analysis.canonical import content, hash_of
from claims.analysis.records import Claim, Project, Question, Record, Snapshot
from claims.errors import InputRefused
from claims.store.acts import Run, begin, extend
from claims.store.bulk import insert_columns
from claims.store.codec import instant_text
from claims.store.custody import add_custody, bring_back_custody
from claims.store.derive import derive_again, derived_columns
from claims.store.engine import WRITES
from claims.store.forms import Form, Part, form_of, forms
from claims.store.history import new_salt
from claims.store.log import Author, Began, Entry, Salt, append, beginnings, locked_head
from claims.store.lookup import next_number
from claims.store.removal import remove_rows
from claims.store.resolve import Numbers, check_new, check_no_circle, parents_first
from claims.store.rows import to_columns, to_part_columns, to_row
from claims.store.search import index_new, index_records
from claims.store.stale import held_version, row_of, stale_version
from claims.store.tables.log import ERASE, ChangeRow, PayloadRow
from claims.store.validate import check_reason, named, validate

_WRITE = Run("write")
_NONE: Mapping[UUID, str] = MappingProxyType({})


class Writer:
    """Writes records within one writing unit, in the name of one actor at one time.

    It checks what SQLModel does not (types, references, texts), derives the columns that queries
    need, and appends one change for each record. Nothing is kept unless the unit ends well. All
    that one writer writes is one run of an action, which can be undone as a whole.
    """

    def __init__(  # noqa: PLR0913 (who, when, why, for what; salts are for tests)
        self,
        session: Session,
        actor: str,
        now: datetime,
        reason: str | None = None,
        *,
        run: Run = _WRITE,
        salt: Salt = new_salt,
    ) -> None:
        """Write in ``session``, which must come from :func:`claims.store.unit.write_unit`.

        Args:
            session: the session of a writing unit.
            actor: who writes.
            now: the time of the write, with its time zone.
            reason: why, kept with each change.
            run: the action that writes, as the list of actions tells it.
            salt: where the salts of the payloads' hashes come from.

        Raises:
            ValueError: the session does not hold the writing lock, or the time has no zone.
            InputRefused: the reason cannot be kept.
        """
        if WRITES not in session.info:
            message = "a Writer needs the session of a write_unit, which locks before it reads"
            raise ValueError(message)
        check_reason(reason)
        self._session = session
        self._author = Author(actor, instant_text(now), reason)
        self._run = run
        self._salt = salt
        self.act: UUID | None = None  # the id of the run, once something was written

    def insert(self, record: Record) -> None:
        """Write a new record.

        Raises:
            InputRefused: it cannot be stored as it is, is held already, or refers to what is not.
        """
        self.insert_all((record,))

    def insert_all(self, records: Sequence[Record], contents: Mapping[UUID, str] = _NONE) -> None:
        """Write new records, which may refer to each other in any order; all or none.

        Args:
            records: the records.
            contents: by id, the canonical content of those of which it was worked out before.

        Raises:
            InputRefused: one cannot be stored as it is, is held already, or refers to what is
                not held.
        """
        for record in records:
            validate(record)
        locked_head(self._session)
        found = Numbers()
        found.resolve(self._session, records)
        entries: list[Entry] = []
        by_kind = _by_kind(records)
        earlier = beginnings(self._session, records)
        check_new(self._session, by_kind, earlier)
        for form in forms():
            if form.entity in by_kind:
                entries += self._insert_kind(form, by_kind[form.entity], found, earlier, contents)
        for form in forms():
            for part in form.parts:
                self._insert_parts(part, by_kind.get(form.entity, ()), found)
        for record in by_kind.get(Snapshot.entity, ()):
            log = bring_back_custody(self._session, record.id) if record.id in earlier else []
            entries += log or [add_custody(self._session, record.id, self._author, "stored")]
        self._log(entries)
        index_new(self._session, [one for one in records if one.id not in earlier])
        if earlier:
            index_records(self._session, [one for one in records if one.id in earlier], ())

    def update(self, record: Record, *, version: int | None) -> int:
        """Replace what a record holds; equal content writes nothing.

        Args:
            record: the record as it shall be.
            version: the version that the change was made from; ``None`` replaces any.

        Returns:
            The record's version now.

        Raises:
            StaleVersion: somebody changed the record after ``version``.
            NotFound: no such record is held.
            InputRefused: it is of an immutable kind, or cannot be stored as it is.
        """
        if record.immutable:
            message = f"{named(record)} is never changed; insert one that supersedes it"
            raise InputRefused(message)
        validate(record)
        locked_head(self._session)
        pk, held, content_hash = held_version(self._session, record)
        if version is not None and version != held:
            raise stale_version(self._session, record, version, held)
        text = content(record)
        if hash_of(text) == content_hash:
            return held
        self._replace(record, pk, {"version": held + 1, "content_hash": hash_of(text)})
        self._log([Entry(record.entity, record.id, text, replaces=True)])
        index_records(self._session, [record], ())
        return held + 1

    def remove_all(self, records: Sequence[Record]) -> None:
        """Take records out of the tables; what they held stays in the history.

        Raises:
            NotFound: one is not held.
            InputRefused: something that stays refers to one; the message names what.
        """
        locked_head(self._session)
        self._log(remove_rows(self._session, records))
        index_records(self._session, (), [record.id for record in records])

    def erase(self, record: UUID, entity: str, blanked: Record | str | None) -> None:
        """Blank what a record held in all its versions, for good; the history says that it was.

        Args:
            record: the record's id.
            entity: what it is.
            blanked: what its row holds from now on; ``None`` where the record is not held; of an
                entry of a custody log, the canonical content that is left.
        """
        locked_head(self._session)
        held = select(col(ChangeRow.after_pk)).where(col(ChangeRow.record) == record)
        blank = update(PayloadRow).where(col(PayloadRow.pk).in_(held))
        self._session.execute(blank.values(salt=None, text=None))
        text = blanked if isinstance(blanked, str) else None
        if isinstance(blanked, Record):
            text = content(blanked)
            pk, version = row_of(self._session, blanked)
            common = {"content_hash": hash_of(text)}
            self._replace(
                blanked, pk, common | ({} if version is None else {"version": version + 1})
            )
        self._log([Entry(entity, record, text, replaces=True, act=ERASE)])
        held_on = [blanked] if isinstance(blanked, Record) else []
        index_records(self._session, held_on, () if held_on else [record])

    def custody(self, snapshot: UUID, action: str, note: str | None = None) -> None:
        """Add to the custody log what happened to the archived bytes of a snapshot.

        Args:
            snapshot: the snapshot's id.
            action: one of :data:`claims.store.tables.evidence.CUSTODY`.
            note: details in words.

        Raises:
            NotFound: no such snapshot is held.
            InputRefused: there is no such action.
        """
        locked_head(self._session)
        entry = add_custody(self._session, snapshot, self._author, action, note)
        self._log([entry])

    def _insert_kind(
        self,
        form: Form,
        records: Sequence[Record],
        found: Numbers,
        earlier: Mapping[UUID, Began],
        contents: Mapping[UUID, str],
    ) -> list[Entry]:
        """Write the rows of one kind of record; what to log, in the order written."""
        ordered = parents_first(form, records)
        first = next_number(self._session, form.entity)
        found.held[form.entity].update((one.id, first + n) for n, one in enumerate(ordered))
        texts = [contents.get(one.id) or content(one) for one in ordered]
        columns = to_columns(form, ordered, found.held)
        columns |= self._common(form, ordered, texts, earlier)
        columns["pk"] = range(first, first + len(ordered))
        columns |= self._derived(ordered, found)
        insert_columns(self._session, form.table, columns)
        return [Entry(form.entity, one.id, text) for one, text in zip(ordered, texts, strict=True)]

    def _common(
        self,
        form: Form,
        records: Sequence[Record],
        texts: Sequence[str],
        earlier: Mapping[UUID, Began],
    ) -> dict[str, Sequence[Any]]:
        """The columns of every entity; a record that comes back keeps its maker, and counts on."""
        fresh = Began(self._author.actor, self._author.at, 0)
        began = [earlier.get(one.id, fresh) for one in records] if earlier else [fresh] * len(texts)
        columns: dict[str, Sequence[Any]] = {
            "created_by": [one.by for one in began],
            "created_at": [one.at for one in began],
            "content_hash": [hash_of(text) for text in texts],
        }
        if not form.kind.immutable:
            columns["version"] = [one.changes + 1 for one in began]
        return columns

    def _log(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        last = append(self._session, entries, self._author, self._salt).seq
        if self.act is None:
            first = last - len(entries) + 1
            self.act = begin(self._session, self._run, self._author, first, last)
        else:
            extend(self._session, self.act, last)

    def _derived(self, records: Sequence[Record], found: Numbers) -> dict[str, Sequence[Any]]:
        """The columns that only claims have and that rest on other records."""
        claims = [record for record in records if isinstance(record, Claim)]
        if not claims:
            return {}
        derived = derived_columns(self._session, claims)
        origins = [found.of("source", claim.origin) for claim in claims]
        columns = [derived[claim.id] for claim in claims]
        values = zip(*(one.values() for one in columns), strict=True)
        return {"origin_pk": origins, **dict(zip(columns[0], values, strict=True))}

    def _insert_parts(self, part: Part, records: Sequence[Record], found: Numbers) -> None:
        owners = [found.of(record.entity, record.id) for record in records]
        columns = to_part_columns(part, records, owners, found.held)
        first = next_number(self._session, part.table.name)
        columns["pk"] = range(first, first + len(columns["position"]))
        insert_columns(self._session, part.table, columns)

    def _replace(self, record: Record, pk: int, common: dict[str, Any]) -> None:
        form = form_of(type(record))
        found = Numbers()
        found.resolve(self._session, [record])
        check_no_circle(self._session, form, record)
        found.held[form.entity][record.id] = pk
        derived = self._derived([record], found)
        row = (
            to_row(form, record, found.of)
            | {name: one[0] for name, one in derived.items()}
            | common
        )
        self._session.execute(update(form.table).where(form.table.c.pk == pk).values(**row))
        for part in form.parts:
            self._session.execute(delete(part.table).where(part.table.c[part.owner] == pk))
            self._insert_parts(part, [record], found)
        if isinstance(record, Question | Project):
            derive_again(self._session, record)


def _by_kind(records: Sequence[Record]) -> dict[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        found[record.entity].append(record)
    return found
