"""Private releases, kept beside the lines that paid for them: asked again, they are free."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import WHOLE

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("seq", WHOLE, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sqlite_strict=True,
    )
