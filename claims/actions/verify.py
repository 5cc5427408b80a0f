"""Proof: recomputing everything, the head of the change log, and heads that are signed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing
from claims.analysis.records import Project
from claims.analysis.vocabulary import Sensitivity
from claims.errors import NotFound, VerificationFailed
from claims.store.breaks import LIMIT, Break, Check
from claims.store.codec import instant_text
from claims.store.history import Head
from claims.store.log import head as log_head
from claims.store.reader import all_records
from claims.store.signing import SignedHead, check_signature, sign
from claims.store.verify import Progress, amount
from claims.store.verify import verify as verify_store

__all__ = [
    "HeadRequest",
    "HeadResult",
    "SignRequest",
    "VerifyRequest",
    "head",
    "sign_head",
    "verify",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyRequest:
    """What to compare the log with, and how much to tell.

    ``kept`` is a head that was kept elsewhere, bare or signed; a bare one with ``seq`` 0 is known
    by its hash alone. ``key`` is the public key that a signed one must bear. ``limit`` breaks are
    listed, the others counted. ``progress`` is told how much was looked at since it was told
    before.
    """

    kept: Head | SignedHead | None = None
    key: str | None = None
    limit: int = LIMIT
    progress: Progress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadRequest:
    """The head as it is; there is nothing to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadResult:
    """How far the log has come, and of which project it is the log."""

    head: Head
    project: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest:
    """The file of the private key to sign with."""

    key: Path


def verify(session: Session, actor: Actor, request: VerifyRequest, now: datetime) -> Check:
    """Recompute the chain of changes, and compare every row with what its last change left.

    Args:
        session: a reading unit, so that everything is seen at one moment.
        actor: an administrator.
        request: a kept head to compare with, and how much to tell.
        now: not used; every action has the same shape.

    Raises:
        NotPermitted: the actor is no administrator.
        InputRefused: the key is none.
        VerificationFailed: the signature of the kept head does not fit, or it is the head of
            another project. What is wrong with the database itself is told by the result.
    """
    del now
    actor.require(Doing.VERIFY)
    kept = request.kept
    if isinstance(kept, SignedHead):
        check_signature(kept, request.key)
        project = _project(session)
        if kept.project != project.id:
            message = (
                f"the signed head is of the project {kept.project}, and this database holds the"
                f" project {project.id}; name the database that the head was kept of"
            )
            raise VerificationFailed(message)
        kept = kept.head
    found = verify_store(session, kept=kept, limit=request.limit, progress=request.progress)
    if actor.clearance is tuple(Sensitivity)[-1]:
        return found
    return replace(found, breaks=tuple(_without_words(one) for one in found.breaks))


def _without_words(found: Break) -> Break:
    """A break without what the record says, for an administrator who may not see everything."""
    said = "what its clearance hides"
    shown = None if found.field is None else said
    return replace(found, name=None, found=shown, expected=shown)


def to_verify(session: Session, actor: Actor) -> int:
    """How many changes and rows a verification looks at, for a progress bar.

    Raises:
        NotPermitted: the actor is no administrator.
    """
    actor.require(Doing.VERIFY)
    return amount(session)


def head(session: Session, actor: Actor, request: HeadRequest, now: datetime) -> HeadResult:
    """The number and the hash of the last change: what to keep outside of the database.

    Args:
        session: an open unit of work; nothing is written.
        actor: an administrator.
        request: nothing to choose.
        now: not used; every action has the same shape.

    Raises:
        NotPermitted: the actor is no administrator.
        NotFound: no project was begun yet.
        VerificationFailed: somebody took the head out.
    """
    del request, now
    actor.require(Doing.HEAD)
    project = _project(session)
    return HeadResult(head=log_head(session), project=project.id, title=project.title)


def sign_head(session: Session, actor: Actor, request: SignRequest, now: datetime) -> SignedHead:
    """Sign the head, so that others can tell later who kept it, and when.

    Args:
        session: an open unit of work; nothing is written.
        actor: an administrator.
        request: the private key.
        now: the time that is signed with it.

    Raises:
        NotPermitted: the actor is no administrator.
        NotFound: no project was begun yet.
        InputRefused: the file holds no private key.
        SetupError: the file cannot be read.
    """
    actor.require(Doing.SIGN)
    found = head(session, actor, HeadRequest(), now)
    return sign(found.head, found.project, instant_text(now), request.key)


def _project(session: Session) -> Project:
    held = all_records(session, Project)
    if not held:
        message = "this database holds no project yet; begin one with `claims init`"
        raise NotFound(message)
    return held[0]
