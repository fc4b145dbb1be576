"""Clip bounds are drawn from the data once a release, privately and the same for the same key."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.gate.clip_bounds import EPSILON, QUANTILE, draw, ladder
from vitrail.gate.manifest import EpochManifest
from vitrail.gate.noise import NoiseSource


def served(contributions, rungs) -> dict[int, int]:
    return {rung: int(np.sum(contributions <= rung)) for rung in rungs}


@given(st.integers(1, 10**7))
def test_a_ladder_climbs_to_the_declared_bound_and_not_beyond(outer):
    rungs = ladder(outer)
    assert rungs[-1] == outer
    assert list(rungs) == sorted(set(rungs))
    assert all(str(rung).rstrip("0") in ("1", "2", "5") for rung in rungs[:-1])


@pytest.mark.parametrize("seed", range(5))
def test_the_rung_drawn_serves_nearly_everyone_and_is_no_higher_than_needed(seed):
    rng = np.random.default_rng(seed)
    contributions = rng.lognormal(7, 1, 5000)
    rung = draw(
        served(contributions, ladder(120_000)), 5000, NoiseSource(bytes([seed] * 32)), ["t"]
    )
    truth = np.quantile(contributions, QUANTILE)
    assert truth / 3 <= rung <= truth * 3
    assert np.mean(contributions <= rung) > 0.95


def test_where_all_bring_one_the_lowest_rung_is_likeliest():
    counts = dict.fromkeys(ladder(50), 3000)
    drawn = Counter(draw(counts, 3000, NoiseSource(bytes(32)), [i]) for i in range(400))
    assert drawn.most_common(1)[0][0] == 1
    assert drawn[1] > 200


def test_one_person_more_moves_no_rung_by_more_than_epsilon():
    """The exponential mechanism's promise, on its probabilities as they are stated."""

    def odds(contributions, rungs):
        count = len(contributions)
        scores = np.array(
            [
                -EPSILON * abs(np.sum(contributions <= rung) - QUANTILE * count) / 2 - place
                for place, rung in enumerate(rungs)
            ]
        )
        weights = np.exp(scores - scores.max())
        return weights / weights.sum()

    rng = np.random.default_rng(1)
    base = rng.integers(1, 60, 250)
    rungs = ladder(100)
    for joiner in (1, 7, 59, 100):
        ratio = odds(np.append(base, joiner), rungs) / odds(base, rungs)
        assert np.max(np.abs(np.log(ratio))) <= EPSILON + 1e-9


def test_draws_follow_the_stated_probabilities():
    counts = {1: 0, 2: 240, 5: 247, 10: 250}
    scores = [-EPSILON * abs(c - QUANTILE * 250) / 2 - i for i, c in enumerate(counts.values())]
    weights = [math.exp(score) for score in scores]
    drawn = Counter(draw(counts, 250, NoiseSource(bytes(32)), [i]) for i in range(4000))
    for rung, weight in zip(counts, weights, strict=True):
        assert drawn[rung] / 4000 == pytest.approx(weight / sum(weights), abs=0.03)


def test_the_bounds_of_an_epoch_are_within_the_declared_ones_and_the_same_for_the_same_key(
    house, make_house
):
    [fact] = house.store.reader().facts.values()
    assert set(fact.bounds) <= {"rows", "amount"}
    assert 1 <= fact.bounds["rows"] <= fact.definition.rows_per_person
    assert 1000 <= fact.bounds["amount"] <= fact.definition.measures["amount"].high
    [again] = make_house(house.rows).store.reader().facts.values()
    assert again.bounds == fact.bounds


def test_few_persons_keep_the_declared_bounds(make_house, house):
    few = house.rows.filter(pa.array([k % 10 == 0 for k in house.rows["person"].to_pylist()]))
    [fact] = make_house(few).store.reader().facts.values()
    assert fact.bounds == {}


def test_a_manifest_from_before_bounds_still_loads(house):
    document = house.store.reader().manifest.model_dump(mode="json")
    for key in ("bounds", "implied", "windows", "sampled", "side_tables"):
        del document["facts"][0][key]
    [fact] = EpochManifest.model_validate(document).facts
    assert (fact.bounds, fact.implied, fact.windows, fact.sampled) == ({}, {}, {}, False)
