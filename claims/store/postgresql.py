"""PostgreSQL: how a database is reached, and how reading and writing begin in it.

What a unit needs is set with the transaction and ends with it, so that a pool between claims and
the server changes nothing. A writing unit takes one lock of the database before it reads, as
SQLite does: ``READ COMMITTED`` then sees what the writer before has kept. The lock is an advisory
one, because it is also needed where there are no tables yet.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL

from claims.errors import SetupError

CONNECT_TIMEOUT = 10
"""Seconds to wait for a server that does not answer, where the address does not say."""

OLDEST = 14
"""The oldest version of the server that is still looked after by its makers."""

LOCK = 0x636C61696D73
"""The number of the lock that writers take; it says "claims"."""

_READ = """SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;
SET LOCAL lock_timeout = {wait}"""

_WRITE = f"""SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET LOCAL lock_timeout = {{wait}};
SELECT set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') IN ('off', 'local');
SELECT pg_advisory_xact_lock({LOCK})"""
"""An acknowledged write is on the disk, whatever the server's settings say."""


def postgresql_engine(address: URL) -> Engine:
    """An engine on a database of a server; a connection that died is made again.

    Raises:
        SetupError: the driver is not installed.
    """
    waits = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_TIMEOUT}
    named = {} if "application_name" in address.query else {"application_name": "claims"}
    try:
        return create_engine(address, pool_pre_ping=True, connect_args={**waits, **named})
    except ModuleNotFoundError as error:
        message = (
            "PostgreSQL needs a driver that is not installed;"
            " install it with `pip install 'claims[postgres]'`"
        )
        raise SetupError(message) from error


def postgresql_begin(connection: Connection, busy_timeout: float, *, writes: bool) -> None:
    """Set up a transaction; one that writes holds the only writing lock from its start."""
    wait = max(1, round(busy_timeout * 1000))  # 0 would mean forever
    connection.exec_driver_sql((_WRITE if writes else _READ).format(wait=wait))


def check_server(connection: Connection, name: str) -> None:
    """Refuse a database that cannot hold what claims writes.

    Raises:
        SetupError: its server is too old, or it keeps texts in another way than UTF-8.
    """
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one()) // 10000
    if version < OLDEST:
        message = (
            f"the server of {name} is PostgreSQL {version} and claims needs {OLDEST} or later;"
            " upgrade it, or name another database"
        )
        raise SetupError(message)
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        message = (
            f"the database {name} keeps texts in {encoding}, which cannot hold every letter;"
            " make one with `createdb --encoding=UTF8 --template=template0 NAME`"
        )
        raise SetupError(message)
