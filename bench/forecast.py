"""How near Explore's forecast comes to what then shows, on a demo company.

    python -m bench.forecast [WORKSPACE]

makes a demo company of 2,000 accounts, or takes a workspace that was imported. It asks every
question of up to three dimensions of every fact, over the last 13 weeks or 6 months, without
conditions. An error is |foretold − shown| of the question's cells.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean

import vitrail
from vitrail.gate import FactDescription, calendar_within, foretell, totals
from vitrail.model import Measure, MeasureKind, Query, Release
from vitrail.ui.periods import Grain, window

_MOST_CELLS = 20_000
_MOST_DIMENSIONS = 3
_PERIODS = {"week": 13, "month": 6}


def main(workspace: Path) -> None:
    """Print the mean error and the share of questions within a tenth, by number of dimensions."""
    errors: dict[int, list[float]] = {}
    with vitrail.open(workspace) as house:
        known: dict[Query, Release] = {}
        for fact in house.facts():
            for query in _questions(fact):
                for total in totals(query, fact):
                    known.setdefault(total, house.ask(total))
                told = foretell(query, fact, [known[total] for total in totals(query, fact)])
                if told.cells <= _MOST_CELLS:
                    shown = told.cells - house.ask(query).suppressed
                    error = abs(shown - told.showing) / told.cells
                    errors.setdefault(len(query.dimensions), []).append(error)
    for count, found in sorted(errors.items()):
        within = mean(error <= 0.1 for error in found)
        print(f"{count} dimensions, {len(found)} questions: "
              f"mean error {mean(found):.3f}, within a tenth {within:.0%}")  # fmt: skip


def _questions(fact: FactDescription) -> Iterator[Query]:
    names = [dimension.name for dimension in fact.dimensions]
    for count in range(1, _MOST_DIMENSIONS + 1):
        for by in combinations(names, count):
            grain: Grain = "week" if "week" in by else "month"
            found = window(fact.first, fact.last, grain, _PERIODS[grain], "nothing")
            if found is not None and not {"week", "month"} <= set(by):
                named = [d for d in map(fact.dimension, by) if d is not None]
                runs = {"week", "month"} & set(by) or any(d.once for d in named)
                span = found.span if runs else calendar_within(found.span)
                yield Query(fact.name, by, (Measure(MeasureKind.PERSONS),), (), span)


def _demo(place: Path) -> Path:
    from vitrail.demo import write_demo

    write_demo(place, accounts=2000, seed=7)
    with vitrail.open(place) as house:
        house.import_exports()
    return place


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(_demo(Path(folder) / "company"))
