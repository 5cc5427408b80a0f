"""The files of a release that tell of the others: manifest, checksums, citation, read-me."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from claims import __version__
from claims.analysis.records import Snapshot, Topic
from claims.report.inert import inert
from claims.report.shape import Report
from claims.store.codec import instant_text

FORMAT = "claims-release@1"
"""The version of this format; it changes when a file changes its meaning or goes."""

REPORT, DATA = "report", "data"
MANIFEST, SUMS, HEAD = "release.json", "SHA256SUMS", "head.json"
CITATION, README = "CITATION.cff", "README.txt"

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What was released, by whom, when, and from what state."""

    topic: Topic
    project: str
    made_by: str
    made_at: datetime
    clearance: str
    profile: str
    head_seq: int
    head_hash: str
    style: str | None

    @property
    def head(self) -> Plain:
        """The head, or the digest that stands in its place below administrator."""
        kind = "change log" if self.head_seq else "digest of what could be seen"
        return {"kind": kind, "seq": self.head_seq, "hash": self.head_hash}

    @property
    def title(self) -> str:
        """How the release is cited."""
        return f"{inert(self.topic.label)}: what the sources say, and where they conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file of a release, by its name in the folder (with ``/``); ``size`` in bytes."""

    name: str
    size: int
    sha256: str


def as_json(data: object) -> str:
    """The data as a JSON file."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def manifest(about: About, files: Iterable[Listed]) -> str:
    """What the release is, and every file but itself and the file of checksums."""
    topic = about.topic
    return as_json(
        {
            "format": FORMAT,
            "title": about.title,
            "topic": {"id": str(topic.id), "key": topic.key, "label": topic.label},
            "project": about.project,
            "made_at": instant_text(about.made_at),
            "made_by": about.made_by,
            "made_with": f"claims {__version__}",
            "clearance": about.clearance,
            "profile": about.profile,
            "style": about.style,
            "head": about.head,
            "files": [
                {"name": file.name, "size": file.size, "sha256": file.sha256} for file in files
            ],
        }
    )


def sums(files: Iterable[Listed]) -> str:
    """The checksums, in the form that ``sha256sum --check`` reads."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in files)


def archive_manifest(found: Report, snapshots: Sequence[Snapshot], held: Collection[UUID]) -> Plain:
    """Each document cited, with its archived copies; the copies stay in the archive."""
    return {
        "documents": [
            {
                "id": str(cited.document.id),
                "key": cited.document.key,
                "title": cited.title,
                "licence": cited.document.licence,
                "copies": [
                    _copy(one, one.id in held)
                    for one in sorted(snapshots, key=lambda one: one.id)
                    if one.document == cited.document.id
                ],
            }
            for cited in found.documents
        ]
    }


def _copy(one: Snapshot, held: bool) -> Plain:  # noqa: FBT001
    return {
        "snapshot": str(one.id),
        "sha256": one.sha256,
        "text_sha256": one.text_sha256,
        "layout_sha256": one.layout_sha256,
        "warc_sha256": one.warc_sha256,
        "media_type": one.media_type,
        "code_points": one.length,
        "captured_at": instant_text(one.captured_at) if one.captured_at else None,
        "requested_url": one.requested_url,
        "final_url": one.final_url,
        "http_status": one.http_status,
        "in_the_archive": held,
    }


def citation(about: About) -> str:
    """How to cite the release, in the Citation File Format 1.2.0; its strings are JSON's."""
    told = (
        ("cff-version", "1.2.0"),
        ("message", "Please cite this release as below, with the SHA-256 of its file SHA256SUMS."),
        ("type", "dataset"),
        ("title", about.title),
        ("version", f"{about.made_at:%Y-%m-%d}"),
        ("date-released", f"{about.made_at:%Y-%m-%d}"),
        ("abstract", f"{_state(about)} Vague words read under the profile {about.profile}."),
    )
    lines = [f"{name}: {_text(words)}" for name, words in told]
    return "\n".join((*lines, "authors:", f"  - name: {_text(inert(about.made_by))}")) + "\n"


def _text(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _state(about: About) -> str:
    if about.head_seq:
        return f"State: change {about.head_seq} of the log, {about.head_hash}."
    return f"State: digest of what could be seen, {about.head_hash}."


def readme(about: About, *, documents: bool) -> str:
    """What the folder holds, for whoever gets it without knowing claims."""
    formats = "html, md, json, jsonld, pdf, docx" if documents else "html, md, json, jsonld"
    return f"""{about.title}

Released on {about.made_at:%Y-%m-%d} by {inert(about.made_by)}, with claims {__version__}.
It tells what is {about.clearance}, and nothing beyond. {_state(about)}

  report.*        the report, in the same words: {formats}
  data/           every record that it rests on, one file a kind of record (JSON lines)
  archive.json    the archived copies of the documents cited, by their SHA-256
  head.json       where the change log of the project stood
  CITATION.cff    how to cite this release
  release.json    what this release is, and its files
  SHA256SUMS      the checksums of all of these; its own SHA-256 is the id of the release

To check that nothing is missing, altered or added:

  claims release verify FOLDER
  sha256sum --check SHA256SUMS        (without claims; does not see what was added)
"""
