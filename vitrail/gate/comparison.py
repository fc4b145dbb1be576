"""What published numbers say of one another: rates, shares and changes.

Everything here is reckoned from what was published already, with both intervals carried along, so
it tells nothing new of anybody. For a quotient r = a / b of independent numbers with half-widths
A and B the half-width is √(A² + r² B²) / b (first order); for a difference, √(A² + B²). Inside
privacy and chance together no difference can be told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from vitrail.gate import periods
from vitrail.gate.facts import PERIODS
from vitrail.gate.noise import Z95
from vitrail.model import Cell, Release


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number worked out from published ones, with the half-widths of its 95 % intervals.

    ``privacy``: what the gate's noise makes of it; ``total``: privacy and chance together.
    """

    value: float
    privacy: float
    total: float

    @property
    def differs(self) -> bool:
        """Whether it lies further from zero than privacy and chance would bring it."""
        return abs(self.value) > self.total

    @property
    def low(self) -> float:
        return self.value - self.total

    @property
    def high(self) -> float:
        return self.value + self.total


def rate(outcome: Cell | None) -> Estimate | None:
    """The share of its base that an outcome is of; None where there is no base to speak of."""
    if outcome is None or outcome.base is None or outcome.base_privacy is None or outcome.base <= 0:
        return None
    value = outcome.value / outcome.base
    privacy = math.hypot(outcome.privacy, value * outcome.base_privacy) / outcome.base
    return Estimate(value, privacy, max(privacy, outcome.total / outcome.base))


def share(part: Cell | None, whole: Cell | None) -> Estimate | None:
    """A part's share of the whole that it lies in, both counts of persons.

    Chance is binomial: r (1 − r) of the whole. None where either is hidden or the whole is zero.
    """
    if part is None or whole is None or whole.value <= 0:
        return None
    value = part.value / whole.value
    privacy = math.hypot(part.privacy, value * whole.privacy) / whole.value
    inside = min(1.0, max(0.0, value))
    chance = Z95 * math.sqrt(inside * (1 - inside) / whole.value)
    return Estimate(value, privacy, math.hypot(privacy, chance))


def difference(now: Cell | Estimate | None, before: Cell | Estimate | None) -> Estimate | None:
    """``now`` less ``before``: two periods, two arms, two rates; None where one is hidden."""
    if now is None or before is None:
        return None
    return Estimate(
        now.value - before.value,
        math.hypot(now.privacy, before.privacy),
        math.hypot(now.total, before.total),
    )


def change(now: Cell | Estimate | None, before: Cell | Estimate | None) -> Estimate | None:
    """The difference as a share of what was before; None where that is hidden or not above zero.

    Whether it can be told is the difference's matter, not that of the quotient's interval, which
    is wide where the earlier number is small.
    """
    gap = difference(now, before)
    if gap is None or before is None or before.value <= 0:
        return None
    return Estimate(gap.value / before.value, gap.privacy / before.value, gap.total / before.value)


def comparable(cell: Cell | None) -> Cell | Estimate | None:
    """What of a cell is compared: an outcome's rate, else the number itself."""
    return rate(cell) if cell is not None and cell.is_outcome else cell


def told_change(now: Cell | None, before: Cell | None) -> Estimate | None:
    """The change as a share, of rates where these are outcomes; None where none can be told."""
    one, other = comparable(now), comparable(before)
    gap = difference(one, other)
    return change(one, other) if gap is not None and gap.differs else None


def change_words(now: Cell | None, before: Cell | None) -> str:
    """``▲ up 12 % ± 5 %``; that no change can be told; or not how great one is.

    The last where the earlier number is so small beside its noise that the share of it has a
    larger ± than its value, though the two numbers differ by more than theirs.
    """
    if now is None or before is None:
        return "nothing to compare"
    told = told_change(now, before)
    if told is None:
        return "no change can be told"
    # the later number may be published below zero, but nothing falls by more than all of it
    value = max(-1.0, told.value)
    if told.total >= abs(value):
        return "▲ up, how much cannot be told" if value > 0 else "▼ down, how much cannot be told"
    percent, error = 100 * abs(value), 100 * told.total
    if value > 0:
        return f"▲ up {percent:.0f} % ± {error:.0f} %"
    return f"▼ down {percent:.0f} % ± {error:.0f} %"


@dataclass(frozen=True, slots=True)
class Compared:
    """A release beside the same question about an earlier span.

    ``earlier`` has, for each row of ``now``, the cells of the earlier span at the same labels
    (periods by their order), None where hidden or not there.
    """

    now: Release
    before: Release
    earlier: tuple[tuple[Cell | None, ...], ...]

    def words(self, row: int, measure: int) -> str:
        """What can be said of one number's change."""
        return change_words(self.now.rows[row].cells[measure], self.earlier[row][measure])


def compared(now: Release, before: Release) -> Compared:
    """Two answers to one question about two spans of as many periods, laid side by side."""
    then = {row.labels: row.cells for row in before.rows}
    twins = _twins(now, before)
    none: tuple[Cell | None, ...] = (None,) * len(now.query.measures)
    return Compared(
        now,
        before,
        tuple(then.get(tuple(twins.get(x, x) for x in row.labels), none) for row in now.rows),
    )


def _twins(now: Release, before: Release) -> dict[str, str]:
    """The earlier period that each period is compared with, both by their labels."""
    grain = next((d for d in now.query.dimensions if d in PERIODS), None)
    if grain is None or now.span is None or before.span is None:
        return {}
    ours, theirs = (
        [periods.label(p.first, grain) for p in periods.periods(span, grain)]
        for span in (now.span, before.span)
    )
    return dict(zip(ours, theirs, strict=False))
