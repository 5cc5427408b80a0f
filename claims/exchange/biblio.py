"""Bibliographies in and out: BibTeX and BibLaTeX, RIS, CSL-JSON, EndNote XML, and Zotero's exports.

Good records come in and bad ones are named by line and reason: a reader never raises for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from claims.analysis.bibliographic import identifier_faults
from claims.analysis.csl_dates import unread_figures
from claims.errors import DocumentFaults, Fault, InputRefused
from claims.exchange.biblio_attach import attachments_of
from claims.exchange.biblio_bibtex import read_bibtex
from claims.exchange.biblio_bibtex_write import write_bibtex
from claims.exchange.biblio_csl_json import read_csl_json, write_csl_json
from claims.exchange.biblio_endnote import read_endnote, write_endnote
from claims.exchange.biblio_fields import made_key, unique
from claims.exchange.biblio_item import (
    Attachment,
    Bibliography,
    BibliographyFormat,
    BibliographyItem,
    Findings,
)
from claims.exchange.biblio_ris import read_ris, write_ris
from claims.exchange.biblio_tables import csl_words
from claims.exchange.biblio_text import decoded, file_bytes
from claims.exchange.yaml_nodes import shown

__all__ = [
    "Attachment",
    "Bibliography",
    "BibliographyFormat",
    "BibliographyItem",
    "format_named",
    "read_bibliography",
    "write_bibliography",
]

_READERS: Mapping[BibliographyFormat, Any] = {
    BibliographyFormat.BIBTEX: read_bibtex,
    BibliographyFormat.RIS: read_ris,
    BibliographyFormat.CSL_JSON: read_csl_json,
    BibliographyFormat.ENDNOTE: read_endnote,
}
_WRITERS: Mapping[BibliographyFormat, Any] = {
    BibliographyFormat.BIBTEX: write_bibtex,
    BibliographyFormat.RIS: write_ris,
    BibliographyFormat.CSL_JSON: write_csl_json,
    BibliographyFormat.ENDNOTE: write_endnote,
}
_SUFFIXES = {
    ".bib": BibliographyFormat.BIBTEX,
    ".bibtex": BibliographyFormat.BIBTEX,
    ".biblatex": BibliographyFormat.BIBTEX,
    ".ris": BibliographyFormat.RIS,
    ".json": BibliographyFormat.CSL_JSON,
    ".csl": BibliographyFormat.CSL_JSON,
    ".xml": BibliographyFormat.ENDNOTE,
}
_SIGNS = (  # what a file of each format has, whatever it is called
    (BibliographyFormat.ENDNOTE, re.compile(r"\A\s*<\?xml|\A\s*<xml\b|<record\b")),
    (BibliographyFormat.RIS, re.compile(r"^[ \t]*TY {1,2}- ?\S", re.MULTILINE)),
    (BibliographyFormat.BIBTEX, re.compile(r"@[ \t]*[A-Za-z]\w*\s*[{(]")),
    (BibliographyFormat.CSL_JSON, re.compile(r"\A\s*[\[{]")),
)
_KNOWN = "a bibliography in BibTeX (.bib), RIS (.ris), CSL-JSON (.json) or EndNote XML (.xml)"
_DATE = "a date, as 1992-02-25; the words were kept as they are"
_KEY_SPACE = re.compile(r"\s+")


def read_bibliography(path: Path) -> Bibliography:
    """Reads a bibliography, with the files that stand beside it.

    The format is told by the content, else by the name. Keys that are missing are made of author,
    year and title; one that comes again has a number put behind it, unless all else is the same.

    Raises:
        NotFound, InputRefused, SetupError: the file cannot be read.
        DocumentFaults: it is no bibliography.
    """
    findings = Findings(path.name)
    text = decoded(file_bytes(path), findings)
    found = _format(path, text)
    items = tuple(_keyed(_READERS[found](text, findings), path.parent, findings))
    _remark_identifiers(items, findings)
    _remark_dates(items, findings)
    if not items and not findings.faults:
        findings.fault(0, "file", "no record", _KNOWN)
    return Bibliography(
        file=path.name,
        format=found,
        items=items,
        faults=_ordered(findings.faults),
        mended=_ordered(findings.mended),
        remarks=_ordered(findings.remarks),
    )


def write_bibliography(
    items: Iterable[BibliographyItem], form: BibliographyFormat
) -> Iterator[str]:
    """The text of a bibliography in a format, piece by piece."""
    written: Iterator[str] = _WRITERS[form](items)
    return written


def format_named(name: str) -> BibliographyFormat:
    """The format that a file's name tells.

    Raises:
        InputRefused: it tells none.
    """
    found = _SUFFIXES.get(Path(name).suffix.lower())
    if found is None:
        message = f"the name {name!r} tells no format; end it in .bib, .ris, .json or .xml"
        raise InputRefused(message)
    return found


def _format(path: Path, text: str) -> BibliographyFormat:
    start = text[:65_536]
    named = _SUFFIXES.get(path.suffix.lower())
    told = [form for form, sign in _SIGNS if sign.search(start)]
    if named in told:
        return named
    if named is not None and not told and not text.strip():
        raise DocumentFaults((Fault(path.name, 0, 0, "file", "an empty file", _KNOWN),))
    if told:
        return told[0]
    raise DocumentFaults((Fault(path.name, 0, 0, "file", "no bibliography", _KNOWN),))


def _keyed(read: Iterable[Any], folder: Path, findings: Findings) -> Iterator[BibliographyItem]:
    """The items with keys of their own and their attachments; one that stands twice comes once."""
    taken: dict[str, BibliographyItem] = {}
    for item, entry in read:
        key = _KEY_SPACE.sub(" ", item.key).strip() or made_key(item.csl)
        attached = attachments_of(entry, key, item.line, folder, findings)
        whole = replace(item, key=key, attachments=attached)
        earlier = taken.get(key)
        if earlier is not None:
            found = f"the key {key!r} a second time; it was in line {earlier.line} before"
            if _same(earlier, whole):
                findings.remark(item.line, key, found, "each record once; this one says the same")
                continue
            whole = replace(whole, key=unique(key, taken))
            expected = f"each key once; this record is called {whole.key}"
            (findings.mend if item.key else findings.remark)(item.line, key, found, expected)
        taken[whole.key] = whole
        yield whole


def _same(a: BibliographyItem, b: BibliographyItem) -> bool:
    return json.dumps(a.csl, sort_keys=True) == json.dumps(b.csl, sort_keys=True)


def _remark_identifiers(items: Iterable[BibliographyItem], findings: Findings) -> None:
    for item in items:
        for fault in identifier_faults(item.csl):
            findings.remark(item.line, f"{item.key}, {fault.name}", fault.found, fault.expected)


def _remark_dates(items: Iterable[BibliographyItem], findings: Findings) -> None:
    for item in items:
        for name in sorted(csl_words("dates") & item.csl.keys()):
            if words := unread_figures(item.csl[name]):
                found = f"{shown(words)}, which is no date"
                findings.remark(item.line, f"{item.key}, {name}", found, _DATE)


def _ordered(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: fault.line))
