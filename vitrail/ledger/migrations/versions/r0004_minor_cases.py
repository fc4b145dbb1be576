"""Cases of likely minors: a person's fingerprint, what spoke for it, and what was decided."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import NUMBER, WHOLE

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "minor_cases",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, unique=True),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("score", NUMBER, nullable=False),
        sa.Column("families", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("decision_seq", WHOLE),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.Text),
        sqlite_strict=True,
    )
