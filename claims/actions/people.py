"""The contributors of a project: who may do what, and who may see what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.init import check_name
from claims.analysis.lookalike import look, scripts_mixed
from claims.analysis.records import Contributor
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, StaleVersion
from claims.store.acts import Run
from claims.store.authors import changes_of
from claims.store.writer import Writer

MEANINGS: Mapping[Role, str] = {
    Role.READER: "reads",
    Role.ENTERER: "enters, edits, and undoes what they did themselves",
    Role.REVIEWER: "also reviews, merges, and undoes what others did",
    Role.ADMINISTRATOR: "also looks after people, erases, verifies, and makes backups",
}
"""What each role may do, in words; the rules are in :mod:`claims.actions.actor`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRequest:
    """A contributor by name, and what they are to be; ``None`` leaves it as it is.

    A new contributor is by default an enterer who sees what is public. ``version`` is the one
    that an edit was made from.
    """

    name: str
    role: Role | None = None
    clearance: Sensitivity | None = None
    version: int | None = None
    reason: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonResult:
    """The contributor now and before (``None`` where new), and the run that wrote it, if any.

    ``warnings`` say what a name could be taken for.
    """

    act: UUID | None
    contributor: Contributor
    before: Contributor | None
    version: int
    dry_run: bool
    warnings: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything was written, or would be."""
        return self.before != self.contributor


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """One change of a contributor; ``at`` is UTC with microseconds."""

    at: str
    by: str
    reason: str | None
    before: Contributor | None
    after: Contributor | None


def contributors(session: Session, actor: Actor, request: None, now: datetime) -> list[Contributor]:
    """Everybody, by name.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks; everybody may know who takes part.
        request: nothing to choose.
        now: not used; every action has the same shape.
    """
    del request, now
    actor.require(Doing.READ)
    held = access(session, actor).records(Contributor)
    return sorted(held, key=lambda person: (person.name.casefold(), person.name))


def add_contributor(
    session: Session, actor: Actor, request: PersonRequest, now: datetime
) -> PersonResult:
    """Take somebody into the project.

    Args:
        session: of a writing unit.
        actor: who adds; an administrator.
        request: the name, the role, the clearance.
        now: when.

    Raises:
        NotPermitted: only administrators may.
        InputRefused: the name is taken, or is not one line of print.
    """
    actor.require(Doing.PEOPLE)
    check_name(request.name)
    held = access(session, actor).records(Contributor)
    same = [one for one in held if one.name.casefold() == request.name.casefold()]
    if same:
        message = (
            f"{same[0].name!r} takes part already, as {_told(same[0])}; change that with"
            f" `claims contributor edit`, or choose a name that tells the two apart"
        )
        raise InputRefused(message)
    person = Contributor(
        id=uuid4(),
        name=request.name,
        role=request.role or Role.ENTERER,
        clearance=request.clearance or Sensitivity.PUBLIC,
    )
    act = None
    if not request.dry_run:
        writer = _writer(session, actor, request, now, "contributor add")
        writer.insert(person)
        act = writer.act
    return PersonResult(
        act=act,
        contributor=person,
        before=None,
        version=1,
        dry_run=act is None,
        warnings=tuple(_lookalikes(person.name, held)),
    )


def edit_contributor(
    session: Session, actor: Actor, request: PersonRequest, now: datetime
) -> PersonResult:
    """Change somebody's role or clearance; the name stays, since the history knows them by it.

    Args:
        session: of a writing unit.
        actor: who changes it; an administrator.
        request: the name, and the role or the clearance to be.
        now: when.

    Raises:
        NotPermitted: only administrators may.
        NotFound: nobody is called that.
        StaleVersion: somebody changed the contributor after the version that was given.
        InputRefused: nothing is to change, or no administrator would be left.
    """
    actor.require(Doing.PEOPLE)
    before, version = access(session, actor).find(Contributor, request.name)
    if request.version is not None and request.version != version:
        message = (
            f"{before.name!r} was changed after you looked (version {request.version}, now"
            f" {version}): {_told(before)}; look again and repeat your change"
        )
        raise StaleVersion(message)
    if request.role is None and request.clearance is None:
        message = "say what is to change: give --role, --clearance, or both"
        raise InputRefused(message)
    person = replace(
        before,
        role=request.role or before.role,
        clearance=request.clearance or before.clearance,
    )
    others = (one for one in access(session, actor).records(Contributor) if one.id != person.id)
    check_rulers([person, *others])
    act = None
    if not request.dry_run:
        writer = _writer(session, actor, request, now, "contributor edit")
        version = writer.update(person, version=version)
        act = writer.act
    return PersonResult(
        act=act,
        contributor=person,
        before=before,
        version=version,
        dry_run=request.dry_run,
    )


def contributor(
    session: Session, actor: Actor, request: PersonRequest, now: datetime
) -> tuple[Contributor, int]:
    """One contributor and the version of what is held on them.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks.
        request: the name.
        now: not used; every action has the same shape.

    Raises:
        NotFound: nobody is called that.
    """
    del now
    actor.require(Doing.READ)
    return access(session, actor).find(Contributor, request.name)


def contributor_history(
    session: Session, actor: Actor, request: PersonRequest, now: datetime
) -> list[PersonChange]:
    """Who made somebody a contributor, and who changed their role or clearance, in order.

    Args:
        session: an open unit of work; nothing is written.
        actor: who asks: an administrator, or the contributor in person.
        request: the name.
        now: not used; every action has the same shape.

    Raises:
        NotPermitted: the history of another contributor is for administrators.
        NotFound: nobody is called that.
    """
    del now
    if request.name.strip().casefold() != actor.name.casefold():
        actor.require(Doing.PEOPLE)
    person = access(session, actor).find(Contributor, request.name)[0]
    return [
        PersonChange(
            at=one.at,
            by=one.actor,
            reason=one.reason,
            before=_person(one.before),
            after=_person(one.after),
        )
        for one in changes_of(session, person.id)
    ]


def check_rulers(people: Iterable[Contributor]) -> None:
    """Refuse a write after which nobody could look after the project.

    Args:
        people: all contributors as they would be after the write.

    Raises:
        InputRefused: no administrator is among them.
    """
    if not any(one.role is Role.ADMINISTRATOR for one in people):
        message = (
            "no administrator would be left, and nobody could make one again; give somebody"
            " else the role administrator first"
        )
        raise InputRefused(message)


def _writer(
    session: Session, actor: Actor, request: PersonRequest, now: datetime, name: str
) -> Writer:
    return Writer(session, actor.name, now, request.reason, run=Run(name))


def _lookalikes(name: str, held: Iterable[Contributor]) -> Iterator[str]:
    """Warnings on a name that readers could take for another one."""
    if scripts := scripts_mixed(name):
        yield f"{name!r} mixes letters of {' and '.join(scripts)} that can look alike; check it"
    for one in held:
        if look(one.name) == look(name):
            yield f"{name!r} looks like {one.name!r}, who takes part already; tell the two apart"


def _told(person: Contributor) -> str:
    return f"{person.role.value}, cleared for {person.clearance.value}"


def _person(record: object) -> Contributor | None:
    return record if isinstance(record, Contributor) else None
