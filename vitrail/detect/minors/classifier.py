"""How likely a number is its writer's own present age: a logistic regression over what is around.

``weights.tsv`` holds a feature and its weight in log-odds a line, to be read and argued with. They
are learned from the phrase banks by ``python -m bench.minors_weights``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

WEIGHTS_FILE: Final = Path(__file__).with_name("weights.tsv")
#: The feature that every mention has: what speaks for an age before anything is looked at.
ALWAYS: Final = "always"


def probability(features: Iterable[str]) -> float:
    """That a mention with these features is its writer's age, as often as in what was learned."""
    weights = learned()
    total = weights.get(ALWAYS, 0.0) + sum(weights.get(feature, 0.0) for feature in features)
    return 1 / (1 + exp(-total))


@cache
def learned() -> Mapping[str, float]:
    """The weights that are in force, by feature."""
    lines = WEIGHTS_FILE.read_text("utf-8").splitlines()
    return {
        feature: float(weight) for feature, _, weight in (one.rpartition("\t") for one in lines)
    }
