"""The archived texts beside a hand-coding file, and the snapshots made of them."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from uuid import UUID

from claims.analysis.canonical import content_id
from claims.analysis.records import Document, Snapshot
from claims.exchange.draft import NOBODY, Draft
from claims.exchange.yaml_nodes import Node, shown

EXTRACTOR = "identity@1"
"""The text of a plain text file is its bytes, decoded and otherwise untouched."""

MAX_TEXT_BYTES = 64 * 1024 * 1024

_EXPECTED = "a text file in the folder of the hand-coding file, or below it"


@dataclass(frozen=True, slots=True)
class SourceText:
    """The archived text of a document: the bytes of the file, and their SHA-256."""

    document: UUID
    name: str
    data: bytes
    sha256: str

    @property
    def text(self) -> str:
        """The decoded text."""
        return self.data.decode("utf-8")


def read_text(draft: Draft, document: UUID, node: Node) -> SourceText | None:
    """The text file beside the hand-coding file, if it is named and can be read."""
    name = node.text("text")
    if name is None:
        if node.get("captured") and "text" not in node.lost:
            draft.fault(
                node, "captured without text", "text: the file that was captured", "captured"
            )
        return None
    try:
        data = _bytes(draft.folder, name)
        decoded = data.decode("utf-8")
    except _Outside:
        found = f"{shown(name)}, which is outside the folder"
        draft.fault(node, found, _EXPECTED, "text")
    except OSError as error:
        found = f"{shown(name)}, which cannot be read ({error.strerror or error})"
        draft.fault(node, found, _EXPECTED + _saved(name), "text")
    except UnicodeDecodeError as error:
        _not_utf_8(draft, node, error)
    else:
        return _checked_text(draft, document, node, data, decoded)
    return None


def add_snapshot(draft: Draft, document: Document, node: Node, text: SourceText) -> UUID:
    """Adds the snapshot of a document's text, and gives its id."""
    decoded = text.text
    nameless = Snapshot(
        id=NOBODY,
        document=document.id,
        sha256=text.sha256,
        media_type="text/plain",
        text_sha256=hashlib.sha256(decoded.encode("utf-8")).hexdigest(),
        extractor=EXTRACTOR,
        length=len(decoded),
    )
    return _add(draft, document, node, nameless, node.get("text") or node)


def add_copy(draft: Draft, document: Document, node: Node, copy: Snapshot) -> UUID:
    """Adds the snapshot of what was archived for a document, and gives its id.

    What the entry says of the capture goes before what the copy tells of itself.
    """
    nameless = replace(copy, id=NOBODY, document=document.id)
    return _add(draft, document, node, nameless, node.get("file") or node)


def _add(draft: Draft, document: Document, node: Node, copy: Snapshot, at: Node) -> UUID:
    captured = node.get("captured") or Node("", 0, 0, {})
    nameless = replace(
        copy,
        key=document.key,
        captured_at=_time(draft, captured) or copy.captured_at,
        captured_by=captured.text("by") or copy.captured_by,
        captured_with=captured.text("with") or copy.captured_with,
        requested_url=captured.text("requested_url") or copy.requested_url,
        final_url=captured.text("final_url") or copy.final_url,
    )
    id_ = content_id(draft.names.namespace, nameless)
    draft.add(replace(nameless, id=id_), at)
    return id_


def _saved(name: str) -> str:
    return "; save the page there and name that file" if "://" in name else ""


class _Outside(Exception):
    """The path leads out of the folder."""


def _bytes(folder: Path, name: str) -> bytes:
    """The bytes of a file in the folder or below it."""
    path = folder / PurePosixPath(name)
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise _Outside
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        message = "not a file"
        raise OSError(message)
    if path.is_file() and path.stat().st_size > MAX_TEXT_BYTES:
        message = f"more than {MAX_TEXT_BYTES:,} bytes"
        raise OSError(message)
    return path.read_bytes()


def given_text(draft: Draft, document: UUID, node: Node, data: bytes) -> SourceText | None:
    """The text that was handed over as bytes under the name that a node gives it."""
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _not_utf_8(draft, node, error)
        return None
    if len(data) > MAX_TEXT_BYTES:
        found = f"{len(data):,} bytes"
        draft.fault(node, found, f"a text of at most {MAX_TEXT_BYTES:,} bytes", "text")
        return None
    return _checked_text(draft, document, node, data, decoded)


def _not_utf_8(draft: Draft, node: Node, error: UnicodeDecodeError) -> None:
    line = error.object.count(b"\n", 0, error.start) + 1
    byte = error.object[error.start]
    name = shown(node.text("text") or "")
    found = f"{name}, which is not UTF-8 (byte 0x{byte:02X} in line {line})"
    draft.fault(node, found, "a text saved as UTF-8", "text")


def _checked_text(
    draft: Draft, document: UUID, node: Node, data: bytes, decoded: str
) -> SourceText | None:
    name = node.text("text") or ""
    if not decoded.strip():
        draft.fault(node, f"{shown(name)}, which is empty", "a text", "text")
        return None
    if "\0" in decoded:
        line = decoded.count("\n", 0, decoded.index("\0")) + 1
        found = f"{shown(name)} with the character U+0000 in line {line}"
        draft.fault(node, found, "a text without it", "text")
        return None
    return SourceText(document, name, data, hashlib.sha256(data).hexdigest())


def _time(draft: Draft, node: Node) -> datetime | None:
    words = node.text("at")
    if words is None:
        return None
    try:
        return datetime.fromisoformat(words).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        draft.fault(node, f"{shown(words)} ({error})", "a time that exists", "at")
    return None
