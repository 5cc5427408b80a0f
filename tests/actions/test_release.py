"""A release is whole or not there, tells no more than it may, and shows every change made to it."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.release import ReleaseRequest, ReleaseResult, release
from claims.actions.release_verify import (
    VerifyReleaseRequest,
    VerifyReleaseResult,
    verify_release,
)
from claims.analysis.vocabulary import Role, Sensitivity
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, NotPermitted, SetupError
from claims.report.cite_style import citation_style
from claims.store.engine import open_engine
from claims.store.migrate import upgrade
from claims.store.reader import head
from claims.store.unit import read_unit
from tests.actions.test_report import RULER, filled

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OWN = {"CITATION.cff", "README.txt", "SHA256SUMS", "archive.json", "head.json", "release.json"}
Release = Callable[..., ReleaseResult]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A topic with a public and a restricted claim; releases only read it."""
    address = f"sqlite:///{tmp_path_factory.mktemp('world') / 'project.db'}"
    upgrade(address)
    opened = open_engine(address)
    filled(opened, "Flood")
    yield opened
    opened.dispose()


@pytest.fixture(scope="module")
def original(world: Engine, tmp_path_factory: pytest.TempPathFactory) -> ReleaseResult:
    """A release that nobody touches."""
    folder = tmp_path_factory.mktemp("original")
    request = ReleaseRequest(topic="flood", folder=folder / "kept", archive=Archive(folder / "a"))
    with read_unit(world) as session:
        return release(session, RULER, request, NOON)


@pytest.fixture
def copied(original: ReleaseResult, tmp_path: Path) -> Path:
    """A copy of a release, to be harmed."""
    return Path(shutil.copytree(original.path, tmp_path / "copy"))


@pytest.fixture
def made(world: Engine, tmp_path: Path) -> Release:
    """Makes a release."""

    def run(actor: Actor = RULER, **changes: object) -> ReleaseResult:
        request = ReleaseRequest(
            topic="flood", folder=tmp_path / "released", archive=Archive(tmp_path / "archive")
        )
        with read_unit(world) as session:
            return release(session, actor, replace(request, **changes), NOON)  # type: ignore[arg-type]

    return run


def checked(folder: Path, cited: str | None = None) -> VerifyReleaseResult:
    return verify_release(VerifyReleaseRequest(folder=folder, id=cited), NOON)


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_release_holds_report_data_head_and_checksums(made: Release, world: Engine) -> None:
    found = made()
    held = names(found.path)
    assert held == {file.name for file in found.files}
    assert OWN | {"report.html", "report.md", "report.json", "data/claim.jsonl"} <= held
    with read_unit(world) as session:
        at = head(session)
    told = json.loads((found.path / "head.json").read_text())
    assert told == {"kind": "change log", "seq": at.seq, "hash": at.hash}
    assert json.loads((found.path / "report.json").read_text())["head"]["hash"] == at.hash
    assert found.id == hashlib.sha256((found.path / "SHA256SUMS").read_bytes()).hexdigest()
    result = checked(found.path, found.id)
    assert result.intact
    assert result.files == len(held) - 1
    assert result.told["topic"]["key"] == "flood"


def test_the_same_state_gives_the_same_release(made: Release, tmp_path: Path) -> None:
    one, other = made(), made(folder=tmp_path / "again")
    different = {file.name for file in one.files} - {
        file.name for file in set(one.files) & set(other.files)
    }
    assert different == set()
    assert one.id == other.id


def test_only_what_is_public_is_told_unless_more_is_asked_for(
    made: Release, tmp_path: Path
) -> None:
    public, all_of_it = made(), made(folder=tmp_path / "all", clearance=Sensitivity.RESTRICTED)

    def text(folder: Path) -> str:
        return "".join((folder / name).read_text() for name in names(folder))

    assert "dozens" not in text(public.path)
    assert "dozens" in text(all_of_it.path)
    assert "It tells what is restricted" in (all_of_it.path / "README.txt").read_text()


def test_nobody_releases_what_they_may_not_see(made: Release, tmp_path: Path) -> None:
    reader = Actor("reader", Role.READER, Sensitivity.PUBLIC)
    with pytest.raises(NotPermitted, match="clearance of 'reader' is public"):
        made(reader, clearance=Sensitivity.TEAM)
    found = made(reader)
    assert found.head_seq == 0
    told = json.loads((found.path / "head.json").read_text())
    assert told["kind"] == "digest of what could be seen"
    assert checked(found.path).intact
    assert not list(tmp_path.glob(".*partial*"))


def test_a_style_adds_the_documents(made: Release) -> None:
    found = made(style=citation_style("apa"))
    assert (found.path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (found.path / "report.docx").read_bytes().startswith(b"PK")
    assert checked(found.path).told["style"] == "APA Style 7th edition"


def test_in_a_folder_it_is_named_after_topic_and_day(made: Release, tmp_path: Path) -> None:
    found = made(folder=tmp_path)
    assert found.path == tmp_path / "flood-2026-03-01"
    with pytest.raises(InputRefused, match="there already"):
        made(folder=tmp_path)
    with pytest.raises(InputRefused, match="is a release already"):
        made(folder=found.path)
    assert checked(found.path, found.id).intact


def test_a_dry_run_writes_nothing(made: Release, tmp_path: Path) -> None:
    before = set(tmp_path.rglob("*"))
    found = made(dry_run=True)
    assert found.files == ()
    assert set(tmp_path.rglob("*")) == before


def test_what_cannot_be_released_is_refused(made: Release, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no topic"):
        made(topic="storm")
    with pytest.raises(SetupError, match="does not exist; make it"):
        made(folder=tmp_path / "no" / "where")
    (tmp_path / "file").write_text("mine")
    with pytest.raises(InputRefused, match="there already"):
        made(folder=tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("after", [1, 9])
def test_a_full_disk_leaves_nothing(
    made: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    left, real = after, os.fsync

    def fsync(number: int) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(number)

    before = set(tmp_path.iterdir())
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(SetupError, match=r"no space left on device|disk is full"):
        made()
    monkeypatch.undo()
    assert set(tmp_path.iterdir()) == before
    assert made().files


def _altered(folder: Path) -> str:
    (folder / "report.md").write_text("other words")
    return "report.md was altered: its SHA-256 is"


def _missing(folder: Path) -> str:
    (folder / "data" / "claim.jsonl").unlink()
    return "data/claim.jsonl is missing"


def _added(folder: Path) -> str:
    (folder / "data" / "more.jsonl").write_text("{}")
    return "data/more.jsonl was added"


def _linked(folder: Path) -> str:
    kept = folder.parent / "kept"
    (folder / "report.md").rename(kept)
    (folder / "report.md").symlink_to(kept)
    return "report.md is no plain file"


def _line(folder: Path) -> str:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write("what is this\n")
    return "of SHA256SUMS is no checksum and name: 'what is this'"


def _outside(folder: Path) -> str:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  ../../secret\n")
    return "of SHA256SUMS names a file outside: '../../secret'"


def _no_sums(folder: Path) -> str:
    (folder / "SHA256SUMS").unlink()
    return "SHA256SUMS is missing"


def _no_manifest(folder: Path) -> str:
    (folder / "release.json").unlink()
    return "release.json is missing"


def _no_json(folder: Path) -> str:
    (folder / "release.json").write_text("[1]")
    return "release.json holds no JSON object"


def _no_text(folder: Path) -> str:
    (folder / "release.json").write_bytes(b"\xff\xfe{")
    return "release.json is no text in UTF-8"


@pytest.mark.parametrize(
    "harm",
    [
        *(_altered, _missing, _added, _linked, _line, _outside, _no_sums, _no_manifest),
        *(_no_json, _no_text),
    ],
)
def test_every_harm_is_named(copied: Path, harm: Callable[[Path], str]) -> None:
    folder = copied
    said = harm(folder)
    found = checked(folder)
    assert not found.intact
    assert any(said in fault for fault in found.faults), found.faults


def test_all_harms_are_named_at_once(copied: Path) -> None:
    folder = copied
    said = [_altered(folder), _missing(folder), _added(folder)]
    assert len(checked(folder).faults) == len(said)


def _sealed_again(folder: Path) -> None:
    """As a forger would: new checksums for what was altered, in both lists."""
    told = json.loads((folder / "release.json").read_text())
    for row in told["files"]:
        row["sha256"] = hashlib.sha256((folder / row["name"]).read_bytes()).hexdigest()
    (folder / "release.json").write_text(json.dumps(told))
    held = sorted(names(folder) - {"SHA256SUMS"})
    lines = (f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in held)
    (folder / "SHA256SUMS").write_text("".join(lines))


def test_a_forged_head_contradicts_the_report(copied: Path) -> None:
    folder = copied
    told = json.loads((folder / "release.json").read_text())
    told["head"]["hash"] = "0" * 64
    (folder / "release.json").write_text(json.dumps(told))
    _sealed_again(folder)
    assert checked(folder).faults == (
        "head.json names another head than release.json",
        "report.json was made from another head than release.json names",
    )


def test_only_the_id_tells_a_release_that_was_sealed_again(
    original: ReleaseResult, copied: Path
) -> None:
    (copied / "report.md").write_text("other words")
    _sealed_again(copied)
    assert checked(copied).intact
    (fault,) = checked(copied, original.id).faults
    assert fault.startswith("this is another release than the one cited: its id is ")


def test_another_topic_or_list_of_files_is_named(copied: Path) -> None:
    folder = copied
    told = json.loads((folder / "release.json").read_text())
    told["topic"]["id"] = "another"
    told["files"] = told["files"][1:]
    (folder / "release.json").write_text(json.dumps(told))
    faults = " ".join(checked(folder).faults)
    assert "report.json is about another topic" in faults
    assert "do not name the same files" in faults


def test_what_is_no_release_is_refused(tmp_path: Path, copied: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputRefused, match="holds no release"):
        checked(tmp_path / "empty")
    with pytest.raises(InputRefused, match="is no folder"):
        checked(tmp_path / "none")
    with pytest.raises(InputRefused, match="no id of a release"):
        checked(copied, "12")


def test_a_copy_elsewhere_is_the_same_release(original: ReleaseResult, copied: Path) -> None:
    assert checked(copied, original.id.upper()).intact
