from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.archive import incoming, store
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, SetupError, VerificationFailed

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


@given(data=st.binary(max_size=300), portion=st.integers(1, 64))
def test_a_file_is_kept_as_its_bytes_would_be(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, portion: int
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    file = folder / "file"
    file.write_bytes(data)
    archive = Archive(folder / "archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_PORTION", portion)
        patch.setattr(incoming, "_PORTION", portion)
        name = archive.add_file(file)
        archive.check(name)
    assert name == hashlib.sha256(data).hexdigest()
    assert archive.read(name) == file.read_bytes() == data
    assert stat.S_IMODE(archive.path(name).stat().st_mode) == 0o400
    assert len(_files(archive)) == 1


def test_what_is_staged_is_no_part_of_the_archive_until_it_is_kept(
    archive: Archive, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_bytes(TEXT)
    with archive.staged(file) as copy:
        file.write_bytes(b"changed meanwhile")
        assert not archive.has(copy.sha256)
        assert (copy.path.read_bytes(), copy.size) == (TEXT, len(TEXT))
        assert copy.sha256 == hashlib.sha256(TEXT).hexdigest()
    assert _files(archive) == []
    with archive.staged(file) as copy:
        archive.keep(copy)
    assert archive.read(copy.sha256) == b"changed meanwhile"


def test_a_file_that_is_held_is_checked_and_left_as_it_is(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(TEXT)
    path = archive.path(archive.add(TEXT))
    before = path.stat()
    archive.add_file(file)
    assert path.stat() == before
    path.chmod(0o600)
    path.write_bytes(TEXT.replace(b"pont", b"mont"))
    with pytest.raises(VerificationFailed, match="altered"):
        archive.add_file(file)
    assert b"mont" in path.read_bytes()
    assert _files(archive) == [path]


def test_an_altered_and_a_missing_file_are_told(archive: Archive) -> None:
    name = archive.add(TEXT)
    archive.path(name).chmod(0o600)
    archive.path(name).write_bytes(b"another")
    found = hashlib.sha256(b"another").hexdigest()
    with pytest.raises(VerificationFailed, match=f"its SHA-256 is {found}, expected {name}; put"):
        archive.check(name)
    archive.path(name).unlink()
    with pytest.raises(NotFound, match=f"holds no {name}"):
        archive.check(name)


def test_a_file_of_a_gigabyte_is_refused_unread(archive: Archive, tmp_path: Path) -> None:
    file = tmp_path / "large"
    with file.open("wb") as made:
        made.truncate(1 << 30)
    told = "has 1,073,741,824 bytes, and the archive takes at most 268,435,456 of one file"
    with pytest.raises(InputRefused, match=told):
        archive.add_file(file)
    assert not archive.folder.exists()


def test_a_file_that_grows_while_it_is_copied_is_refused(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "log"
    file.write_bytes(b"a" * 10)

    def grown(*, dir: Path, prefix: str) -> tuple[int, str]:  # noqa: A002 (as tempfile calls it)
        with file.open("ab") as more:
            more.write(b"b" * 10)
        return make(dir=dir, prefix=prefix)

    make = tempfile.mkstemp
    monkeypatch.setattr(tempfile, "mkstemp", grown)
    with pytest.raises(InputRefused, match="has 20 bytes, and the archive takes at most 15"):
        archive.add_file(file, most=15)
    assert _files(archive) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("missing.pdf", r"cannot be read \(no such file or directory\); give the path of a file"),
        ("folder", "is no file; give the path of a file, or an address"),
        ("pipe", "is no file; give the path of a file, or an address"),
        ("a\0b", r"cannot be read \(embedded null byte\)"),
    ],
)
def test_what_is_no_file_is_refused(archive: Archive, tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputRefused, match=told):
        archive.add_file(tmp_path / name)
    assert not archive.folder.exists()


def test_a_full_disk_leaves_no_part_of_a_file(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    file = tmp_path / "file"
    file.write_bytes(TEXT)
    archive.add(b"the folders exist")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SetupError, match="disk is full"):
        archive.add_file(file)
    assert len(_files(archive)) == 1


def test_a_pipe_in_the_place_of_bytes_is_told_and_not_waited_for(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.add(b"words")
    archive.path(sha256).unlink()
    os.mkfifo(archive.path(sha256))

    for look in (archive.read, archive.check):
        with pytest.raises(VerificationFailed, match="is no file any more; put back a copy"):
            look(sha256)


def test_what_a_link_in_the_archive_leads_to_is_never_overwritten(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    sha256 = archive.add(b"words")
    (tmp_path / "elsewhere").write_bytes(b"not of the archive")
    archive.path(sha256).unlink()
    archive.path(sha256).symlink_to(tmp_path / "elsewhere")

    assert archive.remove(sha256)

    assert not archive.path(sha256).is_symlink()
    assert (tmp_path / "elsewhere").read_bytes() == b"not of the archive"
