"""How linked data names and writes things: addresses from ids, words with their language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from uuid import UUID

from claims.analysis.records import Scope
from claims.errors import InputRefused
from claims.values.interval import Number, Region
from claims.values.when_days import Day

Node = dict[str, object]
"""A JSON-LD node object."""

_BASE = re.compile(r"urn:uuid:|https?://[A-Za-z0-9.\-\[\]:]+(?:/[A-Za-z0-9._~/\-]*)?[/#]")
# The well-formed tags of BCP 47 that RDF's own grammar allows.
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Names:
    """The addresses of records: ``base`` followed by the record's id.

    Nothing that somebody typed becomes part of an address.
    """

    base: str

    def __post_init__(self) -> None:
        """Refuse a base that would not give absolute addresses."""
        if not _BASE.fullmatch(self.base):
            message = (
                f"{self.base!r} cannot begin the addresses of linked data; give an address that"
                " ends in / or #, such as https://example.org/claims/, or urn:uuid:"
            )
            raise InputRefused(message)

    def iri(self, record: UUID) -> str:
        """The address of a record."""
        return f"{self.base}{record}"

    def some(self, record: UUID | None) -> str | None:
        """The address of a record, where there is one."""
        return None if record is None else self.iri(record)

    def every(self, records: Iterable[UUID]) -> list[str]:
        """The addresses of records, in their order."""
        return [self.iri(record) for record in records]


def node(kinds: str | list[str], **properties: object) -> Node:
    """A node without a name of its own, without the properties that say nothing."""
    told = {key: value for key, value in properties.items() if value is not None and value != []}
    return {"@type": kinds, **told}


def named(iri: str, kinds: str | list[str], **properties: object) -> Node:
    """A node with its address."""
    return {"@id": iri, **node(kinds, **properties)}


def worded(text: str | None, language: str) -> object:
    """Words in their language; without it where the tag is none that RDF allows."""
    if text is None or not _LANGUAGE.fullmatch(language):
        return text
    return {"@value": text, "@language": language}


def typed(text: str | None, kind: str) -> object:
    """A value of an XML Schema type."""
    return None if text is None else {"@value": text, "@type": f"xsd:{kind}"}


def interval(region: Region | None, *, days: bool) -> Node | None:
    """The bounds of a value; an end that is missing is unbounded."""
    if region is None:
        return None
    hull = region.hull
    return node(
        "Interval",
        low=_end(hull.lo, days=days),
        high=_end(hull.hi, days=days),
        lowExcluded=hull.lo_open or None,
        highExcluded=hull.hi_open or None,
    )


def _end(number: Number | None, *, days: bool) -> object:
    if number is None:
        return None
    if days:
        return typed(str(Day.fromordinal(int(number))), "date")
    return typed(f"{number:f}" if not isinstance(number, int) else str(number), "decimal")


def scope(told: Scope, names: Names) -> Node | None:
    """What a question or a claim is about, as far as it says so."""
    stated = ((f.name, getattr(told, f.name)) for f in fields(Scope))
    known = {key: value for key, value in stated if value is not None}
    if not known:
        return None
    words = {k: v if k == "period" else names.iri(v) for k, v in known.items()}
    if "count_basis" in words:
        words["countBasis"] = words.pop("count_basis")
    return node("Scope", **words)
