"""What a shell offers while a name is typed: quickly, and silently where it cannot."""

# ruff: noqa: PLC0415 -- laziness for start-up time: help pages must not load a database

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache

import typer

MOST = 50
"""Names that are offered at once."""


@cache
def completing(entity: str) -> Callable[[typer.Context, str], list[str]]:
    """What completes the names of an entity: keys first, else names."""

    def offered(context: typer.Context, incomplete: str) -> list[str]:
        found: list[str] = []
        with suppress(Exception):  # a shell that completes must never be interrupted by an error
            found = _names(context, entity, incomplete)
        return found

    return offered


def _names(context: typer.Context, entity: str, incomplete: str) -> list[str]:
    from claims.actions.actor import access
    from claims.actions.init import acting
    from claims.analysis.records import KINDS
    from claims.cli.ground import Ground, existing, opened
    from claims.store.unit import read_unit

    ground = Ground(context.params.get("db"), context.params.get("acting"))
    settings = existing(ground.settings())
    with opened(settings) as engine, read_unit(engine) as session:
        held = access(session, acting(session, settings.actor)).called(KINDS[entity])
    names = [one.key or (one.names[0] if one.names else str(one.id)[:8]) for one in held]
    begun = incomplete.casefold()
    return [name for name in names if name.casefold().startswith(begun)][:MOST]
