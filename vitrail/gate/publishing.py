"""From a raw cell to published numbers: noise, rounding and both 95 % intervals.

Formulas, with σ the noise in whole contributions of a person (:mod:`~vitrail.gate.noise`), s the
rounding step and 1.96 the normal quantile:

- *privacy* half-width: 1.96 √(σ² B² + s²/12), B = 1 for counts and the cell's own bound for sums.
- *chance*: a count of persons varies as a Poisson number, by its own value; an outcome x of n
  persons by n p (1 − p) with p = (x + 2) / (n + 4) (Agresti and Coull 1998), to which the noise
  of the base adds p² σ²; a sum S of contributions of at most c by c S, for Σx² ≤ c Σx (compound
  Poisson, on the safe side); an average by (c m − m²) / n.
- *total* half-width: 1.96 √(privacy variance + chance).

Chance is reckoned from published numbers, so that an interval tells no more than its value does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from vitrail.gate.clipping import lowest_rung
from vitrail.gate.compiler import Amounts, Converted, RawCell, column_of, who_is_in
from vitrail.gate.contributions import rungs
from vitrail.gate.meaning import Meaning
from vitrail.gate.noise import (
    LARGE,
    MOST,
    NEVER_BEYOND,
    Z95,
    NoiseSource,
    count_sigma,
    floor_sigma,
    span_sigma,
    sum_sigma,
)
from vitrail.gate.question import Question
from vitrail.gate.suppression import enough
from vitrail.model import Cell, Measure, MeasureKind

#: Counts of persons, and of what they did, are published in steps of five.
COUNT_STEP: Final = 5

#: Of a number's draw. Goes up when its σ or clipping changes: one draw under two would be two
#: equations for one number.
_COUNT_FORM: Final = "3"
_SUM_FORM: Final = "4"

_BLUR: Final = 0.15
#: A count so large has the most noise by every blur.
_SURELY_MOST: Final = LARGE * math.exp(_BLUR * NEVER_BEYOND)
_LADDER: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes the measures of one cell; ``about`` is what the cell means, in one form."""

    question: Question
    noise: NoiseSource
    raw: RawCell
    about: Meaning

    @property
    def who(self) -> tuple[object, ...]:
        return who_is_in(self.question, self.raw)

    def cell(self, measure: Measure) -> Cell | None:
        """The published number of one measure; None where too few brought any of it."""
        part = self.raw.parts.get(column_of(measure) or "")
        if isinstance(part, Converted):
            return self._outcome(measure, part, self._persons())
        if not isinstance(part, Amounts):
            return self._persons()
        summed = measure if measure.kind is not MeasureKind.AVG else _sum_of(measure)
        total = self._sum(summed, part)
        if total is None:
            return None
        if measure.kind is not MeasureKind.AVG:
            return total.cell
        return _average(total, self._persons(), self.question.fact.definition.threshold)

    def _draw(self, label: str, who: Sequence[object]) -> float:
        return self.noise.layered(label, who, self.about.seed)

    def _persons(self) -> Cell:
        label = Measure(MeasureKind.PERSONS).label
        sigma = self._count_sigma(label, self.raw.persons, self.who)
        draw = self._draw(label + _COUNT_FORM, self.who)
        value = max(0.0, _rounded(self.raw.persons + sigma * draw))
        return _cell(value, _variance(sigma), max(value, 1.0))

    def _outcome(self, measure: Measure, part: Converted, base: Cell) -> Cell:
        """Shown even at zero: its bound is the news. Not cut at zero, which would be a lean."""
        who = (*self.who, part.key, part.persons)
        sigma = self._count_sigma(measure.label, part.persons, who)
        value = _rounded(part.persons + sigma * self._draw(measure.label + _COUNT_FORM, who))
        rate = min(1.0, (max(value, 0.0) + 2) / (base.value + 4))
        chance = base.value * rate * (1 - rate) + rate**2 * (base.privacy / Z95) ** 2
        cell = _cell(value, _variance(sigma), chance, base.value)
        return replace(cell, base_privacy=base.privacy)

    def _count_sigma(self, label: str, count: int, who: Sequence[object]) -> float:
        """By a blurred count, for the stated error must not tell more than the number does."""
        floor = max(floor_sigma(len(self.about.labels)), self._of_span)
        if floor >= MOST or count >= _SURELY_MOST:
            return max(floor, MOST)
        blur = math.exp(_BLUR * self._draw(f"size of {label}", who))
        return count_sigma(count * blur, floor)

    @property
    def _of_span(self) -> float:
        """The least σ for the span; what lives in its own days is in no other span beside them."""
        declared = self.question.fact.definition.dimensions
        if any(declared[name].once for name, _ in self.about.labels if name in declared):
            return 0.0
        return span_sigma((self.about.span.last - self.about.span.first).days + 1)

    def _sum(self, measure: Measure, part: Amounts) -> _Sum | None:
        """Noise for a whole contribution, at the rung above which hardly anyone brings more.

        Not cut at zero: many small sums, each a little too large for it, would add up wrong.
        """
        column = column_of(measure) or ""
        ladder = rungs(self.question, column)
        place = lowest_rung(
            ladder, part.above, lambda rung: self._draw(f"above {rung} of {column}", self.who)
        )
        total, limit = part.totals[place], ladder[place]
        who = (*self.who, total)
        if not self._brought_by_enough(column, part.contributors):
            return None
        sigma = sum_sigma(len(self.about.labels)) * limit
        finest = COUNT_STEP if measure.kind is MeasureKind.ROWS else 1
        step = max(finest, rung_below(sigma))
        value = _rounded(total + sigma * self._draw(measure.label + _SUM_FORM, who), step)
        return _Sum(_cell(value, sigma**2 + step**2 / 12, limit * max(value, limit)), limit)

    def _brought_by_enough(self, column: str, persons: int) -> bool:
        """Whether as many bring something of it as a cell wants persons.

        The p % rule (Cox 1981) wants that nobody can estimate the largest contribution within p %.
        The noise sees to that: a 95 % interval is fifteen whole contributions wide to each side at
        least. To withhold a sum that one person dominates, besides, would tell that one does.
        """
        floor = self.question.fact.definition.threshold
        who, asked = (column, persons, *self.who), (column, *self.about.seed)
        return enough(persons, floor, self.noise, who, asked)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A published sum with the most that one person counts for in it."""

    cell: Cell
    size: int


def _average(total: _Sum, persons: Cell, threshold: int) -> Cell:
    """The quotient of the two published numbers: it tells nothing that they do not.

    What is shown has as many persons as the threshold at least, however few were published: of
    fourteen persons published as none, the whole sum would else be the average.
    """
    count = max(persons.value, float(threshold))
    mean = total.cell.value / count
    privacy = math.hypot(total.cell.privacy / count, mean * persons.privacy / count)
    step = max(1, rung_below(privacy / Z95))
    inside = max(mean, 0.0)
    chance = max(total.size * inside - inside**2, inside) / count
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


def _sum_of(average: Measure) -> Measure:
    return Measure(MeasureKind.SUM, average.name)


def _variance(sigma: float) -> float:
    """Of a published count: its noise, and its rounding."""
    return sigma**2 + COUNT_STEP**2 / 12


def _rounded(value: float, step: int = COUNT_STEP) -> float:
    return float(step * round(value / step))


def rung_below(value: float) -> int:
    """The largest of 1, 2, 5, 10, 20, 50 … that is not above ``value``; at least 1."""
    power = int(10 ** math.floor(math.log10(max(value, 1.0))))
    return max(power * rung for rung in _LADDER if rung == 1 or power * rung <= value)
