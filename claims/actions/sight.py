"""What somebody may see of the past: no more than they may see today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.analysis.records import ENTITIES, KINDS, Record
from claims.analysis.vocabulary import Sensitivity
from claims.errors import InputRefused
from claims.store.forms import form_of, references
from claims.store.lookup import numbers
from claims.store.payloads import is_record, record_of
from claims.store.removal import StillNamed
from claims.store.versions import last_texts

R = TypeVar("R", bound=Record)

Named = tuple[str, UUID]
"""A record by its entity and id."""


class Sight:
    """Which records an actor may see, those that are gone among them.

    A record that is held is seen as everywhere else. One that was removed is seen if its last
    sensitivity allows it and everything that it referred to is seen. Entries of custody logs are
    seen by those who see everything.
    """

    def __init__(self, session: Session, actor: Actor) -> None:
        """Look with the clearance that the actor has today."""
        self._session = session
        self._actor = actor
        self._access = access(session, actor)
        self._known: dict[Named, bool] = {}
        self.everything = actor.clearance is tuple(Sensitivity)[-1]

    def seen(self, records: Iterable[Named]) -> set[Named]:
        """Those of the records that may be seen."""
        asked = set(records)
        if self.everything:
            return asked
        self._learn({one for one in asked if one not in self._known})
        return {one for one in asked if self._known[one]}

    def shows(self, version: Record) -> bool:
        """Whether what a record was once names nothing that may not be seen."""
        named = {(entity, target) for _, entity, target in _references(self.told(version))}
        return self.seen(named) == named

    def told(self, version: R) -> R:
        """What a record was once, without the name of an earlier one that may not be seen."""
        earlier: UUID | None = getattr(version, "supersedes", None)
        if earlier is None or self.seen([(version.entity, earlier)]):
            return version
        changes: dict[str, Any] = {"supersedes": None}
        return replace(version, **changes)

    def name(self, record: UUID, entity: str | None = None) -> str:
        """What people call a record that may be seen, or was removed; else its id."""
        known = KINDS.get(entity) if entity else None
        kinds = [known] if known else ENTITIES
        for kind in kinds:
            found = self._access.get(kind, record)
            if found is not None:
                return name_of(found[0])
        return self._name_of_gone(record)

    def _name_of_gone(self, record: UUID) -> str:
        """What a record was called that was removed; its id where that may not be told."""
        text = last_texts(self._session, {record}).get(record)
        last = None if text is None else record_of(text)
        if last is None or not self.seen([(last.entity, record)]):
            return str(record)
        return name_of(last)

    def _learn(self, records: set[Named]) -> None:
        by_kind: defaultdict[str, set[UUID]] = defaultdict(set)
        for entity, record in records:
            by_kind[entity].add(record)
        for entity, ids in by_kind.items():
            kind = KINDS.get(entity)
            seen = self._access.visible(kind, ids) if kind else set()
            held = set(numbers(self._session, entity, ids)) if kind else ids
            self._known.update(((entity, one), one in seen) for one in held)
            self._learn_gone(entity, ids - held)

    def _learn_gone(self, entity: str, ids: set[UUID]) -> None:
        self._known.update(((entity, one), False) for one in ids)  # until it is known better
        for record, text in last_texts(self._session, ids).items():
            last = record_of(text)
            sensitivity = Sensitivity(getattr(last, "sensitivity", Sensitivity.PUBLIC))
            self._known[entity, record] = self._actor.may_see(sensitivity) and self.shows(last)


@contextmanager
def discreet(actor: Actor) -> Iterator[None]:
    """Let a refused removal tell what stands in its way only to those who see everything."""
    try:
        yield
    except StillNamed as refused:
        everything = actor.clearance is tuple(Sensitivity)[-1]
        raise InputRefused(str(refused) if everything else refused.discreet) from None


def name_of(record: Record) -> str:
    """What people call a record."""
    names = (getattr(record, one, None) for one in ("name", "label", "title", "text", "exact"))
    return str(record.key or next((one for one in names if one), record.id))


def _references(record: Record) -> Iterable[tuple[str, str, UUID]]:
    return references(form_of(type(record)), record) if is_record(record.entity) else ()
