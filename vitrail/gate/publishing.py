"""From a raw cell to published numbers: noise, rounding and both 95 % intervals.

Formulas, with σ the noise of one person's whole contribution (:data:`~vitrail.gate.noise.SIGMA`),
s the rounding step and 1.96 the normal quantile:

- *privacy* half-width: 1.96 √(σ² B² + s²/12), B = 1 for counts and the cell's own bound for sums.
- *chance*: a count of persons varies as a Poisson number, by its own value; an outcome x of n
  persons by n p (1 − p) with p = (x + 2) / (n + 4) (Agresti and Coull 1998), to which the noise
  of the base adds p² σ²; a sum S of contributions by Σx² = c S (compound Poisson), with c
  published only as a rung of a ladder; an average by (c m − m²) / n.
- *total* half-width: 1.96 √(privacy variance + chance).

Chance is reckoned from published numbers, so that an interval tells no more than its value does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vitrail.gate.compiler import Amounts, Converted, RawCell, bound, column_of
from vitrail.gate.noise import LAYER_SIGMA, SIGMA, Z95, NoiseSource
from vitrail.gate.question import Question
from vitrail.model import Cell, Measure, MeasureKind

#: Counts of persons, and of what they did, are published in steps of five.
COUNT_STEP: Final = 5

_LADDER: Final = (1, 2, 5)
_FINE_LADDER: Final = (10, 15, 20, 30, 50, 70, 100, 150)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes the measures of one cell. ``asked`` is the cell's question, in its one form."""

    question: Question
    noise: NoiseSource
    raw: RawCell
    asked: tuple[object, ...]

    @property
    def who(self) -> tuple[object, ...]:
        """Who is in the cell: what the first layer of every draw hangs on."""
        return (self.question.fact.name, self.raw.key, self.raw.persons)

    def cell(self, measure: Measure) -> Cell:
        """The published number of one measure."""
        persons = self._persons()
        part = self.raw.parts.get(column_of(measure) or "")
        if isinstance(part, Converted):
            return self._outcome(measure, part, persons)
        if isinstance(part, Amounts):
            if measure.kind is MeasureKind.AVG:
                return _average(self._sum(Measure(MeasureKind.SUM, measure.name), part), persons)
            return self._sum(measure, part).cell
        return persons

    def _persons(self) -> Cell:
        label = Measure(MeasureKind.PERSONS).label
        noisy = self.raw.persons + LAYER_SIGMA * self.noise.layered(label, self.who, self.asked)
        value = _rounded(noisy, COUNT_STEP)
        variance = SIGMA**2 + COUNT_STEP**2 / 12
        return _cell(value, variance, max(value, 1.0))

    def _outcome(self, measure: Measure, part: Converted, base: Cell) -> Cell:
        """Shown even at zero: its bound is the news. Never more than the base it is of."""
        who = (*self.who, part.key, part.persons)
        noisy = part.persons + LAYER_SIGMA * self.noise.layered(measure.label, who, self.asked)
        value = min(_rounded(noisy, COUNT_STEP), base.value)
        variance = SIGMA**2 + COUNT_STEP**2 / 12
        rate = (value + 2) / (base.value + 4)
        chance = base.value * rate * (1 - rate) + rate**2 * variance
        return _cell(value, variance, chance, base.value)

    def _sum(self, measure: Measure, part: Amounts) -> _Sum:
        """Noise for the largest contribution still counted, cut to what several persons bring."""
        who = (*self.who, part.total, int(part.squares))
        limit = min(self._limit(part, who), bound(self.question, column_of(measure) or ""))
        total = part.total - sum(max(0, top - limit) for top in part.tops)
        noisy = total + limit * LAYER_SIGMA * self.noise.layered(measure.label, who, self.asked)
        finest = COUNT_STEP if measure.kind is MeasureKind.ROWS else 1
        step = max(finest, rung_below(SIGMA * limit))
        value = _rounded(noisy, step)
        variance = (SIGMA * limit) ** 2 + step**2 / 12
        size = min(limit, self._typical(part, who))
        return _Sum(_cell(value, variance, size * max(value, size)), size)

    def _limit(self, part: Amounts, who: Sequence[object]) -> int:
        """A bound of the cell's own: a rung above the mean of the third to sixth contribution.

        The two largest do not move it, so a whale neither shows in the sum nor in its error.
        """
        middle = part.tops[2:] or part.tops
        mean = sum(middle) / len(middle) if middle else 1.0
        lift = abs(self.noise.layered("limit", who, self.asked)) / math.sqrt(2)
        return rung_above(max(mean, 1.0) * math.exp(0.2 * lift))

    def _typical(self, part: Amounts, who: Sequence[object]) -> int:
        """c = Σx² / Σx, what a person who matters for the spread brings, as a rung above it."""
        ratio = part.squares / part.total if part.total else 1.0
        lift = self.noise.layered("typical", who, self.asked) / math.sqrt(2)
        return rung_above(max(ratio, 1.0) * math.exp(0.2 * lift))


@dataclass(frozen=True, slots=True)
class _Sum:
    """A published sum with the published size of a contribution, which an average needs too."""

    cell: Cell
    size: int


def _average(total: _Sum, persons: Cell) -> Cell:
    """The quotient of the two published numbers: it tells nothing that they do not."""
    count = max(persons.value, 1.0)
    mean = total.cell.value / count
    privacy = math.hypot(total.cell.privacy / count, mean * persons.privacy / count)
    step = max(1, rung_below(privacy / Z95))
    chance = max(total.size * mean - mean**2, mean) / count
    variance = (privacy / Z95) ** 2 + step**2 / 12
    return _cell(_rounded(mean, step), variance, chance, persons.value)


def _cell(value: float, variance: float, chance: float, base: float | None = None) -> Cell:
    return Cell(
        value=value,
        privacy=_half_width(variance),
        total=_half_width(variance + chance),
        base=base,
    )


def _half_width(variance: float) -> float:
    """Rounded up, so that the interval still covers its 95 %."""
    width = Z95 * math.sqrt(variance)
    return math.ceil(width * 10) / 10 if width < 100 else float(math.ceil(width))


def _rounded(value: float, step: int) -> float:
    return float(max(0, step * round(value / step)))


def rung_above(value: float) -> int:
    """The least of 1, 2, 3, 5, 7, 10, 15, 20, 30, 50 … that is not below ``value``."""
    power = int(10 ** math.floor(math.log10(max(value, 1.0))))
    rungs = (power * rung // 10 for rung in _FINE_LADDER)
    return next(rung for rung in rungs if rung >= value)


def rung_below(value: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 … that is not above ``value``; at least 1."""
    power = int(10 ** math.floor(math.log10(max(value, 1.0))))
    return max(power * rung for rung in _LADDER if rung == 1 or power * rung <= value)
