"""Cross references in BibTeX: what an entry takes from the entries that it names.

The rules are those of the BibLaTeX manual, appendix B: a title becomes the title of the book or
the journal that the entry stands in, some fields stay with their entry, the rest is taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from claims.exchange.biblio_item import Findings, RawEntry, RawField
from claims.exchange.biblio_tables import table
from claims.exchange.yaml_nodes import shown

_REFERENCES = ("xdata", "crossref")
_WHOLE = {
    "title": "booktitle",
    "subtitle": "booksubtitle",
    "titleaddon": "booktitleaddon",
    "author": "bookauthor",
}
_JOURNAL = {"title": "journaltitle", "subtitle": "journalsubtitle"}


def inherited(entries: Sequence[RawEntry], findings: Findings) -> Iterator[RawEntry]:
    """The entries with what they take from others; those of ``@xdata`` are only there for it."""
    by_key = {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
    for entry in entries:
        if entry.kind != "xdata":
            fields = tuple(_fields(entry, by_key, findings, (entry.key.lower(),)))
            yield replace(entry, fields=fields)


def _fields(
    entry: RawEntry, by_key: Mapping[str, RawEntry], findings: Findings, way: tuple[str, ...]
) -> list[RawField]:
    """The fields of an entry: its own first, then what it takes over and does not have."""
    fields = list(entry.fields)
    names = {one.name for one in fields if one.text.strip()}
    for one in [one for one in entry.fields if one.name in _REFERENCES]:
        missing = []
        for key in filter(None, (key.strip() for key in one.text.split(","))):
            parent = by_key.get(key.lower())
            if parent is None or key.lower() in way:
                missing.append(key)
                _tell(findings, entry, one, key, circle=parent is not None)
                continue
            above = _fields(parent, by_key, findings, (*way, key.lower()))
            for taken in _taken(entry, parent, one.name, above):
                if taken.name not in names:
                    names.add(taken.name)
                    fields.append(replace(taken, line=one.line))
        fields.remove(one)
        if missing:
            fields.append(replace(one, text=", ".join(missing)))
    return fields


def _taken(
    entry: RawEntry, parent: RawEntry, reference: str, above: Sequence[RawField]
) -> Iterator[RawField]:
    if reference == "xdata":
        yield from (one for one in above if one.name not in _REFERENCES)
        return
    told: Mapping[str, str] = {}
    if entry.kind in table("bibtex")["stand_in_another"].split():
        told = _JOURNAL if parent.kind == "periodical" else _WHOLE
    for one in above:
        if one.name in table("bibtex")["not_inherited"].split():
            continue
        name = told.get(one.name, one.name)
        if name == "bookauthor" and entry.kind not in {"inbook", "bookinbook", "suppbook"}:
            continue
        yield replace(one, name=name)


def _tell(findings: Findings, entry: RawEntry, one: RawField, key: str, *, circle: bool) -> None:
    found = f"{one.name} to {shown(key)}" + (", which leads back to itself" if circle else "")
    expected = "no circle; it was not followed" if circle else "an entry of that key in the file"
    findings.remark(one.line, entry.key or "entry", found, expected)
