"""How the detector fares on the cases of Presidio's own tests.

    python bench/parity.py

Reads the folder named by VITRAIL_EVAL (default ../shared/eval) and prints, never a value: how many
of the cases give the expected spans, by entity type, for the types that Vitrail registers. Texts
that others labelled are in ``bench/texts.py``.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from vitrail.detect import registry
from vitrail.detect.detector import ColumnContext, Detections, Detector, DetectorOptions
from vitrail.detect.entities import ENTITIES
from vitrail.detect.judgement import Judge, same_type_once
from vitrail.keys import Keyring

EVAL = Path(os.environ.get("VITRAIL_EVAL", "../shared/eval"))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def spans_by_text(found: Detections) -> dict[int, list[tuple[str, int, int]]]:
    by_text: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    places = zip(found.value.tolist(), found.entity_type, found.start, found.end, strict=True)
    for value, entity, start, end in places:
        by_text[value].append((entity, int(start), int(end)))
    return by_text


def cases(keys: Keyring, cache: Path) -> None:
    """Presidio's unit tests of its recognisers, one text at a time as they are written."""
    by_entity: dict[str, Counter[str]] = defaultdict(Counter)
    detectors: dict[str, Detector] = {}
    judges: dict[str, list[Judge]] = defaultdict(list)
    for recognizer in registry.recognizers("en"):
        judges[recognizer.supported_entities[0]].append(Judge(recognizer))
    for row in rows(EVAL / "peers/presidio_recognizer_cases.jsonl"):
        names = set(row["entities"] or [])
        if len(names) != 1 or not names <= ENTITIES.keys():
            continue
        entity = names.pop()
        detector = detectors.get(entity)
        if detector is None:
            options = DetectorOptions(
                languages=("en",), entities=(entity,), min_score=0.0, names="off"
            )
            detector = detectors[entity] = Detector(options, keys, cache)
        text = row["text"]
        found = detector.judge(pa.array([text], pa.string()), ColumnContext("text"))
        weighed = [(s, e) for _, s, e in spans_by_text(found)[0]]
        spans = [s for j in judges[entity] for s in j.spans(text, frozenset(), nearby=False)]
        counts = by_entity[entity]
        counts["cases"] += 1
        counts["stock"] += row["stock_presidio"] == "pass"
        counts["judge"] += _as_wanted(row, [(s.start, s.end) for s in same_type_once(spans)])
        counts["weighed"] += _as_wanted(row, weighed)
        counts["false"] += row["expected_len"] == 0 and bool(weighed)
    columns = ("cases", "stock", "judge", "weighed", "false")
    print("stock: stock Presidio; judge: the recogniser alone; weighed: with the evidence rules,")
    print("which want a word for short numbers; false: something told where nothing is.")
    print(f"{'entity':28}" + "".join(f"{c:>9}" for c in columns))
    total: Counter[str] = Counter()
    for entity, counts in sorted(by_entity.items()):
        total.update(counts)
        print(f"{entity:28}" + "".join(f"{counts[c]:>9}" for c in columns))
    print(f"{'all':28}" + "".join(f"{total[c]:>9}" for c in columns))


def _as_wanted(row: dict[str, Any], found: list[tuple[int, int]]) -> bool:
    """By place where the case states places, else by number."""
    if row["positions"]:
        return sorted(found) == sorted((s["start"], s["end"]) for s in row["spans"])
    return len(found) == int(row["expected_len"] or 0)


def main() -> int:
    if not EVAL.is_dir():
        print("not measured: no evaluation data")
        return 0
    keys, cache = Keyring(bytes(32)), Path(tempfile.gettempdir()) / "vitrail-bench"
    cases(keys, cache)
    return 0


if __name__ == "__main__":
    sys.exit(main())
