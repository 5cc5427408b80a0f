"""A list of retractions in the layout of Retraction Watch, row by row.

The columns are those of the file that Crossref publishes
(gitlab.com/crossref/retraction-watch-data): dates are ``2/28/1998 0:00`` with the month first, a
work without a number has ``0`` or ``unavailable``, reasons stand behind plus signs and are parted
by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from claims.analysis.retractions import Retraction
from claims.errors import DocumentFaults, Fault
from claims.exchange.table import open_table

COLUMNS = ("Record ID", "Title", "RetractionDate", "OriginalPaperDOI", "RetractionNature")
"""The columns without which a table is no such list; others are used where they are there."""

_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_NOTHING = frozenset({"", "0", "unavailable", "n/a", "none"})


def read_retractions(path: Path) -> Iterator[Retraction]:
    """The notices of a list, one after the other; CSV, also packed with gzip, or a workbook.

    Raises:
        NotFound, SetupError: the file cannot be read.
        DocumentFaults: it is no table, or lacks the columns that make such a list.
    """
    with open_table(path, heading=1) as table:
        missing = [name for name in COLUMNS if name not in table.columns]
        if missing:
            found = f"a table without {', '.join(missing)}"
            expected = f"the columns of Retraction Watch, at least {', '.join(COLUMNS)}"
            raise DocumentFaults((Fault(path.name, 1, 1, "heading", found, expected),))
        for row in table.rows():
            cells = ("" if cell is None else str(cell).strip() for cell in row.cells)
            yield _retraction(dict(zip(table.columns, cells, strict=False)), row.number)


def _retraction(row: Mapping[str, str], line: int) -> Retraction:
    reasons = (one.strip().lstrip("+").strip() for one in row.get("Reason", "").split(";"))
    return Retraction(
        record=row["Record ID"],
        nature=row["RetractionNature"],
        title=row["Title"],
        journal=row.get("Journal", ""),
        date=_day(row["RetractionDate"]),
        notice=_number(row.get("RetractionDOI", "")),
        doi=_number(row["OriginalPaperDOI"]),
        pmid=_number(row.get("OriginalPaperPubMedID", "")),
        original_date=_day(row.get("OriginalPaperDate", "")),
        reasons=tuple(filter(None, reasons)),
        line=line,
    )


def _day(text: str) -> str | None:
    """A date of the list as EDTF; ``None`` where it is none."""
    if found := _DATE.fullmatch(text):
        month, day, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    iso = _ISO.fullmatch(text)
    return "-".join(iso.groups()) if iso else None


def _number(text: str) -> str:
    return "" if text.casefold() in _NOTHING else text
