"""Reading records by column selects: one query for a kind, one for each of its ordered parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from claims.analysis.records import Record
from claims.store.forms import Form, Part, form_of
from claims.store.guard import CONTENT_HASH, check_contents, unaltered
from claims.store.lookup import ids
from claims.store.rows import Columns, Items, by_column, part_items, to_records

R = TypeVar("R", bound=Record)


@dataclass
class Fetch:
    """Reads records within one session and remembers which row has which id."""

    session: Session
    ids: defaultdict[str, dict[int, UUID]] = field(default_factory=lambda: defaultdict(dict))

    def records(self, kind: type[R], where: ColumnElement[bool] | None = None) -> list[R]:
        """The records of a kind that meet a condition, in the order of their rows.

        Raises:
            VerificationFailed: a row does not hold what was written into it.
        """
        form = form_of(kind)
        table = form.table.c
        wanted = select(table.pk)
        names = (*form.columns, CONTENT_HASH)
        statement = select(*(table[name] for name in names)).order_by(table.pk)
        if where is not None:
            statement, wanted = statement.where(where), wanted.where(where)
        owners = wanted if where is not None else None
        with unaltered(form.entity):
            columns = by_column(names, self.session.execute(statement).all())
            found = self._made(form, columns, owners)
            check_contents(found, columns[CONTENT_HASH])
        return cast("list[R]", found)

    def _made(
        self, form: Form, columns: Columns, owners: Select[tuple[int]] | None
    ) -> list[Record]:
        self.ids[form.entity].update(zip(columns["pk"], columns["id"], strict=True))
        for column, target in form.references.items():
            self._learn(target, columns[column])
        parts = {part.field: self._items(part, owners) for part in form.parts}
        return to_records(form, columns, self.ids, parts)

    def _items(self, part: Part, owners: Select[tuple[int]] | None) -> Items:
        table = part.table.c
        names = (part.owner, *(slot.column for slot in part.slots))
        statement = select(*(table[name] for name in names))
        if owners is not None:
            statement = statement.where(table[part.owner].in_(owners))
        statement = statement.order_by(table[part.owner], table.position)
        columns = by_column(names, self.session.execute(statement).all())
        for slot in part.slots:
            if slot.target is not None:
                self._learn(slot.target, columns[slot.column])
        return part_items(part, columns, self.ids)

    def _learn(self, entity: str, pks: Iterable[int | None]) -> None:
        """Find the ids of rows that are not known yet."""
        known = self.ids[entity]
        unknown = {pk for pk in set(pks) if pk is not None and pk not in known}
        if unknown:
            known.update(ids(self.session, entity, unknown))
