"""How much one person counts for at most, chosen from the data without telling of anyone.

The declared bounds are outer ones, and often far too wide: noise and clipping hang on what people
really bring. So about the 99 % quantile of what one person brings to their fullest month is drawn
from a ladder by the exponential mechanism (McSherry and Talwar 2007; for quantiles Smith 2011),
with ε = 0.5 for each column. OpenDP's mechanism draws from the operating system and cannot be
seeded; here the draw has to be the same for the same release, so its Gumbel noise is keyed.

    Pr[rung r] ∝ exp(ε u(r) / 2 − i(r)),  u(r) = −|#{x ≤ r} − 0.99 n|

with i(r) the place on the ladder: a prior that takes the lowest of rungs that serve alike. One
person more or less moves u by less than 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Final

from vitrail.gate.facts import FactDefinition
from vitrail.gate.naming import Fetch, quoted
from vitrail.gate.noise import NoiseSource

#: Of each column's choice, once a release: what it may tell of a person at most.
EPSILON: Final = 0.5
QUANTILE: Final = 0.99

#: Of fewer persons, by a blurred count, the quantile would be a guess: the declared bound stays.
_ENOUGH: Final = 200
_BLUR: Final = 8.0
_STANDARD: Final = NormalDist()


def clip_bounds(
    fact: FactDefinition, release: str, fetch: Fetch, noise: NoiseSource
) -> dict[str, int]:
    """By measure, and ``rows``: what one person brings to a month at most.

    A column is absent where its declared bound stays. Who brings nothing of a column does not
    count for it, or rare things would be cut to nothing.
    """
    chosen: dict[str, int] = {}
    for column, outer in _outer(fact).items():
        rungs = ladder(outer)
        below = ", ".join(f"count(*) FILTER (most <= {rung})" for rung in rungs)
        name = quoted(column)
        [(persons, *served)] = fetch(
            f"SELECT count(*), {below} FROM (SELECT max(brought) AS most FROM ("
            f" SELECT person, sum({name}) AS brought FROM {quoted(fact.name)}"
            f" GROUP BY person, month) GROUP BY person) WHERE most > 0"
        )
        seed = (release, "bound", column)
        if persons + _BLUR * noise.normal(*seed, "persons") >= _ENOUGH:
            chosen[column] = draw(dict(zip(rungs, served, strict=True)), persons, noise, seed)
    return chosen


def ladder(outer: int) -> tuple[int, ...]:
    """1, 2, 5, 10, 20, 50 … below ``outer``, and ``outer`` itself."""
    powers = range(int(math.log10(outer)) + 1)
    rungs = (step * 10**power for power in powers for step in (1, 2, 5))
    return (*(rung for rung in rungs if rung < outer), outer)


def draw(
    served: Mapping[int, int], persons: int, noise: NoiseSource, seed: Sequence[object]
) -> int:
    """A rung by the exponential mechanism; ``served``: how many persons bring no more than it.

    The largest of score + Gumbel noise is a draw with probabilities ∝ exp(score).
    """

    def score(place: int, rung: int) -> float:
        utility = -abs(served[rung] - QUANTILE * persons)
        return EPSILON * utility / 2 - place + _gumbel(noise.normal(*seed, rung))

    return max(enumerate(sorted(served)), key=lambda placed: score(*placed))[1]


def _gumbel(normal: float) -> float:
    """A standard normal draw as a Gumbel draw, through the uniform that both come from."""
    uniform = min(max(_STANDARD.cdf(normal), 1e-300), 1 - 1e-16)
    return -math.log(-math.log(uniform))


def _outer(fact: FactDefinition) -> dict[str, int]:
    summed = {name: m.high for name, m in fact.measures.items() if m.kind != "outcome"}
    return {"rows": fact.rows_per_person, **summed}
