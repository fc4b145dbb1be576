"""ρ adds up, and what it means is told as the literature has it."""

from __future__ import annotations

import math

import opendp.prelude as dp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vitrail.errors import UsageError
from vitrail.gate.private import best_guess, epsilon, millionths
from vitrail.gate.private.accounting import shares

rhos = st.floats(1e-6, 10)
deltas = st.floats(1e-12, 1e-3)


def of_opendp(rho: float, delta: float) -> float:
    """The same conversion by OpenDP, of a Gaussian that costs ρ."""
    dp.enable_features("contrib")
    space = dp.atom_domain(T=float, nan=False), dp.absolute_distance(T=float)
    curve = dp.c.make_zCDP_to_approxDP(dp.m.make_gaussian(*space, scale=1.0))
    return float(curve.map(math.sqrt(2 * rho)).epsilon(delta))


@settings(deadline=None)  # OpenDP loads its library at the first
@given(rhos, deltas)
def test_epsilon_is_what_opendp_comes_to(rho, delta):
    assert epsilon(rho, delta) == pytest.approx(of_opendp(rho, delta), rel=1e-6, abs=1e-9)


@given(rhos, deltas)
def test_epsilon_is_tighter_than_the_textbook_and_grows_with_rho(rho, delta):
    assert epsilon(rho, delta) <= rho + 2 * math.sqrt(rho * math.log(1 / delta))
    assert epsilon(rho, delta) <= epsilon(2 * rho, delta)


@given(st.integers(3, 10**7), st.integers(1, 3))
def test_the_parts_of_a_release_add_up_to_its_rho(rho, columns):
    parts = shares(rho, columns)
    assert len(parts) == columns
    assert sum(parts) == rho
    assert max(parts) - min(parts) <= 1


def test_a_guess_starts_at_a_coin_and_a_budget_of_one_ends_at_three_quarters():
    assert best_guess(1e-9) == pytest.approx(0.5, abs=1e-4)
    assert best_guess(1.0) == pytest.approx(0.7602, abs=1e-4)


@pytest.mark.parametrize("rho", [0, -0.1, 0.0000001, 0.12345678, float("nan"), float("inf")])
def test_a_rho_that_cannot_be_added_up_is_refused(rho):
    with pytest.raises(UsageError, match="six decimals"):
        millionths(rho)
