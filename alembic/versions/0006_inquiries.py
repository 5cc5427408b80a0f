"""Inquiries: what was looked for, and what came of it.

Revision 0006, after 0005. The tables begin empty. Taking them back takes their rows, and what
search holds of them; the history of the changes keeps what they said.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXED = ("topic_pk", "question_pk", "source_pk", "document_pk")


def upgrade() -> None:
    """Make the table of inquiries, and that of the claims which rest on them."""
    op.create_table(
        "inquiry",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("topic_pk", WHOLE, nullable=False),
        sa.Column("question_pk", WHOLE, nullable=True),
        sa.Column("looked_for", sa.String(), nullable=False),
        sa.Column("looked_in", sa.String(), nullable=False),
        sa.Column("looked_by", sa.String(), nullable=False),
        sa.Column("looked_on", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("source_pk", WHOLE, nullable=True),
        sa.Column("document_pk", WHOLE, nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("sensitivity", sa.String(), nullable=False),
        *_rules(),
    )
    for column in INDEXED:
        op.create_index(op.f(f"ix_inquiry_{column}"), "inquiry", [column], unique=False)
    op.create_table(
        "inquiry_claim",
        sa.Column("pk", WHOLE, autoincrement=False, nullable=False),
        sa.Column("inquiry_pk", WHOLE, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("claim_pk", WHOLE, nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_inquiry_claim_position")),
        sa.ForeignKeyConstraint(["claim_pk"], ["claim.pk"], name=op.f("fk_inquiry_claim_claim_pk")),
        sa.ForeignKeyConstraint(
            ["inquiry_pk"], ["inquiry.pk"], name=op.f("fk_inquiry_claim_inquiry_pk")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_inquiry_claim")),
        sa.UniqueConstraint(
            "inquiry_pk", "position", name=op.f("uq_inquiry_claim_inquiry_pk_position")
        ),
    )
    op.create_index(op.f("ix_inquiry_claim_claim_pk"), "inquiry_claim", ["claim_pk"], unique=False)


def _rules() -> tuple[sa.schema.SchemaItem, ...]:
    filled = ("created_by", "looked_for", "looked_in", "looked_by")
    return (
        sa.CheckConstraint(
            "created_at LIKE '____-__-__T__:__:__.______Z'", name=op.f("ck_inquiry_created_at")
        ),
        sa.CheckConstraint("length(content_hash) = 64", name=op.f("ck_inquiry_content_hash")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_inquiry_version")),
        *(
            sa.CheckConstraint(f"{column} <> ''", name=op.f(f"ck_inquiry_{column}_filled"))
            for column in filled
        ),
        sa.CheckConstraint(
            "outcome IN ('nothing', 'inconclusive', 'found')", name=op.f("ck_inquiry_outcome")
        ),
        sa.CheckConstraint(
            "sensitivity IN ('public', 'team', 'restricted')", name=op.f("ck_inquiry_sensitivity")
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{target}_pk"], [f"{target}.pk"], name=op.f(f"fk_inquiry_{target}_pk")
            )
            for target in ("topic", "question", "source", "document")
        ),
        sa.PrimaryKeyConstraint("pk", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("id", name=op.f("uq_inquiry_id")),
    )


def downgrade() -> None:
    """Take them away, with what they hold."""
    op.drop_table("inquiry_claim")
    op.drop_table("inquiry")
