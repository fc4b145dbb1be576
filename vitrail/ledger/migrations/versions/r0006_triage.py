"""Findings worked through by many: owner, day, expiry, second person; read a page at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_RANK = "CASE severity WHEN 'critical' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END"


def upgrade() -> None:
    for name in ("expires_on", "proposed_by"):
        op.add_column("standings", sa.Column(name, sa.Text))
    op.add_column("standings", sa.Column("proposed_seq", sa.Integer))
    op.create_table(
        "finding_history",
        sa.Column("finding", sa.Text, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO finding_history SELECT payload ->> '$.finding', seq FROM events "
        "WHERE kind IN ('finding_decided', 'finding_assigned')"
    )
    op.add_column("findings", sa.Column("rank", sa.Integer, nullable=False, server_default="0"))
    op.execute(f"UPDATE findings SET rank = {_RANK}")
    in_order = ["rank", "cells", "id"]
    op.create_index("findings_in_order", "findings", in_order)
    op.create_index("findings_of_sort", "findings", ["expected", *in_order])
    op.create_index("findings_of_kind", "findings", ["entity_type", "expected", *in_order])
    op.create_index("findings_of_dataset", "findings", ["dataset", "expected", *in_order])
    counted = ["expected", "severity", "entity_type", "dataset", "change", "cells"]
    op.create_index("findings_counted", "findings", counted)
