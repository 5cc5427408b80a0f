"""The index of folded words, for full-text search.

Revision 0003, after 0002. What is held already is indexed. The rules are in
docs/decisions/0010-search.md. Taking it back loses nothing: all of it follows from the records.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from claims.values.folding import folded_words

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DERIVED = ("search_entry", "search_index")
"""Tables that are made again from the others, with those whose names begin with them and ``_``."""

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 500
LONGEST = 500_000
ENTRY = sa.table(
    "search_entry",
    sa.column("pk"),
    sa.column("entity"),
    sa.column("record", sa.Uuid()),
    sa.column("words"),
)
ADD = sa.text("INSERT INTO search_index(rowid, words) VALUES (:pk, :words)")

Read = Callable[[str], Iterator[str]]
"""How the texts are read that a column holds."""

NAME = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix", "literal")


def _itself(held: str) -> Iterator[str]:
    return iter((held,))


def _json(held: str) -> Iterator[str]:
    return _leaves(json.loads(held))


def _leaves(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            yield from _leaves(one)


def _translations(held: str) -> Iterator[str]:
    return (one["text"] for one in json.loads(held))


def _item(held: str) -> Iterator[str]:
    csl = json.loads(held)
    for field in sorted(csl, key=lambda name: (name != "title", name)):
        if field not in {"id", "type", "language"}:
            yield from _item_leaves(csl[field])


def _item_leaves(held: object) -> Iterator[str]:
    if isinstance(held, dict):
        name = " ".join(str(held[part]) for part in NAME if held.get(part))
        if name:
            yield name
    elif isinstance(held, list):
        for one in held:
            yield from _item_leaves(one)
    elif isinstance(held, str):
        yield held


KEY = ("key", _itself)
REASON = ("reason", _itself)
FIELDS: Mapping[str, tuple[tuple[str, Read], ...]] = {
    "topic": (("label", _itself), ("aliases", _json), KEY),
    "term": (("label", _itself), ("scheme", _itself), ("aliases", _json), KEY),
    "term_relation": (REASON, KEY),
    "place": (("name", _itself), ("names", _json), ("gazetteer", _itself), KEY),
    "question": (("text", _itself), ("unit", _itself), KEY),
    "party": (("name", _itself), KEY),
    "source": (
        ("name", _itself),
        ("aliases", _json),
        ("identifiers", _json),
        ("note", _itself),
        KEY,
    ),
    "source_relation": (("basis", _itself), KEY),
    "document": (("csl", _item), KEY),
    "passage": (("exact", _itself), ("translations", _translations), KEY),
    "claim": (
        ("value_said", _itself),
        ("hedges", _json),
        ("verb", _itself),
        ("speakers", _json),
        ("note", _itself),
        ("retracted_reason", _itself),
        KEY,
    ),
    "assessment": (REASON, KEY),
    "review": (REASON, KEY),
    "cross_check": (("text", _itself), REASON, KEY),
    "relation_override": (REASON, KEY),
    "waiver": (REASON, KEY),
    "merge": (REASON, KEY),
}
"""The columns that are searched, in their order; the verbs of a claim's speakers are a list."""


def upgrade() -> None:
    """Make the table and the engine's own index, and fill them."""
    op.create_table(
        "search_entry",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("pk"),
        sa.UniqueConstraint("record"),
    )
    if _fts():
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(words, content='search_entry',"
            " content_rowid='pk', columnsize=0, detail=none, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE INDEX search_index ON search_entry"
            " USING gin (array_to_tsvector(string_to_array(words, ' ')))"
        )
    _fill()


def downgrade() -> None:
    """Take the index away."""
    if _fts():
        op.execute("DROP TABLE search_index")
    op.drop_table("search_entry")


def _fts() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _fill() -> None:
    connection = op.get_bind()
    batch: list[dict[str, Any]] = []
    for number, (entity, record, words) in enumerate(_entries(), 1):
        batch.append({"pk": number, "entity": entity, "record": record, "words": words})
        if len(batch) == BATCH:
            _write(connection, batch)
            batch = []
    _write(connection, batch)


def _write(connection: sa.Connection, batch: list[dict[str, Any]]) -> None:
    if batch:
        connection.execute(sa.insert(ENTRY), batch)
        if _fts():
            connection.execute(ADD, [{"pk": one["pk"], "words": one["words"]} for one in batch])


def _entries() -> Iterator[tuple[str, Any, str]]:
    for entity, fields in FIELDS.items():
        for row in _rows(entity, [name for name, _ in fields]):
            read = ((how, row.get(name)) for name, how in fields)
            texts = (text for how, held in read if held is not None for text in how(held))
            parts = (" ".join(folded_words(text)) for text in texts)
            words = " | ".join(part for part in parts if part)
            if len(words) > LONGEST:
                words = words[:LONGEST].rpartition(" ")[0]
            if words:
                yield entity, row["id"], words


def _rows(entity: str, names: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of an entity, some at a time: nothing is read while something is written."""
    columns: list[sa.ColumnClause[Any]] = [sa.column(name) for name in names if name != "speakers"]
    table = sa.table(entity, sa.column("pk"), sa.column("id", sa.Uuid()), *columns)
    last = 0
    while True:
        some = sa.select(table).where(table.c.pk > last).order_by(table.c.pk).limit(BATCH)
        rows = [dict(row) for row in op.get_bind().execute(some).mappings()]
        if not rows:
            return
        if "speakers" in names:
            _add_verbs(rows)
        yield from rows
        last = rows[-1]["pk"]


def _add_verbs(claims: list[dict[str, Any]]) -> None:
    speaker = sa.table("speaker", *map(sa.column, ("claim_pk", "position", "verb")))
    within = speaker.c.claim_pk.between(claims[0]["pk"], claims[-1]["pk"])
    spoken = sa.select(speaker.c.claim_pk, speaker.c.verb).where(within, speaker.c.verb.isnot(None))
    verbs: dict[int, list[str]] = {}
    for pk, verb in op.get_bind().execute(spoken.order_by(*speaker.c)):
        verbs.setdefault(pk, []).append(verb)
    for claim in claims:
        claim["speakers"] = json.dumps(verbs.get(claim["pk"], []))
