"""Addresses of databases: which engine one names, and how it is shown without its password."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from claims.errors import SetupError

Backend = Literal["sqlite", "postgresql"]

POSTGRESQL = "postgresql+psycopg"
"""How SQLAlchemy names PostgreSQL with the one driver that claims uses."""

_POSTGRESQL = re.compile(r"(?:postgresql|postgres|postgresql\+psycopg)://", re.IGNORECASE)
_FORM = "write postgresql://user@host:port/database"


def is_postgresql(named: str) -> bool:
    """Whether this is meant as the address of a PostgreSQL database."""
    return _POSTGRESQL.match(named) is not None


def postgresql_address(named: str) -> str:
    """The address of a PostgreSQL database as SQLAlchemy takes it.

    Raises:
        SetupError: it cannot be read, or names no database; the message does not repeat it, since
            a part of it may be a password.
    """
    rest = _POSTGRESQL.sub("", named, count=1)
    address = f"{POSTGRESQL}://{rest}"
    parts = _parts(address)
    if parts is None:
        message = (
            f"the address of the PostgreSQL database cannot be read; {_FORM},"
            " with %40 for @, %2F for /, %3A for :, %3F for ? and %23 for # in a password"
        )
        raise SetupError(message)
    if not parts.path.strip("/"):
        message = f"the address of the PostgreSQL server names no database on it; {_FORM}"
        raise SetupError(message)
    return address


def shown(address: str) -> str:
    """The address of a PostgreSQL database as messages show it, without its password."""
    parts = _parts(address)
    if parts is None:
        return "the PostgreSQL database"
    place = parts.netloc.rpartition("@")[2]
    user = f"{parts.username}@" if parts.username else ""
    socket = parse_qs(parts.query).get("host", [""])[0]
    return f"postgresql://{user}{place}{parts.path}{f'?host={socket}' if socket else ''}"


def database_of(address: str) -> str:
    """The name of the database on its server."""
    return unquote(urlsplit(address).path.strip("/"))


def _parts(address: str) -> SplitResult | None:
    """The parts; nothing where a sign in a password may have been read as an end of a part."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    misread = "@" in parts.path + parts.query or parts.fragment or not address.isprintable()
    return None if misread else parts
