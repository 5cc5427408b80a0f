"""The index holds what the records hold, and gives the same answers on every engine."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.orm import Session

from claims.analysis.records import (
    Claim,
    Document,
    Inquiry,
    Passage,
    Record,
    Source,
    Translation,
)
from claims.analysis.search_query import Query, Term, parse_query, rank
from claims.analysis.search_texts import SEARCHED, entry_words
from claims.analysis.vocabulary import TranslationMethod
from claims.errors import InputRefused
from claims.store import migrate
from claims.store.engine import open_engine
from claims.store.search import holding, index_records, purge, reindex
from claims.store.tables.search import ENTRY, PREFIX
from claims.store.unit import read_unit, write_unit
from claims.store.writer import Writer
from tests.conftest import on, slow_on_postgresql
from tests.store.undone import undone
from tests.store.worlds import NOW, an_id, flood, worlds

LARGE = settings(
    max_examples=6,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a world is too large to be shrunk soon
    suppress_health_check=list(HealthCheck),
)
TYPED = st.text(
    st.sampled_from("aA9şé \"-*:'(){}[]^~|&!\\<>@.,%_;?/北\t\0") | st.characters(), max_size=25
)
WORDS = ("killed", "ministry", "said", "8", "people", "flood", "crue", "reporter", "no")


def _write(engine: Engine, records: Sequence[Record]) -> None:
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)


def _found(session: Session, typed: str, entities: Iterable[str] = SEARCHED) -> set[UUID]:
    query = parse_query(typed)
    held = holding(session, query, list(entities))
    return {entry.record for entry in held if rank(query, entry.words) is not None}


def _looked_for(engine: Engine, typed: str) -> set[UUID]:
    with read_unit(engine) as session:
        return _found(session, typed)


def _entries(session: Session) -> dict[UUID, tuple[str, str]]:
    columns = ENTRY.c
    rows = session.execute(select(columns.record, columns.entity, columns.words))
    return {row[0]: (row[1], row[2]) for row in rows}


def _expected(records: Iterable[Record]) -> dict[UUID, tuple[str, str]]:
    told = {one.id: (one.entity, entry_words(one)) for one in records}
    return {record: entry for record, entry in told.items() if entry[1]}


def _source(**changes: object) -> Source:
    return replace(Source(id=an_id("susa"), name="Şuşa Observer"), **changes)  # type: ignore[arg-type]


def test_what_is_written_is_found_at_once(engine: Engine) -> None:
    _write(engine, [_source(note="a paper of the town")])
    assert _looked_for(engine, "susa paper") == {an_id("susa")}
    assert _looked_for(engine, "ŞUŞA obs*") == {an_id("susa")}
    assert _looked_for(engine, "susa -paper") == set()
    assert _looked_for(engine, '"observer a"') == set()


def test_every_part_of_a_record_is_searched(engine: Engine) -> None:
    records = flood(1)
    passage = next(one for one in records if isinstance(one, Passage))
    claim = next(one for one in records if isinstance(one, Claim))
    article = next(one for one in records if isinstance(one, Document))
    translated = replace(
        passage,
        translations=(
            Translation(
                language="fr",
                text="huit morts, selon le ministère",
                translator="x",
                method=TranslationMethod.HUMAN,
            ),
        ),
    )
    told = replace(claim, hedges=("reportedly",), verb="insisted", note="see the annex")
    item = {
        "type": "book",
        "title": "The flood",
        "author": [{"family": "Reporter", "given": "Ana"}],
        "container-title": "Daily",
        "URL": "https://example.org/flood-1",
    }
    cited = replace(article, csl=item)
    new = {translated.id: translated, told.id: told, cited.id: cited}
    _write(engine, [new.get(one.id, one) for one in records])
    assert _looked_for(engine, "ministere") == {passage.id}
    for typed in ("reportedly", "insisted", "annex", '"8 people" -killed', "claim-0"):
        assert _looked_for(engine, typed) == {claim.id}
    for typed in ('"ana reporter"', "daily", "example.org/flood-1"):
        assert _looked_for(engine, typed) == {article.id}
    assert _looked_for(engine, "crue") == {an_id("flood")}
    assert _looked_for(engine, "book") == set()


def test_an_edit_is_found_by_its_new_words_only(engine: Engine) -> None:
    _write(engine, [_source()])
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).update(_source(name="Lachin Observer"), version=1)
    assert _looked_for(engine, "susa") == set()
    assert _looked_for(engine, "lachin observer") == {an_id("susa")}


def test_what_was_taken_out_is_found_no_more(engine: Engine) -> None:
    _write(engine, [_source()])
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).remove_all([_source()])
    assert _looked_for(engine, "observer") == set()
    _write(engine, [_source()])
    assert _looked_for(engine, "observer") == {an_id("susa")}


@on("sqlite", reason="PostgreSQL keeps its index by itself")
def test_the_full_text_table_follows_edits_and_removals(engine: Engine) -> None:
    _write(engine, [_source(), _source(id=an_id("other"), name="Lachin Herald")])
    with write_unit(engine) as session:
        Writer(session, "coder", NOW).update(_source(name="Lachin Observer"), version=1)
        Writer(session, "coder", NOW).remove_all([_source(id=an_id("other"))])
        check = "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)"
        session.execute(text(check))  # raises where the table and the entries differ
        found = "SELECT rowid FROM search_index WHERE search_index MATCH 'susa OR herald'"
        assert session.execute(text(found)).all() == []


def test_a_record_without_words_has_no_entry(engine: Engine) -> None:
    with write_unit(engine) as session:
        index_records(session, [_source(name="…")], ())
        assert _entries(session) == {}
        index_records(session, [_source()], ())
        index_records(session, [_source(name="—")], ())
        assert _entries(session) == {}
        assert _found(session, "observer") == set()


def test_nothing_is_kept_of_a_unit_that_fails(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), write_unit(engine) as session:  # noqa: PT012 (in the unit)
        Writer(session, "coder", NOW).insert(_source())
        assert _found(session, "susa")
        raise ZeroDivisionError
    assert _looked_for(engine, "susa") == set()


@slow_on_postgresql
@given(records=worlds())
@LARGE
def test_the_index_holds_what_the_records_hold(engine: Engine, records: list[Record]) -> None:
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        held = _entries(session)
        assert held == _expected(records)
        assert reindex(session) == len(held)
        assert _entries(session) == held


@slow_on_postgresql
@given(records=worlds(), data=st.data())
@LARGE
def test_what_holds_the_words_is_found_and_nothing_else(
    engine: Engine, records: list[Record], data: st.DataObject
) -> None:
    """The engine's index against looking through all records."""
    with undone(engine) as session:
        Writer(session, "coder", NOW).insert_all(records)
        entries = _expected(records)
        words = sorted({word for _, told in entries.values() for word in told.split()} - {"|"})
        for _ in range(20):
            some = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=2))
            prefix = data.draw(st.booleans())
            last = some[-1][: data.draw(st.integers(1, 3))] if prefix else some[-1]
            query = Query((*(Term((word,)) for word in some[:-1]), Term((last,), prefix)))
            wanted = {one for one, (_, told) in entries.items() if rank(query, told) is not None}
            found = {one.record for one in holding(session, query, SEARCHED)}
            assert found == wanted


@given(typed=TYPED)
@settings(suppress_health_check=list(HealthCheck))
def test_no_query_is_a_fault_of_the_engine(engine: Engine, typed: str) -> None:
    try:
        query = parse_query(typed)
    except InputRefused:
        return
    with read_unit(engine) as session:
        assert list(holding(session, query, SEARCHED)) == []


def test_a_very_long_query_and_a_very_long_text(engine: Engine) -> None:
    words = [f"word{number}" for number in range(3000)]
    long = f"{' '.join(words)} {'x' * 5000} {' '.join(str(n) for n in range(120_000))}"
    _write(engine, [_source(note=long)])
    assert _looked_for(engine, " ".join(words)) == {an_id("susa")}
    assert _looked_for(engine, f'"{" ".join(words)}"') == {an_id("susa")}
    assert _looked_for(engine, " ".join([*words, "word3000"])) == set()


def _files(engine: Engine) -> bytes:
    """All that the database has on disk, once the journal is written back."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(str(engine.url.database))
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


@on("sqlite", reason="its files can be read by whoever runs the tests")
def test_purged_words_are_in_no_page(engine: Engine) -> None:
    secret = b"zyxwvutsecret"
    with write_unit(engine) as session:
        others = [_source(id=an_id(str(n)), name=f"paper number {n}") for n in range(50)]
        index_records(session, [*others, _source(name=secret.decode())], ())
    assert secret in _files(engine)
    with write_unit(engine) as session:
        index_records(session, (), [an_id("susa")])
        purge(session)
    assert secret not in _files(engine)
    assert len(_looked_for(engine, "paper")) == 50


@on("postgresql", reason="it puts a new file in place of the old one")
def test_purging_writes_new_files(engine: Engine) -> None:
    names = ("search_entry", "search_index")
    node = [text(f"SELECT pg_relation_filenode('{name}')") for name in names]
    _write(engine, flood(1))
    with write_unit(engine) as session:
        before = [session.scalar(one) for one in node]
        purge(session)
        assert not set(before) & {session.scalar(one) for one in node}


def test_purging_changes_no_answer(engine: Engine) -> None:
    _write(engine, flood(5))
    before = {word: _looked_for(engine, word) for word in WORDS}
    with write_unit(engine) as session:
        held = _entries(session)
        purge(session)
        purge(session)
        assert _entries(session) == held
    assert {word: _looked_for(engine, word) for word in WORDS} == before
    assert any(before.values())


@given(records=worlds())
@settings(LARGE, max_examples=3)
def test_the_migration_reads_rows_as_the_writer_reads_records(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, records: list[Record]
) -> None:
    path = tmp_path_factory.mktemp("world") / "claims.db"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}")
    _write(engine, records)
    engine.dispose()
    migrate.downgrade(f"sqlite:///{path}", "0002", force=True)  # which knows no inquiries
    migrate.upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    with read_unit(engine) as session:
        held = [one for one in records if not isinstance(one, Inquiry)]
        assert _entries(session) == _expected(held)
    engine.dispose()


def test_the_migration_indexes_what_is_held(url: str) -> None:
    engine = open_engine(url)
    _write(engine, flood(700))
    with read_unit(engine) as session:
        before = _entries(session)
    engine.dispose()
    migrate.downgrade(url, "0002")
    engine = open_engine(url)
    assert [name for name in inspect(engine).get_table_names() if name.startswith(PREFIX)] == []
    engine.dispose()
    migrate.upgrade(url)
    engine = open_engine(url)
    with read_unit(engine) as session:
        assert _entries(session) == before
        assert len(_found(session, "killed ministry", ["passage"])) == 700
    engine.dispose()


def test_the_table_is_as_the_code_says(engine: Engine) -> None:
    found = {column["name"]: column for column in inspect(engine).get_columns("search_entry")}
    assert found.keys() == set(ENTRY.c.keys())
    assert not any(column["nullable"] for column in found.values())
    unique = inspect(engine).get_unique_constraints("search_entry")
    assert [one["column_names"] for one in unique] == [["record"]]
