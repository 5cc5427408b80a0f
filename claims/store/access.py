"""What one clearance may see: every record that is listed, named, counted or suggested.

A hidden record is answered exactly like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.analysis.casefile import Casefile
from claims.analysis.records import Record
from claims.analysis.vocabulary import Sensitivity
from claims.errors import NotFound
from claims.store.casefiles import casefile
from claims.store.clearance import sees_all, visible
from claims.store.fetch import Fetch
from claims.store.forms import form_of
from claims.store.lookup import batches
from claims.store.naming import Called, meant, named_columns
from claims.store.tables import METADATA

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Access:
    """The records that a clearance may see, within one session."""

    session: Session
    clearance: Sensitivity

    def records(self, kind: type[R], ids: Iterable[UUID] | None = None) -> list[R]:
        """The visible records of a kind, or those with these ids, in the order written.

        A reference to an earlier record that is hidden (``supersedes``) is left out.
        """
        return self._without_hidden(kind, self._stored(kind, ids))

    def get(self, kind: type[R], record: UUID) -> tuple[R, int] | None:
        """A record and its version; ``None`` where there is none, or none that may be seen."""
        found = self.records(kind, [record])
        return (found[0], self.versions(kind, [record])[record]) if found else None

    def stored(self, kind: type[R], record: UUID) -> tuple[R, int] | None:
        """The same as it is stored, to be changed and written again: nothing is left out of it.

        For writing alone, since it may name an earlier record that is hidden.
        """
        found = self._stored(kind, [record])
        return (found[0], self.versions(kind, [record])[record]) if found else None

    def find(self, kind: type[R], text: str) -> tuple[R, int]:
        """The record that somebody means: by its key, a name, its id or the id's beginning.

        Names are labels, titles, texts and aliases. Capital letters make no difference.

        Returns:
            The record and its version.

        Raises:
            NotFound: there is none, or none that may be seen; the message names the nearest.
            InputRefused: there are several; the message names them.
        """
        held = self.called(kind)
        found = self.get(kind, meant(kind, text, held).id)
        if found is None:
            message = f"{text!r} was taken away while it was looked for; try again"
            raise NotFound(message)
        return found

    def called(self, kind: type[Record]) -> Sequence[Called]:
        """What the visible records of a kind are called, in the order written."""
        table, named = METADATA.tables[kind.entity], named_columns(kind.entity)
        columns = (table.c.id, table.c.key, *(table.c[name] for name in named))
        seen = select(*columns).where(visible(kind.entity, self.clearance)).order_by(table.c.pk)
        return [
            Called(
                row[0],
                row[1],
                tuple(
                    name
                    for read, text in zip(named.values(), row[2:], strict=True)
                    for name in read(text)
                ),
            )
            for row in self.session.execute(seen)
        ]

    def visible(self, kind: type[Record], ids: Iterable[UUID]) -> set[UUID]:
        """Those of the ids that name a record of this kind which may be seen."""
        return set(self._column(kind, "id", ids))

    def ids(self, kind: type[Record]) -> list[UUID]:
        """The visible records of a kind by their ids, in the order written."""
        table = METADATA.tables[kind.entity]
        seen = select(table.c.id).where(visible(kind.entity, self.clearance)).order_by(table.c.pk)
        return list(self.session.scalars(seen))

    def count(self, kind: type[Record]) -> int:
        """How many records of a kind may be seen."""
        table = METADATA.tables[kind.entity]
        seen = select(func.count()).select_from(table).where(visible(kind.entity, self.clearance))
        return self.session.scalar(seen) or 0

    def hashes(self, kind: type[Record], ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """The content hash of each of these records that may be seen, as it is stored."""
        return self._column(kind, "content_hash", ids)

    def versions(self, kind: type[Record], ids: Iterable[UUID]) -> Mapping[UUID, int]:
        """The version of each of these records that may be seen; 1 where it never changes."""
        if kind.immutable:
            return dict.fromkeys(self.visible(kind, ids), 1)
        return self._column(kind, "version", ids)

    def casefile(self, topic: UUID, questions: Collection[UUID] | None = None) -> Casefile:
        """A topic with its questions, claims and all that these refer to, as far as visible.

        With ``questions`` it holds only these, and the claims that decide their verdicts.

        Raises:
            NotFound: there is no such topic.
        """
        return casefile(self.session, topic, clearance=self.clearance, questions=questions)

    def _stored(self, kind: type[R], ids: Iterable[UUID] | None) -> list[R]:
        fetch, seen = Fetch(self.session), visible(kind.entity, self.clearance)
        if ids is None:
            return fetch.records(kind, None if sees_all(self.clearance) else seen)
        column = form_of(kind).table.c.id
        some = batches(sorted(set(ids)))
        found = [one for few in some for one in fetch.records(kind, column.in_(few) & seen)]
        order = {record: pk for pk, record in fetch.ids[kind.entity].items()}
        return sorted(found, key=lambda one: order[one.id])

    def _column(self, kind: type[Record], name: str, ids: Iterable[UUID]) -> dict[UUID, Any]:
        table = METADATA.tables[kind.entity]
        seen = select(table.c.id, table.c[name]).where(visible(kind.entity, self.clearance))
        return {
            row[0]: row[1]
            for some in batches(sorted(set(ids)))
            for row in self.session.execute(seen.where(table.c.id.in_(some)))
        }

    def _without_hidden(self, kind: type[R], records: list[R]) -> list[R]:
        earlier = {found for one in records if (found := _earlier(one)) is not None}
        if sees_all(self.clearance) or not earlier:
            return records
        seen = {None, *self.visible(kind, earlier)}
        return [one if _earlier(one) in seen else _alone(one) for one in records]


def _earlier(record: Record) -> UUID | None:
    """The record that this one supersedes."""
    found: UUID | None = getattr(record, "supersedes", None)
    return found


def _alone(record: R) -> R:
    changes: dict[str, Any] = {"supersedes": None}
    return replace(record, **changes)
