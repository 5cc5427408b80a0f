"""The commands on contributors and on the review of claims."""

# ruff: noqa: PLC0415 -- laziness for start-up time: `claims --help` must not load a database
# ruff: noqa: PLR0913 -- a command has as many parameters as it has options

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from claims.analysis.vocabulary import Role, Sensitivity
from claims.cli import options
from claims.cli.page import examples


class Reviews(StrEnum):
    """Which claims to list, by where they stand in review."""

    AWAITING = "awaiting"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ALL = "all"


Name = Annotated[str, typer.Argument(metavar="NAME", help="The contributor's name.")]
RoleChoice = Annotated[Role | None, typer.Option("--role", help="What they may do. [enterer]")]
ClearanceChoice = Annotated[
    Sensitivity | None, typer.Option("--clearance", help="What they may see. [public]")
]
NewRole = Annotated[Role | None, typer.Option("--role", help="What they may do from now on.")]
NewClearance = Annotated[
    Sensitivity | None, typer.Option("--clearance", help="What they may see from now on.")
]
Version = Annotated[
    int | None,
    typer.Option(
        "--version",
        min=1,
        max=options.MOST,
        metavar="N",
        help="The version you looked at; refused where it is not that any more.",
    ),
]
Reason = Annotated[
    str | None, typer.Option("--reason", metavar="TEXT", help="Why, kept in the history.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change; change nothing.")]
Claims = Annotated[
    list[str], typer.Argument(metavar="CLAIM…", help="Keys or ids, or beginnings of ids.")
]
Verdict = Annotated[
    str, typer.Option("--reason", metavar="TEXT", help="What you compared, or what is wrong.")
]


def register(app: typer.Typer) -> None:
    """Add the groups ``contributor`` and ``review`` to the app."""
    app.add_typer(_contributors(), name="contributor")
    app.add_typer(_reviews(), name="review")


def _group(summary: str) -> typer.Typer:
    return typer.Typer(help=summary, no_args_is_help=True, rich_markup_mode=None)


def _contributors() -> typer.Typer:
    group = _group("Say who takes part, what they may do and what they may see.")
    group.command(
        "add",
        epilog=examples(
            'claims contributor add "Second coder"',
            'claims contributor add "Editor" --role reviewer --clearance team',
        ),
    )(contributor_add)
    group.command(
        "list", epilog=examples("claims contributor list", "claims contributor list --json")
    )(contributor_list)
    group.command("show", epilog=examples('claims contributor show "Second coder"'))(
        contributor_show
    )
    group.command(
        "edit",
        epilog=examples(
            'claims contributor edit "Second coder" --role reviewer',
            'claims contributor edit "Editor" --clearance public --reason "left the team"',
        ),
    )(contributor_edit)
    group.command("history", epilog=examples('claims contributor history "Second coder"'))(
        contributor_history
    )
    return group


def _reviews() -> typer.Typer:
    group = _group("Accept or return claims that somebody else entered.")
    group.command(
        "list",
        epilog=examples(
            "claims review list",
            "claims review list --topic flood --state returned",
            "claims review list --json",
        ),
    )(review_list)
    group.command(
        "accept",
        epilog=examples('claims review accept flood-c1 flood-c2 --reason "compared with the page"'),
    )(review_accept)
    group.command(
        "return",
        epilog=examples('claims review return flood-c3 --reason "the quote says about 40"'),
    )(review_return)
    return group


def contributor_add(
    context: typer.Context,
    name: Name,
    *,
    role: RoleChoice = None,
    clearance: ClearanceChoice = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Take somebody into the project. Takes an administrator.

    reader: reads. enterer: also enters, edits, assesses. reviewer: also reviews, merges.
    administrator: also looks after people, erases, verifies, makes backups.
    """
    from claims.cli.people import Person, add

    asked = Person(name, role, clearance, None, reason)
    add(context.obj.over(db, acting), asked, dry_run=dry_run, as_json=as_json)


def contributor_list(
    context: typer.Context,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the contributors with their roles and clearances."""
    from claims.cli.people import listed

    listed(context.obj.over(db, acting), as_json=as_json)


def contributor_show(
    context: typer.Context,
    name: Name,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Show one contributor: what they may do, what they may see."""
    from claims.cli.people import show

    show(context.obj.over(db, acting), name, as_json=as_json)


def contributor_edit(
    context: typer.Context,
    name: Name,
    *,
    role: NewRole = None,
    clearance: NewClearance = None,
    version: Version = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Change somebody's role or clearance. Takes an administrator.

    The name stays, since the history knows people by it. One administrator always stays.
    """
    from claims.cli.people import Person, edit

    asked = Person(name, role, clearance, version, reason)
    edit(context.obj.over(db, acting), asked, dry_run=dry_run, as_json=as_json)


def contributor_history(
    context: typer.Context,
    name: Name,
    *,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Show who changed somebody's role or clearance, and when.

    For administrators, and for everybody about themselves.
    """
    from claims.cli.people import history

    history(context.obj.over(db, acting), name, as_json=as_json)


def review_list(
    context: typer.Context,
    *,
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="TOPIC", help="Only claims on this topic.")
    ] = None,
    state: Annotated[
        Reviews, typer.Option("--state", help="Where the claims stand in review.")
    ] = Reviews.AWAITING,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """List the claims that await a review, the oldest first.

    A claim that was edited after it was accepted awaits a review again.
    """
    from claims.cli.reviewing import listed

    chosen = None if state is Reviews.ALL else state.value
    listed(context.obj.over(db, acting), topic, chosen, as_json=as_json)


def review_accept(
    context: typer.Context,
    claims: Claims,
    *,
    reason: Verdict,
    version: Version = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Accept claims as they stand: all that are named, or none.

    Takes a reviewer who neither entered the claim nor edited it last. Accepting is about the
    coding, not about the truth of the claim.
    """
    from claims.cli.reviewing import Asked, review

    asked = Asked(tuple(claims), "accepted", reason, version)
    review(context.obj.over(db, acting), asked, dry_run=dry_run, as_json=as_json)


def review_return(
    context: typer.Context,
    claims: Claims,
    *,
    reason: Verdict,
    version: Version = None,
    dry_run: DryRun = False,
    db: options.Database = None,
    acting: options.Acting = None,
    as_json: options.Json = False,
) -> None:
    """Return claims to be mended: all that are named, or none.

    Takes a reviewer who neither entered the claim nor edited it last.
    """
    from claims.cli.reviewing import Asked, review

    asked = Asked(tuple(claims), "returned", reason, version)
    review(context.obj.over(db, acting), asked, dry_run=dry_run, as_json=as_json)
