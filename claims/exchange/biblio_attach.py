"""The files that go with the items of a bibliography: found beside it, never outside its folder."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from claims.exchange.biblio_item import Attachment, Findings, RawEntry
from claims.exchange.yaml_nodes import shown

_PARTED = re.compile(r"(?<!\\);")
_COLON = re.compile(r"(?<!\\):")
_ESCAPE = re.compile(r"\\(.)")
_TAGS = frozenset({"L1", "L2", "L3", "L4", "file", "urls/pdf-urls/url"})
_INTERNAL = "internal-pdf://"
_THREE = 3
_TYPES = {".epub": "application/epub+zip", ".warc": "application/warc", ".md": "text/markdown"}


def attachments_of(
    entry: RawEntry | Mapping[str, object], key: str, line: int, folder: Path, findings: Findings
) -> tuple[Attachment, ...]:
    """The attachments of a record that are there, in the folder; one that is not is told."""
    found: dict[Path, Attachment] = {}
    for name in _named(entry):
        place = _place(name, folder)
        if isinstance(place, str):
            findings.remark(line, key, f"the attachment {shown(name)}, {place}", _EXPECTED)
        elif place is not None:
            found.setdefault(place, Attachment(place, media_type(place)))
    return tuple(found.values())


_EXPECTED = "a file in the folder of the bibliography, or below it; it was left out"


def media_type(path: Path) -> str:
    """The media type that the name of a file tells."""
    known = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0]
    return known or "application/octet-stream"


def _named(entry: RawEntry | Mapping[str, object]) -> Iterator[str]:
    """The names that a record gives for its files."""
    if not isinstance(entry, RawEntry):
        for one in _of_json(entry):
            yield from _paths(one) if isinstance(one, str) else ()
        return
    for one in entry.fields:
        if one.name == "file":
            yield from _paths(one.text)
        elif one.name in _TAGS and ("://" not in one.text or one.text.startswith(_FILES)):
            yield one.text.strip()


_FILES = ("file://", _INTERNAL)


def _of_json(item: Mapping[str, object]) -> Iterator[object]:
    """Zotero's exports to CSL-JSON have ``attachments`` with a ``path``, or a ``file``."""
    yield item.get("file")
    given = item.get("attachments")
    for one in given if isinstance(given, list) else []:
        yield one.get("path") if isinstance(one, Mapping) else one


def _paths(text: str) -> Iterator[str]:
    """The paths in a field ``file``: ``Title:path:type;…`` of Zotero and JabRef, or paths."""
    for one in filter(None, (part.strip() for part in _PARTED.split(text))):
        parts = _COLON.split(one)
        path = parts[-2] if len(parts) >= _THREE else one
        if path:
            yield _ESCAPE.sub(r"\1", path)


def _place(name: str, folder: Path) -> Path | str | None:
    """The file that a name means, or why it is none."""
    bare = unquote(name.removeprefix("file://")) if name.startswith("file://") else name
    if bare.startswith(_INTERNAL):
        return _internal(bare.removeprefix(_INTERNAL), folder)
    path = folder / PurePosixPath(bare.replace("\\", "/"))
    return _within(path, folder)


def _internal(name: str, folder: Path) -> Path | str:
    """EndNote's own PDFs lie below the folder ``….Data/PDF`` of the library."""
    for data in sorted(folder.glob("*.Data")):
        found = _within(data / "PDF" / PurePosixPath(unquote(name)), folder)
        if isinstance(found, Path):
            return found
    return _within(folder / "PDF" / PurePosixPath(unquote(name)), folder)


def _within(path: Path, folder: Path) -> Path | str:
    try:
        real = Path(os.path.realpath(path))
        if not real.is_relative_to(os.path.realpath(folder)):
            return "which is outside the folder"
        return path if real.is_file() else "which is not there"
    except (OSError, ValueError):
        return "which is no name of a file"
