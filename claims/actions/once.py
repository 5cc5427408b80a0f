"""The same request twice is one write: keys by which a caller says that it is the same."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy.orm import Session

from claims.actions.actor import Actor
from claims.analysis.canonical import canonical_json
from claims.errors import InputRefused
from claims.store.acts import Act, act_by_key

LONGEST_KEY = 200
"""Characters of a key."""


def digest(request: object) -> str:
    """The SHA-256 of a request, given as data of JSON with records and closed lists allowed."""
    return sha256(canonical_json(request).encode("utf-8", "surrogatepass")).hexdigest()


def replayed(session: Session, actor: Actor, key: str | None, request: str) -> Act | None:
    """The run in which this request was carried out before, or ``None``.

    Args:
        session: an open unit of work.
        actor: whose key it is; keys of others do not matter.
        key: the key that came with the request, if any.
        request: the request's digest.

    Raises:
        InputRefused: the key is empty or too long, or was used for another request.
    """
    if key is None:
        return None
    if not key.strip() or len(key) > LONGEST_KEY or not key.isprintable():
        message = f"the key {key[:40]!r} cannot be used; give up to {LONGEST_KEY} printable signs"
        raise InputRefused(message)
    found = act_by_key(session, actor.name, key)
    if found is None:
        return None
    act, before = found
    if before != request:
        message = (
            f"the key {key!r} was used already, for another request (action {str(act.id)[:8]},"
            f" {act.name}, {act.at}); give a new key, or repeat that request as it was"
        )
        raise InputRefused(message)
    return act
