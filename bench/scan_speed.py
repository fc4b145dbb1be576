"""The scan beside Presidio's BatchAnalyzerEngine with the same registry, and its memory.

    python -m bench.scan_speed [--rows 200000] [--presidio-rows 3000] [--growth]

Both look for the same types with the same threshold in the same table, patterns alone. Presidio's
rate is measured on the table's first rows and said as a rate: it takes hours for all of them.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

from bench.scan_data import COLUMNS, Planted, write_table

KINDS = ("EMAIL_ADDRESS", "PHONE_NUMBER", "CREDIT_CARD", "IBAN_CODE", "IP_ADDRESS")
LANGUAGE = "en"
THRESHOLD = 0.4

Cells = set[tuple[int, str, str]]

_SCAN = """
import json, sys, time
from pathlib import Path
from vitrail import scan
from vitrail.keys import Keyring
options = scan.ScanOptions(names="off", languages=("en",), min_score=float(sys.argv[3]),
                           jobs=int(sys.argv[4]) or None)
begun = time.perf_counter()
plan = scan.plan([sys.argv[1]], options)
planned = time.perf_counter()
run = scan.run(plan, Path(sys.argv[2]), Keyring(bytes(32)), run_id="bench")
done = time.perf_counter()
print(json.dumps({"plan": planned - begun, "run": done - planned, "jobs": plan.jobs,
                  "cells": sum(c.non_null for c in run.columns)}))
"""


def scan_table(path: Path, out: Path, jobs: int = 0) -> dict[str, Any]:
    """Scan in a process of its own; seconds, cells and the peak memory of it and its workers."""
    command = [sys.executable, "-c", _SCAN, str(path), str(out), str(THRESHOLD), str(jobs)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = _Peak(process.pid)
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    result: dict[str, Any] = json.loads(printed)
    return {**result, "peak": peak.stop()}


class _Peak:
    """The most memory (proportional set size) that a process and its children held together."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._most = 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._stopped.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._stopped.wait(0.5):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self._most = max(self._most, sum(p.memory_full_info().pss for p in family))
            except psutil.Error:
                continue


def found_by_vitrail(out: Path) -> Cells:
    from vitrail import scan

    hits = scan.read_hits(out, ["row", "column", "entity_type"]).to_pylist()
    return {(h["row"], h["column"], h["entity_type"]) for h in hits if h["entity_type"] in KINDS}


def presidio(path: Path, rows: int) -> tuple[float, int, int, Cells]:
    """(seconds, cells, bytes of text, what was found) for the first rows."""
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    from vitrail.detect.registry import build

    with path.open(newline="", encoding="utf-8") as file:
        table = [row for _, row in zip(range(rows), csv.DictReader(file), strict=False)]
    engine = NoOpNlpEngine(models=[{"lang_code": LANGUAGE, "model_name": "none"}])
    analyzer = AnalyzerEngine(
        registry=build([LANGUAGE]), nlp_engine=engine, supported_languages=[LANGUAGE]
    )
    batch = BatchAnalyzerEngine(analyzer)
    columns = {name: [row[name] for row in table] for name in COLUMNS}
    begun = time.perf_counter()
    found: Cells = set()
    for result in batch.analyze_dict(columns, LANGUAGE, score_threshold=THRESHOLD):
        for row, spans in enumerate(_each(result.recognizer_results)):
            found |= {(row, result.key, s.entity_type) for s in spans if s.entity_type in KINDS}
    seconds = time.perf_counter() - begun
    size = sum(len(cell.encode()) for row in table for cell in row.values())
    return seconds, len(table) * len(COLUMNS), size, found


def _each(results: Any) -> Iterable[list[Any]]:
    return list(results)


def quality(found: Cells, truth: Planted, rows: int) -> tuple[float, float]:
    """(recall, precision) over cells × types of the first ``rows`` rows."""
    wanted = {(r, c, kind) for (r, c), kind in truth.cells.items() if r < rows}
    seen = {cell for cell in found if cell[0] < rows}
    right = len(wanted & seen)
    return right / len(wanted), right / max(1, len(seen))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--presidio-rows", type=int, default=3_000)
    parser.add_argument("--jobs", type=int, default=0, help="0: a process a core")
    parser.add_argument("--growth", action="store_true", help="also ten times the rows")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as folder:
        _measure(Path(folder), arguments)


def _measure(folder: Path, arguments: argparse.Namespace) -> None:
    path = folder / "table.csv"
    truth = write_table(path, arguments.rows)
    cells, size = arguments.rows * len(COLUMNS), path.stat().st_size
    print(f"{arguments.rows:,} rows × {len(COLUMNS)} columns, {size / 1e6:.1f} MB of CSV")
    write_table(folder / "few.csv", 1_000)
    scan_table(folder / "few.csv", folder / "warm", arguments.jobs)  # compiles the patterns once
    result = scan_table(path, folder / "out", arguments.jobs)
    rate = cells / result["run"]
    recall, precision = quality(found_by_vitrail(folder / "out"), truth, arguments.rows)
    print(
        f"Vitrail   {rate:>10,.0f} cells/s  {size / result['run'] / 1e6:6.2f} MB/s  "
        f"{result['run']:.1f} s with {result['jobs']} processes (and {result['plan']:.1f} s to "
        f"plan)  recall {recall:.4f}  precision {precision:.4f}  "
        f"peak {result['peak'] / 1e6:,.0f} MB"
    )
    if arguments.presidio_rows:
        seconds, count, text, found = presidio(path, arguments.presidio_rows)
        recall, precision = quality(found, truth, arguments.presidio_rows)
        print(
            f"Presidio  {count / seconds:>10,.0f} cells/s  {text / seconds / 1e6:6.2f} MB/s  "
            f"(rate over {arguments.presidio_rows:,} rows, one process)  recall {recall:.4f}  "
            f"precision {precision:.4f}"
        )
        print(f"Ratio     {rate / (count / seconds):>10,.0f} ×")
    if arguments.growth:
        _growth(folder, arguments, result)


def _growth(folder: Path, arguments: argparse.Namespace, once: dict[str, Any]) -> None:
    path = folder / "ten.csv"
    write_table(path, arguments.rows * 10)
    ten = scan_table(path, folder / "ten", arguments.jobs)
    print(
        f"10 × rows {arguments.rows * 10 * len(COLUMNS) / ten['run']:>10,.0f} cells/s  "
        f"{ten['run']:.1f} s, {ten['run'] / once['run']:.1f} × the time; peak "
        f"{ten['peak'] / 1e6:,.0f} MB, {ten['peak'] / once['peak']:.2f} × the memory"
    )


if __name__ == "__main__":
    main()
