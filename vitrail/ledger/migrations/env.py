"""Alembic's entry: the ledger hands over a connection that already holds the write lock."""

from __future__ import annotations

from typing import Any

from alembic import context

from vitrail.ledger.tables import METADATA
from vitrail.ledger.triggers import recreate


def _guard(ctx: Any, step: Any, heads: Any, run_args: Any) -> None:  # noqa: ARG001 - Alembic's names
    """After every step: a migration cannot leave ``events`` without its triggers."""
    recreate(ctx.connection)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    on_version_apply=_guard,
)
context.run_migrations()
