"""The parts of a report as JSON data: regions, claims, citations, cross-checks, inquiries."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from claims.analysis.vocabulary import ValueKind
from claims.report.inquiries import InquiryEntry
from claims.report.shape import (
    ClaimEntry,
    Confidence,
    CrossCheckEntry,
    DocumentEntry,
    PassageEntry,
    Quote,
    Reading,
    Voice,
)
from claims.values.interval import Number, Region
from claims.values.when_days import Day

Plain = dict[str, object]
"""JSON data: only what :mod:`json` writes without help."""

_NO_READING: Plain = {
    "said": None,
    "hard": None,
    "soft": None,
    "hard_open": [],
    "soft_open": [],
    "soft_set": None,
    "unit": None,
    "edtf": None,
    "earliest": None,
    "latest": None,
    "value": None,
    "rows": [],
}


def ends(region: Region | None, kind: ValueKind) -> list[object] | None:
    """``[lo, hi]``, ``None`` without a region; an unbounded end is ``None``, a day ISO 8601."""
    if region is None:
        return None
    return [_end(region.hull.lo, kind), _end(region.hull.hi, kind)]


def points(region: Region | None, kind: ValueKind) -> list[object] | None:
    """The single points of a set ("N or M"), else ``None``."""
    found = region.as_points if region else None
    return None if found is None else [_end(point, kind) for point in found]


def _end(value: Number | None, kind: ValueKind) -> object:
    if value is None:
        return None
    if kind is ValueKind.DATE:
        return str(Day.fromordinal(int(value)))
    return value if isinstance(value, int) else float(value)


def plain_claim(claim: ClaimEntry, kind: ValueKind) -> Plain:
    """One claim; ``quote``, ``start`` and ``end`` are those of its first passage."""
    first = claim.quotes[0] if claim.quotes else None
    return {
        "id": str(claim.id),
        "key": claim.key,
        "tag": claim.tag,
        "quote": first.exact if first else None,
        "start": first.start if first else None,
        "end": first.end if first else None,
        "quotes": [_quote(quote) for quote in claim.quotes],
        "chain": [_voice(voice) for voice in claim.chain],
        "stance": str(claim.stance),
        "explicitness": str(claim.explicitness),
        "verb": claim.verb,
        "hedges": list(claim.hedges),
        **(_reading(claim.reading, kind) if claim.reading else _NO_READING),
        "range_basis": str(claim.range_basis) if claim.range_basis else None,
        "counted_by_coder": claim.counted_by_coder,
        "as_of": claim.as_of,
        "confidence": _confidence(claim.confidence),
        "counts": claim.counts,
        "unnamed_origin": claim.unnamed_origin,
        "origin": claim.origin_number,
        "marks": list(claim.marks),
    }


def _quote(quote: Quote) -> Plain:
    return {
        "citation": quote.number,
        "quote": quote.exact,
        "start": quote.start,
        "end": quote.end,
        "place": quote.place,
        "document": quote.title,
        "translations": list(quote.translations),
    }


def _voice(voice: Voice) -> Plain:
    return {
        "source": str(voice.source),
        "name": voice.name,
        "verb": voice.verb,
        "named": voice.named,
        "document_held": voice.document_held,
    }


def _reading(reading: Reading, kind: ValueKind) -> Plain:
    dated = kind is ValueKind.DATE
    hard = None if dated else reading.hard
    soft = None if dated else reading.soft
    return {
        "said": reading.said,
        "hard": ends(hard, kind),
        "soft": ends(soft, kind),
        "hard_open": list(hard.hull.open_ends) if hard else [],
        "soft_open": list(soft.hull.open_ends) if soft else [],
        "soft_set": points(soft, kind),
        "unit": reading.unit,
        "edtf": reading.edtf,
        "earliest": reading.earliest,
        "latest": reading.latest,
        "value": reading.value,
        "rows": list(reading.rows),
    }


def _confidence(found: Confidence | None) -> Plain | None:
    if found is None:
        return None
    return {"level": found.level, "reason": found.reason, "by": found.by}


def cross_check(check: CrossCheckEntry) -> Plain:
    """An inconsistency between questions, with their ids and those of the claims."""
    return {
        "id": str(check.id),
        "key": check.key,
        "text": check.text,
        "reason": check.reason,
        "questions": [str(question) for question, _, _ in check.questions],
        "claims": [str(claim.id) for claim in check.claims],
    }


def inquiry(entry: InquiryEntry) -> Plain:
    """A search, with the ids of what it is about and of the claims that rest on it."""
    one = entry.inquiry
    return {
        "id": str(one.id),
        "key": one.key,
        "question": str(one.question) if one.question else None,
        "looked_for": one.looked_for,
        "looked_in": one.looked_in,
        "looked_by": one.looked_by,
        "looked_on": one.looked_on,
        "words": list(one.words),
        "consulted": list(entry.consulted),
        "outcome": str(one.outcome),
        "claims": [str(claim) for claim in one.claims],
        "note": one.note,
    }


def citation(document: DocumentEntry) -> Plain:
    """A document with its numbered passages; ``csl`` is the CSL-JSON item as recorded."""
    record = document.document
    return {
        "id": str(record.id),
        "key": record.key,
        "title": document.title,
        "authors": document.authors or None,
        "container": document.container or None,
        "date": document.date or None,
        "url": document.url or None,
        "accessed": document.accessed or None,
        "captured": document.captured or None,
        "sha256": document.sha256,
        "tier": str(record.tier),
        "language": record.language,
        "status": str(record.status),
        "csl": plain(record.csl),
        "passages": [_passage(passage) for passage in document.passages],
    }


def _passage(passage: PassageEntry) -> Plain:
    return {
        "number": passage.number,
        "id": str(passage.id),
        "quote": passage.exact,
        "start": passage.start,
        "end": passage.end,
        "place": passage.place,
        "claims": list(passage.claims),
    }


def plain(value: object) -> object:
    """A CSL value with mappings and sequences that :mod:`json` knows."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    return value if value is None or isinstance(value, bool | int | float) else str(value)
