"""Handing out the archived copies of a document: their bytes, their texts, how they came."""

from __future__ import annotations

import json
import mimetypes
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.copies import has_text
from claims.actions.snapshots import chosen
from claims.actions.unfinished import unfinished
from claims.analysis.blank import NO_HASH
from claims.analysis.records import Document, Snapshot
from claims.archive.store import Archive
from claims.errors import InputRefused, NotFound, SetupError
from claims.store.acts import Run
from claims.store.cited import snapshots_of
from claims.store.codec import instant_text
from claims.store.custody import custody
from claims.store.writer import Writer

MANIFEST = "manifest.json"
FORMAT = "claims-copies@1"
"""The version of the manifest; it changes when a field changes its meaning or goes."""

_ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "application/warc": ".warc",
    "application/wacz": ".wacz",
    "application/x-subrip": ".srt",
    "audio/amr": ".amr",
    "audio/wav": ".wav",
    "video/3gpp": ".3gp",
}
"""What :mod:`mimetypes` says otherwise on one system than on another, or not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyExportRequest:
    """Which document's copies, and the new folder to put them into.

    ``snapshot`` is the id of one copy or the beginning of it; without it, all are handed out.
    """

    document: str
    folder: Path
    archive: Archive
    snapshot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyExportResult:
    """The folder, and the files in it by their names, each with its SHA-256."""

    folder: Path
    files: Mapping[str, str]
    copies: int


def export_copies(
    session: Session, actor: Actor, request: CopyExportRequest, now: datetime
) -> CopyExportResult:
    """Write the copies of a document into a new folder, and that it was done into their logs.

    The folder gets its name once all files are whole; each was checked as it was copied.

    Args:
        session: of a writing unit.
        actor: who hands them out; at least an enterer, since it is logged.
        request: which, and where to.
        now: told in the log and in the manifest.

    Raises:
        NotPermitted: the role does not allow it.
        NotFound: there is no such document, or something of its copies is not held.
        VerificationFailed: something was altered in the archive; nothing is handed out.
        InputRefused: the folder is there already.
        SetupError: the folder cannot be written.
    """
    actor.require(Doing.ENTER)
    document = access(session, actor).find(Document, request.document)[0]
    held = [one for one in snapshots_of(session, document.id) if one.sha256 != NO_HASH]
    newest = chosen(document, held, request.snapshot)
    copies = [newest] if request.snapshot else held
    _refuse_taken(request.folder)
    writer = Writer(session, actor.name, now, run=Run("document export"))
    for one in copies:
        writer.custody(one.id, "copied", f"to the folder {request.folder.name}")
    with unfinished(request.folder, "folder of copies", mode=0o700) as folder:
        files = {
            f"{_name(one)}/{name}": _copied(request.archive, sha256, folder / _name(one) / name)
            for one in copies
            for name, sha256 in _parts(one).items()
        }
        told = [_told(session, one) for one in copies]
        _put(folder / MANIFEST, _manifest(document, told, actor, now))
    return CopyExportResult(folder=request.folder, files=files, copies=len(copies))


def _name(copy: Snapshot) -> str:
    """The folder of one copy, which no two copies of a document share."""
    return str(copy.id)


def _parts(copy: Snapshot) -> dict[str, str]:
    """The files of a copy: by name, the SHA-256 of what is in them."""
    kind = copy.media_type
    ending = _ENDINGS.get(kind) or mimetypes.guess_extension(kind, strict=False) or ".bin"
    parts = {f"copy{ending}": copy.sha256}
    if has_text(copy):
        parts["text.txt"] = copy.text_sha256
    if copy.layout_sha256:
        parts["layout.json"] = copy.layout_sha256
    if copy.warc_sha256:
        parts["fetch.warc.gz"] = copy.warc_sha256
    return parts


def _told(session: Session, copy: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": str(copy.id),
        "files": {f"{_name(copy)}/{name}": sha256 for name, sha256 in _parts(copy).items()},
        "media_type": copy.media_type,
        "extractor": copy.extractor,
        "code_points": copy.length,
        "captured_at": instant_text(copy.captured_at) if copy.captured_at else None,
        "captured_by": copy.captured_by,
        "captured_with": copy.captured_with,
        "requested_url": copy.requested_url,
        "final_url": copy.final_url,
        "http_status": copy.http_status,
        "custody": [
            {"action": one.action, "by": one.by, "at": one.at, "note": one.note}
            for one in custody(session, copy.id)
        ],
    }


def _manifest(
    document: Document, copies: list[dict[str, Any]], actor: Actor, now: datetime
) -> bytes:
    told = {
        "format": FORMAT,
        "document": {"id": str(document.id), "key": document.key, "title": document.title},
        "licence": document.licence,
        "quotation_limit": document.quotation_limit,
        "exported_at": instant_text(now),
        "exported_by": actor.name,
        "copies": copies,
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _copied(archive: Archive, sha256: str, path: Path) -> str:
    path.parent.mkdir(exist_ok=True)
    try:
        _put(path, archive.read(sha256))
    except NotFound as error:
        message = f"{error}, or hand out another copy with --snapshot"
        raise NotFound(message) from None
    return sha256


def _put(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _refuse_taken(folder: Path) -> None:
    if folder.exists() or folder.is_symlink():
        message = f"'{folder}' is there already, and copies never replace anything; name another"
        raise InputRefused(message)
    if not folder.parent.is_dir():
        message = f"the folder '{folder.parent}' does not exist; make it, or name another"
        raise SetupError(message)
