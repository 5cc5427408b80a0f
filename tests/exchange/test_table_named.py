"""JSON lines and Parquet in: nested values, columns that appear late, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from claims.errors import DocumentFaults, SetupError
from claims.exchange import table_parquet
from claims.exchange.table import Row, Table, open_table

arrow = import_module("pyarrow")
parquet = import_module("pyarrow.parquet")


def opened(path: Path) -> tuple[Table, list[Row]]:
    with open_table(path) as table:
        return table, list(table.rows())


def refused(path: Path) -> str:
    with pytest.raises(DocumentFaults) as caught:
        opened(path)
    return str(caught.value)


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    return tmp_path / "table.jsonl"


@pytest.fixture
def pq(tmp_path: Path) -> Path:
    return tmp_path / "table.parquet"


def test_objects_are_rows_and_their_keys_columns(jsonl: Path) -> None:
    jsonl.write_text('{"a":1,"b":"=x"}\n\n{"c":1.50,"a":true,"b":""}\n{"a":null}\n')
    table, rows = opened(jsonl)
    assert (table.columns, table.letters, table.heading) == (tuple("abc"), tuple("abc"), 0)
    assert rows == [
        Row(1, (1, "=x", None)),
        Row(3, (True, None, Decimal("1.50"))),
        Row(4, (None, None, None)),
    ]
    assert str(rows[1].cells[2]) == "1.50"
    assert table.notes == ("1 empty line was left out.",)


def test_what_a_cell_nests_is_json_text(jsonl: Path) -> None:
    nested = '{"a":{"b":[1.10,null,{"é":"x y"}]}}'
    jsonl.write_text(nested + "\n")
    assert opened(jsonl)[1][0].cells == ('{"b":[1.10,null,{"é":"x y"}]}',)


def test_every_line_that_is_no_object_is_named(jsonl: Path) -> None:
    deep = "[" * 200_000
    lines = ['{"a":1}', "[1]", '{"a":1,"a":2}', '{"a":NaN}', '{"":1}', "{", deep, '{"a":2}']
    jsonl.write_text("\n".join(lines))
    with open_table(jsonl) as table:
        seen: list[Row] = []
        with pytest.raises(DocumentFaults) as caught:
            seen.extend(table.rows())
    assert [fault.line for fault in caught.value.faults] == [2, 3, 4, 5, 6, 7]
    assert [row.number for row in seen] == [1, 8]


def test_an_array_is_no_line_of_objects(jsonl: Path) -> None:
    jsonl.write_text("[\n1\n]\n")
    assert "no line with an object" in refused(jsonl)


def test_a_number_with_thousands_of_digits_is_a_defect(jsonl: Path) -> None:
    jsonl.write_text('{"a":1}\n{"a":' + "9" * 5000 + "}\n")
    assert "table.jsonl:2" in refused(jsonl)


def test_parquet_keeps_kinds(pq: Path) -> None:
    columns: Mapping[str, Sequence[Any]] = {
        "n": arrow.array([1, None], arrow.int32()),
        "f": arrow.array([0.1, float("nan")], arrow.float64()),
        "s": arrow.array([0.1, 2.5], arrow.float32()),
        "d": arrow.array([Decimal("1.50"), Decimal("3.00")], arrow.decimal128(9, 2)),
        "day": arrow.array([date(1981, 3, 1), None], arrow.date32()),
        "at": arrow.array([10**18 + 1, None], arrow.timestamp("ns")),
        "z": arrow.array([datetime(2020, 1, 2, tzinfo=UTC), None], arrow.timestamp("s", "UTC")),
        "t": arrow.array(["=x", ""]),
        "b": arrow.array([False, None]),
        "l": arrow.array([[{"k": 1.5, "day": date(2020, 1, 1)}], None]),
        "c": arrow.array(["x", "y"]).dictionary_encode(),
    }
    parquet.write_table(arrow.table(dict(columns)), pq)
    table, rows = opened(pq)
    assert table.columns == tuple(columns)
    assert rows[0].cells == (
        1,
        Decimal("0.1"),
        Decimal("0.1"),
        Decimal("1.50"),
        date(1981, 3, 1),
        datetime.fromisoformat("2001-09-09T01:46:40"),
        datetime(2020, 1, 2, tzinfo=UTC),
        "=x",
        False,
        '[{"k":1.5,"day":"2020-01-01"}]',
        "x",
    )
    assert rows[1].cells == (None, None, Decimal("2.5"), 3, *(None,) * 6, "y")
    assert "1 cell" in table.notes[0]


def test_bytes_are_a_defect_with_their_place(pq: Path) -> None:
    parquet.write_table(arrow.table({"a": ["x"], "b": [b"\x00"]}), pq)
    assert "table.parquet:1:2: b: found bytes" in refused(pq)


def test_damaged_and_oversized_parquet_is_refused(
    pq: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet.write_table(arrow.table({"a": list(range(9000))}), pq)
    whole = pq.read_bytes()
    monkeypatch.setattr(table_parquet, "MOST_ROWS", 10)
    assert "9,000 rows" in refused(pq)
    monkeypatch.undo()
    monkeypatch.setattr(table_parquet, "LARGEST_GROUP", 10)
    assert "too large to hold" in refused(pq)
    monkeypatch.undo()
    pq.write_bytes(whole[:-50])
    assert "damaged, locked or of an unknown kind" in refused(pq)
    pq.write_bytes(whole[:100] + bytes(200) + whole[300:])
    assert "damaged" in refused(pq)


def test_without_pyarrow_the_package_to_install_is_named(
    pq: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_bytes(b"PAR1 something")

    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(table_parquet, "import_module", missing)
    with pytest.raises(SetupError, match=r"pip install 'claims\[parquet\]'"):
        opened(pq)


def test_lines_are_as_python_reads_them(jsonl: Path) -> None:
    texts = ["a\u2028b", "c\x85d", "e\rf", "'g", "\ufeffh"]
    with jsonl.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"t": text}, ensure_ascii=False) + "\n" for text in texts)
    assert [row.cells[0] for row in opened(jsonl)[1]] == texts
