"""A backup is everything at one moment, proved, or it is not there at all."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from claims.actions.actor import Actor
from claims.actions.backup import BackupRequest, BackupResult, Tell, backup, silent
from claims.actions.restore import RestoreRequest, RestoreResult, restore
from claims.analysis.records import ENTITIES, Place, Record, Snapshot
from claims.analysis.vocabulary import Role
from claims.archive.store import Archive
from claims.errors import (
    InputRefused,
    NotPermitted,
    SetupError,
    VerificationFailed,
)
from claims.store.dump import layouts
from claims.store.engine import open_engine
from claims.store.history import Head
from claims.store.reader import all_records, head
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.conftest import on
from tests.postgres import Server
from tests.store.worlds import NOW, an_id, flood

ONE = on("sqlite", reason="a backup of either engine is the same file")
TEXT = b"8 people were killed, the Ministry said"
RULER = Actor("a keeper", Role.ADMINISTRATOR)
LATER = datetime(2026, 2, 1, tzinfo=UTC)
Held = tuple[Head, Mapping[str, Sequence[Record]]]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "claims-archive")


@pytest.fixture
def filled(any_engine: Engine, archive: Archive) -> Engine:
    """A database with one archived text, some claims, and an edit."""
    sha256 = archive.add(TEXT)
    records = [
        replace(one, sha256=sha256) if isinstance(one, Snapshot) else one for one in flood(20)
    ]
    town = next(one for one in records if isinstance(one, Place))
    with write_unit(any_engine) as session:
        Writer(session, "a keeper", NOW).insert_all(records)
    with write_unit(any_engine) as session:
        Writer(session, "a keeper", NOW, "a typing error").update(
            replace(town, name="Şuşa"), version=1
        )
    return any_engine


@pytest.fixture
def other_postgres(postgres: Server) -> Iterator[str]:
    """The address of a PostgreSQL database without tables."""
    with postgres.database() as url:
        yield url


def back_up(
    engine: Engine,
    target: Path,
    archive: Archive | None = None,
    *,
    tell: Tell = silent,
    dry_run: bool = False,
) -> BackupResult:
    request = BackupRequest(
        target=target, name="claims", archive=archive, tell=tell, dry_run=dry_run
    )
    with read_unit(engine) as session:
        return backup(session, RULER, request, NOW)


def put_back(
    file: Path,
    url: str,
    archive: Archive | None = None,
    *,
    force: bool = False,
    dry_run: bool = False,
) -> RestoreResult:
    request = RestoreRequest(
        backup=file, database=url, archive=archive, force=force, dry_run=dry_run
    )
    return restore(request, LATER)


def held(engine: Engine) -> Held:
    """The head and every record of every kind."""
    with read_unit(engine) as session:
        found = {kind.entity: all_records(session, kind) for kind in ENTITIES}
        return head(session), found


def held_at(url: str) -> Held:
    engine = open_engine(url)
    try:
        return held(engine)
    finally:
        engine.dispose()


def beside(path: Path) -> Iterator[str]:
    """What lies in a folder, apart from databases and archives."""
    return (one.name for one in path.iterdir() if ".db" not in one.name and one.is_file())


def test_what_is_restored_is_what_was_held(
    filled: Engine, archive: Archive, tmp_path: Path, other_postgres: str
) -> None:
    """From each engine into SQLite and into PostgreSQL."""
    made = back_up(filled, tmp_path, archive)
    before = held(filled)
    for number, url in enumerate((f"sqlite:///{tmp_path / 'new.db'}", other_postgres)):
        there = Archive(tmp_path / f"there-{number}")
        result = put_back(made.path, url, there)
        assert held_at(url) == before
        assert (result.seq, result.head) == (before[0].seq, before[0].hash)
        assert there.read(archive.add(TEXT)) == TEXT
        engine = open_engine(url)
        with read_unit(engine) as session:
            assert verify(session, kept=before[0]).intact
            words = session.scalars(text("SELECT words FROM search_entry")).all()
            assert any("susa" in one for one in words)
        engine.dispose()


@ONE
def test_a_restored_database_can_be_written(filled: Engine, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    put_back(made.path, url)
    engine = open_engine(url)
    with write_unit(engine) as session:
        Writer(session, "a keeper", LATER).insert(Place(id=an_id("new"), name="Another town"))
    with read_unit(engine) as session:
        assert verify(session).intact
        assert head(session).seq == made.seq + 1
    engine.dispose()


def test_a_backup_while_others_write_holds_one_moment(filled: Engine, tmp_path: Path) -> None:
    before = held(filled)
    written: list[str] = []

    def write(what: str, done: int, total: int) -> None:
        assert done <= total
        if what == "rows written":
            name = f"town {len(written)}"
            with write_unit(filled) as session:
                Writer(session, "another", NOW).insert(Place(id=an_id(name), name=name))
            written.append(name)

    made = back_up(filled, tmp_path, tell=write)
    assert len(written) > 5
    assert held(filled)[0].seq == before[0].seq + len(written)
    put_back(made.path, f"sqlite:///{tmp_path / 'new.db'}")
    assert held_at(f"sqlite:///{tmp_path / 'new.db'}") == before


@ONE
def test_a_dry_run_writes_nothing(filled: Engine, archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    seen = back_up(filled, folder, archive, dry_run=True)
    assert list(folder.iterdir()) == []
    made = back_up(filled, folder, archive)
    assert replace(made, size=None, sha256=None) == seen
    result = put_back(made.path, f"sqlite:///{folder / 'new.db'}", dry_run=True)
    assert result.rows == made.rows
    assert [one.name for one in folder.iterdir()] == [made.path.name]


@ONE
def test_only_its_owner_may_read_a_backup(filled: Engine, tmp_path: Path) -> None:
    assert back_up(filled, tmp_path).path.stat().st_mode & 0o077 == 0


@ONE
def test_a_backup_replaces_no_file(filled: Engine, tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("precious", "utf-8")
    with pytest.raises(InputRefused, match="never replaces"):
        back_up(filled, file)
    assert file.read_text("utf-8") == "precious"


@ONE
def test_only_an_administrator_makes_backups(filled: Engine, tmp_path: Path) -> None:
    request = BackupRequest(target=tmp_path, name="claims", archive=None)
    with read_unit(filled) as session, pytest.raises(NotPermitted, match="administrator"):
        backup(session, Actor("somebody", Role.REVIEWER), request, NOW)
    assert not list(tmp_path.glob("*.zip"))


@ONE
def test_missing_and_altered_archived_texts_are_named(
    filled: Engine, archive: Archive, tmp_path: Path
) -> None:
    sha256 = archive.add(TEXT)
    archive.path(sha256).chmod(0o600)
    archive.path(sha256).write_bytes(b"something else")
    made = back_up(filled, tmp_path / "altered.zip", archive)
    assert made.missing == (sha256,)
    assert put_back(made.path, f"sqlite:///{tmp_path / 'new.db'}").missing == (sha256,)


@ONE
def test_all_that_is_kept_of_a_copy_is_carried(
    filled: Engine, archive: Archive, tmp_path: Path
) -> None:
    """The bytes, the text that was taken from them, its layout, the record of the fetch."""
    with write_unit(filled) as session:
        (held,) = all_records(session, Snapshot)
        kept = [archive.add(one) for one in (b"<p>bytes", b"bytes", b"{}", b"WARC/1.1")]
        sha256, text, layout, warc = kept
        fetched = replace(held, id=an_id("fetched"), sha256=sha256, text_sha256=text)
        fetched = replace(fetched, layout_sha256=layout, warc_sha256=warc, http_status=200)
        Writer(session, "a keeper", NOW).insert(fetched)
    made = back_up(filled, tmp_path, archive)
    assert (made.archived, made.missing) == (5, ())
    there = Archive(tmp_path / "there")
    put_back(made.path, f"sqlite:///{tmp_path / 'new.db'}", there)
    assert all(there.has(one) for one in kept)


@ONE
def test_a_restore_mends_an_altered_archived_text(
    filled: Engine, archive: Archive, tmp_path: Path
) -> None:
    made = back_up(filled, tmp_path, archive)
    path = archive.path(archive.add(TEXT))
    path.chmod(0o600)
    path.write_bytes(b"something else")
    put_back(made.path, f"sqlite:///{tmp_path / 'new.db'}", archive)
    assert path.read_bytes() == TEXT
    assert path.with_name(f"{path.name}.altered").read_bytes() == b"something else"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE claim SET value_said = 'many people' WHERE pk = 3",
        "UPDATE change SET actor = 'somebody else' WHERE seq = 2",
    ],
)
def test_no_backup_is_made_of_what_was_altered(filled: Engine, tmp_path: Path, change: str) -> None:
    with filled.begin() as connection:
        if filled.dialect.name == "postgresql":
            connection.exec_driver_sql("ROLLBACK; BEGIN")  # out of the reading transaction
        connection.exec_driver_sql(change)
    with pytest.raises(VerificationFailed, match="does not add up"):
        back_up(filled, tmp_path)
    assert list(beside(tmp_path)) == []


@ONE
def test_a_restore_moves_aside_only_when_told(filled: Engine, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    put_back(made.path, url)
    engine = open_engine(url)
    with write_unit(engine) as session:
        Writer(session, "a keeper", LATER).insert(Place(id=an_id("new"), name="Another town"))
    engine.dispose()
    before = held_at(url)
    with pytest.raises(SetupError, match="already"):
        put_back(made.path, url)
    assert held_at(url) == before
    result = put_back(made.path, url, force=True)
    assert result.aside is not None
    assert held_at(url) == held(filled)
    assert held_at(f"sqlite:///{result.aside}") == before


@ONE
def test_a_restore_into_postgresql_moves_aside_only_when_told(
    filled: Engine, tmp_path: Path, other_postgres: str
) -> None:
    made = back_up(filled, tmp_path)
    put_back(made.path, other_postgres)
    with pytest.raises(SetupError, match="already"):
        put_back(made.path, other_postgres)
    result = put_back(made.path, other_postgres, force=True)
    assert result.aside == "schema before_restore_20260201t000000z"
    assert held_at(other_postgres) == held(filled)
    engine = open_engine(other_postgres)
    with read_unit(engine) as session:
        kept = session.scalar(text("SELECT seq FROM before_restore_20260201t000000z.head"))
        assert kept == made.seq
    engine.dispose()


@ONE
def test_a_database_in_use_is_not_moved(filled: Engine, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    put_back(made.path, url)
    engine = open_engine(url)
    with read_unit(engine) as session:
        before = head(session)
        with pytest.raises(SetupError, match="in use"):
            put_back(made.path, url, force=True)
    engine.dispose()
    assert held_at(url)[0] == before
    assert not list(tmp_path.glob("*before-restore*"))
    assert not list(tmp_path.glob(".*"))


@ONE
def test_a_damaged_database_is_moved_aside_whole(filled: Engine, tmp_path: Path) -> None:
    made = back_up(filled, tmp_path)
    target = tmp_path / "new.db"
    target.write_bytes(b"not a database at all" * 100)
    (tmp_path / "new.db-wal").write_bytes(b"left over")
    result = put_back(made.path, f"sqlite:///{target}", force=True)
    assert held_at(f"sqlite:///{target}") == held(filled)
    assert result.aside is not None
    assert Path(result.aside).read_bytes() == b"not a database at all" * 100
    assert Path(f"{result.aside}-wal").read_bytes() == b"left over"


@ONE
def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As version 0002 of the schema would have written it."""
    writing = sys.modules["claims.actions.backup"]
    later = {"http_status", "layout_sha256", "warc_sha256"}
    older = tuple(
        replace(one, columns=tuple(column for column in one.columns if column[0] not in later))
        for one in layouts()
        if not one.name.startswith("inquiry")
    )
    monkeypatch.setattr(writing, "layouts", lambda: older)
    monkeypatch.setattr(writing, "newest_schema", lambda: "0002")
    made = back_up(filled, tmp_path)
    assert made.schema == "0002"
    put_back(made.path, f"sqlite:///{tmp_path / 'new.db'}")
    assert held_at(f"sqlite:///{tmp_path / 'new.db'}") == held(filled)


@ONE
def test_a_backup_of_a_later_schema_is_refused(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = back_up(filled, tmp_path).path
    monkeypatch.setattr(sys.modules["claims.actions.restore"], "is_known", lambda _: False)
    with pytest.raises(SetupError, match="install that version"):
        put_back(file, f"sqlite:///{tmp_path / 'new.db'}")


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from claims.actions.actor import Actor
from claims.actions.backup import BackupRequest, backup
from claims.actions.restore import RestoreRequest, restore
from claims.analysis.vocabulary import Role
from claims.store import places
from claims.store.engine import open_engine
from claims.store.unit import read_unit

what, moment, url, file = sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

left = int(moment) if moment.isdecimal() else -1

def tell(*_):
    global left
    left -= 1
    if left == -1:
        kill()

if moment.startswith("os."):
    setattr(os, moment[3:], kill)
elif moment == "replace":
    Path.replace = kill
now = datetime(2026, 2, 1, tzinfo=UTC)
if what == "backup":
    engine = open_engine(url)
    with read_unit(engine) as session:
        request = BackupRequest(target=file, name="claims", archive=None, tell=tell)
        backup(session, Actor("a keeper", Role.ADMINISTRATOR), request, now)
else:
    restore(RestoreRequest(backup=file, database=url, archive=None, force=True, tell=tell), now)
print("ended")
"""


def killed(what: str, moment: str, url: str, file: Path) -> bool:
    """Run in a process that is killed at a moment; whether it was."""
    words = [sys.executable, "-c", KILLED, what, moment, url, str(file)]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr.decode()
    return done.returncode != 0


@ONE
@pytest.mark.parametrize("moment", [pytest.param("5", marks=pytest.mark.slow), "os.link"])
def test_a_killed_backup_looks_like_none(filled: Engine, tmp_path: Path, moment: str) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    url = filled.url.render_as_string(hide_password=False)
    assert killed("backup", moment, url, folder)
    assert [one.name for one in folder.glob("*") if not one.name.startswith(".")] == []
    assert back_up(filled, folder).path.is_file()


@ONE
@pytest.mark.parametrize(
    "moment", [*(pytest.param(one, marks=pytest.mark.slow) for one in ("30", "os.link")), "replace"]
)
def test_a_killed_restore_leaves_the_old_database(
    filled: Engine, tmp_path: Path, moment: str
) -> None:
    made = back_up(filled, tmp_path)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    put_back(made.path, url)
    engine = open_engine(url)
    with write_unit(engine) as session:
        Writer(session, "a keeper", LATER).insert(Place(id=an_id("new"), name="Another town"))
    engine.dispose()
    before = held_at(url)
    assert killed("restore", moment, url, made.path)
    assert held_at(url) == before
    for aside in tmp_path.glob("*before-restore*"):
        aside.unlink()
    put_back(made.path, url, force=True)
    assert held_at(url) == held(filled)


@ONE
@pytest.mark.parametrize("moment", ["30"])
def test_a_killed_restore_into_postgresql_leaves_nothing(
    filled: Engine, tmp_path: Path, other_postgres: str, moment: str
) -> None:
    made = back_up(filled, tmp_path)
    assert killed("restore", moment, other_postgres, made.path)
    engine = open_engine(other_postgres)
    with read_unit(engine) as session:
        assert (
            session.scalars(
                text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            ).all()
            == []
        )
    engine.dispose()
    put_back(made.path, other_postgres)
    assert held_at(other_postgres) == held(filled)
