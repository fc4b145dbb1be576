"""The frame of a fact in an epoch: its days and its labels, which only grow from epoch to epoch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from vitrail.gate.domains import DomainCloser
from vitrail.gate.facts import FactDefinition
from vitrail.gate.labelling import Domains, Labels
from vitrail.gate.naming import Fetch, quoted
from vitrail.gate.noise import NoiseSource
from vitrail.gate.staging import FactSource, Kept, closed_table
from vitrail.gate.windows import WindowFinder, Windows, joined, once_dimensions

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """``first`` to ``through`` are the days of the fact; those from ``since`` on are new."""

    first: date
    since: date
    through: date
    labels: Labels


def frame(source: FactSource, through: date, fetch: Fetch, noise: NoiseSource) -> Frame | None:
    """The days and labels of a fact that is staged; None where too few persons are in it."""
    fact, kept = source.definition, source.kept
    closer = DomainCloser(fact, source.release, fetch, noise)
    if kept is not None:
        first, since = kept.fact.first, kept.fact.through + _DAY
        through = max(through, kept.fact.through)
    else:
        begun = closer.first_day(_recent(fact), [through])
        if begun is None:
            return None
        first = since = begun
    domains = _domains(fact, kept, closer, through)
    finder = WindowFinder(fact, source.release, fetch, noise)
    windows = {
        d: _windows(finder, kept, d, domains, (since, through)) for d in once_dimensions(fact)
    }
    domains |= {d: tuple(weeks) for d, weeks in windows.items()}
    return Frame(first, since, through, Labels(fact, domains, windows))


def named_since(kept: Kept | None, made: Frame) -> dict[str, dict[str, date]]:
    """Of values named since the first epoch, the first day on which the name holds."""
    if kept is None:
        return {}
    return {
        d: {
            **kept.fact.since.get(d, {}),
            **{v: made.since for v in values if v not in kept.fact.domains.get(d, ())},
        }
        for d, values in made.labels.domains.items()
    }


def _domains(
    fact: FactDefinition, kept: Kept | None, closer: DomainCloser, through: date
) -> dict[str, tuple[str, ...]]:
    """What each dimension was closed to, and values that enough persons have come to share.

    Rows of closed days keep ``other`` where a value had no name then.
    """
    known = kept.fact.domains if kept else {}
    return {
        d: (*known.get(d, ()), *(
            v for v in closer.values(d, _with_nameless(fact, kept, d), [through])
            if v not in known.get(d, ())
        ))
        for d in fact.plain_dimensions
    }  # fmt: skip


def _windows(
    finder: WindowFinder,
    kept: Kept | None,
    dimension: str,
    domains: Domains,
    days: tuple[date, date],
) -> dict[str, tuple[date, ...]]:
    """The weeks of each value. A week that an epoch has judged, if in part, stays as judged."""
    rows = f"{_days(finder.fact)} BETWEEN ? AND ?"
    before: Windows = kept.fact.windows.get(dimension, {}) if kept else {}
    since, through = days
    if kept is not None:
        since = max(since, _monday_after(kept.fact.through))
    return joined(before, finder.windows(dimension, domains[dimension], rows, [since, through]))


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _days(fact: FactDefinition) -> str:
    return f"SELECT * FROM staging.{quoted(fact.name)} WHERE day"


def _recent(fact: FactDefinition) -> str:
    return f"{_days(fact)} <= ?"


def _with_nameless(fact: FactDefinition, kept: Kept | None, dimension: str) -> str:
    """The new rows, and of closed days those whose value has no name."""
    name = quoted(dimension)
    new = f"SELECT person, {name} FROM staging.{quoted(fact.name)} WHERE day <= ?"
    if kept is None:
        return new
    closed = f"SELECT person, {name} FROM staging.{quoted(closed_table(fact))}"
    return f"{new} UNION ALL {closed} WHERE {name} IS NOT NULL"
