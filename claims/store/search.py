"""The full-text index: what is kept in it, and which records hold certain words.

One row of :data:`claims.store.tables.search.ENTRY` holds the folded words of a record. SQLite
finds rows by an FTS5 table over it, PostgreSQL by a GIN index over the row's words as a
``tsvector``. Both only say which rows hold all of some words; phrases, exclusions and ranks are
worked out from the words themselves, so that every engine gives the same answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, func, select, text, update
from sqlalchemy.orm import Session

from claims.analysis.records import ENTITIES, Record
from claims.analysis.search_query import Query
from claims.analysis.search_texts import SEARCHED, entry_words
from claims.store.bulk import insert_columns
from claims.store.fetch import Fetch
from claims.store.lookup import batches
from claims.store.tables import METADATA
from claims.store.tables.search import ENTRY, INDEX

_MOST_WORDS = 8
"""Words that the engine is asked for; a longer query is narrowed down by the rest afterwards."""

_E = ENTRY.c
_ADD = f"INSERT INTO {INDEX}(rowid, words) VALUES (?, ?)"  # noqa: S608 (our own name)
_TAKE = text(
    f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', :pk, :words)"  # noqa: S608
)
_EMPTY = text(f"INSERT INTO {INDEX}({INDEX}) VALUES ('delete-all')")  # noqa: S608
_REBUILD = text(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608
_COLUMNS = "SELECT e.pk, e.entity, e.record, e.words FROM"
_HOLDING = {
    # CROSS JOIN: SQLite shall go from the index to the entries, never through all entries.
    "sqlite": f"{_COLUMNS} {INDEX} CROSS JOIN search_entry e ON e.pk = {INDEX}.rowid"
    f" WHERE {INDEX} MATCH :wanted AND e.entity IN :entities",
    "postgresql": f"{_COLUMNS} search_entry e WHERE e.entity IN :entities AND"
    " array_to_tsvector(string_to_array(e.words, ' ')) @@ CAST(:wanted AS tsquery)",
}
_CHANGE = update(ENTRY).where(_E.pk == bindparam("number")).values(words=bindparam("told"))
_REPLACED = tuple(
    text(statement)
    for statement in (
        "CREATE TEMPORARY TABLE search_kept ON COMMIT DROP AS SELECT * FROM search_entry",
        "TRUNCATE search_entry",
        "INSERT INTO search_entry SELECT * FROM search_kept ORDER BY pk",
        "DROP TABLE search_kept",
    )
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The words of one record; ``number`` sorts entries as they were first written."""

    number: int
    entity: str
    record: UUID
    words: str


def index_records(session: Session, changed: Sequence[Record], removed: Collection[UUID]) -> None:
    """Let search find records as they are now, and no more find those that were taken out.

    The writer calls this within the unit that writes; nothing else has to.

    Args:
        session: the session of a writing unit.
        changed: records that were inserted, edited or blanked, as they are now.
        removed: ids of records that are held no more.
    """
    new = {one.id: (one.entity, entry_words(one)) for one in changed if one.entity in SEARCHED}
    held = {entry.record: entry for entry in _entries(session, {*new, *removed})}
    lasting = {one for one, (_, words) in new.items() if words and one not in removed}
    gone = [entry for entry in held.values() if entry.record not in lasting]
    edited = [
        entry
        for entry in held.values()
        if entry.record in lasting and entry.words != new[entry.record][1]
    ]
    fresh = [(*new[one], one) for one in new if one in lasting and one not in held]
    _take_out(session, [*gone, *edited])
    _delete(session, gone)
    _put_in(session, [(entry.number, new[entry.record][1]) for entry in edited])
    if edited:
        rows = [{"number": entry.number, "told": new[entry.record][1]} for entry in edited]
        session.connection().execute(_CHANGE, rows)
    _add(session, fresh)


def index_new(session: Session, records: Sequence[Record]) -> None:
    """Let search find records that were never held before; quicker than to look for each.

    The writer calls this within the unit that writes; nothing else has to.
    """
    told = ((one, entry_words(one)) for one in records if one.entity in SEARCHED)
    _add(session, [(one.entity, words, one.id) for one, words in told if words])


def holding(session: Session, query: Query, entities: Collection[str]) -> Iterator[Entry]:
    """The entries of some entities that hold all words of a query, in no certain order.

    It narrows down and no more: rows, exclusions and long queries are for
    :func:`claims.analysis.search_query.rank`. Hidden records are among them.
    """
    statement = (
        text(_HOLDING[session.get_bind().dialect.name])
        .bindparams(bindparam("entities", expanding=True))
        .columns(_E.pk, _E.entity, _E.record, _E.words)
        .execution_options(yield_per=1000)
    )
    asked = {"wanted": _wanted(session, query), "entities": sorted(entities)}
    return (Entry(*row) for row in session.execute(statement, asked))


def reindex(session: Session) -> int:
    """Make the whole index anew from the records, and say how many it holds.

    For repair: the index is kept by the writer and needs no care otherwise.
    """
    if _fts(session):
        session.execute(_EMPTY)
    session.execute(delete(ENTRY))
    for kind in ENTITIES:
        if kind.entity in SEARCHED:
            pks = METADATA.tables[kind.entity].c.pk
            for some in batches(session.scalars(select(pks).order_by(pks)).all()):
                within = pks.between(some[0], some[-1])
                index_records(session, Fetch(session).records(kind, within), ())
    return session.scalar(select(func.count()).select_from(ENTRY)) or 0


def purge(session: Session) -> None:
    """Write the index anew, so that its pages hold no word of what was taken out of it.

    An index that only marks words as deleted keeps their letters in the file until it tidies up
    by itself. To be called after what must not be read again was erased; it takes about as long
    as indexing everything. SQLite's journal still holds old pages until a checkpoint that
    truncates it; PostgreSQL lets go of the old files when the unit ends.
    """
    if _fts(session):
        session.execute(_REBUILD)
    else:
        for statement in _REPLACED:
            session.execute(statement)


def _fts(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _entries(session: Session, records: Collection[UUID]) -> Iterator[Entry]:
    for some in batches(records):
        found = select(_E.pk, _E.entity, _E.record, _E.words).where(_E.record.in_(some))
        yield from (Entry(*row) for row in session.connection().execute(found))


def _take_out(session: Session, entries: Sequence[Entry]) -> None:
    if entries and _fts(session):
        rows = [{"pk": entry.number, "words": entry.words} for entry in entries]
        session.connection().execute(_TAKE, rows)


def _put_in(session: Session, rows: Sequence[tuple[int, str]]) -> None:
    if rows and _fts(session):
        session.connection().exec_driver_sql(_ADD, list(rows))


def _delete(session: Session, entries: Sequence[Entry]) -> None:
    for some in batches(entry.number for entry in entries):
        session.execute(delete(ENTRY).where(_E.pk.in_(some)))


def _add(session: Session, fresh: Sequence[tuple[str, str, UUID]]) -> None:
    if not fresh:
        return
    first = (session.connection().scalar(select(func.max(_E.pk))) or 0) + 1
    entities, words, records = zip(*fresh, strict=True)
    pks = range(first, first + len(fresh))
    columns = {"pk": pks, "entity": entities, "record": records, "words": words}
    insert_columns(session, ENTRY, columns)
    if _fts(session):
        rows = list(zip(pks, words, strict=True))
        session.connection().exec_driver_sql(_ADD, rows)


def _wanted(session: Session, query: Query) -> str:
    """The longest words of a query in the engine's own language; words hold letters only."""
    words = {
        (word, term.prefix and at == len(term.words) - 1)
        for term in query.terms
        for at, word in enumerate(term.words)
    }
    longest = sorted(words, key=lambda one: (-len(one[0]), one))[:_MOST_WORDS]
    if _fts(session):
        return " AND ".join(f'"{word}"{" *" * prefix}' for word, prefix in longest)
    return " & ".join(f"'{word}'{':*' * prefix}" for word, prefix in longest)
