"""Examining a PostgreSQL server: what it may lose, who listens, what the role may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address

from sqlalchemy.orm import Session

from claims.actions.doctor_shape import Finding, well, wrong
from claims.store import health

_OWNER = "ask whoever looks after the server to"


def server_findings(session: Session) -> Iterator[Finding]:
    """What a connection to the server tells about it."""
    found = health.postgresql_settings(session)
    yield well(
        "server", f"PostgreSQL {found['server_version']}, texts in {found['server_encoding']}"
    )
    yield _durable(found)
    yield _role(found)
    yield _connection(found)


def _durable(found: Mapping[str, str]) -> Finding:
    off = [name for name in ("fsync", "full_page_writes") if found[name] == "off"]
    if off:
        fix = f"{_OWNER} switch it on: {', '.join(f'{name} = on' for name in off)}"
        return wrong(
            "durability", f"{' and '.join(off)} is off: a power cut can lose everything", fix
        )
    return well("durability", "acknowledged writes are on the server's disk (fsync is on)")


def _role(found: Mapping[str, str]) -> Finding:
    if found["superuser"] == "True":
        return wrong(
            "role",
            "claims connects as a superuser, who may read and alter everything on the server",
            f"{_OWNER} make a role that owns this database and nothing else, and connect as that",
        )
    return well("role", "claims connects as a role that is no superuser")


def _connection(found: Mapping[str, str]) -> Finding:
    host = found["host"]
    if not host or ip_address(host).is_loopback:
        return well("connection", "the server is on this computer")
    if found["tls"] == "True":
        return well("connection", "what goes to the server and back is encrypted (TLS)")
    return wrong(
        "connection",
        f"what goes to the server {host} and back can be read on the way",
        "add ?sslmode=verify-full to the address of the database",
    )
