"""What all counts of one span tell together of one person, reckoned for each fact that is shipped.

Somebody who knows everyone else learns of a secret from every cell whose labels hold it: n
independent numbers are right in Φ(√(Σ 1/σ²) / 2) of all cases. Every cell is taken as shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import NormalDist

import pytest

from tests.gate.attacks.company import FACT
from vitrail.gate.description import DimensionKind
from vitrail.gate.facts import FactDefinition, load_fact, load_facts
from vitrail.gate.noise import floor_sigma, span_sigma
from vitrail.house import carried

_MONTH = 31
_GATE = Path(__file__).parents[2] / "docs" / "gate.md"


def _above(fact: FactDefinition, name: str) -> set[str]:
    parent = fact.dimensions[name].parent
    return {parent, *_above(fact, parent)} if parent else set()


def _named(fact: FactDefinition) -> list[str]:
    return [n for n, d in fact.dimensions.items() if d.kind is not DimensionKind.PERIOD]


def _label_sets(fact: FactDefinition) -> Iterator[set[str]]:
    """Every set of dimensions of which none is implied by another: what a cell's labels can be."""
    names = _named(fact)
    for size in range(len(names) + 1):
        for chosen in combinations(names, size):
            if not any(above in chosen for name in chosen for above in _above(fact, name)):
                yield set(chosen)


def _told(fact: FactDefinition, secret: str | None) -> float:
    """The share of right guesses at a label of ``secret``, or at whether somebody was there."""
    lines = 0.0
    for labels in _label_sets(fact):
        once = any(fact.dimensions[name].once for name in labels)
        sigma = max(floor_sigma(len(labels)), 0.0 if once else span_sigma(_MONTH))
        if secret is None:
            lines += 1 / sigma**2
        elif secret in labels:  # the person is in one row or in the other
            lines += 2 / sigma**2
    return NormalDist().cdf(math.sqrt(lines) / 2)


def test_all_counts_of_the_attacked_fact_are_within_the_aim(tmp_path):
    (tmp_path / "visits.sql").write_text(FACT, encoding="utf-8")
    assert _told(load_fact(tmp_path / "visits.sql"), "plan") < 0.54


@pytest.mark.parametrize("fact", load_facts(carried("queries", "facts")), ids=lambda f: f.name)
def test_the_docs_say_what_all_counts_of_a_fact_tell_together(fact):
    label = max(_told(fact, name) for name in _named(fact))
    line = f"| `{fact.name}` | {100 * label:.1f} % | {100 * _told(fact, None):.1f} % |"
    assert line in _GATE.read_text(encoding="utf-8"), line
