"""The noise is as large as stated, without a lean, in two layers, and wide enough to compare by."""

from __future__ import annotations

import hmac
import math
from datetime import date
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pyarrow as pa
import pytest

from vitrail.gate.compiler import Amounts, Converted, RawCell
from vitrail.gate.contributions import rungs
from vitrail.gate.grammar import question_from
from vitrail.gate.meaning import Meaning
from vitrail.gate.noise import WHO_SHARE, Z95, NoiseSource, count_sigma, floor_sigma, span_sigma
from vitrail.gate.publishing import Publisher, rung_below
from vitrail.gate.question import Question
from vitrail.gate.suppression import enough, has_effect
from vitrail.model import Measure, MeasureKind, Query, Span

PERSONS = Measure(MeasureKind.PERSONS)
ROWS = Measure(MeasureKind.ROWS)

DRAWS = 6_000


@pytest.fixture(scope="module")
def source() -> NoiseSource:
    return NoiseSource(b"a key of the test's own")


@pytest.fixture(scope="module")
def question(house) -> Question:
    return question_from(Query("visits"), house.store.reader().facts)


def raw(question: Question, persons: int, key: int, converted: int = 0, rows: int = 0) -> RawCell:
    parts = {"converted": Converted(converted, key ^ 1)}
    if rows:
        ladder = rungs(question, "rows")
        parts["rows"] = Amounts(
            tuple(min(rows, rung) * persons for rung in ladder),
            tuple(persons if rows > rung else 0 for rung in ladder[:-1]),
            persons,
        )
    return RawCell(None, (), persons, key, parts)


def about(*seed: object, labels: int = 0) -> Meaning:
    """The meaning of a cell that is like no other."""
    names = tuple((f"d{i}", "v") for i in range(labels))
    return Meaning("visits", str(seed), names, Span(date(2025, 3, 3), date(2025, 3, 9)))


def test_one_draw_is_standard_normal_and_so_are_two_layers(source):
    one = np.array([source.normal("x", i) for i in range(DRAWS)])
    two = np.array([source.layered("persons", [i], [i]) for i in range(DRAWS)])
    assert abs(one.mean()) < 4 / math.sqrt(DRAWS)
    assert one.std() == pytest.approx(1, rel=0.04)
    assert two.std() == pytest.approx(1, rel=0.04)
    assert abs((one**3).mean()) < 0.2
    assert np.mean(np.abs(one) > Z95) == pytest.approx(0.05, abs=0.012)


@pytest.mark.parametrize("size", [0, 32, 64, 100])
def test_a_draw_hangs_on_an_hmac_of_its_seed(size):
    key = bytes(range(size))
    assert NoiseSource(key).digest(b"seed") == hmac.digest(key, b"seed", "sha256")


def test_each_layer_has_its_own_share_of_the_noise(source):
    """The same people asked in other words keep one layer; the same words of others the other."""
    same_who = np.array([source.layered("persons", ["w"], [i]) for i in range(DRAWS)])
    same_words = np.array([source.layered("persons", [i], ["a"]) for i in range(DRAWS)])
    assert same_who.std() == pytest.approx(math.sqrt(1 - WHO_SHARE), rel=0.04)
    assert same_words.std() == pytest.approx(math.sqrt(WHO_SHARE), rel=0.04)


def test_no_number_has_less_noise_than_one_guess_can_bear_and_finer_rows_have_more():
    floors = [floor_sigma(labels) for labels in range(6)]
    assert floors == sorted(floors)
    assert floors[0] >= 6
    for labels in range(6):
        sigmas = [count_sigma(size, floors[labels]) for size in range(0, 20_000, 7)]
        assert sigmas == sorted(sigmas)
        assert floors[labels] == sigmas[0] <= sigmas[-1] == max(13, floors[labels])
    # never more than chance itself, where a coarse cell is large enough to have a choice
    assert all(count_sigma(n, floors[1]) <= 0.8 * math.sqrt(n) for n in range(57, 20_000, 11))


def test_whoever_was_there_once_is_told_by_no_calendar_span_more_than_the_aim_allows():
    together = math.sqrt(sum(1 / span_sigma(days) ** 2 for days in (7, 31, 92, 366)))
    assert NormalDist().cdf(together / 2) < 0.54


def test_no_two_labels_share_a_draw(source):
    labels = ["persons", "rows", "sum(amount)", "outcome(converted)", "threshold", "limit"]
    draws = np.array([[source.layered(lb, [i], [i]) for lb in labels] for i in range(2_000)])
    correlations = np.corrcoef(draws.T) - np.eye(len(labels))
    assert np.abs(correlations).max() < 0.09


def test_published_counts_lean_neither_way_and_err_as_stated(source, question):
    errors, covered = [], 0
    for i in range(DRAWS):
        cell = Publisher(question, source, raw(question, 400 + i % 5, i), about(i)).cell(PERSONS)
        error = cell.value - (400 + i % 5)
        errors.append(error)
        covered += abs(error) <= cell.privacy
    assert abs(np.mean(errors)) < 4 * 13.1 / math.sqrt(DRAWS)
    assert np.std(errors) == pytest.approx(math.sqrt(13**2 + 25 / 12), rel=0.04)
    assert covered / DRAWS >= 0.94


def test_published_sums_err_by_the_largest_contribution_and_hold_their_interval(source, question):
    errors, covered = [], 0
    for i in range(2_000):
        persons = 300 + i % 97
        cell = Publisher(question, source, raw(question, persons, i, rows=7), about(i)).cell(ROWS)
        error = cell.value - 7 * persons
        errors.append(error)
        covered += abs(error) <= cell.privacy
    assert abs(np.mean(errors)) < 4 * np.std(errors) / math.sqrt(2_000)
    assert np.std(errors) >= floor_sigma(0) * 7
    assert covered / 2_000 >= 0.94


def test_the_threshold_is_never_under_its_floor_and_cannot_be_foretold_just_above(source):
    def share(persons: int) -> float:
        return float(np.mean([enough(persons, 10, source, [i], [i]) for i in range(2_000)]))

    assert share(9) == 0
    assert 0 < share(10) < 0.1
    assert share(14) == pytest.approx(0.5, abs=0.05)
    assert share(26) == 1
    steps = [share(n) for n in range(10, 20)]
    assert max(b - a for a, b in pairwise(steps)) < 0.25


def test_a_condition_of_a_few_persons_has_no_effect_and_of_many_always_one(source):
    def share(more: int) -> float:
        return float(np.mean([has_effect(more, source, [i], [i]) for i in range(2_000)]))

    assert [share(n) for n in (0, 1, 5, 9)] == [0, 0, 0, 0]
    assert share(18) == pytest.approx(0.5, abs=0.05)
    assert share(34) == 1
    steps = [share(n) for n in range(10, 30)]
    assert max(b - a for a, b in pairwise(steps)) < 0.15


@pytest.mark.parametrize("labels", [0, 1, 2, 3])
def test_nobody_can_estimate_the_largest_of_a_sum_within_ten_percent(source, question, labels):
    """The p % rule, by noise: whoever brings all of the rest knows the largest no better."""
    for i in range(50):
        cell = raw(question, 12, i, rows=20)
        told = Publisher(question, source, cell, about(i, labels=labels)).cell(ROWS)
        assert told is None or told.privacy > 20


def test_conditions_that_keep_nobody_out_give_the_answer_without_them(make_house):
    """Everyone is in France and uses a desktop here: by either, or both, it is one answer."""
    rng = np.random.default_rng(3)
    for n in range(6):
        keys = [int(k) for k in rng.integers(-(2**62), 2**62, 80 + n)]
        house = make_house(
            pa.table(
                {
                    "person": keys,
                    "day": [date(2025, 3, 5)] * len(keys),
                    "region": ["EEA"] * len(keys),
                    "country": ["FR"] * len(keys),
                    "device": ["desktop"] * len(keys),
                    "amount": [100] * len(keys),
                    "converted": [0] * len(keys),
                }
            )
        )
        wordings = ((), (("country", "FR"),), (("device", "desktop"),),
                    (("country", "FR"), ("device", "desktop")))  # fmt: skip
        answers = [house.ask(Query("visits", (), (PERSONS,), w)).rows[0] for w in wordings]
        assert len({answer.cells for answer in answers}) == 1
        assert [len(answer.same_without) for answer in answers] == [0, 1, 1, 2]


@pytest.mark.parametrize("value", [1, 1.2, 4.9, 10, 10.1, 99, 100, 149, 151, 12_345, 9.99e7])
def test_a_rounding_step_is_below_what_it_rounds_and_not_far_from_it(value):
    assert value / 2.5 <= rung_below(value) <= value
