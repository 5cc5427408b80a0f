"""What is exported and imported elsewhere is the same, in every format, for every seed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints

import pytest
from sqlalchemy import Engine

from claims.actions.actor import Actor
from claims.actions.export import ExportRequest, export
from claims.actions.importing import ImportRequest, import_table
from claims.analysis.canonical import content_hash
from claims.analysis.fields import bare
from claims.analysis.records import ENTITIES, Record
from claims.analysis.vocabulary import Role, Sensitivity
from claims.exchange.entity_tables import open_export
from claims.exchange.hand_coded import read_hand_coded
from claims.exchange.mapped import read_mapped
from claims.exchange.mapping import read_mapping
from claims.exchange.table import open_table
from claims.exchange.table_bytes import TableFormat
from claims.store.engine import open_engine
from claims.store.reader import all_records
from claims.store.unit import read_unit, write_unit
from claims.store.verify import verify
from claims.store.writer import Writer
from tests.store.everything import everything

SEEDS = Path(__file__).parents[2] / "seeds"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULER = Actor("ruler", Role.ADMINISTRATOR, Sensitivity.RESTRICTED)
FORMATS = tuple(TableFormat)
VILLAGES = "malibeyli-gushchular"

Database = Callable[[str], Engine]


@pytest.fixture
def database(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """What makes an empty database of a name."""
    made: list[Engine] = []

    def make(name: str) -> Engine:
        shutil.copy(sqlite_template, tmp_path / f"{name}.db")
        made.append(open_engine(f"sqlite:///{tmp_path / name}.db"))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


def fill(engine: Engine, records: Iterable[Record]) -> None:
    """Write records."""
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(list(records))


def hashes(engine: Engine) -> dict[object, str]:
    """The content of everything that is held, by its id."""
    with read_unit(engine) as session:
        assert verify(session).intact
        return {
            one.id: content_hash(one) for kind in ENTITIES for one in all_records(session, kind)
        }


def carried(first: Engine, second: Engine, path: Path, form: TableFormat) -> None:
    """Export the one, and import what was written into the other."""
    with read_unit(first) as session:
        export(session, RULER, ExportRequest(path=path, format=form), NOW)
    with write_unit(second) as session:
        import_table(session, RULER, ImportRequest(table=open_export(path)), NOW)


def same_elsewhere(database: Database, folder: Path, form: TableFormat, first: Engine) -> None:
    """Whether another database holds the same after an export and an import."""
    second = database(f"second {form}")
    name = f"out {form}"
    path = folder / (f"{name}.xlsx" if form is TableFormat.XLSX else name)
    carried(first, second, path, form)
    held = hashes(first)
    assert held
    assert hashes(second) == held


@pytest.mark.parametrize(
    ("seed", "form"),
    [
        *(("flood", form) for form in FORMATS),
        *(pytest.param(VILLAGES, form, marks=pytest.mark.slow) for form in FORMATS),
    ],
)
def test_a_seed_is_the_same_elsewhere(
    database: Database, tmp_path: Path, seed: str, form: TableFormat
) -> None:
    first = database("first")
    (coded,) = read_hand_coded([SEEDS / seed / "claims.yaml"])
    fill(first, coded.records)
    same_elsewhere(database, tmp_path, form, first)


def _casualties(first: Engine) -> None:
    with (
        open_table(SEEDS / "casualties81" / "notes.csv") as table,
        write_unit(first) as session,
    ):
        mapped = read_mapped(table, read_mapping("casualties81"))
        import_table(session, RULER, ImportRequest(table=mapped), NOW)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_an_imported_seed_is_the_same_elsewhere(
    database: Database, tmp_path: Path, form: TableFormat
) -> None:
    first = database("first")
    _casualties(first)
    same_elsewhere(database, tmp_path, form, first)


HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "@SUM(1)\t'=1",
    "<script>alert(1)</script>]]>",
    ' \u202eرجوع\r\n–a;b|c,"d" ',
    "-1",
    "NULL",
)
READ = frozenset(
    {
        *("of", "between", "expression", "dates", "as_of", "retracted_at", "profile", "locale"),
        *("code", "claim_hash", "sha256", "text_sha256", "layout_sha256", "warc_sha256"),
    }
)
"""Fields whose words are read as a value, so that not every text may stand in them."""


def _hostile(record: Record, at: int) -> Record:
    """The record with a hostile text in every field that holds free words."""
    hints = get_type_hints(type(record))
    changes: dict[str, object] = {}
    for number, one in enumerate(fields(record)):
        held, text = getattr(record, one.name), HOSTILE[(at + number) % len(HOSTILE)]
        if one.name in READ or held is None:
            continue
        if bare(hints[one.name]) is str and one.init:
            changes[one.name] = text
        elif bare(hints[one.name]) == tuple[str, ...] and held:
            changes[one.name] = (text,)
    return replace(record, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_in_every_field_are_the_same_elsewhere(
    database: Database, tmp_path: Path, form: TableFormat
) -> None:
    first = database("first")
    records = [_hostile(one, FORMATS.index(form)) for one in everything()]
    changed = sum(a != b for a, b in zip(records, everything(), strict=True))
    assert changed > len(records) / 2
    fill(first, records)
    same_elsewhere(database, tmp_path, form, first)
