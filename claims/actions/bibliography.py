"""Bibliographies in and out: a file's documents as one run of an action, documents as items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from claims.actions.actor import Actor, Doing, access
from claims.actions.copies import snapshot_of
from claims.actions.load import LoadRequest, LoadResult, load
from claims.actions.similar import Suggestion, told
from claims.analysis.canonical import content_id
from claims.analysis.merges import kept
from claims.analysis.records import Claim, Document, Merge, Project, Snapshot, Source, Topic
from claims.analysis.similar import pairs
from claims.analysis.vocabulary import Tier
from claims.archive.gather import Gathered
from claims.archive.store import Archive
from claims.errors import DocumentFaults
from claims.exchange.biblio_item import Bibliography, BibliographyItem
from claims.exchange.biblio_records import Terms, bibliography_records
from claims.exchange.hand_coded import HandCoded
from claims.store.access import Access
from claims.store.cited import Wanted, claim_ids
from claims.values.folding import folded

NAME = "bibliography import"
"""What the action is called in the history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyRequest:
    """A bibliography that was read, and what is added to what it says.

    ``copies`` are the attachments that were gathered, by their paths. ``namespace`` makes the
    same key of the same work the same document. ``strict`` takes in nothing where a record was
    left out or mended. ``remove_gone`` takes out what the file named before and names no more.
    """

    bibliography: Bibliography
    archive: Archive
    namespace: str
    copies: Mapping[Path, Gathered] = field(default_factory=dict)
    voice: str | None = None
    tier: Tier | None = None
    strict: bool = False
    dry_run: bool = False
    remove_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyResult:
    """What happened to the documents; after a dry run: what would have happened.

    ``voices`` are the names of who speaks in each document, by its key. ``similar`` are documents
    of the file that may be one with another, with the reason; nothing is merged.
    """

    loaded: LoadResult
    voices: Mapping[str, str]
    similar: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedRequest:
    """Which documents: by their keys, titles or ids, or all that claims on a topic rest on."""

    documents: tuple[str, ...] = ()
    topic: str | None = None


def import_bibliography(
    session: Session, actor: Actor, request: BibliographyRequest, now: datetime
) -> BibliographyResult:
    """Stores the documents of a bibliography, the voices that speak in them, and attachments.

    Args:
        session: of a writing unit, or of any unit for a dry run.
        actor: who imports; at least an enterer.
        request: the bibliography, and what is added to it.
        now: the time of the changes.

    Raises:
        NotPermitted: a reader may not import.
        NotFound: the voice that is named is not held.
        DocumentFaults: ``strict``, and a record was left out or mended; or the database and the
            file were both changed.
    """
    actor.require(Doing.LOAD)
    bibliography = request.bibliography
    if request.strict and (faults := (*bibliography.faults, *bibliography.mended)):
        raise DocumentFaults(faults)
    seen = access(session, actor)
    file = bibliography_records(bibliography, _terms(seen, actor, request))
    file = replace(file, records=(*file.records, *_snapshots(file, actor, request)))
    if not request.dry_run:
        for copy in request.copies.values():
            copy.keep(request.archive)
    asked = LoadRequest(
        files=(file,),
        archive=request.archive,
        name=NAME,
        dry_run=request.dry_run,
        remove_gone=request.remove_gone,
    )
    held = {one.id: one for one in seen.records(Document)}
    loaded = load(session, actor, asked, now)
    return BibliographyResult(
        loaded=loaded, voices=_voices(seen, file), similar=tuple(_similar(seen, held, file))
    )


def _terms(seen: Access, actor: Actor, request: BibliographyRequest) -> Terms:
    project = next(iter(seen.records(Project)), None)
    voices: dict[str, UUID] = {}
    for source in seen.records(Source):
        for name in (source.name, *source.aliases):
            voices.setdefault(folded(name), source.id)
    return Terms(
        namespace=request.namespace,
        coder=actor.name,
        language=project.languages[0] if project and project.languages else "en",
        voices=voices,
        voice=seen.find(Source, request.voice)[0].id if request.voice else None,
        tier=request.tier,
    )


def _snapshots(file: HandCoded, actor: Actor, request: BibliographyRequest) -> Iterator[Snapshot]:
    """The attachments as archived copies of their documents; the same file is the same copy."""
    by_key = {one.key: one for one in file.records if isinstance(one, Document)}
    for item in request.bibliography.items:
        for attachment in item.attachments:
            copy = request.copies.get(attachment.path)
            if copy is not None:
                document = by_key[item.key]
                made = replace(snapshot_of(copy, actor), document=document.id, key=item.key)
                yield replace(made, id=content_id(file.namespace, made))


def _voices(seen: Access, file: HandCoded) -> dict[str, str]:
    documents = [one for one in file.records if isinstance(one, Document)]
    names = {one.id: one.name for one in seen.records(Source, {one.voice for one in documents})}
    names |= {one.id: one.name for one in file.records if isinstance(one, Source)}
    return {one.key or "": names[one.voice] for one in documents if one.voice in names}


def _similar(seen: Access, held: Mapping[UUID, Document], file: HandCoded) -> Iterator[Suggestion]:
    """Documents of the file that were not held and may be one with another document."""
    gone = kept(seen.records(Merge), Document.entity)
    new = [one for one in file.records if isinstance(one, Document) and one.id not in held]
    if not new:
        return
    standing = [*(one for one in held.values() if one.id not in gone), *new]
    by_id, fresh = {one.id: one for one in standing}, {one.id for one in new}
    for pair in pairs(standing):
        if {pair.a, pair.b} & fresh:
            yield Suggestion(told(by_id[pair.a], pair), told(by_id[pair.b], pair), pair.reason)


def cited_items(
    session: Session, actor: Actor, request: CitedRequest, now: datetime
) -> tuple[BibliographyItem, ...]:
    """Documents as the items of a bibliography, in the order written; all where none is named.

    Raises:
        NotFound: a document or the topic is not held, or not to be seen.
        InputRefused: a name can mean several.
    """
    del now
    actor.require(Doing.READ)
    seen = access(session, actor)
    return tuple(map(_item, _chosen(seen, request)))


def _chosen(seen: Access, request: CitedRequest) -> Sequence[Document]:
    if request.documents:
        return [seen.find(Document, name)[0] for name in request.documents]
    if request.topic is None:
        return seen.records(Document)
    topic = seen.find(Topic, request.topic)[0]
    wanted = claim_ids(seen.session, seen.clearance, Wanted(topic=topic.id))
    return seen.records(Document, _documents(seen.records(Claim, list(wanted))))


def _documents(claims: Iterable[Claim]) -> set[UUID]:
    """The documents that claims were read in, and those of their speakers that are held."""
    found = {claim.document for claim in claims}
    return found | {
        one.document for claim in claims for one in claim.speakers if one.document is not None
    }


def _item(document: Document) -> BibliographyItem:
    csl = dict(document.csl)
    if document.language != "und":
        csl.setdefault("language", document.language)
    csl.setdefault("title", document.title)
    return BibliographyItem(key=document.key or str(document.id)[:8], csl=csl, line=0)
