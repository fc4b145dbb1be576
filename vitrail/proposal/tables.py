"""Which canonical table a dataset feeds, by all its columns together and by its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vitrail.exports.canonical import CANONICAL
from vitrail.proposal.fitting import Fit, fits_of
from vitrail.proposal.kinds import Kind
from vitrail.proposal.profiles import ColumnProfile
from vitrail.proposal.vocabulary import table_likeness

#: What only a product's export fills.
_NOT_BY_HAND: Final = frozenset({"ga4_events"})
_LEAST: Final = 2.0
#: Tables this near to the best are asked about.
_NEAR: Final = 0.35
_PERSON: Final = frozenset({"account_id", "email", "device_key", "user_pseudo_id"})


@dataclass(frozen=True, slots=True)
class TableFit:
    """A canonical table with the columns that a dataset would fill in it."""

    table: str
    score: float
    fits: tuple[Fit, ...]


def tables_for(
    names: Sequence[str], profiles: Sequence[ColumnProfile], chosen: Mapping[str, str]
) -> tuple[TableFit, ...]:
    """The tables that the dataset may feed, best first; ``names``: of its file, folder, sheet."""
    fitting = (
        _fit(table, names, profiles, chosen) for table in CANONICAL if table not in _NOT_BY_HAND
    )
    good = [one for one in fitting if one.score >= _LEAST and len(one.fits) >= 2]
    return tuple(sorted(good, key=lambda one: -one.score))


def near_ties(ranked: Sequence[TableFit]) -> tuple[str, ...]:
    """The tables between which the columns do not decide; the best alone where they do."""
    best = ranked[0].score
    return tuple(one.table for one in ranked[:3] if best - one.score < _NEAR)


def _fit(
    table: str,
    names: Sequence[str],
    profiles: Sequence[ColumnProfile],
    chosen: Mapping[str, str],
) -> TableFit:
    canonical = CANONICAL[table]
    mine = {c: n for c, n in chosen.items() if c in canonical.columns or c == "email"}
    fits = fits_of(canonical, profiles, mine)
    filled = {fit.canonical for fit in fits}
    score = sum(fit.score for fit in fits)
    score += 1.5 * max((table_likeness(name, table) for name in names), default=0.0)
    keys = {"email" if k == "subject_key" else k for k in canonical.key}
    score += 0.5 if keys & filled else -0.5
    if canonical.identifiable:
        score += 0.4 if filled & _PERSON else -0.8
    unused = sum(p.kind is not Kind.EMPTY for p in profiles) - len(fits)
    return TableFit(table, score - min(0.1 * unused, 1.0), fits)  # wide exports are no worse
