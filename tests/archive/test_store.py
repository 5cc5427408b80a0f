from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.archive.store import Archive
from claims.errors import NotFound, SetupError, VerificationFailed

TEXT = "Le pont s’est effondré.".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def _files(archive: Archive) -> list[Path]:
    return [path for path in archive.folder.rglob("*") if path.is_file()]


@given(st.binary(max_size=2000))
def test_what_was_added_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    archive = Archive(tmp_path_factory.mktemp("archive"))
    name = archive.add(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert archive.read(name) == data


def test_the_file_is_named_by_its_hash_in_two_levels(archive: Archive) -> None:
    name = archive.add(TEXT)
    assert _files(archive) == [archive.folder / "sha256" / name[:2] / name[2:]]


def test_adding_again_writes_nothing(archive: Archive) -> None:
    path = archive.path(archive.add(TEXT))
    before = path.stat()
    archive.add(TEXT)
    assert path.stat() == before
    assert len(_files(archive)) == 1


def test_only_the_owner_may_read_and_nobody_may_write(archive: Archive) -> None:
    path = archive.path(archive.add(TEXT))
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_altered_file_is_refused_and_not_overwritten(archive: Archive) -> None:
    path = archive.path(archive.add(TEXT))
    path.chmod(0o600)
    path.write_bytes(TEXT.replace(b"pont", b"mont"))
    with pytest.raises(VerificationFailed, match="altered"):
        archive.read(hashlib.sha256(TEXT).hexdigest())
    with pytest.raises(VerificationFailed, match="altered"):
        archive.add(TEXT)
    assert b"mont" in path.read_bytes()


def test_bytes_that_are_not_held(archive: Archive) -> None:
    missing = "0" * 64
    assert not archive.has(missing)
    with pytest.raises(NotFound, match=f"holds no {missing}"):
        archive.read(missing)


@pytest.mark.parametrize("name", ["", "../../etc", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_what_is_no_hash_leads_to_no_file(archive: Archive, name: str) -> None:
    with pytest.raises(NotFound, match="no SHA-256"):
        archive.has(name)


def test_a_write_that_is_cut_off_leaves_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", cut_off)
    archive.folder.joinpath("sha256", hashlib.sha256(TEXT).hexdigest()[:2]).mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt):
        archive.add(TEXT)
    assert _files(archive) == []
    assert not archive.has(hashlib.sha256(TEXT).hexdigest())


def test_file_and_folder_are_flushed_before_add_returns(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    sync, rename = os.fsync, Path.rename

    def flushed(number: int) -> None:
        events.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        sync(number)

    def renamed(path: Path, target: Path) -> Path:
        events.append("name")
        return rename(path, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "rename", renamed)
    archive.add(TEXT)
    made = ["folder"] * 3  # each new folder is named in the one above
    assert events == [*made, "file", "name", "folder", "folder", "folder"]


def test_what_is_held_is_flushed_again_for_whoever_was_cut_off(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name may be on no disk yet: its writer can have died between naming and flushing."""
    path = archive.path(archive.add(TEXT))
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda number: flushed.append(os.fstat(number).st_ino))
    archive.add(TEXT)
    wanted = [path.parent, archive.folder / "sha256", archive.folder]
    assert flushed == [folder.stat().st_ino for folder in wanted]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "may not write"),
        (errno.EIO, "the system says"),
    ],
)
def test_a_disk_that_refuses_is_explained(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    archive.add(b"the folders exist")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(SetupError, match=words):
        archive.add(TEXT)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(SetupError, match="no folder"):
        Archive(blocked / "archive").add(TEXT)


def test_what_is_removed_is_gone_and_its_name_is_free(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.add(b"words of a witness")
    assert archive.remove(sha256)
    assert not archive.has(sha256)
    assert not archive.remove(sha256)
    assert archive.add(b"words of a witness") == sha256
    assert archive.read(sha256) == b"words of a witness"


def test_what_is_removed_is_overwritten_first(tmp_path: Path) -> None:
    """Another name of the same file shows what is left on the disk."""
    archive = Archive(tmp_path / "archive")
    sha256 = archive.add(b"words of a witness")
    other = tmp_path / "other name"
    other.hardlink_to(archive.path(sha256))
    archive.remove(sha256)
    assert other.read_bytes() == bytes(len(b"words of a witness"))
