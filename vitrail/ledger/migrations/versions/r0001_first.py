"""The first ledger: a hash-chained events table from the first line on, and its state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from vitrail.ledger.tables import NUMBER, WHOLE

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("seq", WHOLE, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("prev_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_events_kind", "events", ["kind"])
    op.create_table(
        "reasons",
        sa.Column("seq", WHOLE, primary_key=True),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    _create_runs()
    _create_findings()


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("pid", WHOLE, nullable=False),
        sa.Column("pid_started", NUMBER),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("begun_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.Column("cancel_requested", WHOLE, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("directory", sa.Text),
        sa.Column("progress", sa.Text),
        sa.Column("beat_at", sa.Text),
        sqlite_strict=True,
    )


def _create_findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("dataset", sa.Text, nullable=False),
        sa.Column("table", sa.Text),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("entity_type", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("cells", WHOLE, nullable=False),
        sa.Column("values", WHOLE, nullable=False),
        sa.Column("score", NUMBER, nullable=False),
        sa.Column("recognizer", sa.Text, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("samples", sa.Text, nullable=False),
        sa.Column("expected", WHOLE, nullable=False),
        sa.Column("run", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "standings",
        sa.Column("finding", sa.Text, primary_key=True),
        sa.Column("presence", sa.Text, nullable=False),
        sa.Column("presence_seq", WHOLE, nullable=False),
        sa.Column("decision", sa.Text),
        sa.Column("decision_seq", WHOLE),
        sa.Column("decided_by", sa.Text),
        sa.Column("decided_at", sa.Text),
        sqlite_strict=True,
    )
