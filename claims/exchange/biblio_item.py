"""What a bibliography file holds: items of CSL-JSON, what was mended in them, what was left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from claims.errors import Fault


class BibliographyFormat(StrEnum):
    """The formats that are read and written."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"
    ENDNOTE = "endnote"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an item; ``media_type`` is guessed from its name."""

    path: Path
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyItem:
    """One work: the key that the file gives it, its CSL-JSON item, and where it stands.

    ``csl`` has no ``id``. Numbers in it are text, and what CSL has no name for is under ``custom``.
    """

    key: str
    csl: Mapping[str, object]
    line: int
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bibliography:
    """A bibliography file as it was read.

    ``faults`` name the records that were left out, ``mended`` those that were taken in after a
    repair, ``remarks`` what a reader should know of the others; each by line.
    """

    file: str
    format: BibliographyFormat
    items: tuple[BibliographyItem, ...]
    faults: tuple[Fault, ...] = ()
    mended: tuple[Fault, ...] = ()
    remarks: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Findings:
    """What is noticed while a file is read."""

    file: str
    faults: list[Fault] = field(default_factory=list)
    mended: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def fault(self, line: int, name: str, found: str, expected: str) -> None:
        """Note a record that cannot be read."""
        self.faults.append(self._at(line, name, found, expected))

    def mend(self, line: int, name: str, found: str, expected: str) -> None:
        """Note a record that was read after a repair."""
        self.mended.append(self._at(line, name, found, expected))

    def remark(self, line: int, name: str, found: str, expected: str) -> None:
        """Note what a reader should know of a record that was read."""
        self.remarks.append(self._at(line, name, found, expected))

    def _at(self, line: int, name: str, found: str, expected: str) -> Fault:
        return Fault(self.file, line, 1 if line else 0, name, found, expected)


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as a file has it, its text read but not yet understood."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class RawEntry:
    """A record as a file has it: its type, its key where it has one, and its fields in order."""

    kind: str
    key: str
    line: int
    fields: tuple[RawField, ...]

    def text(self, name: str) -> str:
        """The text of the first field of a name, or nothing."""
        return next((one.text for one in self.fields if one.name == name), "")
