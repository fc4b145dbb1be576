"""How far off a published count of persons is, by how many there are and how fine the row is.

    python -m bench.count_error [DIR] [--cells N]

Publishes N counts of each size under fresh keys by the gate's own publisher, for rows of one to
three labels, and prints the median error. Required: 1 % at 1,000 persons, 0.1 % at 10,000.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from bench.ask_speed import DATA, FACTS, prepare
from vitrail.gate import FactStore
from vitrail.gate.compiler import RawCell
from vitrail.gate.grammar import question_from
from vitrail.gate.meaning import meaning
from vitrail.gate.noise import NoiseSource
from vitrail.gate.publishing import Publisher
from vitrail.model import Measure, MeasureKind, Query

PERSONS = Measure(MeasureKind.PERSONS)
SIZES = (100, 1_000, 10_000)
LABELS = (("country", "FR"), ("device", "mobile"), ("event", "login"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--cells", type=int, default=4_000)
    options = parser.parse_args()
    directory = options.directory or DATA / "demo-2000"
    prepare(directory, 2_000)
    store = FactStore.open(directory / "facts", FACTS)
    question = question_from(Query("activity"), store.reader().facts)
    for labels in (1, 2, 3):
        about = meaning(question.fact, tuple(sorted(LABELS[:labels])), question.span)
        told = []
        for size in SIZES:
            errors = []
            for key in range(options.cells):
                source = NoiseSource(key.to_bytes(4, "big"))
                persons = size + key % 5  # counts are published in steps of five
                raw = RawCell(None, (), persons, key, {})
                cell = Publisher(question, source, raw, about).cell(PERSONS)
                assert cell is not None
                errors.append(abs(cell.value - persons))
            median = statistics.median(errors)
            told.append(f"{size:,} persons {median:.0f} ({median / size:.2%})")
        print(f"{labels} labels: median error at {', '.join(told)}")


if __name__ == "__main__":
    main()
