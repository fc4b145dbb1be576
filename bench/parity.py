"""How the detector fares on the cases of Presidio's own tests.

    python -m bench.parity

Reads the folder named by VITRAIL_EVAL (default ../shared/eval) and prints, never a text: how many
of the cases give the expected spans, by entity type, for the types that Vitrail registers. Exit
code 1 where a case is neither equal nor listed in ``tests/detect/differences.yaml``, is listed
and equal, or is listed under another rule than the one that refused it. Generated cells stand in
``bench/parity_cells.py``; texts that others labelled in ``bench/texts.py``.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import yaml

from vitrail.detect import registry
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.difference import Difference
from vitrail.detect.entities import ENTITIES
from vitrail.detect.evidence import refusal
from vitrail.detect.judgement import Judge, same_type_once
from vitrail.keys import Keyring

EVAL: Final = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval"))
DIFFERENCES: Final = Path(__file__).parents[1] / "tests" / "detect" / "differences.yaml"
_COLUMNS: Final = ("cases", "stock", "judge", "weighed", "listed")
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """A text of Presidio's tests and what it should give."""

    entities: tuple[str, ...]
    text: str
    places: tuple[tuple[int, int], ...] | None
    count: int
    stock_passes: bool

    @property
    def digest(self) -> str:
        written = "".join(self.entities) + self.text
        return hashlib.sha256(written.encode()).hexdigest()[:12]

    def expects(self, found: list[tuple[int, int]]) -> bool:
        """By place where the case states places, else by number."""
        if self.places is None:
            return len(found) == self.count
        return tuple(sorted(found)) == self.places


def registered_cases(path: Path) -> Iterator[Case]:
    """The cases whose entity types, read as a set, are all registered here."""
    with path.open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            entities = tuple(sorted(set(row["entities"] or ())))
            if not entities or not ENTITIES.keys() >= set(entities):
                continue
            stated = sorted((s["start"], s["end"]) for s in row["spans"])
            yield Case(
                entities,
                row["text"],
                tuple(stated) if row["positions"] else None,
                int(row["expected_len"] or 0),
                row["stock_presidio"] == "pass",
            )


class Bench:
    """Our answers to the cases: the recognisers' alone, the detector's, and what was refused."""

    def __init__(self, keys: Keyring, cache: Path) -> None:
        self._keys, self._cache = keys, cache
        self._judges = [Judge(recognizer) for recognizer in registry.recognizers("en")]
        self._detectors: dict[tuple[str, ...], Detector] = {}

    def alone(self, case: Case) -> tuple[list[tuple[int, int]], frozenset[Difference]]:
        """What the recognisers say by themselves, and the rules that refuse some of it."""
        judges = [j for j in self._judges if j.entity in case.entities]
        spans = [s for j in judges for s in j.spans(case.text, _NONE, nearby=False)]
        weighed = [s for j in judges for s in j.spans(case.text, _NONE)]
        rules = {refusal(span, case.text, _NONE, _NONE) for span in weighed}
        places = [(s.start, s.end) for s in same_type_once(spans)]
        return places, frozenset(rule for rule in rules if rule is not None)

    def weighed(self, case: Case) -> list[tuple[int, int]]:
        """What the detector says of a column of this one cell."""
        detector = self._detectors.get(case.entities)
        if detector is None:
            options = DetectorOptions(("en",), case.entities, min_score=0.0, names="off")
            detector = Detector(options, self._keys, self._cache)
            self._detectors[case.entities] = detector
        found = detector.judge(pa.array([case.text], pa.string()), ColumnContext("text"))
        return list(zip(found.start.tolist(), found.end.tolist(), strict=True))


def differing(
    bench: Bench, cases: list[Case], counts: Mapping[str, Counter[str]]
) -> dict[str, frozenset[Difference]]:
    """Digest -> the rules that refuse something there, of the cases with another answer."""
    found: dict[str, frozenset[Difference]] = {}
    for case in cases:
        places, rules = bench.alone(case)
        equal = case.expects(bench.weighed(case))
        alone = case.expects(places)
        if not equal:
            found[case.digest] = rules if alone else frozenset()
        counted = counts["+".join(case.entities)]
        counted.update(
            cases=1, stock=case.stock_passes, judge=alone, weighed=equal, listed=not equal
        )
    return found


def faults(
    found: Mapping[str, frozenset[Difference]], listed: Mapping[str, str], known: frozenset[str]
) -> Iterator[str]:
    """What stands wrong between the cases that differ and the list of them."""
    for digest in sorted(found.keys() - listed.keys()):
        yield f"{digest}: another answer than Presidio's, and not listed"
    for digest in sorted(listed.keys() & (known - found.keys())):
        yield f"{digest}: listed, and equal"
    for digest in sorted(listed.keys() & found.keys()):
        if found[digest] and listed[digest] not in found[digest]:
            yield f"{digest}: listed as {listed[digest]!r}, refused as {sorted(found[digest])}"


def _print(counts: Mapping[str, Counter[str]]) -> None:
    print("stock: stock Presidio; judge: the recogniser alone; weighed: with the evidence rules,")
    print("which want a word for short numbers; listed: differs, on purpose.")
    print(f"{'entity':28}" + "".join(f"{c:>9}" for c in _COLUMNS))
    total: Counter[str] = Counter()
    for entity, counted in sorted(counts.items()):
        total.update(counted)
        print(f"{entity:28}" + "".join(f"{counted[c]:>9}" for c in _COLUMNS))
    print(f"{'all':28}" + "".join(f"{total[c]:>9}" for c in _COLUMNS))


def listed_cases() -> dict[str, str]:
    """Digest -> rule, of the cases that are to differ."""
    document: dict[str, Any] = yaml.safe_load(DIFFERENCES.read_text(encoding="utf-8"))
    return {str(d): rule for rule, digests in document["cases"].items() for d in digests}


def main() -> int:
    if not EVAL.is_dir():
        print("not measured: no evaluation data")
        return 0
    bench = Bench(Keyring(bytes(32)), Path(tempfile.gettempdir()) / "vitrail-bench")
    cases = list(registered_cases(EVAL / "peers/presidio_recognizer_cases.jsonl"))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    found = differing(bench, cases, counts)
    _print(counts)
    wrong = list(faults(found, listed_cases(), frozenset(case.digest for case in cases)))
    for line in wrong:
        print(line)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
