"""The hashes of the history: pure functions, so that anybody can recompute them elsewhere.

All text is UTF-8, all hashes are SHA-256, written as 64 lower-case hexadecimal digits. JSON is
canonical: keys sorted by code point, no white space, characters beyond ASCII written as they are.

*Payload.* What a record held after a write, as the canonical JSON text of an object with the
keys ``content`` (the record's canonical content), ``entity`` and ``id``.

*Payload hash.* SHA-256 over the bytes of: the salt as the hexadecimal digits it is kept in, one
newline (0x0A), the payload. Without the salt nobody can test a guess of what was erased.

*Change hash.* SHA-256 over the canonical JSON text of an object with the keys ``actor``,
``after``, ``at``, ``before``, ``entity``, ``id``, ``previous``, ``reason``, ``seq`` and ``act``.
``before`` and ``after`` are payload hashes; ``act`` is ``erase`` for a change that blanked what
the record held before; ``before``, ``after``, ``reason`` and ``act`` are left out where there is
none; ``at`` is UTC with microseconds (``2026-01-31T12:00:00.000000Z``); ``id`` is a UUID in its
usual form; ``seq`` is a decimal number as text; ``previous`` is the hash of the change before, 64
zeros for the first.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from claims.analysis.canonical import quoted

START = "0" * 64
"""What the first change names as the change before it."""


@dataclass(frozen=True, slots=True)
class Head:
    """How far a log has come: the number and the hash of its last change."""

    seq: int = 0
    hash: str = START


class Link(NamedTuple):
    """One change as the chain sees it; ``before`` and ``after`` are payload hashes."""

    seq: int
    entity: str
    id: UUID
    actor: str
    at: str
    reason: str | None
    before: str | None
    after: str | None
    previous: str
    act: str | None = None


def new_salt() -> str:
    """A random salt: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def payload(entity: str, record: UUID, content: str) -> str:
    """The payload of a record whose canonical content is ``content``."""
    return f'{{"content":{content},"entity":{quoted(entity)},"id":"{record}"}}'


def payload_hash(salt: str, text: str) -> str:
    """The salted hash of a payload."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def change_hash(link: Link) -> str:
    """The hash of a change, which covers every change before it."""
    told = (
        ("act", link.act),
        ("actor", link.actor),
        ("after", link.after),
        ("at", link.at),
        ("before", link.before),
        ("entity", link.entity),
        ("id", str(link.id)),
        ("previous", link.previous),
        ("reason", link.reason),
        ("seq", str(link.seq)),
    )
    text = ",".join([f'"{name}":{quoted(value)}' for name, value in told if value is not None])
    return hashlib.sha256(f"{{{text}}}".encode()).hexdigest()
