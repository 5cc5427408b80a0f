"""The outcomes of an audit as data of JSON, and back: to be kept, and to be handed to programs."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from claims.analysis.audit.case import DocumentRow
from claims.analysis.audit.finding import (
    AuditFinding,
    Defect,
    NotChecked,
    Outcome,
    Place,
    Severity,
    Subject,
)
from claims.analysis.records import Document

Data = dict[str, Any]


def plain_outcome(outcome: Outcome) -> Data:
    """An outcome as data of JSON; what says nothing is left out."""
    if isinstance(outcome, NotChecked):
        return {
            "check": outcome.check,
            "entity": outcome.entity,
            "count": outcome.count,
            "why": outcome.why,
        }
    defect, subject = outcome.defect, outcome.defect.subject
    told: Data = {
        "check": outcome.check,
        "severity": outcome.severity.word,
        "asks": outcome.asks,
        "entity": subject.entity,
        "id": str(subject.id),
        "name": subject.name,
        "found": defect.found,
        "expected": defect.expected,
        "fix": defect.fix,
        "documents": [str(one) for one in subject.documents],
        "passages": [str(one) for one in subject.passages],
        "claims": [str(one) for one in subject.claims],
    }
    if subject.place is not None:
        told["place"] = _place(subject.place)
    if defect.at is not None:
        told["at"] = _place(defect.at)
    if defect.change is not None:
        field, value = defect.change
        told["change"] = {
            "field": field,
            "value": list(value) if isinstance(value, tuple) else value,
        }
    return told


def read_outcome(data: Mapping[str, Any]) -> Outcome:
    """The outcome that :func:`plain_outcome` wrote."""
    if "why" in data:
        return NotChecked(data["check"], data["entity"], data["count"], data["why"])
    severity = Severity[data["severity"].upper()]
    subject = Subject(
        entity=data["entity"],
        id=UUID(data["id"]),
        name=data["name"],
        documents=_ids(data["documents"]),
        passages=_ids(data["passages"]),
        claims=_ids(data["claims"]),
        place=_read_place(data.get("place")),
    )
    defect = Defect(
        subject,
        found=data["found"],
        expected=data["expected"],
        fix=data["fix"],
        severity=severity,
        at=_read_place(data.get("at")),
        change=_read_change(data.get("change")),
    )
    return AuditFinding(check=data["check"], severity=severity, asks=data["asks"], defect=defect)


def plain_row(row: DocumentRow) -> Data:
    """What a document is compared by, without the document itself, as data of JSON."""
    return {
        "item": dict(row.item.csl),
        "sketch": list(row.sketch),
        "voices": sorted(map(str, row.voices)),
        "leans_on": sorted(map(str, row.leans_on)),
    }


def read_row(document: Document, data: Mapping[str, Any]) -> DocumentRow:
    """The row that :func:`plain_row` wrote of this document."""
    return DocumentRow(
        item=replace(document, csl=data["item"]),
        sketch=array("Q", data["sketch"]),
        voices=frozenset(_ids(data["voices"])),
        leans_on=frozenset(_ids(data["leans_on"])),
    )


def _place(place: Place) -> Data:
    return {"document": str(place.document), "start": place.start, "end": place.end}


def _read_place(data: Mapping[str, Any] | None) -> Place | None:
    return None if data is None else Place(UUID(data["document"]), data["start"], data["end"])


def _read_change(data: Mapping[str, Any] | None) -> tuple[str, Any] | None:
    if data is None:
        return None
    value = data["value"]
    return data["field"], tuple(value) if isinstance(value, list) else value


def _ids(texts: list[str]) -> tuple[UUID, ...]:
    return tuple(UUID(text) for text in texts)
