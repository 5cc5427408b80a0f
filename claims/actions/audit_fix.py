"""The mechanical mends that an audit proposes, as edits: shown first, made when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing
from claims.actions.audit import audit
from claims.actions.audit_run import AuditRequest
from claims.actions.edit import EditRequest, edit
from claims.actions.entry_write import Written
from claims.analysis.audit.catalogue import check_of
from claims.analysis.audit.finding import Proposal
from claims.archive.store import Archive
from claims.errors import ClaimsError, InputRefused
from claims.report.audit_shape import ToldFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class MendRequest:
    """The checks whose mends are wanted; ``dry_run`` shows them and makes none."""

    archive: Archive | None
    checks: tuple[str, ...]
    dry_run: bool = True
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One proposed edit: of which finding, what it puts into which field, and what became of it.

    ``written`` is the edit, made or tried; ``refused`` says why it cannot be made so.
    """

    told: ToldFinding
    changes: Mapping[str, Any] = field(default_factory=dict)
    written: Written | None = None
    refused: str | None = None


def mend(session: Session, actor: Actor, request: MendRequest, now: datetime) -> tuple[Mend, ...]:
    """The mends of the open findings of some checks, each tried or made as an edit of its own.

    An edit that cannot be made says why, leaves nothing behind and keeps no other from being
    made. Each is undone by itself (``claims undo``).

    Args:
        session: of a writing unit, also for a dry run, which is taken back.
        actor: who mends; at least an enterer.
        request: the checks, and whether to write.
        now: the time of the edits.

    Raises:
        NotPermitted: the role may not edit.
        NotFound: there is no such check.
        InputRefused: no check is named.
    """
    actor.require(Doing.EDIT)
    if not request.checks:
        message = "say which check's mends are wanted, such as A20"
        raise InputRefused(message)
    checks = tuple(check_of(name) for name in request.checks)
    asked = AuditRequest(archive=request.archive, checks=checks, documents=request.documents)
    found = audit(session, actor, asked, now).report.open
    return tuple(
        _mended(session, actor, request, told, now)
        for told in found
        if told.finding.defect.proposal is not None
    )


def _mended(
    session: Session, actor: Actor, request: MendRequest, told: ToldFinding, now: datetime
) -> Mend:
    proposal = told.finding.defect.proposal
    if proposal is None or proposal.field not in _EDITED.get(proposal.entity, ()):
        field_ = proposal.field if proposal else ""
        refused = f"{field_} of a {told.finding.defect.subject.entity} is mended by hand"
        return Mend(told=told, refused=refused)
    changes = _changes(proposal)
    edited = EditRequest(
        entity=proposal.entity,
        target=str(proposal.id),
        changes=changes,
        reason=f"{told.finding.check}: {told.finding.defect.found}",
        dry_run=request.dry_run,
        archive=request.archive,
    )
    try:
        written = edit(session, actor, edited, now)  # which takes itself back where it fails
    except ClaimsError as error:
        return Mend(told=told, changes=changes, refused=str(error))
    return Mend(told=told, changes=changes, written=written)


_EDITED: Mapping[str, Sequence[str]] = {
    "claim": ("hedges", "stance", "value.expression"),
}
"""The fields that are proposed and that an edit can set; citations are made anew by hand."""


def _changes(proposal: Proposal) -> dict[str, Any]:
    """The proposal as the fields of an edit."""
    value: Any = list(proposal.value) if isinstance(proposal.value, tuple) else proposal.value
    return {"value" if proposal.field == "value.expression" else proposal.field: value}
