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
from claims.store.forms import Part, form_of
from claims.store.lookup import ids
from claims.store.rows import Items, by_column, part_items, to_records

R = TypeVar("R", bound=Record)


@dataclass
class Fetch:
    """Reads records within one session and remembers which row has which id."""

    session: Session
    ids: defaultdict[str, dict[int, UUID]] = field(default_factory=lambda: defaultdict(dict))

    def records(self, kind: type[R], where: ColumnElement[bool] | None = None) -> list[R]:
        """The records of a kind that meet a condition, in the order of their rows."""
        form = form_of(kind)
        table = form.table.c
        wanted = select(table.pk)
        statement = select(*(table[name] for name in form.columns)).order_by(table.pk)
        if where is not None:
            statement, wanted = statement.where(where), wanted.where(where)
        columns = by_column(form.columns, self.session.execute(statement).all())
        self.ids[form.entity].update(zip(columns["pk"], columns["id"], strict=True))
        for column, target in form.references.items():
            self._learn(target, columns[column])
        owners = wanted if where is not None else None
        parts = {part.field: self._items(part, owners) for part in form.parts}
        return cast("list[R]", to_records(form, columns, self.ids, parts))

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
