"""How the detector fares on texts and cases that nobody here wrote.

    python bench/parity.py

Reads the folder named by VITRAIL_EVAL (default ../shared/eval) and prints, never a value: of
Presidio's own recogniser cases how many give the expected spans, by entity type, for the types
that Vitrail registers; and recall and precision on labelled texts, beside stock Presidio.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
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
TEXTS = {
    "presidio_research_synth_v2": {
        "PHONE_NUMBER": "PHONE_NUMBER", "EMAIL_ADDRESS": "EMAIL_ADDRESS", "US_SSN": "US_SSN",
        "CREDIT_CARD": "CREDIT_CARD", "IBAN_CODE": "IBAN_CODE", "IP_ADDRESS": "IP_ADDRESS",
        "STREET_ADDRESS": "STREET_ADDRESS", "PERSON": "PERSON",
    },
    "presidio_research_generated_large": {
        "PHONE_NUMBER": "PHONE_NUMBER", "EMAIL_ADDRESS": "EMAIL_ADDRESS", "US_SSN": "US_SSN",
        "CREDIT_CARD": "CREDIT_CARD", "IBAN_CODE": "IBAN_CODE", "IP_ADDRESS": "IP_ADDRESS",
        "ADDRESS": "STREET_ADDRESS", "PERSON": "PERSON",
    },
    "meddocan_es_dev": {
        "CORREO_ELECTRONICO": "EMAIL_ADDRESS", "NUMERO_TELEFONO": "PHONE_NUMBER",
        "CALLE": "STREET_ADDRESS", "NOMBRE_SUJETO_ASISTENCIA": "PERSON",
        "NOMBRE_PERSONAL_SANITARIO": "PERSON",
    },
}  # fmt: skip


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


def texts(detector: Detector, name: str, labels: dict[str, str]) -> None:
    """Recall by overlap with the labels, precision over the types that are labelled."""
    data = list(rows(EVAL / f"text/{name}.jsonl"))
    start = time.perf_counter()
    found = spans_by_text(
        detector.judge(pa.array([r["text"] for r in data], pa.string()), ColumnContext("text"))
    )
    seconds = time.perf_counter() - start
    hit: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    right: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for index, row in enumerate(data):
        truth = [
            (labels[s["label"]], s["start"], s["end"]) for s in row["spans"] if s["label"] in labels
        ]
        for entity, begin, end in truth:
            all_[entity] += 1
            hit[entity] += any(e == entity and s < end and begin < t for e, s, t in found[index])
        for entity, begin, end in found[index]:
            told[entity] += 1
            right[entity] += any(e == entity and s < end and begin < t for e, s, t in truth)
    print(f"\n{name}: {len(data)} texts in {seconds:.1f} s")
    for entity in sorted(set(labels.values())):
        precision = f"{right[entity]}/{told[entity]}"
        print(f"  {entity:18} recall {hit[entity]:>4}/{all_[entity]:<5} precision {precision:>10}")


def main() -> int:
    if not EVAL.is_dir():
        print("not measured: no evaluation data")
        return 0
    keys, cache = Keyring(bytes(32)), Path(tempfile.gettempdir()) / "vitrail-bench"
    cases(keys, cache)
    detector = Detector(DetectorOptions(names="all"), keys, cache)
    for name, labels in TEXTS.items():
        texts(detector, name, labels)
    return 0


if __name__ == "__main__":
    sys.exit(main())
