"""The outcomes that an audit keeps, so that the next one looks only at what has changed.

Revision 0005, after 0004. It begins empty; taking it back loses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DERIVED = ("audit_kept",)
"""Tables that are made again from the others."""


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "audit_kept",
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("clearance", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("outcomes", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "clearance"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("audit_kept")
