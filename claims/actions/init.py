"""A project's beginning: its conventions and its contributors; and who acts in it.

A command at a terminal is trusted to say who acts: whoever can start it can also read and write
the database file. Names keep the record of who entered what honest; they are no lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.analysis.records import Contributor, Project
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, NotPermitted, SetupError
from claims.store.acts import Run
from claims.store.reader import all_records
from claims.store.writer import Writer
from claims.values.profiles import DEFAULT_PROFILE, profile_rows
from claims.values.quantity import parse_quantity

DEFAULT_LOCALE = "en"
DEFAULT_TITLE = "Claims"

_LONGEST = 200
_SHOWN = 60

_Held = TypeVar("_Held")


@dataclass(frozen=True, slots=True, kw_only=True)
class InitRequest:
    """What a project is to be; ``None`` takes what is held, or the default of a new project."""

    title: str | None = None
    profile: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InitResult:
    """The project and the contributor as they stand now, and whether this run made them."""

    project: Project
    contributor: Contributor
    new_project: bool
    new_contributor: bool


def init(session: Session, actor: Actor, request: InitRequest, now: datetime) -> InitResult:
    """Store the project and the contributor who begins it; what is there already stays.

    The first contributor is the administrator, with the highest clearance. An administrator adds
    the others (:func:`claims.actions.people.add_contributor`).

    Args:
        session: an open unit of work.
        actor: the one who begins; only the name is read.
        request: title, profile of vague words, and locale of a new project.
        now: when.

    Raises:
        InputRefused: the name is empty, or the project is held with other conventions.
        NotPermitted: the project has an administrator, and no contributor of this name.
        UnknownProfile: there is no such profile or locale.
    """
    check_init(actor.name, request)
    writer = Writer(session, actor.name, now, "claims init", run=Run("init"))
    held = _first(all_records(session, Project))
    _check_same(held, request)
    people = all_records(session, Contributor)
    known = _first([person for person in people if person.name == actor.name])
    if known is None and _rulers(people):
        raise NotPermitted(_stranger(actor.name, people))
    project = held or _new_project(writer, request)
    contributor = known or _new_contributor(writer, actor.name)
    return InitResult(
        project=project,
        contributor=contributor,
        new_project=held is None,
        new_contributor=known is None,
    )


def acting(session: Session, name: str | None) -> Actor:
    """The contributor of that name; the only administrator where nobody is named.

    Raises:
        NotPermitted: no contributor is called that.
        SetupError: nobody is named, and there is no administrator or there are several.
    """
    people = all_records(session, Contributor)
    if name is None:
        return _actor(_only_ruler(people))
    found = _first([person for person in people if person.name == name])
    if found is None:
        raise NotPermitted(_stranger(name, people))
    return _actor(found)


def check_init(name: str, request: InitRequest) -> None:
    """Refuse what no project can begin with, before a database is made for it.

    Raises:
        InputRefused: the name or the title is empty, or not one short line of print.
        UnknownProfile: there is no such profile or locale.
    """
    check_name(name, "--as")
    if request.title is not None and not _is_one_line(request.title):
        message = (
            f"the title {_short(request.title)} cannot be a project's;"
            f" give one line of at most {_LONGEST} signs with --title, or leave it out"
        )
        raise InputRefused(message)
    profile_rows(DEFAULT_PROFILE if request.profile is None else request.profile)
    parse_quantity("1", locale=DEFAULT_LOCALE if request.locale is None else request.locale)


def check_name(name: str, flag: str | None = None) -> None:
    """Refuse what nobody can be called; ``flag`` is where the name is given.

    Raises:
        InputRefused: the name is empty, begins or ends with a space, or is not one short line.
    """
    if not _is_one_line(name) or name != name.strip():
        message = (
            f"the name {_short(name)} cannot be a contributor's;"
            f" give one line of at most {_LONGEST} signs{f' with {flag}' if flag else ''}"
        )
        raise InputRefused(message)


def _is_one_line(words: str) -> bool:
    return bool(words.strip()) and words.isprintable() and len(words) <= _LONGEST


def _short(words: str) -> str:
    return repr(words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…")


def beginner(session: Session, name: str | None, login: str) -> Actor:
    """Who begins, or begins again: the one named, else the administrator, else the login's name."""
    rulers = _rulers(all_records(session, Contributor))
    return Actor(
        name=name or (rulers[0].name if rulers else login),
        role=Role.ADMINISTRATOR,
        clearance=Sensitivity.RESTRICTED,
    )


def _check_same(held: Project | None, request: InitRequest) -> None:
    """A project keeps its conventions: quietly keeping the old ones would look like a change."""
    if held is None:
        return
    for word in ("title", "profile", "locale"):
        asked, kept = getattr(request, word), getattr(held, word)
        if asked is not None and asked != kept:
            message = (
                f"the project is held already with the {word} '{kept}', not '{asked}';"
                f" leave --{word} out, or begin another project with --db"
            )
            raise InputRefused(message)


def _new_project(writer: Writer, request: InitRequest) -> Project:
    locale = request.locale or DEFAULT_LOCALE
    project = Project(
        id=uuid4(),
        title=request.title or DEFAULT_TITLE,
        profile=request.profile or DEFAULT_PROFILE,
        languages=(locale,),
        locale=locale,
    )
    writer.insert(project)
    return project


def _new_contributor(writer: Writer, name: str) -> Contributor:
    contributor = Contributor(
        id=uuid4(), name=name, role=Role.ADMINISTRATOR, clearance=Sensitivity.RESTRICTED
    )
    writer.insert(contributor)
    return contributor


def _stranger(name: str, people: Sequence[Contributor]) -> str:
    return (
        f"no contributor is called '{name}'; contributors are {_names(people)};"
        f" an administrator adds one with `claims contributor add '{name}'`,"
        " or name another with --as or CLAIMS_ACTOR"
    )


def _rulers(people: Sequence[Contributor]) -> list[Contributor]:
    return [person for person in people if person.role is Role.ADMINISTRATOR]


def _only_ruler(people: Sequence[Contributor]) -> Contributor:
    rulers = _rulers(people)
    if len(rulers) == 1:
        return rulers[0]
    if not rulers:
        message = "the database has no administrator yet; run `claims init --as NAME`"
        raise SetupError(message)
    message = f"say with --as or CLAIMS_ACTOR who acts; contributors are {_names(people)}"
    raise SetupError(message)


def _actor(person: Contributor) -> Actor:
    return Actor(name=person.name, role=person.role, clearance=person.clearance)


def _names(people: Sequence[Contributor]) -> str:
    return ", ".join(sorted(f"'{person.name}'" for person in people)) or "none yet"


def _first(found: Sequence[_Held]) -> _Held | None:
    return found[0] if found else None
