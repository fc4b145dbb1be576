"""The noise: whole, of the width that was promised, new each time, and on empty cells too."""

from __future__ import annotations

import math
import statistics

import pytest

from vitrail.errors import Refused, VitrailError
from vitrail.gate.private import Terms, draw, plan
from vitrail.gate.private.mechanism import noisy, scale_for, sensitivity
from vitrail.model import Measure, MeasureKind, Query

PERSONS = Measure(MeasureKind.PERSONS)
AMOUNT = Measure(MeasureKind.SUM, "amount")


@pytest.mark.parametrize(("cells", "clip", "rho"), [(1, 1, 50_000), (25, 1, 9_000), (7, 50_000, 5)])
def test_its_variance_is_what_the_report_says(cells, clip, rho):
    scale = scale_for(cells, clip, rho)
    drawn = noisy([0] * 20_000, cells=cells, clip=clip, rho=rho, scale=scale)
    assert all(isinstance(number, int) for number in drawn)
    # of 20,000 draws the deviation is known to half a hundredth; five of these are never seen
    assert statistics.pstdev(drawn) == pytest.approx(scale, rel=5 * 0.005)
    assert abs(statistics.fmean(drawn)) < 5 * scale / math.sqrt(20_000)
    assert scale == pytest.approx(sensitivity(cells, clip) / math.sqrt(2 * rho / 1e6), rel=1e-3)
    assert scale >= sensitivity(cells, clip) / math.sqrt(2 * rho / 1e6)


def test_less_noise_than_the_accounting_proves_is_never_drawn():
    with pytest.raises(VitrailError, match="cost more"):
        noisy([0], cells=4, clip=1, rho=10_000, scale=0.99 * scale_for(4, 1, 10_000))


def test_noise_of_less_than_one_person_is_refused(house):
    with pytest.raises(Refused, match="less than one person"):
        plan(Query("visits", ("country",)), house.store.reader(), Terms(0.6))


def test_the_same_question_drawn_twice_is_noisy_twice(house):
    reader = house.store.reader()
    made = plan(Query("visits", ("week",), (PERSONS, AMOUNT)), reader, Terms(0.05))
    assert draw(made, reader).rows != draw(made, reader).rows


def test_cells_in_which_nobody_is_are_noisy_like_the_others(house):
    """No device is ``other`` in these data, and yet the rows of it tell nothing of that."""
    reader = house.store.reader()
    made = plan(Query("visits", ("device", "week"), (PERSONS,), (("country", "ES"),)),
                reader, Terms(0.05))  # fmt: skip
    values = [row.cells[0].value for _ in range(20) for row in draw(made, reader).rows
              if row.labels[0] == "other"]  # fmt: skip
    assert len(values) == 20 * 25
    sigma = made.guarantee.bounds[0].sigma
    assert statistics.pstdev(values) == pytest.approx(sigma, rel=0.2)
    assert min(values) < 0 < max(values)


def test_the_interval_of_privacy_holds_the_truth_in_95_of_100(house):
    reader = house.store.reader()
    made = plan(Query("visits", ("country",), (PERSONS,)), reader, Terms(0.02))
    truth = dict(house.sql("SELECT country, count(DISTINCT person) FROM visits "
                           "WHERE country IN ('FR', 'DE', 'ES') GROUP BY 1"))  # fmt: skip
    held = [
        abs(row.cells[0].value - truth[row.labels[0]]) <= row.cells[0].privacy
        for _ in range(300)
        for row in draw(made, reader).rows
        if row.labels[0] in truth
    ]
    assert 0.92 < statistics.fmean(held) < 0.98


def test_no_number_of_it_is_hidden(house):
    reader = house.store.reader()
    made = plan(Query("visits", ("country", "device", "week"), (PERSONS,)), reader, Terms(0.05))
    release = draw(made, reader)
    assert release.suppressed == 0
    assert all(cell is not None for row in release.rows for cell in row.cells)
