"""The rows that an epoch takes from the one before, and what settled in them since.

Rows of closed days are taken as they are. What is settled only days after (an order within thirty
days of a message) is not closed with them: the events of those days are kept one by one until it
is, and only their unsettled measures are read again from the exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vitrail.gate.facts import FactDefinition
from vitrail.gate.naming import enum_type, open_table, quoted
from vitrail.gate.staging import Kept, waits

EARLIER = "earlier"


@dataclass(frozen=True, slots=True)
class Carrier:
    """Writes the SQL that reads an earlier epoch, attached as :data:`EARLIER`."""

    fact: FactDefinition
    kept: Kept

    def settled(self) -> str:
        """Rows of the fact in which nothing can change any more."""
        where = ""
        if waits(self.fact):  # week and month together begin on the later of the two
            where = f" WHERE greatest(week, month) < DATE '{self.kept.open_from}'"
        columns = ["person", "week", "month", *self._dimensions(), "rows", *self._measures()]
        return f"SELECT {', '.join(columns)} FROM {EARLIER}.{quoted(self.fact.name)}{where}"

    def open_events(self) -> str:
        """The events kept one by one, with the measures that the exports have of them now."""
        through, waiting = self.kept.fact.through, waits(self.fact)
        measures = []
        for name in self.fact.measures:
            column = f"o.{quoted(name)}"
            if name in waiting:
                last = through - timedelta(days=waiting[name])
                now = f"coalesce(s.{quoted(name)}, o.{quoted(name)})"
                column = f"CASE WHEN o.day > DATE '{last}' THEN {now} ELSE {column} END"
            measures.append(f"{column} AS {quoted(name)}")
        columns = ["o.event_id", "o.person", "o.day", *self._dimensions(), *measures]
        return (
            f"SELECT {', '.join(columns)} FROM {EARLIER}.{quoted(open_table(self.fact.name))} AS o"
            f" LEFT JOIN ({self._read_again(through)}) AS s USING (event_id)"
        )

    def _read_again(self, through: date) -> str:
        picked = [f"any_value({quoted(name)}) AS {quoted(name)}" for name in waits(self.fact)]
        return (
            f"SELECT event_id, {', '.join(picked)} FROM staging.{quoted(self.fact.name)}"
            f" WHERE day <= DATE '{through}' AND event_id IS NOT NULL GROUP BY event_id"
        )

    def _dimensions(self) -> list[str]:
        """The ENUM of this epoch has all the values of the one before."""
        return [
            f"CAST({quoted(d)} AS {enum_type(self.fact.name, d)}) AS {quoted(d)}"
            for d in self.fact.plain_dimensions
        ]

    def _measures(self) -> list[str]:
        return [quoted(name) for name in self.fact.measures]
