"""Broken promises live as findings do; when each was opened, who answers for it, until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import WHOLE

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("findings", sa.Column("opened_at", sa.Text))
    op.add_column("standings", sa.Column("due_on", sa.Text))
    op.add_column("standings", sa.Column("assigned_seq", WHOLE))
    op.create_table(
        "failures",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("section", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("violations", WHOLE, nullable=False),
        sa.Column("denominator", WHOLE, nullable=False),
        sa.Column("systems", sa.Text, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Text),
        sqlite_strict=True,
    )
