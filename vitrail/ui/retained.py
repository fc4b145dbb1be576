"""Retention as a page shows it: cohorts by months since joining. No Streamlit here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vitrail.gate import Cohort, Estimate, mean_rate
from vitrail.translation import _


@dataclass(frozen=True, slots=True)
class Together:
    """All cohorts that show, each month after joining: its share, and of how many cohorts."""

    shares: tuple[Estimate | None, ...]
    cohorts: tuple[int, ...]


def together(cohorts: Sequence[Cohort]) -> Together:
    """The mean of the cohorts' shares, each weighing as much as it has people.

    A cohort is where a person joined, once and for all, so their numbers may be added.
    """
    longest = max((len(cohort.kept) for cohort in cohorts), default=0)
    found = [_at(cohorts, month) for month in range(longest)]
    return Together(
        tuple(mean_rate(parts) if parts else None for parts in found),
        tuple(len(parts) for parts in found),
    )


def _at(cohorts: Sequence[Cohort], month: int) -> list[tuple[Estimate, float]]:
    kept = [(c.kept[month], c.size.value) for c in cohorts if month < len(c.kept)]
    return [(share, size) for share, size in kept if share is not None and size > 0]


def percent(share: Estimate) -> str:
    """``74 % (68 to 80 %)``: the bounds by privacy and chance, never over the whole."""
    low, high = min(0.99, max(0.0, share.low)), min(1.0, share.high)
    return _(
        "{share:.0f} % ({low:.0f} to {high:.0f} %)",
        share=100 * _inside(share),
        low=100 * low,
        high=100 * high,
    )


def whole_percent(share: Estimate) -> str:
    """``74``."""
    return f"{100 * _inside(share):.0f}"


def _inside(share: Estimate) -> float:
    return min(1.0, max(0.0, share.value))
