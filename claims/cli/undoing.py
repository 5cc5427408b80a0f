"""``claims undo``: what was taken back, and what that changed."""

from __future__ import annotations

from collections import Counter

from claims import actions
from claims.actions.undo import UndoItem, UndoRequest, UndoResult
from claims.cli.ground import Ground, existing, now, opened
from claims.cli.printing import print_json, say
from claims.store.unit import write_unit

SHOWN = 20
"""Records that are listed; more are counted."""


def undo(
    ground: Ground, action: str | None, reason: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """Take back an action and print what became of each record."""
    settings = existing(ground.settings())
    request = UndoRequest(action=action, reason=reason, dry_run=dry_run)
    with opened(settings) as engine, write_unit(engine) as session:
        actor = actions.acting(session, settings.actor)
        result = actions.undo(session, actor, request, now())
    if as_json:
        print_json(_as_json(result))
    else:
        _describe(result)


def _as_json(result: UndoResult) -> dict[str, object]:
    return {
        "undone": {"id": str(result.undone.id), "name": result.undone.name, "at": result.undone.at},
        "action": str(result.act) if result.act else None,
        "items": [
            {
                "did": item.did.value,
                "entity": item.record.entity,
                "id": str(item.record.id),
                "key": item.record.key,
            }
            for item in result.items
        ],
        "effects": [effect.plain for effect in result.effects],
        "dry_run": result.dry_run,
    }


def _describe(result: UndoResult) -> None:
    act = result.undone
    would = "Would undo" if result.dry_run else "Undone"
    say(f"{would}: {act.name} by {act.actor} at {act.at} ({str(act.id)[:8]})")
    for item in result.items[:SHOWN]:
        say(f"  {item.did.value}: {_named(item)}")
    if len(result.items) > SHOWN:
        more = Counter(item.did.value for item in result.items[SHOWN:])
        told = ", ".join(f"{count} {did}" for did, count in more.items())
        say(f"  and {len(result.items) - SHOWN} more: {told}")
    for effect in result.effects:
        say(str(effect))
    if result.act is not None:
        say(f"\nTo do it again: claims undo {str(result.act)[:8]}")


def _named(item: UndoItem) -> str:
    record = item.record
    return f"{record.entity.replace('_', ' ')} {record.key or str(record.id)[:8]}"
