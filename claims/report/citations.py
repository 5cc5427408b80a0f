"""The numbered citations: documents as they come to be cited, passages as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from claims.analysis.casefile import Casefile
from claims.analysis.records import Document, Passage, Snapshot
from claims.analysis.vocabulary import Part
from claims.analysis.wording import day, listed
from claims.report.shape import ClaimEntry, DocumentEntry, PassageEntry

_PARTS = {Part.HEADLINE: "headline", Part.INFOBOX: "infobox", Part.ABSTRACT: "abstract"}


def numbered(casefile: Casefile, order: Iterable[UUID]) -> dict[UUID, int]:
    """The number of each passage cited by the claims, which come in the order of the report."""
    by_id = {claim.id: claim for claim in casefile.claims}
    cited: dict[UUID, set[UUID]] = {}
    for claim in order:
        for passage in by_id[claim].passages:
            if passage in casefile.passages:
                cited.setdefault(casefile.passages[passage].document, set()).add(passage)
    found = [p for passages in cited.values() for p in _as_read(passages, casefile)]
    return {passage: place for place, passage in enumerate(found, start=1)}


def _as_read(passages: Iterable[UUID], casefile: Casefile) -> list[UUID]:
    """Passages in the order of the text; those without a place come last."""

    def place(passage: UUID) -> tuple[bool, int, int, str]:
        record = casefile.passages[passage]
        return record.start is None, record.start or 0, record.end or 0, str(passage)

    return sorted(passages, key=place)


def place_words(passage: Passage) -> str:
    """Where the passage stands: ``infobox, line 8, code points 300–420``."""
    places = [_PARTS[passage.part]] if passage.part in _PARTS else []
    places += [f"{locator.kind} {locator.value}" for locator in passage.locators]
    if passage.start is not None and passage.end is not None:
        places.append(f"code points {passage.start}–{passage.end}")
    return ", ".join(places) or "place in the text not recorded"


def documents(
    casefile: Casefile, numbers: Mapping[UUID, int], claims: Iterable[ClaimEntry]
) -> tuple[DocumentEntry, ...]:
    """The documents cited, each with its numbered passages and the claims resting on them."""
    resting: defaultdict[int, list[str]] = defaultdict(list)
    for claim in claims:
        for quote in claim.quotes:
            resting[quote.number].append(claim.tag)
    held: dict[UUID, list[PassageEntry]] = {}
    for identifier, place in numbers.items():
        passage = casefile.passages[identifier]
        entry = _passage(passage, place, tuple(resting[place]))
        held.setdefault(passage.document, []).append(entry)
    snapshots = _snapshots(casefile)
    return tuple(
        _document(casefile.documents[identifier], snapshots.get(identifier), tuple(passages))
        for identifier, passages in held.items()
    )


def _passage(passage: Passage, place: int, claims: tuple[str, ...]) -> PassageEntry:
    return PassageEntry(
        number=place,
        id=passage.id,
        exact=passage.exact,
        start=passage.start,
        end=passage.end,
        place=place_words(passage),
        claims=claims,
        locators=passage.locators,
    )


def _snapshots(casefile: Casefile) -> dict[UUID, Snapshot]:
    """The newest archived copy of each document (the highest id where no time is recorded)."""

    def age(snapshot: Snapshot) -> tuple[str, UUID]:
        at = snapshot.captured_at
        return (at.isoformat() if at else "", snapshot.id)

    return {
        snapshot.document: snapshot for snapshot in sorted(casefile.snapshots.values(), key=age)
    }


def _document(
    document: Document, snapshot: Snapshot | None, passages: tuple[PassageEntry, ...]
) -> DocumentEntry:
    csl = document.csl
    return DocumentEntry(
        document=document,
        title=document.title,
        authors=_authors(csl.get("author")),
        container=_text(csl.get("container-title")) or _text(csl.get("publisher")),
        date=csl_date(csl.get("issued")),
        url=_text(csl.get("URL")),
        accessed=csl_date(csl.get("accessed")),
        captured=_day_of(snapshot.captured_at) if snapshot else "",
        sha256=snapshot.sha256 if snapshot else None,
        passages=passages,
    )


def _day_of(at: datetime | None) -> str:
    return day(at.date()) if at else ""


def _text(value: object) -> str:
    return str(value) if value is not None else ""


def _authors(names: object) -> str:
    if not isinstance(names, list | tuple):
        return ""
    return listed(filter(None, (_name(name) for name in names)))


def _name(name: object) -> str:
    if not isinstance(name, Mapping):
        return _text(name)
    parts = (_text(name.get(part)) for part in ("given", "non-dropping-particle", "family"))
    return _text(name.get("literal")) or " ".join(filter(None, parts))


def csl_date(value: object) -> str:
    """A date of a CSL-JSON item as text: ``date-parts``, ``literal``, ``raw`` or plain text."""
    if not isinstance(value, Mapping):
        return _text(value)
    for form in ("literal", "raw"):
        if value.get(form):
            return _text(value[form])
    parts = value.get("date-parts")
    if not isinstance(parts, list | tuple):
        return ""
    return "/".join(_parts(part) for part in parts if isinstance(part, list | tuple))


def _parts(parts: list[object] | tuple[object, ...]) -> str:
    return "-".join(str(part).zfill(2) for part in parts)
