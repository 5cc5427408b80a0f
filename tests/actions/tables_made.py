"""Tables to import, and the mapping that reads them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

HEADING = ("id", "event", "date", "killed", "source", "words")
MAPPING = """\
mapping: 1
namespace: https://example.org/floods
coder: somebody
table: {voice: The register}
topic: "{event}"
question: {text: "How many people were killed in {event}?", unit: people}
value: "{killed}"
source: "{source}"
claim: {key: "{id}", as_of: "{date}"}
passage: {columns: [event, killed, source, words]}
"""

Cells = tuple[object, ...]


def rows(number: int) -> list[Cells]:
    """As many rows as wanted, of 50 events, told by 20 sources."""
    return [
        (
            f"r{at}",
            f"Flood {at % 50}",
            f"1992-02-{at % 28 + 1:02}",
            at % 900 + 1,
            f"Paper {at % 20}",
            f"The paper wrote on page {at} that people had been killed.",
        )
        for at in range(number)
    ]


def write(path: Path, cells: Iterable[Cells]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        writer.writerows(cells)
    return path


def mapping(folder: Path) -> Path:
    """The mapping as a file."""
    path = folder / "mapping.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path
