"""Whether a release is what was released: every file, its head, nothing missing, nothing added."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from claims.actions.release_parts import FORMAT, HEAD, MANIFEST, REPORT, SUMS
from claims.errors import InputRefused, SetupError
from claims.report.inert import inert

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_PIECE = 1 << 20
_MOST = 64 << 20
"""Bytes that a file of checksums or a manifest may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReleaseRequest:
    """Which folder, and the id of the release as it was cited, where that is known."""

    folder: Path
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReleaseResult:
    """What was found; ``faults`` has one sentence for each fault and is empty where all is well.

    ``id`` is that of the release as it is; ``told`` is what its manifest says of it.
    """

    id: str
    files: int
    told: Mapping[str, Any]
    faults: tuple[str, ...]

    @property
    def intact(self) -> bool:
        """Whether it is what was released."""
        return not self.faults


def verify_release(request: VerifyReleaseRequest, now: datetime) -> VerifyReleaseResult:
    """Compute every checksum of a release again, and compare what its files say of each other.

    It needs no database. Nothing is written.

    Args:
        request: the folder, and the id as it was cited.
        now: not used; every action has the same shape.

    Raises:
        InputRefused: the folder holds no release, or the id is none.
        SetupError: the folder cannot be read.
    """
    del now
    folder, cited = request.folder, request.id
    if cited is not None and not re.fullmatch(r"[0-9a-fA-F]{64}", cited):
        message = f"{cited!r} is no id of a release; expected 64 hexadecimal digits"
        raise InputRefused(message)
    try:
        return _verified(folder, cited.lower() if cited else None)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"'{error.filename or folder}' cannot be read: {why}; check the path"
        raise SetupError(message) from error


def _verified(folder: Path, cited: str | None) -> VerifyReleaseResult:
    if not folder.is_dir():
        message = f"'{folder}' is no folder; name the folder that `claims release` made"
        raise InputRefused(message)
    if not (folder / SUMS).is_file() and not (folder / MANIFEST).is_file():
        message = (
            f"'{folder}' holds no release: neither {SUMS} nor {MANIFEST} is in it;"
            " name the folder that `claims release` made"
        )
        raise InputRefused(message)
    there = _there(folder)
    found = _sha256(folder / SUMS) if SUMS in there else ""
    faults: list[str] = []
    if cited and found and cited != found:
        faults.append(f"this is another release than the one cited: its id is {found}")
    listed = dict(_listed(folder, faults)) if SUMS in there else {}
    if SUMS not in there:
        faults.append(_absent(SUMS))
    faults += _compared(folder, there, listed)
    told = _read(folder, MANIFEST, there, faults)
    faults += _contradictions(folder, there, listed, told, faults)
    return VerifyReleaseResult(id=found, files=len(listed), told=told, faults=tuple(faults))


def _there(folder: Path) -> dict[str, bool]:
    """Everything in the folder but folders, by name; whether it is a plain file."""
    return {
        path.relative_to(folder).as_posix(): path.is_file() and not path.is_symlink()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    }


def _listed(folder: Path, faults: list[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(_text(folder / SUMS, faults).splitlines(), start=1):
        found = _LINE.fullmatch(line)
        path = PurePosixPath(found[2]) if found else PurePosixPath()
        if found is None:
            faults.append(f"line {number} of {SUMS} is no checksum and name: {inert(line[:80])!r}")
        elif path.is_absolute() or ".." in path.parts:
            faults.append(f"line {number} of {SUMS} names a file outside: {inert(found[2])!r}")
        else:
            yield found[2], found[1]


def _compared(folder: Path, there: Mapping[str, bool], listed: Mapping[str, str]) -> Iterator[str]:
    for name, expected in listed.items():
        if name not in there:
            yield _absent(name)
        elif not there[name]:
            yield f"{inert(name)} is no plain file; expected the file that was released"
        elif (sha256 := _sha256(folder / name)) != expected:
            yield f"{inert(name)} was altered: its SHA-256 is {sha256}, expected {expected}"
    for name in there:
        if name not in listed and name != SUMS:
            yield f"{inert(name)} was added: {SUMS} does not name it"


def _absent(name: str) -> str:
    return f"{inert(name)} is missing; get the release again from where it was published"


def _contradictions(
    folder: Path,
    there: Mapping[str, bool],
    listed: Mapping[str, str],
    told: Mapping[str, Any],
    faults: list[str],
) -> list[str]:
    """What the files say of each other, although each is what its checksum says."""
    if not told:
        return []
    if told.get("format") != FORMAT:
        return [f"{MANIFEST} is of the format {told.get('format')!r}, expected {FORMAT!r}"]
    found: list[str] = []
    named = _named(told)
    if named != {name: sha256 for name, sha256 in listed.items() if name != MANIFEST}:
        found.append(f"{MANIFEST} and {SUMS} do not name the same files with the same checksums")
    head = told.get("head")
    if _read(folder, HEAD, there, faults) not in ({}, head):
        found.append(f"{HEAD} names another head than {MANIFEST}")
    told_by_report = _read(folder, f"{REPORT}.json", there, faults)
    if told_by_report:
        found += _report_contradicts(told_by_report, told)
    return found


def _named(told: Mapping[str, Any]) -> dict[object, object]:
    files = told.get("files")
    rows = files if isinstance(files, list) else []
    return {row.get("name"): row.get("sha256") for row in rows if isinstance(row, dict)}


def _report_contradicts(shown: Mapping[str, Any], told: Mapping[str, Any]) -> Iterator[str]:
    head = told.get("head")
    known = {name: head.get(name) for name in ("seq", "hash")} if isinstance(head, dict) else head
    if shown.get("head") != known:
        yield f"{REPORT}.json was made from another head than {MANIFEST} names"
    topic = shown.get("topic")
    about = told.get("topic")
    ids = [one.get("id") if isinstance(one, dict) else None for one in (topic, about)]
    if ids[0] != ids[1]:
        yield f"{REPORT}.json is about another topic than {MANIFEST} names"


def _read(
    folder: Path, name: str, there: Mapping[str, bool], faults: list[str]
) -> Mapping[str, Any]:
    """A JSON file of the release; nothing where it is missing, which is a fault of its own."""
    if not there.get(name):
        return {}
    text = _text(folder / name, faults)
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    faults.append(f"{name} holds no JSON object; expected what `claims release` wrote")
    return {}


def _text(path: Path, faults: list[str]) -> str:
    if path.stat().st_size > _MOST:
        faults.append(f"{path.name} is longer than {_MOST:,} bytes; it was not read")
        return ""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        faults.append(f"{path.name} is no text in UTF-8; expected what `claims release` wrote")
        return ""


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
