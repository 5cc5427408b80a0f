"""What the prompts look up: names to suggest, what a name means, how a value is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from claims.actions.actor import Actor, access
from claims.actions.entry import AddRequest, add
from claims.actions.entry_write import Written
from claims.actions.init import acting
from claims.actions.merge import merged_into
from claims.actions.proposing import Proposed, ProposeRequest, propose_claim
from claims.actions.similar import MERGEABLE
from claims.analysis.records import KINDS, Project, Question
from claims.analysis.vocabulary import ValueKind
from claims.archive.store import Archive
from claims.cli.entry_input import Entries, files_of
from claims.cli.ground import now
from claims.cli.wording import quantity_line, when_line
from claims.errors import InputRefused, NotFound
from claims.settings import Settings
from claims.store.access import Access
from claims.store.unit import read_unit, write_unit
from claims.values.duration import parse_duration
from claims.values.quantity import as_json as quantity_as_json
from claims.values.quantity import parse_quantity
from claims.values.when import as_json as when_as_json
from claims.values.when import parse_when

T = TypeVar("T")

_NAMED = {ValueKind.CATEGORY: "term", ValueKind.PLACE: "place"}
_TRUTHS = {"yes": "yes", "no": "no", "true": "yes", "false": "no"}


class Look:
    """The database as the person who acts may see it; nothing stays locked between two looks."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        """Look into an open database."""
        self._engine = engine
        self._settings = settings
        self._names: dict[str, tuple[str, ...]] = {}

    def names(self, entity: str) -> Sequence[str]:
        """What the records of a kind are called; of merged ones only the kept."""
        if entity not in self._names:
            self._names[entity] = self._read(lambda seen: _names(seen, entity))
        return self._names[entity]

    def count(self, entity: str) -> int:
        """How many records of a kind there are."""
        return self._read(lambda seen: seen.count(KINDS[entity]))

    def meant(self, entity: str, text: str) -> tuple[UUID, str]:
        """The record that a name means, with the name that it is shown by.

        Raises:
            NotFound: there is none that may be seen; the message names the nearest.
            InputRefused: there are several.
        """

        def look(seen: Access) -> tuple[UUID, str]:
            kind = KINDS[entity]
            record, _ = seen.find(kind, text)
            called = {one.id: one.shown for one in seen.called(kind)}
            return record.id, called.get(record.id, str(record.id)[:8])

        return self._read(look)

    def kind_of_answer(self, question: str) -> ValueKind:
        """What an answer to a question looks like."""
        return self._read(lambda seen: seen.find(Question, question)[0].value_kind)

    def reading(self, question: str, words: str) -> str:
        """How an answer in words is read, as a sentence.

        Raises:
            InputRefused: it cannot be read as the question asks.
            NotFound: it names no term or place.
        """
        kind = self.kind_of_answer(question)
        if kind in _NAMED:
            return f"{words}: the {_NAMED[kind]} “{self.meant(_NAMED[kind], words)[1]}”"
        if kind in {ValueKind.COUNT, ValueKind.PROPORTION}:
            read = parse_quantity(words, profile=self._project.profile, locale=self._locale)
            return quantity_line(quantity_as_json(read))
        if kind is ValueKind.DATE:
            return when_line(when_as_json(parse_when(words, locale=self._locale)))
        if kind is ValueKind.DURATION:
            return f"{words}: {parse_duration(words).expression}"
        if kind is ValueKind.BOOLEAN:
            if words.lower() not in _TRUTHS:
                message = f"{words!r} does not say yes or no; answer which of them it means"
                raise InputRefused(message)
            return f"{words}: read as {_TRUTHS[words.lower()]}"
        return f"{words}: taken as it is"

    def proposed(self, document: str, question: str, quote: str) -> Proposed | None:
        """What a quote proposes; ``None`` where no text of the document is archived."""
        request = ProposeRequest(
            document=document,
            quote=quote,
            question=question or None,
            archive=Archive(self._settings.archive),
        )
        try:
            with read_unit(self._engine) as session:
                return propose_claim(session, self._actor(session), request, now())
        except NotFound:
            return None

    def tried(self, entity: str, entries: Entries, reason: str | None) -> Written:
        """What entering would do; nothing is written.

        Raises:
            ClaimsError: it would be refused; the message says why.
        """
        request = AddRequest(
            entity=entity,
            entries=entries,
            reason=reason,
            dry_run=True,
            archive=Archive(self._settings.archive),
            files=files_of(entries) if entity == "document" else {},
        )
        with write_unit(self._engine) as session:
            return add(session, self._actor(session), request, now())

    @cached_property
    def _project(self) -> Project:
        held = self._read(lambda seen: seen.records(Project))
        return held[0] if held else Project(id=UUID(int=0), title="")

    @property
    def _locale(self) -> str:
        return self._project.locale

    def _actor(self, session: Session) -> Actor:
        return acting(session, self._settings.actor)

    def _read(self, look: Callable[[Access], T]) -> T:
        with read_unit(self._engine) as session:
            return look(access(session, self._actor(session)))


def _names(seen: Access, entity: str) -> tuple[str, ...]:
    gone = merged_into(seen, entity) if entity in MERGEABLE else {}
    held = (one for one in seen.called(KINDS[entity]) if one.id not in gone)
    return tuple(dict.fromkeys(name for one in held for name in (one.shown, one.key) if name))
