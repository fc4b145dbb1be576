"""Sums and averages lean neither way, in groups of twenty and of thousands, whoever brings most."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from vitrail.gate.compiler import Amounts, RawCell
from vitrail.gate.contributions import rungs
from vitrail.gate.grammar import question_from
from vitrail.gate.meaning import Meaning
from vitrail.gate.noise import Z95, NoiseSource
from vitrail.gate.publishing import Publisher
from vitrail.gate.question import Question
from vitrail.model import Measure, MeasureKind, Query, Span

SUM = Measure(MeasureKind.SUM, "amount")
AVERAGE = Measure(MeasureKind.AVG, "amount")

DRAWS = 400

Bringing = Callable[[np.random.Generator, int], np.ndarray]


@pytest.fixture(scope="module")
def question(house) -> Question:
    return question_from(Query("visits"), house.store.reader().facts)


@pytest.fixture(scope="module")
def most(question) -> int:
    return rungs(question, "amount")[-1]


class Errors:
    """What publishing the same kind of cell many times was off by, and what was said of it."""

    def __init__(
        self, question: Question, measure: Measure, persons: int, bringing: Bringing, labels: int
    ) -> None:
        rng, off, stated = np.random.default_rng(7), [], []
        for i in range(DRAWS):
            brought = bringing(rng, persons).astype(np.int64)
            cell = self._published(question, measure, brought, i, labels)
            if cell is not None:
                truth = brought.mean() if measure == AVERAGE else brought.sum()
                off.append(cell.value - truth)
                stated.append(cell.privacy / Z95)
        self.off, self.stated = np.array(off), np.array(stated)

    @staticmethod
    def _published(question, measure, brought, i, labels):
        names = tuple((f"d{n}", "v") for n in range(labels))
        about = Meaning("visits", str(i), names, Span(date(2025, 3, 3), date(2025, 3, 9)))
        ladder = rungs(question, "amount")
        part = Amounts(
            tuple(int(np.minimum(brought, rung).sum()) for rung in ladder),
            tuple(int(np.sum(brought > rung)) for rung in ladder[:-1]),
            int(np.sum(brought > 0)),
        )
        raw = RawCell(None, (), len(brought), i, {"amount": part})
        return Publisher(question, NoiseSource(b"draws"), raw, about).cell(measure)

    def lean_within(self, share: float) -> bool:
        """Whether the mean error is within ``share`` of the stated noise, and chance."""
        noise = math.sqrt(np.mean(self.stated**2))
        return abs(self.off.mean()) <= share * noise + 3 * self.off.std() / math.sqrt(len(self.off))

    @property
    def covered(self) -> float:
        return float(np.mean(np.abs(self.off) <= Z95 * self.stated))


@pytest.mark.parametrize("measure", [SUM, AVERAGE], ids=lambda m: m.kind.value)
@pytest.mark.parametrize(("persons", "labels"), [(20, 1), (20, 3), (60, 2), (2_000, 0)])
def test_what_most_people_bring_is_published_without_a_lean(
    question, most, measure, persons, labels
):
    def bringing(rng, size):
        return np.minimum(rng.lognormal(10.5, 1, size), most)

    errors = Errors(question, measure, persons, bringing, labels)
    assert len(errors.off) > 50
    assert errors.lean_within(0.1)
    assert errors.covered >= 0.88


@pytest.mark.parametrize(("persons", "others"), [(60, 20_000), (400, 3_000)])
def test_three_who_bring_most_of_a_sum_are_not_cut_from_it(question, most, persons, others):
    def bringing(_rng, size):
        return np.where(np.arange(size) < 3, most, others)

    errors = Errors(question, SUM, persons, bringing, 0)
    assert len(errors.off) > 50
    assert np.max(np.abs(errors.off / errors.stated)) < 7
    assert errors.lean_within(0.3)
    assert errors.covered >= 0.7
