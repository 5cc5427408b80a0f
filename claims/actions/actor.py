"""Who does something, and what their role and clearance allow: the one table of these rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from claims.analysis.records import Contributor, Record
from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import InputRefused, NotPermitted
from claims.store.access import Access

_ROLES = tuple(Role)
_CLEARANCES = tuple(Sensitivity)


class Doing(StrEnum):
    """What somebody may want to do, in the words that complete "may not …"."""

    READ = "read"
    ENTER = "enter records"
    EDIT = "edit records"
    LOAD = "load files"
    UNDO = "undo their own actions"
    ASSESS = "assess sources and claims"
    REVIEW = "review claims"
    MERGE = "merge records"
    WAIVE = "accept findings of the audit"
    DECLASSIFY = "lower the sensitivity of a record"
    UNDO_OF_OTHERS = "undo what others did"
    PEOPLE = "change contributors"
    HEAD = "see the head of the change log"
    SIGN = "sign the head of the change log"
    VERIFY = "verify the database"
    ERASE = "erase records"
    BACKUP = "back the database up"
    DIAGNOSE = "examine the database"


LEAST: Mapping[Doing, Role] = {
    Doing.READ: Role.READER,
    Doing.ENTER: Role.ENTERER,
    Doing.EDIT: Role.ENTERER,
    Doing.LOAD: Role.ENTERER,
    Doing.UNDO: Role.ENTERER,
    Doing.ASSESS: Role.ENTERER,
    Doing.REVIEW: Role.REVIEWER,
    Doing.MERGE: Role.REVIEWER,
    Doing.WAIVE: Role.REVIEWER,
    Doing.DECLASSIFY: Role.REVIEWER,
    Doing.UNDO_OF_OTHERS: Role.REVIEWER,
    Doing.PEOPLE: Role.ADMINISTRATOR,
    Doing.HEAD: Role.ADMINISTRATOR,
    Doing.SIGN: Role.ADMINISTRATOR,
    Doing.VERIFY: Role.ADMINISTRATOR,
    Doing.ERASE: Role.ADMINISTRATOR,
    Doing.BACKUP: Role.ADMINISTRATOR,
    Doing.DIAGNOSE: Role.ADMINISTRATOR,
}
"""The least role that may do each thing; every role may do what those before it may."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The contributor on whose behalf an action runs."""

    name: str
    role: Role = Role.ENTERER
    clearance: Sensitivity = Sensitivity.PUBLIC

    def may_see(self, sensitivity: Sensitivity) -> bool:
        """Whether the clearance goes as far; each clearance holds the former."""
        return _CLEARANCES.index(self.clearance) >= _CLEARANCES.index(sensitivity)

    def may(self, doing: Doing) -> bool:
        """Whether the role goes as far; each role holds the former."""
        return _ROLES.index(self.role) >= _ROLES.index(LEAST[doing])

    def require(self, doing: Doing) -> None:
        """Check that the role goes as far; to be called before anything is read.

        Raises:
            NotPermitted: it does not; the message names the role that would.
        """
        if not self.may(doing):
            message = (
                f"{self.name!r} has the role {self.role.value}, which may not {doing.value};"
                f" that takes the role {LEAST[doing].value}{_or_higher(LEAST[doing])}"
            )
            raise NotPermitted(message)


def access(session: Session, actor: Actor) -> Access:
    """What this actor may see, and nothing else: the way to every record that is shown."""
    return Access(session, actor.clearance)


def check_write(actor: Actor, before: Record | None, after: Record, reason: str | None) -> None:
    """Check what a write does to the sensitivity of a record, or to the rights of a person.

    Nobody makes a record more sensitive than their own clearance: it would vanish before their
    eyes. Lowering the sensitivity shows a record to more people, so it takes a reviewer and a
    reason.

    Args:
        actor: who writes.
        before: the record as it is held; ``None`` where it is new.
        after: the record as it shall be.
        reason: why, as the history will tell it.

    Raises:
        NotPermitted: the clearance or the role does not go as far.
        InputRefused: the sensitivity is lowered without a reason.
    """
    if isinstance(after, Contributor):
        actor.require(Doing.PEOPLE)
    wanted = _sensitivity(after)
    if not actor.may_see(wanted):
        message = (
            f"the clearance of {actor.name!r} is {actor.clearance.value}: a {after.entity} that is"
            f" {wanted.value} would vanish before your eyes; choose {_up_to(actor.clearance)},"
            f" or ask somebody with the clearance {wanted.value}"
        )
        raise NotPermitted(message)
    if before is None or _rank(wanted) >= _rank(_sensitivity(before)):
        return
    actor.require(Doing.DECLASSIFY)
    if not (reason or "").strip():
        message = (
            f"lowering the sensitivity of a {after.entity} from {_sensitivity(before).value} to"
            f" {wanted.value} shows it to more people and needs a reason; give one with --reason"
        )
        raise InputRefused(message)


def _sensitivity(record: Record) -> Sensitivity:
    """How sensitive a record is; kinds without a sensitivity of their own are public."""
    return Sensitivity(getattr(record, "sensitivity", Sensitivity.PUBLIC))


def _rank(sensitivity: Sensitivity) -> int:
    return _CLEARANCES.index(sensitivity)


def _up_to(clearance: Sensitivity) -> str:
    return " or ".join(one.value for one in _CLEARANCES[: _rank(clearance) + 1])


def _or_higher(role: Role) -> str:
    return "" if role is _ROLES[-1] else " or higher"
