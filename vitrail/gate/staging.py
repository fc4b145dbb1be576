"""What is read from the exports for a fact: the days that closed since, and the closed ones' count.

Of the days that an earlier epoch has closed no row is taken again. They are only counted, by
person and period, to tell how many came late, and looked through for values without a name yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from vitrail.gate import periods
from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import FactDefinition
from vitrail.gate.manifest import EpochFact
from vitrail.gate.naming import UNKNOWN, literal, quoted

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """A fact as an earlier epoch has it, and that epoch's file: what it closed stays."""

    fact: EpochFact
    file: Path

    @property
    def open_from(self) -> date:
        """The first day whose events it holds one by one, because outcomes may still come."""
        return open_from(self.fact.definition, self.fact.through)


@dataclass(frozen=True, slots=True)
class FactSource:
    """A fact to build, and the release under which its answers are given.

    ``rebuilds`` counts how often it was built anew, and ``note`` says why it was the last time.
    """

    definition: FactDefinition
    release: str
    kept: Kept | None = None
    rebuilds: int = 0
    note: str = ""


def waits(fact: FactDefinition) -> dict[str, int]:
    """The measures that are settled only days after, and after how many."""
    return {name: m.closes_after for name, m in fact.measures.items() if m.closes_after}


def open_from(fact: FactDefinition, through: date) -> date:
    """From this day on some measure is not settled at ``through``; a week or a month begins it."""
    settled = through - timedelta(days=max(waits(fact).values(), default=0))
    return periods.last_closed(settled) + _DAY


def staged_selects(source: FactSource, through: date) -> dict[str, str]:
    """The tables to stage, by name, each with its SELECT over the canonical tables."""
    fact, kept = source.definition, source.kept
    if kept is None:
        return {fact.name: _recent(fact, f"day <= DATE '{through}'")}
    since = kept.open_from if waits(fact) else kept.fact.through + _DAY
    days = f"day BETWEEN DATE '{since}' AND DATE '{max(through, kept.fact.through)}'"
    return {fact.name: _recent(fact, days), closed_table(fact): _closed(fact, kept.fact)}


def closed_table(fact: FactDefinition) -> str:
    """Where the rows of days that are closed already are staged; no fact's name begins so."""
    return f"_closed_{fact.name}"


def _recent(fact: FactDefinition, days: str) -> str:
    """The fact's rows with their columns cast to what the builder expects.

    Rows without a person stay in, so that the builder can find them.
    """
    columns = [
        f"{_event(fact)} AS event_id",
        f"CAST({fact.person} AS BIGINT) AS person",
        "CAST(day AS DATE) AS day",
        *(f"{_value(d)} AS {quoted(d)}" for d in fact.plain_dimensions),
        *(
            f"CAST({quoted(m.column)} AS BIGINT) AS {quoted(name)}"
            for name, m in fact.measures.items()
        ),
    ]
    return f"SELECT {', '.join(columns)} FROM ({fact.sql}) WHERE {days}"


def _closed(fact: FactDefinition, kept: EpochFact) -> str:
    columns = [
        f"CAST({fact.person} AS BIGINT) AS person",
        "CAST(date_trunc('week', CAST(day AS DATE)) AS DATE) AS week",
        "CAST(date_trunc('month', CAST(day AS DATE)) AS DATE) AS month",
        *(_nameless(d, kept.domains.get(d, ())) for d in fact.plain_dimensions),
        "count(*) AS events",
    ]
    return (
        f"SELECT {', '.join(columns)} FROM ({fact.sql}) WHERE {fact.person} IS NOT NULL"
        f" AND day BETWEEN DATE '{kept.first}' AND DATE '{kept.through}' GROUP BY ALL"
    )


def _event(fact: FactDefinition) -> str:
    """What tells one event from another; without an id, who did which kind of thing when.

    Null where the fact has neither an id nor anything that is settled later.
    """
    if fact.event is not None:
        return f"md5_number(CAST({quoted(fact.event)} AS VARCHAR))"
    if not waits(fact):
        return "CAST(NULL AS UHUGEINT)"
    kinds = [
        _value(d) for d in fact.plain_dimensions if fact.dimensions[d].kind is DimensionKind.EVENT
    ]
    parts = [f"CAST({fact.person} AS VARCHAR)", "CAST(CAST(day AS DATE) AS VARCHAR)", *kinds]
    return f"md5_number(concat_ws(chr(31), {', '.join(parts)}))"


def _value(dimension: str) -> str:
    return f"coalesce(CAST({quoted(dimension)} AS VARCHAR), '{UNKNOWN}')"


def _nameless(dimension: str, named: tuple[str, ...]) -> str:
    """The value where it has no name in the epoch before, else null."""
    if not named:
        return f"{_value(dimension)} AS {quoted(dimension)}"
    values = ", ".join(map(literal, named))
    value = _value(dimension)
    return f"CASE WHEN {value} NOT IN ({values}) THEN {value} END AS {quoted(dimension)}"
