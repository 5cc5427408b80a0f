"""Fields of any format to an item of CSL-JSON by a table; what has no name there is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claims.analysis.csl_dates import csl_date, edtf_of
from claims.exchange.biblio_item import Findings, RawEntry, RawField
from claims.exchange.biblio_names import Name
from claims.exchange.biblio_tables import Layout, csl_words, table
from claims.exchange.yaml_nodes import shown

CUSTOM = "custom"
"""Where CSL-JSON keeps what it has no name for; below it, each format has its own part."""

ENTRY_TYPE = "entry-type"
"""The name there of the type that a record had, where CSL has none that says as much."""

KEYWORDS, NOTES = "; ", "\n"
"""What parts keywords, and notes, where a format gives each its own field."""

_PARAGRAPHS = frozenset({"abstract", "annote", "note"})
_DASHES = re.compile(r"\s*[-‐‑‒–—−]+\s*")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Reads:
    """How one format writes names and words; ``joined`` are the variables that may come again."""

    names: Callable[[str], Sequence[Name]]
    words: Callable[[RawField], str]
    joined: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class ItemMaker:
    """An item while its fields are read."""

    layout: Layout
    reads: Reads
    findings: Findings
    csl: dict[str, object] = field(default_factory=dict)
    other: dict[str, object] = field(default_factory=dict)

    def begin(self, entry: RawEntry, csl_type: str | None) -> str:
        """Set the type; one that is not known becomes a document, and is told."""
        found = csl_type or "document"
        self.csl["type"] = found
        if csl_type is None:
            told = f"the type {shown(entry.kind)}, which is not known"
            self.findings.remark(
                entry.line, entry.key or "record", told, "a known type; read as a document"
            )
        if csl_type is None or self.written_type(found).lower() != entry.kind.lower():
            self.other[ENTRY_TYPE] = entry.kind
        return found

    def written_type(self, csl_type: str) -> str:
        """The type that an item of this type is written as."""
        return self.layout.write_types.get(csl_type, self.layout.other_type)

    def take(self, one: RawField) -> None:
        """Take a field in: as the variable it gives, else under its own name."""
        variable = self.layout.variable(one.name, str(self.csl["type"]))
        if variable is None:
            self.keep(one.name, self.reads.words(one))
        elif variable in csl_words("names"):
            self._names(variable, one)
        elif variable in csl_words("dates"):
            self._date(variable, one)
        else:
            self._text(variable, one)

    def keep(self, name: str, text: str) -> None:
        """Keep what CSL has no name for, or what says something else than was said before."""
        held = self.other.get(name)
        if not text or held == text:
            return
        if held is None:
            self.other[name] = text
        else:
            told = [*held, text] if isinstance(held, list) else [held, text]
            self.other[name] = told

    def done(self) -> dict[str, object]:
        """The item, with what was kept."""
        return self.csl | ({CUSTOM: {self.layout.name: self.other}} if self.other else {})

    def _names(self, variable: str, one: RawField) -> None:
        found = [dict(name) for name in self.reads.names(one.text) if name]
        held = self.csl.get(variable)
        if isinstance(held, list) and variable in self.reads.joined:
            held.extend(found)
        elif held is not None and held != found:
            self.keep(one.name, self.reads.words(one))
        elif found:
            self.csl[variable] = found

    def _date(self, variable: str, one: RawField) -> None:
        text = self.reads.words(one)
        if not text:
            return
        new = csl_date(text)
        told, before = edtf_of(new), edtf_of(self.csl.get(variable))
        if told.startswith(before):  # it says the same and more, or nothing was said before
            self.csl[variable] = new
        elif not before.startswith(told):
            self.keep(one.name, text)

    def _text(self, variable: str, one: RawField) -> None:
        text = tidied(variable, self.reads.words(one))
        held = self.csl.get(variable)
        if held is None and text:
            self.csl[variable] = text
        elif text and variable in self.reads.joined:
            self.csl[variable] = f"{held}{self.reads.joined[variable]}{text}"
        elif text and text != held:
            self.keep(one.name, text)


def tidied(variable: str, text: str) -> str:
    """A text as its variable wants it: pages with hyphens, languages by their code."""
    if variable not in _PARAGRAPHS:
        text = " ".join(text.split())
    if variable == "page":
        return _DASHES.sub("-", text).strip("-")
    if variable == "language":
        return language_code(text)
    if variable == "DOI":
        return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE)
    return text


def language_code(text: str) -> str:
    """The code of a language that is named in words, or the text as it is."""
    return str(table("csl")["languages"].get(text.strip().lower(), text.strip()))


def is_language(text: str) -> bool:
    """Whether a text looks like the code of a language (BCP 47)."""
    return bool(_TAG.fullmatch(text))


def made_key(csl: Mapping[str, object]) -> str:
    """A key for a record that has none: its first author, its year, the first word of its title."""
    parts = "".join(_key_parts(csl))
    return parts or "untitled"


def _key_parts(csl: Mapping[str, object]) -> Iterator[str]:
    names = csl.get("author") or csl.get("editor") or []
    if isinstance(names, list) and names and isinstance(names[0], Mapping):
        yield _plain(str(names[0].get("family") or names[0].get("literal") or ""))
    issued = csl.get("issued")
    parts = issued.get("date-parts") if isinstance(issued, Mapping) else None
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        yield str(parts[0][0])
    words = [_plain(word) for word in str(csl.get("title") or csl.get("URL") or "").split()]
    yield next((word for word in words if word and word not in csl_words("small")), "")[:30]


def _plain(text: str) -> str:
    """Small letters and digits alone, of any script, without accents."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


def unique(key: str, taken: Mapping[str, object]) -> str:
    """The key, or with a number behind it where another record has it."""
    number = 2
    found = key
    while found in taken:
        found = f"{key}-{number}"
        number += 1
    return found
