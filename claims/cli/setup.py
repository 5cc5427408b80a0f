"""``claims init`` and ``claims db``: the database is made, described, brought up to date."""

from __future__ import annotations

import getpass
from collections.abc import Sequence

from claims import actions
from claims.actions import InitRequest, InitResult
from claims.cli.ground import Ground, existing, make, now, opened
from claims.cli.printing import print_json, print_pairs, say
from claims.errors import SchemaOutdated
from claims.settings import ARCHIVE_VARIABLE, Settings
from claims.store.migrate import upgrade as bring_up
from claims.store.revisions import current as schema_of
from claims.store.revisions import head as newest_schema
from claims.store.unit import write_unit

_NEXT = """
Next: enter a topic with `claims topic add`, then its questions, sources, documents and claims; or
code a text by hand (`claims load --schema` describes the format) and load it with
`claims load FILE`. Read the report with `claims report`. `claims demo` shows an example."""

_NO_FOLDER = f"none yet; name a folder that all of you can reach: {ARCHIVE_VARIABLE}=/path"


def init(
    ground: Ground, title: str | None, profile: str | None, locale: str | None, *, as_json: bool
) -> None:
    """Make the database where there is none, and begin the project in it."""
    settings = ground.settings()
    request = InitRequest(title=title, profile=profile, locale=locale)
    actions.check_init(settings.actor or _login(), request)
    made = schema_of(settings.database) is None
    if made:
        make(settings)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.beginner(session, settings.actor, _login())
        result = actions.init(session, actor, request, now())
    if as_json:
        print_json(_as_json(settings, result, made=made))
    else:
        _describe(settings, result, made=made)


def current(ground: Ground, *, as_json: bool) -> None:
    """Print the schema of the database and the one this version reads."""
    settings = existing(ground.settings())
    found, wanted = schema_of(settings.database), newest_schema()
    if as_json:
        print_json({"database": settings.name, "current": found, "head": wanted})
        return
    print_pairs(_database_lines(settings, found, wanted))
    try:
        with opened(settings):
            return
    except SchemaOutdated as outdated:
        say(f"\nNext: {outdated}")


def upgrade(ground: Ground) -> None:
    """Bring the schema of the database to that of this version."""
    settings = existing(ground.settings())
    before = schema_of(settings.database)
    bring_up(settings.database)
    after = schema_of(settings.database)
    if before == after:
        say(f"The schema is {after} already; nothing was changed.")
    else:
        say(f"The schema was {before or 'none'} and is {after} now.")


def _login() -> str:
    """The name of whoever is logged in; a machine without names has an administrator."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "administrator"


def _as_json(settings: Settings, result: InitResult, *, made: bool) -> dict[str, object]:
    return {
        "database": settings.name,
        "archive": None if settings.folder is None else str(settings.folder),
        "project": {
            "title": result.project.title,
            "profile": result.project.profile,
            "locale": result.project.locale,
        },
        "contributor": {"name": result.contributor.name, "role": str(result.contributor.role)},
        "new_database": made,
        "new_project": result.new_project,
        "new_contributor": result.new_contributor,
    }


def _describe(settings: Settings, result: InitResult, *, made: bool) -> None:
    project, person = result.project, result.contributor
    print_pairs(
        [
            ("Database", f"{settings.name}{_new(made)}"),
            ("Archived texts", str(settings.folder or _NO_FOLDER)),
            ("Project", f"{project.title}{_new(result.new_project)}"),
            ("Conventions", f"profile {project.profile}, locale {project.locale}"),
            ("Contributor", f"{person.name}, {person.role}{_new(result.new_contributor)}"),
        ]
    )
    if made or result.new_project or result.new_contributor:
        say(_NEXT)
    else:
        say("\nAll of it was there already; nothing was changed.")


def _new(made: bool) -> str:  # noqa: FBT001 -- the one thing it is told
    return " (new)" if made else ""


def _database_lines(
    settings: Settings, found: str | None, wanted: str
) -> Sequence[tuple[str, str]]:
    return [
        ("Database", settings.name),
        ("Its schema", found or "none"),
        ("This version reads", wanted),
    ]
