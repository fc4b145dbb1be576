"""Findings worked through by many: owner, day, expiry, second person; read a page at a time."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import WHOLE

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_RANK = "CASE severity WHEN 'critical' THEN 3 WHEN 'high' THEN 2 WHEN 'medium' THEN 1 ELSE 0 END"


def upgrade() -> None:
    for name in ("expires_on", "proposed_by"):
        op.add_column("standings", sa.Column(name, sa.Text))
    op.add_column("standings", sa.Column("proposed_seq", WHOLE))
    op.create_table(
        "finding_history",
        sa.Column("finding", sa.Text, primary_key=True),
        sa.Column("seq", WHOLE, primary_key=True),
        sqlite_strict=True,
    )
    _remember_what_was_decided()
    op.add_column("findings", sa.Column("rank", WHOLE, nullable=False, server_default="0"))
    op.execute(f"UPDATE findings SET rank = {_RANK}")
    in_order = ["rank", "cells", "id"]
    op.create_index("findings_in_order", "findings", in_order)
    op.create_index("findings_of_sort", "findings", ["expected", *in_order])
    op.create_index("findings_of_kind", "findings", ["entity_type", "expected", *in_order])
    op.create_index("findings_of_dataset", "findings", ["dataset", "expected", *in_order])
    counted = ["expected", "severity", "entity_type", "dataset", "change", "cells"]
    op.create_index("findings_counted", "findings", counted)


def _remember_what_was_decided() -> None:
    """In Python, for databases differ in how they look into JSON."""
    history = sa.table("finding_history", sa.column("finding"), sa.column("seq"))
    about = "SELECT seq, payload FROM events WHERE kind IN ('finding_decided', 'finding_assigned')"
    rows = [
        {"finding": json.loads(payload)["finding"], "seq": seq}
        for seq, payload in op.get_bind().execute(sa.text(about))
    ]
    if rows:
        op.bulk_insert(history, rows)
