"""A million rows in and out, in memory that does not grow with them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MEGABYTES = 150
"""What reading or writing a million rows may take, the interpreter and pyarrow included."""

WRITE = """
import sys
from pathlib import Path
from claims.exchange.table import TableFormat
from claims.exchange.table_write import Sheet, write_sheets
from tests.peak import peak
form = TableFormat(sys.argv[2])
rows = ((n, f"source {n % 500}", n % 97, f"words {n % 9000} that it said") for n in range(COUNT))
path = Path(sys.argv[1])
write_sheets(
    path / "rows.xlsx" if form is TableFormat.XLSX else path,
    [Sheet(name="rows", columns=("id", "source", "best", "words"), rows=rows)],
    form,
)
print(peak() >> 20)
"""

READ = """
import sys
from pathlib import Path
from claims.exchange.table import open_table
from tests.peak import peak
with open_table(Path(sys.argv[1]) / f"rows.{sys.argv[2]}") as table:
    assert sum(1 for _ in table.rows()) == COUNT
print(peak() >> 20)
"""


def megabytes(program: str, folder: Path, form: str, count: int) -> int:
    """What a program of its own took at most."""
    done = subprocess.run(
        [sys.executable, "-c", program.replace("COUNT", str(count)), str(folder), form],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_million_rows_take_little_memory(tmp_path: Path, form: str) -> None:
    assert megabytes(WRITE, tmp_path, form, 1_000_000) < MEGABYTES
    assert megabytes(READ, tmp_path, form, 1_000_000) < MEGABYTES
