"""The example that comes with claims: one text, hand-coded whole, and its report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.actions.init import InitRequest, init
from claims.actions.load import LoadRequest, load
from claims.actions.report import ReportRequest, report
from claims.archive.store import Archive
from claims.errors import SetupError
from claims.exchange.hand_coded import read_hand_coded
from claims.report.shape import Report

EXAMPLE = "malibeyli-gushchular"

_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRequest:
    """Where the texts are archived, and under which profile they are read."""

    archive: Archive
    profile: str | None = None


def demo(session: Session, actor: Actor, request: DemoRequest, now: datetime) -> Report:
    """Begin a project, load the example into it, and report on it; again changes nothing.

    Args:
        session: an open unit of work on a database of the current schema.
        actor: the one who begins the project, or who began it.
        request: the archive and the profile.
        now: when.

    Raises:
        SetupError: the package came without its example.
        InputRefused: the database holds the example with changes that its file has not.
        UnknownProfile: there is no such profile.
    """
    init(session, actor, InitRequest(), now)
    (file,) = read_hand_coded([seeds() / EXAMPLE])
    load(session, actor, LoadRequest(files=(file,), archive=request.archive, dry_run=False), now)
    label = next(record for record in file.records if record.entity == "topic")
    return report(session, actor, ReportRequest(topic=str(label.id), profile=request.profile), now)


def seeds(package: Path = _PACKAGE) -> Path:
    """The folder of the hand-coded texts: inside an installed package, beside it in a checkout.

    Args:
        package: the folder of the package.

    Raises:
        SetupError: it is in neither place.
    """
    carried = package / "_seeds"
    for folder in (carried, package.parent / "seeds"):
        if folder.is_dir():
            return folder
    message = f"the example is not where it belongs, '{carried}'; install claims again"
    raise SetupError(message)
