"""What the latest scan says of a finding beside what was known before it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import WHOLE

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("findings", sa.Column("change", sa.Text, nullable=False, server_default="new"))
    op.add_column("findings", sa.Column("new_values", WHOLE))
