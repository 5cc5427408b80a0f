"""Runs of actions, reviews, and the act of a change.

Revision 0002, after 0001. Changes that are held already are put into runs: those of one
contributor, time and reason, next to each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = "LIKE '____-__-__T__:__:__.______Z'"
PAYLOAD = "before_pk IS NOT NULL OR after_pk IS NOT NULL"
BATCH = 1000

ACTION = sa.table(
    "action",
    *(sa.column(name) for name in ("pk", "name", "actor", "at", "reason")),
    sa.column("id", sa.Uuid()),
    *(sa.column(name) for name in ("first_seq", "last_seq")),
)


def upgrade() -> None:
    """Make the tables, and tell the runs of the changes that are held."""
    _action()
    _review()
    with op.batch_alter_table("change", copy_from=_change(), recreate="auto") as change:
        change.add_column(sa.Column("act", sa.String(), nullable=True))
        change.create_check_constraint(op.f("ck_change_act"), "act IN ('erase')")
        change.drop_constraint(op.f("ck_change_payload"), type_="check")
        change.create_check_constraint(op.f("ck_change_payload"), PAYLOAD + " OR act IS NOT NULL")
    _tell_runs()


def downgrade() -> None:
    """Take the tables and the column away, with what they hold."""
    changed = _change(
        sa.Column("act", sa.String(), nullable=True),
        sa.CheckConstraint("act IN ('erase')", name=op.f("ck_change_act")),
    )
    with op.batch_alter_table("change", copy_from=changed, recreate="auto") as change:
        change.drop_constraint(op.f("ck_change_act"), type_="check")
        change.drop_constraint(op.f("ck_change_payload"), type_="check")
        change.create_check_constraint(op.f("ck_change_payload"), PAYLOAD)
        change.drop_column("act")
    op.drop_table("review")
    op.drop_table("action")


def _tell_runs() -> None:
    connection = op.get_bind()
    change = sa.table("change", *(sa.column(name) for name in ("seq", "actor", "at", "reason")))
    rows = connection.execute(
        sa.select(*change.c).order_by(change.c.seq), execution_options={"yield_per": BATCH}
    )
    batch: list[dict[str, Any]] = []
    for run in _runs(rows):
        batch.append(run)
        if len(batch) == BATCH:
            connection.execute(sa.insert(ACTION), batch)
            batch = []
    if batch:
        connection.execute(sa.insert(ACTION), batch)


def _runs(rows: sa.CursorResult[Any]) -> Iterator[dict[str, Any]]:
    together = groupby(rows, key=lambda row: (row.actor, row.at, row.reason))
    for pk, ((actor, at, reason), some) in enumerate(together, 1):
        seqs = [row.seq for row in some]
        yield {
            "pk": pk,
            "id": uuid4(),
            "name": (reason or "").removeprefix("claims ") or "write",
            "actor": actor,
            "at": at,
            "reason": reason,
            "first_seq": seqs[0],
            "last_seq": seqs[-1],
        }


def _action() -> None:
    op.create_table(
        "action",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("first_seq", WHOLE, nullable=False),
        sa.Column("last_seq", WHOLE, nullable=False),
        sa.Column("undoes_pk", WHOLE, nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("request", sa.String(), nullable=True),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_action_actor_filled")),
        sa.CheckConstraint(f"at {INSTANT}", name=op.f("ck_action_at")),
        sa.CheckConstraint("first_seq <= last_seq", name=op.f("ck_action_changes")),
        sa.CheckConstraint("key <> ''", name=op.f("ck_action_key_filled")),
        sa.CheckConstraint("length(request) = 64", name=op.f("ck_action_request")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_action_name_filled")),
        sa.CheckConstraint("(key IS NULL) = (request IS NULL)", name=op.f("ck_action_once")),
        sa.CheckConstraint("undoes_pk <> pk", name=op.f("ck_action_undoes_pk_pk")),
        sa.ForeignKeyConstraint(["undoes_pk"], ["action.pk"], name=op.f("fk_action_undoes_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_action")),
        sa.UniqueConstraint("actor", "key", name=op.f("uq_action_actor_key")),
        sa.UniqueConstraint("first_seq", name=op.f("uq_action_first_seq")),
        sa.UniqueConstraint("id", name=op.f("uq_action_id")),
    )
    op.create_index(op.f("ix_action_undoes_pk"), "action", ["undoes_pk"], unique=False)


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("claim_pk", WHOLE, nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("claim_hash", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.CheckConstraint("created_at " + INSTANT, name=op.f("ck_review_created_at")),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_review_created_by_filled")),
        sa.CheckConstraint("decision IN ('accepted', 'returned')", name=op.f("ck_review_decision")),
        sa.CheckConstraint("length(claim_hash) = 64", name=op.f("ck_review_claim_hash")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_review_content_hash")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_review_reason_filled")),
        sa.CheckConstraint("reviewed_by <> ''", name=op.f("ck_review_reviewed_by_filled")),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_review_claim_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_review")),
        sa.UniqueConstraint("id", name=op.f("uq_review_id")),
    )
    op.create_index(op.f("ix_review_claim_pk"), "review", ["claim_pk"], unique=False)


def _change(*more: sa.schema.SchemaItem) -> sa.Table:
    """The table as revision 0001 made it: SQLite rebuilds it from this."""
    return sa.Table(
        "change",
        sa.MetaData(),
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("seq", WHOLE, nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("before_pk", WHOLE, nullable=True),
        sa.Column("after_pk", WHOLE, nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.CheckConstraint("actor <> ''", name=op.f("ck_change_actor_filled")),
        sa.CheckConstraint(f"at {INSTANT}", name=op.f("ck_change_at")),
        sa.CheckConstraint("entity <> ''", name=op.f("ck_change_entity_filled")),
        sa.CheckConstraint(PAYLOAD, name=op.f("ck_change_payload")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_change_hash")),
        sa.CheckConstraint("length(previous) = 64", name=op.f("ck_change_previous")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_change_seq")),
        sa.ForeignKeyConstraint(["after_pk"], ["payload.pk"], name=op.f("fk_change_after_pk")),
        sa.ForeignKeyConstraint(["before_pk"], ["payload.pk"], name=op.f("fk_change_before_pk")),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_change")),
        sa.UniqueConstraint("seq", name=op.f("uq_change_seq")),
        sa.Index("ix_change_record", "record", "seq"),
        *more,
    )
