"""The harness itself: an attack that should win does, and its intervals are what they say."""

from __future__ import annotations

import numpy as np
import pytest

from tests.gate.attacks.classifier import Rule
from tests.gate.attacks.suite import ATTACKS
from tests.gate.attacks.wilson import Share


def test_what_shows_a_secret_outright_is_learned_to_the_full():
    rng = np.random.default_rng(1)
    noise, told = rng.normal(size=(200, 3)), np.array([0, 50, 0])
    rule = Rule.learn(noise[:100], noise[100:] + told)
    assert rule.says_with(rng.normal(size=(100, 3)) + told).all()
    assert not rule.says_with(rng.normal(size=(100, 3))).any()


def test_noise_of_known_size_is_seen_through_as_often_as_theory_says():
    rng = np.random.default_rng(2)
    draws = rng.normal(size=(4, 20_000, 1))
    rule = Rule.learn(draws[0], draws[1] + 1)
    right = np.sum(~rule.says_with(draws[2])) + np.sum(rule.says_with(draws[3] + 1))
    assert right / 40_000 == pytest.approx(0.6915, abs=0.01)


def test_wilsons_interval_is_the_published_one():
    low, high = Share(81, 263).interval  # Newcombe 1998, method 3
    assert (low, high) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_no_attack_is_told_twice():
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
