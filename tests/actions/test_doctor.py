"""The doctor names each thing that is wrong, and nothing where all is well."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.actions.doctor import DoctorRequest, doctor
from claims.actions.doctor_places import Place
from claims.actions.doctor_shape import Finding, State
from claims.analysis.records import Contributor, Snapshot
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.store import health
from claims.store.drift import drift
from claims.store.engine import database_path, open_engine
from claims.store.migrate import downgrade
from claims.store.reader import all_records
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.conftest import on
from tests.store.worlds import NOW, an_id, flood

TEXT = b"8 people were killed, the Ministry said"
LOCAL = "/dev/sda1 / ext4 rw 0 0\n"
ONE = on("sqlite", reason="a server is examined by a test of its own")
MENDED, OLD = (3, 51, 3), (3, 40, 1)


@pytest.fixture
def request_(any_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DoctorRequest:
    """A healthy database with an administrator, a reader and an archived text."""
    archive = Archive(tmp_path / "claims-archive")
    sha256 = archive.add(TEXT)
    records = [
        replace(one, sha256=sha256) if isinstance(one, Snapshot) else one for one in flood(3)
    ]
    people = [
        Contributor(id=an_id(name), name=name, role=role, clearance=Sensitivity.RESTRICTED)
        for name, role in (("a keeper", Role.ADMINISTRATOR), ("a reader", Role.READER))
    ]
    engine = open_engine(any_url)
    with write_unit(engine) as session:
        Writer(session, "a keeper", NOW).insert_all([*records, *people])
    engine.dispose()
    monkeypatch.setattr(health, "sqlite_version", lambda: OLD)
    file = None
    if any_url.startswith("sqlite"):
        file = database_path(any_url)
        file.chmod(0o600)
    place = Place(file=file, archive=archive.folder, mounts=LOCAL)
    return DoctorRequest(database=any_url, place=place)


def wrong(request: DoctorRequest) -> list[Finding]:
    found = doctor(request, NOW)
    assert all(bool(one.fix) is (one.state is State.WRONG) for one in found)
    return [one for one in found if one.state is State.WRONG]


def only(request: DoctorRequest, check: str) -> Finding:
    """The one thing that is wrong."""
    found = wrong(request)
    assert [one.check for one in found] == [check]
    return found[0]


def run(request: DoctorRequest, *statements: str) -> None:
    with closing(sqlite3.connect(database_path(request.database))) as raw, raw:
        for statement in statements:
            raw.execute(statement)


@ONE
def test_nothing_is_wrong_with_a_healthy_database(request_: DoctorRequest) -> None:
    found = doctor(request_, NOW)
    assert wrong(request_) == []
    assert {one.check for one in found if one.state is State.NOT_CHECKED} == {"history"}
    assert len({one.check for one in found}) == 11


@ONE
def test_a_drive_of_another_computer_is_named(request_: DoctorRequest, tmp_path: Path) -> None:
    mounts = f"{LOCAL}server:/data {tmp_path} nfs4 rw 0 0\n"
    place = replace(request_.place, mounts=mounts)
    assert "network drive (nfs4)" in only(replace(request_, place=place), "drive").found


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p")),
        *((kind, False) for kind in ("ext4", "tmpfs", "overlay", "fuse.ntfs-3g", "")),
    ],
)
def test_network_drives_are_known_by_their_file_system(kind: str, expected: bool) -> None:
    assert health.is_network(kind) is expected


def test_the_innermost_mount_counts(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    name = str(tmp_path / "a b").replace(" ", "\\040")
    mounts = f"a / ext4 rw 0 0\nb {tmp_path} xfs rw 0 0\nc {name} cifs rw 0 0\n"
    assert health.drive_of(tmp_path / "a b" / "x.db", mounts) == "cifs"
    assert health.drive_of(tmp_path / "a bc", mounts) == "xfs"


@ONE
def test_a_disk_that_is_nearly_full_is_named(
    request_: DoctorRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "free_space", lambda _: 1 << 20)
    assert "1 MB are free" in only(request_, "free space").found


@ONE
@pytest.mark.parametrize("part", ["", "-wal", "archive"])
def test_open_rights_are_named(request_: DoctorRequest, part: str) -> None:
    file, archive = request_.place.file, request_.place.archive
    assert file is not None
    assert archive is not None
    path = archive if part == "archive" else file.with_name(f"{file.name}{part}")
    path.touch()
    path.chmod(0o755 if path.is_dir() else 0o644)
    found = only(request_, "rights")
    assert str(path) in found.found
    assert f"chmod o-rwx {path}" in str(found.fix)


@ONE
def test_old_unfinished_files_are_named(request_: DoctorRequest, tmp_path: Path) -> None:
    old, young = (tmp_path / f".claims.db.restoring-{name}" for name in ("old", "young"))
    for path, age in ((old, timedelta(hours=2)), (young, timedelta(minutes=5))):
        path.touch()
        moment = (NOW - age).timestamp()
        os.utime(path, (moment, moment))
    found = only(request_, "left-over files")
    assert str(old) in found.found
    assert str(young) not in found.found


@ONE
@pytest.mark.parametrize(
    "settings",
    [
        {"journal_mode": "delete", "synchronous": "2"},
        {"journal_mode": "wal", "synchronous": "1"},
        {"journal_mode": "wal", "synchronous": "0"},
    ],
)
def test_unsafe_settings_are_named(
    request_: DoctorRequest, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    monkeypatch.setattr(health, "sqlite_settings", lambda _: settings)
    assert only(request_, "settings").fix


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        *((version, True) for version in ((3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 50, 6))),
        *((version, True) for version in ((3, 45, 0), (3, 51, 2))),
        *((version, False) for version in ((3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 0))),
    ],
)
def test_the_versions_with_the_wal_reset_bug(version: tuple[int, ...], expected: bool) -> None:
    assert health.has_wal_reset_bug(version) is expected


@ONE
def test_the_wal_reset_bug_is_a_fault_where_several_write(
    request_: DoctorRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(request_.database)
    with write_unit(engine) as session:
        second = Contributor(id=an_id("second"), name="second", role=Role.ENTERER)
        Writer(session, "a keeper", NOW).insert(second)
    engine.dispose()
    assert "2 contributors write" in only(request_, "SQLite").found
    monkeypatch.setattr(health, "sqlite_version", lambda: MENDED)
    assert wrong(request_) == []


@ONE
@pytest.mark.parametrize(
    ("spoil", "told"),
    [(lambda path: path.unlink(), "missing"), (lambda path: path.write_bytes(b"x"), "altered")],
    ids=["missing", "altered"],
)
def test_lost_archived_texts_are_named_by_document(
    request_: DoctorRequest, spoil: Callable[[Path], object], told: str
) -> None:
    assert request_.place.archive is not None
    archive = Archive(request_.place.archive)
    path = archive.path(archive.add(TEXT))
    path.chmod(0o600)
    spoil(path)
    found = only(request_, "archived texts").found
    assert told in found
    assert "'The flood'" in found


@ONE
@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("text_sha256", "the text is missing"),
        ("layout_sha256", "the layout is missing"),
        ("warc_sha256", "the record of the fetch is missing"),
    ],
)
def test_what_is_kept_beside_a_copy_is_examined_as_well(
    request_: DoctorRequest, field: str, told: str
) -> None:
    engine = open_engine(request_.database)
    with write_unit(engine) as session:
        (held,) = all_records(session, Snapshot)
        lost: dict[str, Any] = {"id": an_id("lost"), field: "ab" * 32}
        Writer(session, "a keeper", NOW).insert(replace(held, **lost))
    engine.dispose()
    found = only(request_, "archived texts").found
    assert f"{told} for 'The flood' ({'ab' * 32})" in found


@ONE
def test_who_is_no_administrator_learns_nothing_of_the_records(request_: DoctorRequest) -> None:
    found = doctor(replace(request_, actor="a reader"), NOW)
    unseen = [one.check for one in found if one.state is State.NOT_CHECKED]
    assert unseen == ["archived texts", "search", "history"]
    assert not any("flood" in one.found for one in found)


@ONE
def test_an_older_schema_is_named(request_: DoctorRequest) -> None:
    downgrade(request_.database, "0002")
    assert "0002" in only(request_, "schema").found


@ONE
def test_search_out_of_step_is_named(request_: DoctorRequest) -> None:
    run(request_, "UPDATE search_entry SET words = 'others' WHERE pk = 2")
    assert only(request_, "search").fix


@ONE
def test_a_damaged_file_is_named(request_: DoctorRequest) -> None:
    path = database_path(request_.database)
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_change_record'"
        ).fetchone()
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(data)
    assert any("damaged" in one.found for one in wrong(request_))


@ONE
def test_a_file_that_is_no_database_is_named(request_: DoctorRequest) -> None:
    database_path(request_.database).write_bytes(b"not a database" * 1000)
    assert only(request_, "database").fix


@on("postgresql", reason="a server has settings and roles of its own")
def test_what_is_wrong_with_a_server_is_named(request_: DoctorRequest) -> None:
    """The server of the tests is quick, and its user may do everything."""
    assert [one.check for one in wrong(request_)] == ["durability", "role"]
    place = replace(request_.place, archive=None)
    found = [one.check for one in wrong(replace(request_, place=place))]
    assert found == ["archive folder", "durability", "role"]


def test_tables_as_declared_do_not_differ(any_url: str) -> None:
    assert drift(any_url) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("ALTER TABLE claim ADD COLUMN extra INTEGER", "claim has besides: "),
        ("DROP INDEX ix_change_record", "ix_change_record is missing"),
        ("CREATE TABLE other (pk INTEGER)", "other is not declared"),
    ],
)
def test_each_difference_of_the_tables_is_named(any_url: str, change: str, told: str) -> None:
    engine = open_engine(any_url)
    with write_unit(engine) as session:
        session.connection().exec_driver_sql(change)
    engine.dispose()
    found = drift(any_url)
    assert found
    assert any(one.startswith(told) for one in found)
