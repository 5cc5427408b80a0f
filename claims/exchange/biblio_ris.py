"""RIS in and out: one tag a line, records from ``TY`` to ``ER``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from claims.analysis.csl_dates import edtf_of
from claims.errors import InvalidValue
from claims.exchange.biblio_fields import ENTRY_TYPE, KEYWORDS, NOTES, ItemMaker, Reads
from claims.exchange.biblio_item import BibliographyItem, Findings, RawEntry, RawField
from claims.exchange.biblio_names import tagged_name, to_tagged
from claims.exchange.biblio_notes import noted, written_note
from claims.exchange.biblio_tables import Layout, csl_words, layout
from claims.exchange.biblio_write import (
    Written,
    kind_of,
    names_of,
    others_of,
    text_of_value,
    texts_of,
    variables_of,
)
from claims.values.identifiers import check_identifier

_TAG = re.compile(r"^[ \t]*([A-Z][A-Z0-9])(?:  ?- ?| {0,2}-$)(.*)$")
_SLASHED = re.compile(r"(\d{4})/(\d{0,2})/?(\d{0,2})/?(.*)")
_PAGES = re.compile(r"([^-]+)-([^-]+)")
_FILES = frozenset({"L1", "L2", "L3", "L4"})
_FRAME = frozenset({"TY", "ER", "ID"})
_YEAR = re.compile(r"\d{4}")
_READS = Reads(
    names=lambda text: [tagged_name(text)],
    words=lambda one: one.text.strip(),
    joined=dict.fromkeys(csl_words("names"), "") | {"keyword": KEYWORDS, "note": NOTES},
)


def ris_layout() -> Layout:
    """The table of RIS."""
    return layout("ris", "GEN")


def read_ris(text: str, findings: Findings) -> Iterator[tuple[BibliographyItem, RawEntry]]:
    """The records of a text as items, in their order, each with what stood in the file."""
    for entry in _records(text, findings):
        if not any(one.text.strip() for one in entry.fields):
            findings.fault(entry.line, f"record {entry.kind}", "no fields", "a title or an author")
            continue
        yield BibliographyItem(key=entry.key, csl=_csl(entry, findings), line=entry.line), entry


def _records(text: str, findings: Findings) -> Iterator[RawEntry]:
    """The records; one that another begins before its end is ended there."""
    kind, start, fields, told = "", 0, list[RawField](), False
    for number, tag, words in _lines(text):
        if kind and tag == "TY":
            unended = f"no ER before the record in line {number}"
            findings.mend(start, f"record {kind}", unended, "ER at its end; ended there")
        if tag in {"TY", "ER"}:
            yield from [_entry(kind, start, fields)] if kind else ()
            kind = (words.upper() or "GEN") if tag == "TY" else ""
            start, fields, told = number, [], False
        elif kind and tag:
            fields.append(RawField(tag, words, number))
        elif kind and words and fields:
            last = fields.pop()
            fields.append(RawField(last.name, f"{last.text}\n{words}", last.line))
        elif tag and not told:
            told = True
            findings.fault(
                number, tag, "a field outside of a record", "TY at the start of a record"
            )
    if kind:
        findings.mend(start, f"record {kind}", "no ER before the end of the file", "ER at its end")
        yield _entry(kind, start, fields)


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Each line with its number, its tag where it has one, and its words."""
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.match(line)
        yield (number, found[1], found[2].strip()) if found else (number, "", line.strip())


def _entry(kind: str, line: int, fields: list[RawField]) -> RawEntry:
    key = next((one.text for one in fields if one.name == "ID"), "")
    return RawEntry(kind, key, line, tuple(fields))


def _csl(entry: RawEntry, findings: Findings) -> Mapping[str, object]:
    maker = ItemMaker(ris_layout(), _READS, findings)
    maker.begin(entry, ris_layout().types.get(entry.kind))
    for one in entry.fields:
        if one.name == "SN":
            _number(maker, one)
        elif one.name in {"N1", "RN"}:
            noted(maker, one)
        elif one.name in _FILES and not _is_address(one.text):
            continue
        elif one.name not in {*_FRAME, "EP"}:
            maker.take(_understood(entry, one))
    if not entry.text("SP"):
        maker.keep("EP", entry.text("EP"))
    return maker.done()


def _is_address(text: str) -> bool:
    return "://" in text


def _understood(entry: RawEntry, one: RawField) -> RawField:
    """Pages as one text, and dates of the form ``1992/02/25/`` as others have them."""
    if one.name == "SP" and entry.text("EP") and "-" not in one.text:
        return RawField(one.name, f"{one.text}-{entry.text('EP')}", one.line)
    slashed = _SLASHED.fullmatch(one.text)
    if slashed and ris_layout().fields.get(one.name) in csl_words("dates"):
        year, month, day, other = slashed.groups()
        parts = "-".join(part.zfill(2) for part in (year, month, day) if part)
        return RawField(one.name, f"{other.strip('/')} {year}" if other and not month else parts, 0)
    return one


def _number(maker: ItemMaker, one: RawField) -> None:
    """An ISSN or an ISBN by its check digit; where that does not tell, by the type of the item."""
    for variable in ("ISSN", "ISBN"):
        try:
            check_identifier(variable, one.text)
        except InvalidValue:
            continue
        if variable not in maker.csl:
            maker.csl[variable] = one.text
            return
    maker.take(one)


def write_ris(items: Iterable[BibliographyItem]) -> Iterator[str]:
    """The records, one text each."""
    for item in items:
        lines = (f"{tag}  - {_line(text)}\n" for tag, text in _fields(item))
        key = f"ID  - {_line(item.key)}\n" if item.key else ""
        yield f"TY  - {kind_of(item, ris_layout())}\n{''.join(lines)}{key}ER  - \n"


def _line(text: str) -> str:
    """A text of several lines goes on in lines that begin with a space."""
    return "\n ".join(line.strip() for line in text.splitlines() if line.strip())


def _fields(item: BibliographyItem) -> Iterator[tuple[str, str]]:
    for one in variables_of(item, ris_layout(), {"ISBN": "SN", "ISSN": "SN"}):
        yield from _written(one)
    for name, value in others_of(item, ris_layout()).items():
        if name != ENTRY_TYPE:
            for text in texts_of(value):
                yield name, text


def _written(one: Written) -> Iterator[tuple[str, str]]:
    """A variable as the lines of its tag; as a note that names it where RIS has no tag."""
    if one.variable in csl_words("names") and one.field:
        yield from ((one.field, to_tagged(name)) for name in names_of(one.value))
        return
    text = text_of_value(one.variable, one.value)
    if one.field is None:
        yield "N1", written_note(one)
    elif one.variable == "issued":
        yield from _date(edtf_of(one.value))
    elif one.variable == "page":
        pages = _PAGES.fullmatch(text)
        yield from zip(("SP", "EP"), pages.groups() if pages else (text,), strict=False)
    else:
        parting = {"keyword": KEYWORDS, "note": NOTES}.get(one.variable)
        yield from ((one.field, part) for part in (text.split(parting) if parting else [text]))


def _date(edtf: str) -> Iterator[tuple[str, str]]:
    year = _YEAR.match(edtf)
    if year:
        yield "PY", year[0]
    if not year or edtf != year[0]:
        plain = re.fullmatch(r"[\d-]+", edtf) and _YEAR.match(edtf)
        yield "DA", edtf.replace("-", "/") if plain and not _is_season(edtf) else edtf


def _is_season(edtf: str) -> bool:
    return edtf[5:7] in {"21", "22", "23", "24"}
