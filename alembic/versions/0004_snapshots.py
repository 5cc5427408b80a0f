"""What the archive keeps of a fetched or extracted copy besides its bytes and its text.

Revision 0004, after 0003. Snapshots that are held already have none of it, and keep their content
hashes: what says nothing is no part of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = "LIKE '____-__-__T__:__:__.______Z'"
COLUMNS = (
    ("http_status", sa.Integer(), "http_status BETWEEN 100 AND 599"),
    ("layout_sha256", sa.String(), "length(layout_sha256) = 64"),
    ("warc_sha256", sa.String(), "length(warc_sha256) = 64"),
)
"""Each new column, and what it may hold."""


def upgrade() -> None:
    """Add the columns, empty."""
    with op.batch_alter_table("snapshot", copy_from=_snapshot(), recreate="auto") as snapshot:
        for name, kind, rule in COLUMNS:
            snapshot.add_column(sa.Column(name, kind, nullable=True))
            snapshot.create_check_constraint(op.f(f"ck_snapshot_{name}"), rule)


def downgrade() -> None:
    """Take the columns away, with what they hold."""
    more = [
        part
        for name, kind, rule in COLUMNS
        for part in (
            sa.Column(name, kind, nullable=True),
            sa.CheckConstraint(rule, name=op.f(f"ck_snapshot_{name}")),
        )
    ]
    with op.batch_alter_table("snapshot", copy_from=_snapshot(*more), recreate="auto") as snapshot:
        for name, _, _ in COLUMNS:
            snapshot.drop_constraint(op.f(f"ck_snapshot_{name}"), type_="check")
            snapshot.drop_column(name)


def _snapshot(*more: sa.schema.SchemaItem) -> sa.Table:
    """The table as revision 0001 made it: SQLite rebuilds it from this."""
    return sa.Table(
        "snapshot",
        sa.MetaData(),
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("document_pk", WHOLE, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String(), nullable=False),
        sa.Column("extractor", sa.String(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("captured_at", sa.String(), nullable=True),
        sa.Column("captured_by", sa.String(), nullable=True),
        sa.Column("captured_with", sa.String(), nullable=True),
        sa.Column("requested_url", sa.String(), nullable=True),
        sa.Column("final_url", sa.String(), nullable=True),
        sa.CheckConstraint(f"captured_at {INSTANT}", name=op.f("ck_snapshot_captured_at")),
        sa.CheckConstraint(f"created_at {INSTANT}", name=op.f("ck_snapshot_created_at")),
        sa.CheckConstraint("created_by <> ''", name=op.f("ck_snapshot_created_by_filled")),
        sa.CheckConstraint("extractor <> ''", name=op.f("ck_snapshot_extractor_filled")),
        sa.CheckConstraint("media_type <> ''", name=op.f("ck_snapshot_media_type_filled")),
        sa.CheckConstraint("length >= 0", name=op.f("ck_snapshot_length")),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_snapshot_content_hash")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_snapshot_sha256")),
        sa.CheckConstraint("length(text_sha256) = 64", name=op.f("ck_snapshot_text_sha256")),
        sa.ForeignKeyConstraint(
            ["document_pk"], ["document.pk"], name=op.f("fk_snapshot_document_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("id", name=op.f("uq_snapshot_id")),
        sa.Index("ix_snapshot_document_pk", "document_pk"),
        *more,
    )
