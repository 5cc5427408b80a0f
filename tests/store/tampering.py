"""A database with a past, and random changes beneath the program, each with what it touched."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Engine, Table, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from claims.analysis.blank import blanked
from claims.analysis.canonical import content_hash
from claims.analysis.records import (
    Assessment,
    Claim,
    Contributor,
    CrossCheck,
    Merge,
    Opposition,
    Party,
    Project,
    Question,
    Record,
    RelationOverride,
    Review,
    Source,
    SourceRelation,
    Term,
    TermRelation,
    Waiver,
)
from claims.analysis.vocabulary import (
    Decision,
    Dependence,
    Role,
    Scheme,
    Sensitivity,
    TermLink,
    ValueKind,
)
from claims.store.acts import Run
from claims.store.baseline import Baseline, set_baseline
from claims.store.forms import forms
from claims.store.history import Head, Link, change_hash, payload_hash
from claims.store.tables import METADATA
from claims.store.unit import write_unit
from claims.store.writer import Writer
from tests.store.worlds import NOW, an_id, flood

CHANGE, PAYLOAD, HEAD, CUSTODY, ACTION, BASELINE = (
    METADATA.tables[name] for name in ("change", "payload", "head", "custody", "action", "baseline")
)
ENTITY_TABLES = tuple(form.table for form in forms())
PARTS = {part.table: (form.table, part.owner) for form in forms() for part in form.parts}
CLAIMS = 12


@dataclass(frozen=True)
class Done:
    """What was done to the database, the words that must name it, and the head kept before."""

    what: str
    names: tuple[str, ...]
    kept: Head | None = None


class NotHere(Exception):
    """This cannot be done to this database; another one will be tried."""


def populate(engine: Engine) -> None:
    """A project with every kind of record, edits, a removal, custody entries and an erasure."""
    world = flood(CLAIMS)
    with write_unit(engine) as session:
        first = Writer(session, "administrator", NOW, run=Run("init"))
        first.insert_all(
            [
                Project(id=an_id("project"), title="The flood"),
                Contributor(id=an_id("admin"), name="administrator", role=Role.ADMINISTRATOR),
                Contributor(id=an_id("coder"), name="coder"),
            ]
        )
    with write_unit(engine) as session:
        Writer(session, "coder", NOW, "claims load", run=Run("load")).insert_all(world)
        said = {one.id: Baseline(one.entity, one.key, content_hash(one)) for one in world}
        set_baseline(session, UUID(int=9), said, actor="coder", now=NOW)
    with write_unit(engine) as session:
        later = Writer(session, "reviewer", NOW + timedelta(days=1), "checked", run=Run("assess"))
        later.insert_all(_judgements(world))
        later.custody(an_id("snapshot"), "checked", "its seal was whole")
        later.custody(an_id("snapshot"), "copied")
    _edit(engine, world)


def _judgements(world: Sequence[Record]) -> list[Record]:
    (claim,) = (one for one in world if one.id == an_id("claim 1"))
    claims = [an_id(f"claim {number}") for number in range(CLAIMS)]
    return [
        *(Party(id=an_id(name), name=name) for name in ("the town", "the dam")),
        Opposition(id=an_id("opposed"), a=an_id("the town"), b=an_id("the dam")),
        *(Term(id=an_id(name), label=name) for name in ("women", "men")),
        TermRelation(
            id=an_id("apart"),
            a=an_id("women"),
            b=an_id("men"),
            link=TermLink.EXCLUSIVE,
            reason="nobody is counted twice",
        ),
        Question(
            id=an_id("hurt"),
            topic=an_id("flood"),
            text="How many were hurt?",
            value_kind=ValueKind.COUNT,
            subset_of=an_id("killed"),
        ),
        Source(id=an_id("witness"), name="a witness", sensitivity=Sensitivity.RESTRICTED),
        Source(id=an_id("ministries"), name="the Ministries"),
        SourceRelation(
            id=an_id("copies"),
            between="source",
            a=an_id("paper"),
            b=an_id("ministry"),
            kind=Dependence.DERIVES_FROM,
            basis="it prints what the Ministry sends",
        ),
        *(_assessment(number, target) for number, target in enumerate(claims[:5])),
        Review(
            id=an_id("review"),
            claim=claim.id,
            decision=Decision.ACCEPTED,
            claim_hash=content_hash(claim),
            reason="the quote says so",
            reviewed_by="reviewer",
        ),
        CrossCheck(
            id=an_id("check"),
            topic=an_id("flood"),
            text="More were hurt than lived there",
            reason="the census",
            questions=(an_id("killed"), an_id("hurt")),
            claims=tuple(claims[:3]),
        ),
        RelationOverride(
            id=an_id("override"),
            a=claims[0],
            b=claims[1],
            independent=False,
            reason="one saw the other's notes",
        ),
        Waiver(
            id=an_id("waiver"),
            check="A05",
            target=an_id("article"),
            reason="it was read on paper",
            granted_by="reviewer",
            until="2027-01-01",
        ),
        Merge(
            id=an_id("merge"),
            of="source",
            kept=an_id("ministry"),
            merged=an_id("ministries"),
            reason="two names of one",
        ),
    ]


def _assessment(number: int, target: UUID) -> Assessment:
    return Assessment(
        id=an_id(f"opinion {number}"),
        of="claim",
        target=target,
        scheme=Scheme.CONFIDENCE,
        code="low",
        reason=f"reason {number}",
        assessed_by="reviewer",
    )


def _edit(engine: Engine, world: Sequence[Record]) -> None:
    claims = [one for one in world if isinstance(one, Claim)]
    for day, claim in enumerate(claims[:4], 2):
        with write_unit(engine) as session:
            writer = Writer(session, "coder", NOW + timedelta(days=day), "typing error")
            writer.update(replace(claim, note=f"note {day}"), version=1)
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW + timedelta(days=9), run=Run("claim remove"))
        writer.remove_all([claims[-1]])
    with write_unit(engine) as session:
        writer = Writer(session, "coder", NOW + timedelta(days=10), run=Run("undo"))
        writer.insert(claims[-1])
        writer.remove_all([claims[-2]])
    with write_unit(engine) as session:
        writer = Writer(session, "administrator", NOW + timedelta(days=11), "the law")
        writer.erase(claims[5].id, "claim", blanked(claims[5]))


# --- what somebody does with the file -----------------------------------------------------------


@dataclass
class Hand:
    """Somebody who alters the database beneath the program, at random."""

    session: Session
    rng: random.Random
    kept: Head = field(default_factory=Head)

    def run(self, statement: Any) -> None:  # noqa: ANN401 (any statement)
        """Carry a statement out, or say that this database refuses it."""
        try:
            with self.session.begin_nested():
                done = self.session.connection().execute(statement)
        except DBAPIError as error:
            raise NotHere from error
        if done.rowcount == 0:
            raise NotHere

    def rows(self, table: Table) -> Sequence[Mapping[str, Any]]:
        """All rows of a table."""
        found = self.session.connection().execute(select(table).order_by(table.c.pk))
        return [dict(row) for row in found.mappings()]

    def row(self, table: Table) -> dict[str, Any]:
        """One row of a table."""
        held = self.rows(table)
        if not held:
            raise NotHere
        return dict(self.rng.choice(held))

    def two(self, table: Table) -> tuple[dict[str, Any], dict[str, Any]]:
        """Two rows of a table."""
        held = self.rows(table)
        if len(held) < 2:
            raise NotHere
        first, second = self.rng.sample(held, 2)
        return dict(first), dict(second)

    def id_of(self, table: Table, pk: int) -> str:
        """The id of a row."""
        return str(self.session.connection().execute(select(table.c.id).filter_by(pk=pk)).scalar())


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.c]


def _other(hand: Hand, table: Table, column: str, value: object) -> object:
    """Another value for a column: one of another row, or the same with a letter more."""
    found = [row[column] for row in hand.rows(table) if row[column] not in {value, None}]
    if found and hand.rng.random() < 0.5:
        return hand.rng.choice(found)
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, UUID):
        return uuid4()
    if value is None and not found:
        raise NotHere
    return f"{value}x" if value else hand.rng.choice(found)


def alter_value(hand: Hand) -> Done:
    """Any column of any row of a record."""
    table = hand.rng.choice(ENTITY_TABLES)
    row = hand.row(table)
    column = hand.rng.choice([name for name in _columns(table) if name != "pk"])
    value = _other(hand, table, column, row[column])
    if value == row[column]:
        raise NotHere
    hand.run(update(table).where(table.c.pk == row["pk"]).values({column: value}))
    return Done(f"{table.name}.{column} of {row['id']} = {value!r}", (str(row["id"]),))


def alter_part(hand: Hand) -> Done:
    """Any column of a speaker, a passage of a claim, a question or claim of a cross-check."""
    table = hand.rng.choice(list(PARTS))
    owner, own = PARTS[table]
    row = hand.row(table)
    column = hand.rng.choice([name for name in _columns(table) if name != "pk"])
    value = _other(hand, table, column, row[column])
    if value == row[column]:
        raise NotHere
    hand.run(update(table).where(table.c.pk == row["pk"]).values({column: value}))
    return Done(f"{table.name}.{column} = {value!r}", (hand.id_of(owner, row[own]),))


def alter_quote(hand: Hand) -> Done:
    """One word of a quote."""
    table = METADATA.tables["passage"]
    row = hand.row(table)
    words = row["exact"].replace("killed", "wounded")
    hand.run(update(table).where(table.c.pk == row["pk"]).values(exact=words))
    return Done(f"quote of {row['id']}", (str(row["id"]),))


def alter_author(hand: Hand) -> Done:
    """Who is said to have made a record."""
    table = hand.rng.choice(ENTITY_TABLES)
    row = hand.row(table)
    hand.run(update(table).where(table.c.pk == row["pk"]).values(created_by="nobody"))
    return Done(f"author of {row['id']}", (str(row["id"]),))


def alter_time(hand: Hand) -> Done:
    """When a record is said to have been made."""
    table = hand.rng.choice(ENTITY_TABLES)
    row, then = hand.row(table), "1999-01-01T00:00:00.000000Z"
    hand.run(update(table).where(table.c.pk == row["pk"]).values(created_at=then))
    return Done(f"time of {row['id']}", (str(row["id"]),))


def alter_change(hand: Hand) -> Done:
    """Any column of a change."""
    row = hand.row(CHANGE)
    column = hand.rng.choice([name for name in _columns(CHANGE) if name not in {"pk", "seq"}])
    value = _other(hand, CHANGE, column, row[column])
    if value == row[column]:
        raise NotHere
    hand.run(update(CHANGE).where(CHANGE.c.pk == row["pk"]).values({column: value}))
    return Done(f"change {row['seq']}.{column} = {value!r}", (f"change {row['seq']} ",))


def alter_payload(hand: Hand) -> Done:
    """What a change says that a record held."""
    row = hand.row(PAYLOAD)
    if row["text"] is None:
        raise NotHere
    column = hand.rng.choice(["text", "salt", "hash"])
    values = {column: row[column][:-1] + ("0" if row[column][-1] != "0" else "1")}
    hand.run(update(PAYLOAD).where(PAYLOAD.c.pk == row["pk"]).values(**values))
    return Done(f"payload {row['pk']}.{column}", (_change_of(hand, row["pk"]),))


def blank_payload(hand: Hand) -> Done:
    """What a record held is blanked, as if it were erased, and nothing says so."""
    row = hand.row(PAYLOAD)
    if row["text"] is None:
        raise NotHere
    hand.run(update(PAYLOAD).where(PAYLOAD.c.pk == row["pk"]).values(text=None, salt=None))
    return Done(f"payload {row['pk']} blanked", (_change_of(hand, row["pk"]),))


def _change_of(hand: Hand, payload: int) -> str:
    found = hand.session.connection().execute(select(CHANGE.c.seq).filter_by(after_pk=payload))
    return f"change {found.scalar_one()} "


def alter_custody(hand: Hand) -> Done:
    """Any column of an entry of a custody log."""
    row = hand.row(CUSTODY)
    column = hand.rng.choice(["id", "created_by", "created_at", "action", "note"])
    value = _other(hand, CUSTODY, column, row[column])
    if value == row[column]:
        raise NotHere
    hand.run(update(CUSTODY).where(CUSTODY.c.pk == row["pk"]).values({column: value}))
    return Done(f"custody.{column} of {row['id']} = {value!r}", (str(row["id"]),))


def alter_run(hand: Hand) -> Done:
    """Who carried an action out, when, why, and which changes it made."""
    row = hand.row(ACTION)
    column = hand.rng.choice(["actor", "at", "reason", "first_seq", "last_seq"])
    value = _other(hand, ACTION, column, row[column])
    if value == row[column]:
        raise NotHere
    hand.run(update(ACTION).where(ACTION.c.pk == row["pk"]).values({column: value}))
    return Done(f"action.{column} = {value!r}", ("action",))


def alter_baseline(hand: Hand) -> Done:
    """What a file is said to have said."""
    row = hand.row(BASELINE)
    digest = content_hash(Party(id=uuid4(), name=str(hand.rng.random())))
    hand.run(update(BASELINE).where(BASELINE.c.pk == row["pk"]).values(content_hash=digest))
    return Done(f"baseline of {row['record']}", (str(row["record"]),))


def alter_head(hand: Hand) -> Done:
    """Where the log is said to end."""
    choices: list[dict[str, Any]] = [{"seq": HEAD.c.seq - 1}, {"hash": "1" * 64}]
    values = hand.rng.choice(choices)
    hand.run(update(HEAD).values(values))
    return Done(f"head {values}", ("head",))


# --- taking out ---------------------------------------------------------------------------------


def delete_record(hand: Hand) -> Done:
    """The row of a record, with its parts or without."""
    table = hand.rng.choice(ENTITY_TABLES)
    row = hand.row(table)
    if hand.rng.random() < 0.5:
        for part, (owner, own) in PARTS.items():
            if owner is table:
                held = [one for one in hand.rows(part) if one[own] == row["pk"]]
                for one in held:
                    hand.run(delete(part).where(part.c.pk == one["pk"]))
    hand.run(delete(table).where(table.c.pk == row["pk"]))
    return Done(f"{table.name} {row['id']} deleted", (str(row["id"]),))


def delete_part(hand: Hand) -> Done:
    """A speaker, a passage of a claim, a question or claim of a cross-check."""
    table = hand.rng.choice(list(PARTS))
    owner, own = PARTS[table]
    row = hand.row(table)
    name = hand.id_of(owner, row[own])
    hand.run(delete(table).where(table.c.pk == row["pk"]))
    return Done(f"{table.name} {row['pk']} deleted", (name,))


def delete_change(hand: Hand) -> Done:
    """A change out of the log."""
    row = hand.row(CHANGE)
    hand.run(delete(CHANGE).where(CHANGE.c.pk == row["pk"]))
    last = max(one["seq"] for one in hand.rows(CHANGE))
    name = f"change {row['seq']} was taken out" if row["seq"] <= last else "the head names change"
    return Done(f"change {row['seq']} deleted", (name,))


def delete_payload(hand: Hand) -> Done:
    """What a change left."""
    row = hand.row(PAYLOAD)
    hand.run(delete(PAYLOAD).where(PAYLOAD.c.pk == row["pk"]))
    return Done(f"payload {row['pk']} deleted", (_change_of(hand, row["pk"]),))


def delete_custody(hand: Hand) -> Done:
    """An entry of a custody log."""
    row = hand.row(CUSTODY)
    hand.run(delete(CUSTODY).where(CUSTODY.c.pk == row["pk"]))
    return Done(f"custody {row['id']} deleted", (str(row["id"]),))


def delete_run(hand: Hand) -> Done:
    """A run of an action."""
    row = hand.row(ACTION)
    hand.run(delete(ACTION).where(ACTION.c.pk == row["pk"]))
    return Done(f"action {row['id']} deleted", ("action",))


# --- swapping -----------------------------------------------------------------------------------


def swap_records(hand: Hand) -> Done:
    """The contents of two rows, ids and all, or without the ids."""
    table = hand.rng.choice(ENTITY_TABLES)
    one, other = hand.two(table)
    left_out = {"pk"} | ({"id"} if hand.rng.random() < 0.5 else set())
    a, b = ({k: v for k, v in row.items() if k not in left_out} for row in (one, other))
    if a == b:
        raise NotHere
    aside = {name: f"aside {uuid4()}" for name in ("name",) if name in a}
    hand.run(update(table).where(table.c.pk == one["pk"]).values({**a, **aside, "id": uuid4()}))
    hand.run(update(table).where(table.c.pk == other["pk"]).values(a | _own_id(a, other)))
    hand.run(update(table).where(table.c.pk == one["pk"]).values(b | _own_id(b, one)))
    return Done(f"{table.name} {one['id']} and {other['id']} swapped", (_either(one, other),))


def _own_id(values: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": values.get("id", row["id"])}


def _either(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    return f"{one['id']}|{other['id']}"


def swap_values(hand: Hand) -> Done:
    """One field of two claims."""
    table = METADATA.tables["claim"]
    one, other = hand.two(table)
    column = hand.rng.choice(["key", "value_said", "value_expression", "note", "content_hash"])
    if one[column] == other[column]:
        raise NotHere
    for row, value in ((one, other[column]), (other, one[column])):
        hand.run(update(table).where(table.c.pk == row["pk"]).values({column: value}))
    return Done(f"{column} of two claims swapped", (str(one["id"]), str(other["id"])))


def swap_changes(hand: Hand) -> Done:
    """The places of two changes in the log."""
    one, other = hand.two(CHANGE)
    for pk, seq in ((one["pk"], 10**6), (other["pk"], one["seq"]), (one["pk"], other["seq"])):
        hand.run(update(CHANGE).where(CHANGE.c.pk == pk).values(seq=seq))
    names = (f"change {one['seq']} ", f"change {other['seq']} ")
    return Done(f"changes {one['seq']} and {other['seq']} swapped", names)


def swap_payloads(hand: Hand) -> Done:
    """What two changes left, with the salts."""
    one, other = hand.two(PAYLOAD)
    if None in {one["text"], other["text"]}:
        raise NotHere
    for pk, row in ((one["pk"], other), (other["pk"], one)):
        values = {name: row[name] for name in ("text", "salt")}
        hand.run(update(PAYLOAD).where(PAYLOAD.c.pk == pk).values(**values))
    names = tuple(_change_of(hand, row["pk"]) for row in (one, other))
    return Done(f"payloads {one['pk']} and {other['pk']} swapped", names)


# --- putting in ---------------------------------------------------------------------------------


def insert_record(hand: Hand) -> Done:
    """A copy of a row, under another id."""
    table = hand.rng.choice(ENTITY_TABLES)
    row = hand.row(table)
    made = row | {"pk": max(one["pk"] for one in hand.rows(table)) + 1, "id": uuid4()}
    if "name" in row:
        made["name"] = f"{row['name']} again"
    hand.run(insert(table).values(**made))
    return Done(f"{table.name} {made['id']} inserted", (str(made["id"]),))


def insert_part(hand: Hand) -> Done:
    """One speaker, passage, question or claim more."""
    table = hand.rng.choice(list(PARTS))
    owner, own = PARTS[table]
    row, held = hand.row(table), hand.rows(table)
    positions = [one["position"] for one in held if one[own] == row[own]]
    made = row | {"pk": max(one["pk"] for one in held) + 1, "position": max(positions) + 1}
    hand.run(insert(table).values(**made))
    return Done(f"{table.name} inserted", (hand.id_of(owner, row[own]),))


def insert_change(hand: Hand) -> Done:
    """A change in somebody's name, without its hash being right or with it."""
    made = _forged(hand)
    right = hand.rng.random() < 0.5
    if not right:
        made["hash"] = "2" * 64
    hand.run(insert(CHANGE).values(**made))
    if right:
        hand.run(update(HEAD).values(seq=made["seq"], hash=made["hash"]))
        return Done(
            "a change with a right hash, against a kept head and the table", (str(made["record"]),)
        )
    return Done("a change with a wrong hash", (f"change {made['seq']} ",))


def insert_record_and_change(hand: Hand) -> Done:
    """A record with all that belongs to it: only the runs of actions and a kept head tell."""
    table = METADATA.tables["party"]
    made = _forged(hand)
    row = hand.row(table) | {"pk": 10**6, "id": made["record"], "name": "forged", "version": 1}
    digest = content_hash(Party(id=made["record"], name="forged"))
    row |= {"key": None, "content_hash": digest}
    row |= {"created_by": made["actor"], "created_at": made["at"]}
    hand.run(insert(table).values(**row))
    hand.run(insert(CHANGE).values(**made))
    hand.run(update(HEAD).values(seq=made["seq"], hash=made["hash"]))
    return Done("a record with a change", (f"with {made['seq']}",))


def _forged(hand: Hand) -> dict[str, Any]:
    """A change that inserts a party, right in every respect; its payload is put in."""
    last = max(hand.rows(CHANGE), key=lambda row: row["seq"])
    record, pk = uuid4(), max(one["pk"] for one in hand.rows(PAYLOAD)) + 1
    told = f'{{"content":{{"name":"forged"}},"entity":"party","id":"{record}"}}'
    after = payload_hash("0" * 32, told)
    hand.run(insert(PAYLOAD).values(pk=pk, hash=after, salt="0" * 32, text=told))
    row = {
        "pk": last["seq"] + 1,
        "seq": last["seq"] + 1,
        "entity": "party",
        "record": record,
        "actor": "coder",
        "at": last["at"],
        "reason": None,
        "before_pk": None,
        "after_pk": pk,
        "previous": last["hash"],
        "act": None,
    }
    return row | {"hash": _hash_of(row, None, after)}


def insert_payload(hand: Hand) -> Done:
    """A payload that belongs to no change."""
    pk = max(one["pk"] for one in hand.rows(PAYLOAD)) + 1
    hand.run(insert(PAYLOAD).values(pk=pk, hash="3" * 64, salt="0", text="{}"))
    return Done(f"payload {pk} inserted", (f"payload {pk} ",))


def insert_custody(hand: Hand) -> Done:
    """An entry of a custody log."""
    row = hand.row(CUSTODY)
    made = row | {"pk": max(one["pk"] for one in hand.rows(CUSTODY)) + 1, "id": uuid4()}
    hand.run(insert(CUSTODY).values(**made))
    return Done(f"custody {made['id']} inserted", (str(made["id"]),))


# --- rewriting the past -------------------------------------------------------------------------


def truncate(hand: Hand) -> Done:
    """The end of the log is cut off, with its payloads, runs and a right head."""
    changes = sorted(hand.rows(CHANGE), key=lambda row: row["seq"])
    keep = hand.rng.randint(len(changes) // 2, len(changes) - 1)
    gone = changes[keep:]
    hand.run(delete(CHANGE).where(CHANGE.c.seq > keep))
    for one in gone:
        if one["after_pk"] is not None:
            hand.run(delete(PAYLOAD).where(PAYLOAD.c.pk == one["after_pk"]))
    for run in hand.rows(ACTION):
        if run["first_seq"] > keep:
            hand.run(delete(ACTION).where(ACTION.c.pk == run["pk"]))
        elif run["last_seq"] > keep:
            hand.run(update(ACTION).where(ACTION.c.pk == run["pk"]).values(last_seq=keep))
    hand.run(update(HEAD).values(seq=keep, hash=changes[keep - 1]["hash"]))
    return Done(f"cut after change {keep}", (str(gone[0]["record"]),))


def rewrite(hand: Hand) -> Done:
    """A value is altered in the table and in the history, and all hashes are made anew."""
    row = hand.row(PAYLOAD)
    if row["text"] is None:
        raise NotHere
    kept = Head(*hand.session.connection().execute(select(HEAD.c.seq, HEAD.c.hash)).one())
    salt = f"{hand.rng.getrandbits(128):032x}"
    words = row["text"].replace('"content":{', '"content":{"key":"forged",', 1)
    hand.run(
        update(PAYLOAD)
        .where(PAYLOAD.c.pk == row["pk"])
        .values(text=words, salt=salt, hash=payload_hash(salt, words))
    )
    rehash(hand)
    return Done("history rewritten", (kept.hash,), kept)


def rehash(hand: Hand) -> None:
    """Make every hash of the chain anew, as somebody with the program's code can."""
    hashes = {row["pk"]: row["hash"] for row in hand.rows(PAYLOAD)}
    last = Head()
    for row in sorted(hand.rows(CHANGE), key=lambda row: row["seq"]):
        made = dict(row) | {"previous": last.hash}
        own = _hash_of(made, hashes.get(row["before_pk"]), hashes.get(row["after_pk"]))
        hand.run(
            update(CHANGE).where(CHANGE.c.pk == row["pk"]).values(previous=last.hash, hash=own)
        )
        last = Head(row["seq"], own)
    hand.run(update(HEAD).values(seq=last.seq, hash=last.hash))


def _hash_of(row: Mapping[str, Any], before: str | None, after: str | None) -> str:
    return change_hash(
        Link(
            seq=row["seq"],
            entity=row["entity"],
            id=row["record"],
            actor=row["actor"],
            at=row["at"],
            reason=row["reason"],
            before=before,
            after=after,
            previous=row["previous"],
            act=row["act"],
        )
    )


DEEDS: tuple[Callable[[Hand], Done], ...] = (
    *(alter_value, alter_value, alter_value, alter_part, alter_quote, alter_author, alter_time),
    *(alter_change, alter_payload, blank_payload, alter_custody, alter_run, alter_baseline),
    *(alter_head, delete_record, delete_part, delete_change, delete_payload, delete_custody),
    *(delete_run, swap_records, swap_values, swap_changes, swap_payloads, insert_record),
    *(insert_part, insert_change, insert_record_and_change, insert_payload, insert_custody),
    *(truncate, rewrite),
)
"""What can be done beneath the program; each takes its turn."""


def unguarded(session: Session) -> None:
    """Let a session do what the rules of the schema forbid, as somebody with the file can."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
    else:
        session.execute(text("SET LOCAL session_replication_role = replica"))


def tamper(session: Session, number: int) -> Done:
    """Do one thing at random; ``number`` says which, the same each time."""
    rng = random.Random(number)  # noqa: S311 (the same each time)
    for _ in range(50):
        try:
            with session.begin_nested():
                return DEEDS[number % len(DEEDS)](Hand(session, rng))
        except NotHere:
            continue
    message = f"deed {number} could not be done"
    raise AssertionError(message)
