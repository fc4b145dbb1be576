"""Rows about persons that can be tied to nobody: what a control follows through them is not seen.

A mapping can leave a whole table so, by the wrong column or by keys of another system. Then every
question of the kind "was anything done with their data?" is answered by silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.references import followed_tables
from vitrail.promises.tally import Loose

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.model import Control

#: A table with more such rows than this share of its own proves nothing by its silence.
LOOSE_SHARE: Final = 0.01

#: One row an account: one that names no exported account is tied to nobody either.
_OF_ACCOUNTS: Final = """
    SELECT COUNT(*) AS held, COUNT(a.account_id) AS tied
    FROM profiles AS p
    LEFT JOIN (SELECT DISTINCT account_id FROM accounts) AS a ON p.account_id = a.account_id
"""


@dataclass(frozen=True)
class Ties:
    """Counts of each table's rows, made when a control first asks for them."""

    store: CanonicalStore
    _counts: dict[str, Loose] = field(default_factory=dict)

    def loose(self, control: Control) -> tuple[Loose, ...]:
        """The tables through which the control follows persons and in which it cannot."""
        there = self.store.tables
        followed = (t for t in sorted(followed_tables(control.sql)) if t in there)
        counts = (self._count(table) for table in followed)
        return tuple(count for count in counts if count.rows > LOOSE_SHARE * count.of)

    def _count(self, table: str) -> Loose:
        if table not in self._counts:
            row = self.store.query(self._counting(table)).to_pylist()[0]
            self._counts[table] = Loose(table, row["held"] - row["tied"], row["held"])
        return self._counts[table]

    def _counting(self, table: str) -> str:
        if table == "profiles" and not self.store.missing([("accounts", ("account_id",))]):
            return _OF_ACCOUNTS
        # a setting may be of a device, and is then followed by it
        device = " OR device_key IS NOT NULL" if "device_key" in CANONICAL[table].columns else ""
        return (
            "SELECT COUNT(*) AS held,"
            f" COUNT(*) FILTER (WHERE person_key IS NOT NULL{device}) AS tied FROM {table}"
        )
