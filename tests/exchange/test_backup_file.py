"""A backup that was cut off, altered or made up is refused, and nothing comes of it."""

from __future__ import annotations

import json
import random
import stat
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from claims.errors import ClaimsError, InputRefused, NotFound, VerificationFailed
from claims.exchange.backup_file import BackupReader, BackupWriter, open_backup
from claims.exchange.backup_manifest import NAME, About, Column

ABOUT = About(
    made_at="2026-01-31T12:00:00.000000Z",
    made_with="claims",
    engine="sqlite",
    schema="0004",
    head_seq=2,
    head_hash="a" * 64,
    archive=True,
)
COLUMNS = (Column("pk", "whole"), Column("words", "text"))
ROWS = [[number, "words of a claim: “ə” \u2028 " * (number % 7)] for number in range(1, 700)]
DATA = b"the text of a document\n" * 50
Parts = dict[str, bytes]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "made.zip"
    with path.open("wb") as out:
        writer = BackupWriter(out)
        assert sum(writer.table("claim", COLUMNS, ROWS)) == len(ROWS)
        writer.archived(sha256(DATA).hexdigest(), DATA)
        writer.finish(ABOUT, ())
    return path


def all_of(path: Path) -> tuple[list[list[object]], list[bytes], About]:
    """Everything that a backup holds."""
    with open_backup(path) as reader:
        list(reader.check())
        return (
            [row for table in reader.manifest.tables for row in reader.rows(table)],
            [reader.data(part) for part in reader.manifest.archived],
            reader.manifest.about,
        )


def test_what_was_written_is_read(file: Path) -> None:
    assert all_of(file) == (ROWS, [DATA], ABOUT)


def test_a_file_without_its_end_is_refused(file: Path) -> None:
    data = file.read_bytes()
    for length in (*range(4, len(data), 97), len(data) - 1):
        file.write_bytes(data[:length])
        with pytest.raises(VerificationFailed, match="is not whole"):
            all_of(file)


def test_an_altered_file_is_refused_or_says_the_same(file: Path) -> None:
    data, rng = file.read_bytes(), random.Random(5)  # noqa: S311 (the same each time)
    told = 0
    for _ in range(300):
        place = rng.randrange(4, len(data))
        changed = bytes([data[place] ^ 1 << rng.randrange(8)])
        file.write_bytes(data[:place] + changed + data[place + 1 :])
        try:
            found = all_of(file)
        except ClaimsError:
            told += 1
        else:
            assert found == (ROWS, [DATA], ABOUT)
    assert told > 200


@pytest.mark.parametrize("data", [b"", b"PK", b"not a backup", b"SQLite format 3\0" * 9])
def test_another_file_is_no_backup(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other"
    path.write_bytes(data)
    with pytest.raises(InputRefused, match="no backup of claims"):
        all_of(path)


def test_another_archive_is_no_backup(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(InputRefused, match="no manifest"):
        all_of(path)


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no backup"):
        all_of(tmp_path / "none.zip")


def again(file: Path, change: Callable[[zipfile.ZipFile, Parts], None]) -> Path:
    """The same archive, packed anew after a change of its parts."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = file.with_name("again.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        change(archive, parts)
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def in_manifest(**new: object) -> Callable[[zipfile.ZipFile, Parts], None]:
    def change(_: zipfile.ZipFile, parts: Parts) -> None:
        parts[NAME] = json.dumps(json.loads(parts[NAME]) | new).encode()

    return change


def climb(_: zipfile.ZipFile, parts: Parts) -> None:
    parts["../../evil"] = b"x"


def climb_by_manifest(_: zipfile.ZipFile, parts: Parts) -> None:
    held = json.loads(parts[NAME])
    held["tables"][0]["name"] = "../../evil"
    parts["tables/../../evil.jsonl"] = parts.pop("tables/claim.jsonl")
    parts[NAME] = json.dumps(held).encode()


def link(archive: zipfile.ZipFile, parts: Parts) -> None:
    info = zipfile.ZipInfo("tables/claim.jsonl")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(info, parts.pop("tables/claim.jsonl"))


def take_out(_: zipfile.ZipFile, parts: Parts) -> None:
    del parts["tables/claim.jsonl"]


def grow(_: zipfile.ZipFile, parts: Parts) -> None:
    parts["tables/claim.jsonl"] += bytes(50_000_000)


def swap(_: zipfile.ZipFile, parts: Parts) -> None:
    lines = parts["tables/claim.jsonl"].splitlines(keepends=True)
    parts["tables/claim.jsonl"] = b"".join(reversed(lines))


def deepen(_: zipfile.ZipFile, parts: Parts) -> None:
    parts[NAME] = b"[" * 100_000


@pytest.mark.parametrize(
    "change",
    [
        *(climb, climb_by_manifest, link, take_out, grow, swap, deepen),
        pytest.param(in_manifest(tables=[]), id="no tables"),
        pytest.param(in_manifest(about=None), id="about nothing"),
        pytest.param(in_manifest(archived=[{"sha256": "../a", "size": 1}]), id="a path"),
    ],
)
def test_a_made_up_archive_is_refused(
    file: Path, change: Callable[[zipfile.ZipFile, Parts], None]
) -> None:
    with pytest.raises(VerificationFailed, match="is not whole"):
        all_of(again(file, change))


def test_a_part_that_stands_there_twice_is_refused(file: Path) -> None:
    with (
        pytest.warns(UserWarning, match="Duplicate"),
        zipfile.ZipFile(file, "a") as archive,
    ):
        archive.writestr("tables/claim.jsonl", b"[1,2]\n")
    with pytest.raises(VerificationFailed, match="is not whole"):
        all_of(file)


def test_a_backup_of_a_later_form_asks_for_a_later_version(file: Path) -> None:
    with pytest.raises(InputRefused, match="install the version that made it"):
        all_of(again(file, in_manifest(claims_backup=2)))


def test_an_unfinished_backup_is_none(tmp_path: Path) -> None:
    path = tmp_path / "half.zip"
    with path.open("wb") as out:
        writer = BackupWriter(out)
        list(writer.table("claim", COLUMNS, ROWS))
        writer.abandon()
    with pytest.raises(VerificationFailed, match="is not whole"):
        all_of(path)


def test_rows_are_read_few_at_a_time(file: Path) -> None:
    """Rows are made as they are asked for: a huge table takes no more memory than a small one."""
    with open_backup(file) as reader:
        assert isinstance(reader, BackupReader)
        rows = reader.rows(reader.manifest.tables[0])
        assert next(rows) == ROWS[0]
