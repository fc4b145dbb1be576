"""A whole ledger carried to another database, in either direction: every line as it is.

The target's part is one transaction: all of it or nothing. Once it stands, the source is sealed
and takes no more lines, so that no program that still has it open can write to what nobody reads.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from vitrail.errors import UsageError, VitrailError
from vitrail.ledger import schema
from vitrail.ledger.database import Database
from vitrail.ledger.records import ChainReport
from vitrail.ledger.tables import EVENTS, METADATA
from vitrail.ledger.triggers import seal
from vitrail.ledger.verification import verify

_AT_ONCE: Final = 1000


def carry_over(source: Database, target: Database) -> ChainReport:
    """Copy every table, walk the copy's chain, seal the source; the chain that is now in both.

    A target that already has this chain, as a move that was cut short leaves it, is taken as it
    is; any other that holds lines is a :class:`~vitrail.errors.UsageError`.
    """
    with source.writing() as old:
        chain = verify(old)
        if not chain.ok:
            raise UsageError(
                f"A ledger whose chain is not whole is not moved: {chain.problem}",
                "Restore the ledger from the backup of the workspace.",
            )
        with target.writing() as new:
            schema.upgrade(new)
            if new.execute(select(func.count()).select_from(EVENTS)).scalar():
                _require_here(new, chain)
            else:
                _copy(old, new)
                _require_same(verify(new, chain.head), chain)
        seal(old)
    return chain


def _require_here(new: Connection, chain: ChainReport) -> None:
    if not verify(new, chain.head).ok:
        raise UsageError(
            "The database already holds the entries of another ledger, or of an older copy.",
            "Name one without entries: another schema, or another place for the file.",
        )


def _require_same(arrived: ChainReport, chain: ChainReport) -> None:
    if arrived != chain:
        raise VitrailError(
            f"The ledger did not arrive as it was: {arrived.problem or 'lines are missing'}",
            "Nothing was moved; the ledger is where it was.",
        )


def _copy(old: Connection, new: Connection) -> None:
    for table in METADATA.sorted_tables:
        for rows in _rows(old, table):
            new.execute(table.insert(), rows)


def _rows(old: Connection, table: Table) -> Any:
    """All rows in the order of their key, which for lines is that of the chain."""
    question = select(table).order_by(*table.primary_key.columns)
    found = old.execute(question, execution_options={"yield_per": _AT_ONCE})
    return ([dict(row) for row in part] for part in found.mappings().partitions())
