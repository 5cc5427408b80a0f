"""EndNote XML in and out. Each record is read for itself: a broken one takes no other along.

Documents with a DTD or with entities of their own are refused: they can make a small file large.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from claims.analysis.csl_dates import edtf_of
from claims.exchange.biblio_fields import ENTRY_TYPE, KEYWORDS, NOTES, ItemMaker, Reads
from claims.exchange.biblio_item import BibliographyItem, Findings, RawEntry, RawField
from claims.exchange.biblio_names import tagged_name, to_tagged
from claims.exchange.biblio_notes import noted, written_note
from claims.exchange.biblio_tables import Layout, csl_words, layout, table
from claims.exchange.biblio_write import (
    Written,
    kind_of,
    names_of,
    others_of,
    text_of_value,
    texts_of,
    variables_of,
)

_RECORD = re.compile(r"<record\b[^>]*>.*?(?:</record\s*>|(?=<record\b)|\Z)", re.DOTALL)
_DOCTYPE = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_NO_DTD = "XML without a DTD and without entities; take that part out of the file"
_OURS = frozenset({"style", "record"})
_LEFT_OUT = frozenset({"database", "source-app", "rec-number", "foreign-keys/key", "ref-type"})
_KEY = "label"
_PDF = "urls/pdf-urls/url"
_DEEPEST = 20
_YEAR = re.compile(r"\d{4}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_READS = Reads(
    names=lambda text: [tagged_name(text)],
    words=lambda one: one.text.strip(),
    joined=dict.fromkeys(csl_words("names"), "") | {"keyword": KEYWORDS, "note": NOTES},
)


def endnote_layout() -> Layout:
    """The table of EndNote."""
    return layout("endnote", "generic")


def read_endnote(text: str, findings: Findings) -> Iterator[tuple[BibliographyItem, RawEntry]]:
    """The records of a text as items, in their order, each with what stood in the file."""
    if found := _DOCTYPE.search(text):
        line = text.count("\n", 0, found.start()) + 1
        findings.fault(line, "file", "a document type or an entity of its own", _NO_DTD)
        return
    line = at = 0
    for found in _RECORD.finditer(text):
        line, at = line + text.count("\n", at, found.start()), found.start()
        entry = _entry(found[0], line + 1, findings)
        if entry is not None:
            csl = _csl(entry, findings)
            yield BibliographyItem(key=entry.key, csl=csl, line=entry.line), entry


def _entry(text: str, line: int, findings: Findings) -> RawEntry | None:
    reader = _RecordReader(line)
    try:
        reader.parse(text)
    except expat.ExpatError as error:
        found = f"line {line + error.lineno - 1}: {expat.ErrorString(error.code)}"
        findings.fault(line, "record", found, "a whole record of EndNote XML")
        return None
    if reader.deep or not any(one.name not in _LEFT_OUT for one in reader.fields):
        found = "elements in each other without end" if reader.deep else "no fields"
        findings.fault(line, "record", found, "a record with a title or an author")
        return None
    fields = tuple(reader.fields)
    key = next((one.text for one in fields if one.name == _KEY), "")
    return RawEntry(reader.kind.lower() or "generic", key.strip(), line, fields)


class _RecordReader:
    """The elements of a record as fields: their names are their paths."""

    def __init__(self, line: int) -> None:
        self.fields: list[RawField] = []
        self.kind, self.deep = "", False
        self._line = line
        self._path: list[str] = []
        self._texts: list[str] = []

    def parse(self, text: str) -> None:
        """Read a whole record."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        self._parser = parser
        parser.Parse(text.encode("utf-8", "replace"), True)  # noqa: FBT003 -- the end of the document

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "ref-type":
            self.kind = attributes.get("name", "")
        if name not in _OURS:
            self._path.append(name)
            self._texts.append("")
        self.deep |= len(self._path) > _DEEPEST

    def _end(self, name: str) -> None:
        if name in _OURS:
            return
        path, text = "/".join(self._path), self._texts.pop()
        self._path.pop()
        if name == "ref-type" and not self.kind:
            self.kind = _name_of(text.strip())
        elif text.strip():
            number = self._parser.CurrentLineNumber + self._line - 1
            self.fields.append(RawField(path, text.replace("\r", "\n"), number))

    def _data(self, data: str) -> None:
        if self._texts:
            self._texts[-1] += data


def _name_of(number: str) -> str:
    numbers: Mapping[str, int] = table("endnote")["numbers"]
    return next((name for name, known in numbers.items() if str(known) == number), number)


def _csl(entry: RawEntry, findings: Findings) -> Mapping[str, object]:
    maker = ItemMaker(endnote_layout(), _READS, findings)
    maker.begin(entry, endnote_layout().types.get(entry.kind))
    for one in sorted(entry.fields, key=lambda one: one.name != "dates/year"):
        if one.name in {"notes", "research-notes"}:
            noted(maker, one)
        elif one.name == "dates/pub-dates/date" and not _YEAR.search(one.text):
            year = entry.text("dates/year").strip()
            maker.take(RawField(one.name, f"{one.text.strip()} {year}", one.line))
        elif one.name not in {*_LEFT_OUT, _KEY, _PDF}:
            maker.take(one)
    return maker.done()


def write_endnote(items: Iterable[BibliographyItem]) -> Iterator[str]:
    """The file, piece by piece: its head, each record, its end."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n'
    for number, item in enumerate(items, start=1):
        yield _record(item, number)
    yield "</records></xml>\n"


def _record(item: BibliographyItem, number: int) -> str:
    kind = kind_of(item, endnote_layout())
    numbers: Mapping[str, int] = table("endnote")["numbers"]
    name = next((one for one in numbers if one.lower() == kind.lower()), kind.title())
    told = numbers.get(name, numbers["Generic"])
    head = f"<rec-number>{number}</rec-number><ref-type name={quoteattr(name)}>{told}</ref-type>"
    tree: dict[str, object] = {}
    for path, text in _fields(item):
        _plant(tree, path.split("/"), text)
    return f"<record>{head}{''.join(_grown(tree))}</record>\n"


def _fields(item: BibliographyItem) -> Iterator[tuple[str, str]]:
    notes = []
    for one in variables_of(item, endnote_layout(), {}):
        if one.field is None:
            notes.append(written_note(one))
        elif one.variable == "note":
            notes.insert(0, text_of_value("note", one.value))
        else:
            yield from _written(one, one.field)
    if notes:
        yield "notes", NOTES.join(notes)
    if item.key:
        yield _KEY, item.key
    for name, value in others_of(item, endnote_layout()).items():
        if name != ENTRY_TYPE:
            yield from ((name, text) for text in texts_of(value))


def _written(one: Written, path: str) -> Iterator[tuple[str, str]]:
    if one.variable in csl_words("names"):
        yield from ((path, to_tagged(name)) for name in names_of(one.value))
    elif one.variable == "issued":
        yield from _date(edtf_of(one.value))
    else:
        text = text_of_value(one.variable, one.value)
        yield from ((path, part) for part in (text.split(KEYWORDS) if "/" in path else [text]))


def _date(edtf: str) -> Iterator[tuple[str, str]]:
    year = _YEAR.match(edtf)
    yield "dates/year", year[0] if year else edtf
    if year and edtf != year[0]:
        yield "dates/pub-dates/date", edtf


def _plant(tree: dict[str, object], path: list[str], text: str) -> None:
    """Put a text at the end of a path; below one name several may stand."""
    for name in path[:-1]:
        below = tree.setdefault(name, {})
        tree = below if isinstance(below, dict) else {}
    held = tree.setdefault(path[-1], [])
    if isinstance(held, list):
        held.append(text)


def _grown(tree: Mapping[str, object]) -> Iterator[str]:
    for name, below in tree.items():
        if isinstance(below, dict):
            yield f"<{name}>{''.join(_grown(below))}</{name}>"
        elif isinstance(below, list):
            yield from (f"<{name}>{escape(_CONTROL.sub('', text))}</{name}>" for text in below)
