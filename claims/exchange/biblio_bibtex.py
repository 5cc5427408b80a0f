"""BibTeX and BibLaTeX in: entries to items of CSL-JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from claims.analysis.csl_dates import csl_date, edtf_of
from claims.exchange.biblio_bibtex_scan import BibtexScanner
from claims.exchange.biblio_fields import ENTRY_TYPE, ItemMaker, Reads
from claims.exchange.biblio_inherit import inherited
from claims.exchange.biblio_item import BibliographyItem, Findings, RawEntry, RawField
from claims.exchange.biblio_latex import text_of
from claims.exchange.biblio_names import bibtex_names
from claims.exchange.biblio_tables import Layout, layout, table
from claims.exchange.yaml_nodes import shown

OTHER = "misc"
DATE_PARTS = ("date", "year", "month", "day")
_SPACE, _PARAGRAPH = re.compile(r"[ \t\r\n]+"), re.compile(r"[ \t\r]*\n[ \t\r]*(?:\n[ \t\r]*)+")
_YEAR = re.compile(r"-?\d{4}")
_ADDRESS = re.compile(r"https?://\S+")


def bibtex_layout() -> Layout:
    """The table of BibTeX."""
    return layout("bibtex", OTHER)


def read_bibtex(text: str, findings: Findings) -> Iterator[tuple[BibliographyItem, RawEntry]]:
    """The entries of a text as items, in their order, each with what stood in the file.

    ``crossref`` and ``xdata`` are followed; entries of ``@xdata`` are no items themselves.
    """
    entries = tuple(BibtexScanner(text, findings).entries())
    for entry in inherited(entries, findings):
        if not entry.fields or not any(one.text.strip() for one in entry.fields):
            name = f"@{entry.kind} {entry.key}".strip()
            findings.fault(entry.line, name, "no fields", "a title, an author or an address")
            continue
        csl = _csl(entry, findings)
        yield BibliographyItem(key=entry.key, csl=csl, line=entry.line), entry


def _csl(entry: RawEntry, findings: Findings) -> Mapping[str, object]:
    maker = ItemMaker(bibtex_layout(), Reads(bibtex_names, words), findings)
    told = table("bibtex")
    subtype = told["subtypes"].get(entry.text("entrysubtype").lower())
    known = told["types"].get(entry.kind)
    csl_type = subtype if subtype and known == "article-journal" else known
    maker.begin(entry, csl_type)
    if entry.kind.lower() == "thesis":
        maker.other.pop(ENTRY_TYPE, None)  # what a thesis without a genre is written as anyhow
    _dates(maker, entry, findings)
    kept = {*DATE_PARTS, "file", *(["entrysubtype"] if csl_type == subtype else [])}
    order = {name: place for place, name in enumerate(maker.layout.fields)}
    for one in sorted(_with_subtitles(entry), key=lambda one: order.get(one.name, len(order))):
        if one.name not in kept:
            maker.take(one)
    _complete(maker, entry)
    return maker.done()


def words(one: RawField) -> str:
    """The text of a field: addresses to the letter, all else as TeX would print it."""
    told = table("bibtex")
    if one.name in told["verbatim"].split():
        bare = one.text.strip().removeprefix(r"\url").strip("{}")
        return re.sub(r"\\([_%&#~$])(?:\{\})?", r"\1", bare).strip()
    if one.name in told["paragraphs"].split():
        parts = (_SPACE.sub(" ", part).strip() for part in _PARAGRAPH.split(one.text))
        return "\n\n".join(filter(None, map(text_of, parts)))
    return _SPACE.sub(" ", text_of(_SPACE.sub(" ", one.text))).strip()


def _with_subtitles(entry: RawEntry) -> Iterator[RawField]:
    """The fields, with each subtitle behind its title."""
    joined: Mapping[str, str] = table("bibtex")["subtitles"]
    names = {one.name for one in entry.fields}
    partner = {sub: _partner(of, names) for sub, of in joined.items() if sub in names}
    behind = {of: sub for sub, of in partner.items() if of}
    for one in entry.fields:
        sub = behind.get(one.name)
        yield replace(one, text=f"{one.text}: {entry.text(sub)}") if sub else one


def _partner(title: str, names: set[str]) -> str | None:
    if title in names:
        return title
    return "journal" if title == "journaltitle" and "journal" in names else None


def _dates(maker: ItemMaker, entry: RawEntry, findings: Findings) -> None:
    """The date, or the year with its month and day; what does not fit is kept as it is."""
    said = {name: words(RawField(name, entry.text(name), 0)) for name in DATE_PARTS}
    if said["date"]:
        maker.csl["issued"] = csl_date(said["date"])
        year = edtf_of(maker.csl["issued"])[:4]
        if said["year"] and said["year"] != year:
            maker.keep("year", said["year"])
            found = f"the date {said['date']} and the year {said['year']}"
            findings.remark(entry.line, entry.key, found, "one date; the first was taken")
        return
    if said["year"] or said["month"]:
        maker.csl["issued"], left = _of_parts(said)
        for name in left:
            maker.keep(name, said[name])
        if said["year"]:
            _tell_left(entry, left, said, findings)


def _of_parts(said: Mapping[str, str]) -> tuple[Mapping[str, object], Sequence[str]]:
    """As much of year, month and day as makes a date, and the fields that do not fit into it."""
    year, month, day = said["year"], said["month"], said["day"]
    for taken in (("day", "month"), ("month",)) if month and _YEAR.fullmatch(year) else ():
        parts = [said[name] for name in taken if said[name]]
        numbers = all(one.isdecimal() for one in parts)
        told = "-".join((year, *(one.zfill(2) for one in reversed(parts))))
        found = csl_date(told if numbers else " ".join((*parts, year)))
        if "literal" not in found:
            return found, ["day"] if day and "day" not in taken else []
    left = [name for name in ("month", "day") if said[name]]
    return csl_date(year or month), left


def _tell_left(
    entry: RawEntry, left: Sequence[str], said: Mapping[str, str], findings: Findings
) -> None:
    """Name the month and day that make no date with the year; figures there are damage."""
    for name in left:
        place = next(one.line for one in entry.fields if one.name == name)
        expected = f"a {name} that makes a date with the year {said['year']}; left out of it"
        tell = findings.mend if said[name].isdecimal() else findings.remark
        tell(place, entry.key, f"{name} {shown(said[name])}", expected)


def _complete(maker: ItemMaker, entry: RawEntry) -> None:
    """What a type says besides, and an address that stands where none was foreseen."""
    genre = table("bibtex")["genres"].get(entry.kind)
    if genre:
        maker.csl.setdefault("genre", genre)
    address = str(maker.other.get("howpublished", ""))
    if _ADDRESS.fullmatch(address) and "URL" not in maker.csl:
        maker.csl["URL"] = address
        del maker.other["howpublished"]
