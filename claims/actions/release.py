"""A release: a dated folder to cite and to keep, with the report, its data, and their proof."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.export import ExportRequest, export
from claims.actions.page_texts import PageTextsRequest, page_texts
from claims.actions.release_parts import (
    CITATION,
    DATA,
    HEAD,
    MANIFEST,
    README,
    REPORT,
    SUMS,
    About,
    Listed,
    archive_manifest,
    as_json,
    citation,
    manifest,
    readme,
    sums,
)
from claims.actions.report import ReportRequest, Told, told
from claims.actions.unfinished import unfinished
from claims.analysis.records import Project, Snapshot
from claims.analysis.vocabulary import Sensitivity
from claims.analysis.without import without
from claims.archive.store import Archive
from claims.errors import InputRefused, NotPermitted, SetupError
from claims.exchange import linked_data
from claims.exchange.table_bytes import TableFormat
from claims.report import json, markdown, page
from claims.report.cite_style import CitationStyle
from claims.report.shape import Report
from claims.store.places import flush

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRequest:
    """What to release, and where to.

    ``folder`` is a new folder, or one in which a folder named after the topic and the day is made.
    ``clearance`` says what may be told: whoever reads a release, reads all of it. With ``style``
    the report is added as PDF and DOCX, cited in that style.
    """

    topic: str | None
    folder: Path
    archive: Archive
    profile: str | None = None
    clearance: Sensitivity = Sensitivity.PUBLIC
    style: CitationStyle | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseResult:
    """What was released.

    ``id`` is the SHA-256 of the file of checksums, by which the whole is cited and known again;
    it and ``files`` are empty in a dry run. ``warnings`` say what a reader should know.
    """

    path: Path
    id: str
    topic: str
    clearance: str
    head_seq: int
    head_hash: str
    files: tuple[Listed, ...]
    warnings: tuple[str, ...]


def release(
    session: Session, actor: Actor, request: ReleaseRequest, now: datetime
) -> ReleaseResult:
    """Write the report of a topic, its data and their checksums into a new folder.

    The folder gets its name once all files are whole and on the disk. Whatever ends the work
    before that leaves no folder of that name.

    Args:
        session: an open unit of reading; all is read from the one moment that it sees.
        actor: who asks; named as the author of the release.
        request: what to release, and where to.
        now: told in the release, and in the folder's name.

    Raises:
        NotPermitted: the clearance asked for is above the actor's own.
        NotFound: no topic is called that, as far as the clearance goes.
        InputRefused: the folder is there already; the style cannot be used.
        SetupError: the folder cannot be written, or a package is not installed.
        VerificationFailed: the database was altered or damaged beneath claims.
    """
    actor.require(Doing.READ)
    seeing = _seeing(actor, request.clearance)
    asked = ReportRequest(topic=request.topic, profile=request.profile)
    files: tuple[Listed, ...] = ()
    warnings: list[str] = []
    with told(session, seeing, asked, now) as made:
        found = made.report
        path = _path(request, found, now)
        about = _about(session, seeing, found, request, now)
        if not request.dry_run:
            with unfinished(path, "release") as folder:
                warnings = _write(made, seeing, request, about, folder, now)
                files = _sealed(folder, about)
    return ReleaseResult(
        path=path,
        id=files[-1].sha256 if files else "",
        topic=found.topic.label,
        clearance=request.clearance.value,
        head_seq=found.head_seq,
        head_hash=found.head_hash,
        files=files,
        warnings=tuple(warnings),
    )


def _seeing(actor: Actor, clearance: Sensitivity) -> Actor:
    if not actor.may_see(clearance):
        message = (
            f"the clearance of {actor.name!r} is {actor.clearance.value}, so that what is"
            f" {clearance.value} cannot be released; ask somebody with that clearance"
        )
        raise NotPermitted(message)
    return replace(actor, clearance=clearance)


def _path(request: ReleaseRequest, found: Report, now: datetime) -> Path:
    path = request.folder
    if (path / MANIFEST).exists() or (path / SUMS).exists():
        message = f"'{path}' is a release already, and nothing is ever added to one; name another"
        raise InputRefused(message)
    if path.is_dir():
        name = found.topic.key or str(found.topic.id)
        path /= f"{_file_name(name)}-{now:%Y-%m-%d}"
    if path.exists() or path.is_symlink():
        message = f"'{path}' is there already, and a release never replaces one; name another"
        raise InputRefused(message)
    if not path.parent.is_dir():
        message = f"the folder '{path.parent}' does not exist; make it, or name another"
        raise SetupError(message)
    return path


def _file_name(key: str) -> str:
    kept = (sign if sign.isalnum() or sign in "-_" else "-" for sign in key)
    return "".join(kept).strip("-")[:80] or "release"


def _about(
    session: Session, actor: Actor, found: Report, request: ReleaseRequest, now: datetime
) -> About:
    projects = access(session, actor).records(Project)
    return About(
        topic=found.topic,
        project=projects[0].title if projects else "",
        made_by=actor.name,
        made_at=now,
        clearance=actor.clearance.value,
        profile=found.profile,
        head_seq=found.head_seq,
        head_hash=found.head_hash,
        style=request.style.title if request.style else None,
    )


def _write(  # noqa: PLR0913, PLR0917 (what is written, by whom, and when)
    made: Told,
    actor: Actor,
    request: ReleaseRequest,
    about: About,
    folder: Path,
    now: datetime,
) -> list[str]:
    """Every file but the two that name the others; returns what a reader should know."""
    session, found = made.session, made.report
    shown = {document.document.id for document in found.documents}
    cited = [one for one in access(session, actor).records(Snapshot) if one.document in shown]
    held = {one.id for one in cited if all(map(request.archive.has, one.kept))}
    texts = page_texts(session, actor, PageTextsRequest(report=found, archive=request.archive), now)
    decisive = without(made.casefile, made.result)
    _put(folder, f"{REPORT}.html", page.render(found, texts=texts, without=decisive))
    _put(folder, f"{REPORT}.md", markdown.render(found))
    _put(folder, f"{REPORT}.json", json.render(found))
    data = linked_data.render(made.casefile, made.result, generated_at=now)
    _put(folder, f"{REPORT}.jsonld", data)
    warnings = _documents(folder, found, request.style)
    _put(folder, "archive.json", as_json(archive_manifest(found, cited, held)))
    _put(folder, HEAD, as_json(about.head))
    _put(folder, CITATION, citation(about))
    _put(folder, README, readme(about, documents=request.style is not None))
    tables = ExportRequest(path=folder / DATA, format=TableFormat.JSONL, topic=str(found.topic.id))
    export(session, actor, tables, now)
    return warnings + _missing(cited, held)


def _documents(folder: Path, found: Report, style: CitationStyle | None) -> list[str]:
    if style is None:
        return []
    from claims.report.docx import in_docx  # noqa: PLC0415 -- a release without them is quicker
    from claims.report.handed import handed  # noqa: PLC0415 -- as above
    from claims.report.pdf import in_pdf, missing_words  # noqa: PLC0415 -- as above

    document = handed(found, style)
    made = in_pdf(document)
    _put(folder, f"{REPORT}.pdf", made.data)
    _put(folder, f"{REPORT}.docx", in_docx(document))
    return [*document.remarks, *filter(None, [missing_words(made.missing)])]


def _missing(cited: list[Snapshot], held: set[UUID]) -> list[str]:
    absent = sum(one.id not in held for one in cited)
    if not absent:
        return []
    what = "1 archived copy is" if absent == 1 else f"{absent:,} archived copies are"
    return [f"{what} named by the release but missing from the archive; archive.json says which"]


def _put(folder: Path, name: str, content: str | bytes) -> None:
    data = content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content
    path = folder / name
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sealed(folder: Path, about: About) -> tuple[Listed, ...]:
    """Every file with its checksum, the file of checksums last."""
    files = [_listed(folder, path) for path in sorted(folder.rglob("*")) if path.is_file()]
    _put(folder, MANIFEST, manifest(about, files))
    files.append(_listed(folder, folder / MANIFEST))
    _put(folder, SUMS, sums(files))
    for path in (folder / DATA, folder):
        flush(path)
    return (*files, _listed(folder, folder / SUMS))


def _listed(folder: Path, path: Path) -> Listed:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    name = path.relative_to(folder).as_posix()
    return Listed(name=name, size=path.stat().st_size, sha256=digest.hexdigest())
