"""The scan beside Presidio's BatchAnalyzerEngine, beside one Hyperscan pass, and its memory.

    python -m bench.scan_speed [--rows 200000] [--presidio-rows 1500] [--spacy-rows 300]
                               [--growth 10] [--growth 100]

All look for the same types with the same threshold in the same table. Presidio's rates are
measured on the table's first rows and said as rates: it takes hours for all of them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.scan_data import COLUMNS, Cell, Planted, write_table
from bench.scan_peers import LANGUAGE, THRESHOLD, bare_pass, presidio

_DIFFERENT, _PIECE = 10, 16 << 20

_SCAN = """
import json, sys, time
from pathlib import Path
from vitrail import scan
from vitrail.crew import crew_for
from vitrail.keys import Keyring
path, out, names, language, least, jobs = sys.argv[1:]
options = scan.ScanOptions(names=names, languages=(language,), min_score=float(least),
                           jobs=int(jobs) or None)
begun = time.perf_counter()
with crew_for([path]) as crew:
    plan = scan.plan([path], options)
    planned = time.perf_counter()
    run = scan.run(plan, Path(out), Keyring(bytes(32)), run_id="bench", crew=crew)
done = time.perf_counter()
notes = sorted({c.reason for c in run.columns if "Names:" in c.reason})
print(json.dumps({"plan": planned - begun, "run": done - planned, "jobs": plan.jobs,
                  "notes": notes}))
"""


@dataclass(frozen=True)
class Measured:
    """One scan in a process of its own. ``peak``: bytes that it and its workers held together."""

    plan: float
    run: float
    jobs: int
    peak: int
    notes: tuple[str, ...]


def scan_table(path: Path, out: Path, jobs: int = 0, names: str = "off") -> Measured:
    """Scan in a process of its own."""
    arguments = [str(path), str(out), names, LANGUAGE, str(THRESHOLD), str(jobs)]
    process = subprocess.Popen([sys.executable, "-c", _SCAN, *arguments], stdout=subprocess.PIPE)
    watch = _Watch(process.pid)
    printed, _ = process.communicate()
    if process.returncode:
        raise SystemExit(process.returncode)
    peak = watch.stop()
    told: dict[str, Any] = json.loads(printed)
    return Measured(told["plan"], told["run"], told["jobs"], peak, tuple(told["notes"]))


def first_hits(path: Path, out: Path) -> float:
    """Seconds from the command ``vitrail scan`` to its first part of hits on disk."""
    command = [sys.executable, "-m", "vitrail", "scan", str(path), "--out", str(out)]
    begun = time.perf_counter()
    with subprocess.Popen(
        [*command, "--names", "off", "--lang", LANGUAGE, "--min-score", str(THRESHOLD)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while not any(out.glob("hits.parquet/part-*.parquet")):
            if process.poll() is not None:
                raise SystemExit("the scan ended without a part")
            time.sleep(0.01)
        return time.perf_counter() - begun


class _Watch:
    """The most memory (proportional set size) that a process and its children held together."""

    def __init__(self, pid: int) -> None:
        self._process, self._most = psutil.Process(pid), 0
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._weigh, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        self._stopped.set()
        self._thread.join()
        return self._most

    def _weigh(self) -> None:
        while not self._stopped.wait(0.5):
            try:
                family = [self._process, *self._process.children(recursive=True)]
                self._most = max(self._most, sum(p.memory_full_info().pss for p in family))
            except psutil.Error:
                continue


def found_by_vitrail(out: Path) -> set[Cell]:
    from vitrail import scan

    hits = scan.read_hits(out, ["row", "column", "entity_type"]).to_pydict()
    return set(zip(hits["row"], hits["column"], hits["entity_type"], strict=True))


def quality(found: set[Cell], truth: Planted, rows: int) -> dict[str, tuple[float, float]]:
    """Entity type -> (recall, precision) over the cells of the first ``rows`` rows; types that
    were not planted have no recall."""
    wanted = {cell for cell in truth.cells if cell[0] < rows}
    seen = {cell for cell in found if cell[0] < rows}
    planted, told, right = (Counter(c[2] for c in s) for s in (wanted, seen, wanted & seen))
    return {
        kind: (_share(right[kind], planted[kind]), _share(right[kind], told[kind]))
        for kind in sorted({*planted, *told})
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--presidio-rows", type=int, default=1_500)
    parser.add_argument("--spacy-rows", type=int, default=300)
    parser.add_argument("--jobs", type=int, default=0, help="0: a process a core")
    parser.add_argument(
        "--growth", type=int, action="append", default=[], help="so many times the rows, too"
    )
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as folder:
        _measure(Path(folder), arguments)


def _measure(folder: Path, arguments: argparse.Namespace) -> None:
    from vitrail.detect.automaton import cache_folder

    path, rows = folder / "table.csv", arguments.rows
    truth = write_table(path, rows)
    cells, size = rows * len(COLUMNS), path.stat().st_size
    print(f"{rows:,} rows × {len(COLUMNS)} columns, {size / 1e6:.1f} MB of CSV")
    write_table(folder / "few.csv", 1_000)
    scan_table(folder / "few.csv", folder / "warm", arguments.jobs)  # compiles the patterns once
    once = scan_table(path, folder / "out", arguments.jobs)
    rate = cells / once.run
    found = found_by_vitrail(folder / "out")
    print(f"\nPatterns\n  Vitrail       {_rate(rate)}  {once.run:.2f} s, {once.jobs} processes")
    floor, text = bare_pass(path, cache_folder())
    print(
        f"  bare pass     {_rate(cells / floor)}  {floor:.2f} s, one core, "
        f"{text / floor / 1e6:.0f} MB/s of text"
    )
    told = {"Vitrail": quality(found, truth, rows)}
    if arguments.presidio_rows:
        seconds, count, theirs = presidio(path, arguments.presidio_rows, names=False)
        print(f"  Presidio      {_rate(count / seconds)}  over {arguments.presidio_rows:,} rows")
        told["Presidio"] = quality(theirs, truth, arguments.presidio_rows)
        print(f"  beside Presidio {rate / (count / seconds):,.0f} × (required 300, aim 1,000)")
    print(f"  beside the bare pass {once.run / floor:.1f} × its time (at most 10, aim 3)")
    first = sorted(first_hits(path, folder / f"first-{number}") for number in range(5))
    print(f"  command to first hit {first[2]:.2f} s, {first[0]:.2f} to {first[-1]:.2f} of five")
    if arguments.spacy_rows:
        _names(folder, path, truth, arguments, told)
    _tell(told)
    _grow(folder, arguments, once)


def _names(
    folder: Path,
    path: Path,
    truth: Planted,
    arguments: argparse.Namespace,
    told: dict[str, dict[str, tuple[float, float]]],
) -> None:
    """``--names auto`` beside Presidio with spaCy's model."""
    cells = arguments.rows * len(COLUMNS)
    ours = scan_table(path, folder / "named", arguments.jobs, "auto")
    seconds, count, theirs = presidio(path, arguments.spacy_rows, names=True)
    rate, other = cells / ours.run, count / seconds
    print(f"\nNames\n  Vitrail auto  {_rate(rate)}  {ours.run:.2f} s, {ours.jobs} processes")
    print(f"  Presidio md   {_rate(other)}  over {arguments.spacy_rows:,} rows")
    print(f"  beside Presidio {rate / other:,.0f} × (required 100, aim 300)")
    for note in ours.notes:
        print(f"  {note}")
    told["Vitrail, names"] = quality(found_by_vitrail(folder / "named"), truth, arguments.rows)
    told["Presidio, md"] = quality(theirs, truth, arguments.spacy_rows)


def _rate(rate: float) -> str:
    return f"{rate:>12,.0f} cells/s"


def _tell(told: dict[str, dict[str, tuple[float, float]]]) -> None:
    """Recall and precision by type; required 0.97 each, PERSON 0.90."""
    print("\nRecall and precision of planted values (required 0.97, PERSON 0.90)")
    print(" " * 28 + "".join(f"{name:>18}" for name in told))
    for kind in sorted({kind for one in told.values() for kind in one}):
        cells = (one.get(kind) for one in told.values())
        print(f"  {kind:26}" + "".join(_pair(cell) for cell in cells))


def _pair(cell: tuple[float, float] | None) -> str:
    return f"{'—':>18}" if cell is None else f"{cell[0]:>11.3f} {cell[1]:.3f} ".rjust(18)


def _grow(folder: Path, arguments: argparse.Namespace, once: Measured) -> None:
    print("\nGrowth (memory flat, at most 1,500 MB)")
    print(f"    1 × rows  {once.run:>7.1f} s  peak {once.peak / 1e6:,.0f} MB")
    for times in _numbers(arguments.growth):
        path = folder / f"{times}.csv"
        _write_grown(path, arguments.rows, times)
        more = scan_table(path, folder / str(times), arguments.jobs)
        path.unlink()
        print(
            f"{times:>5} × rows  {more.run:>7.1f} s  peak {more.peak / 1e6:,.0f} MB  "
            f"({more.run / once.run:.1f} × the time, {more.peak / once.peak:.2f} × the memory)"
        )


def _write_grown(path: Path, rows: int, times: int) -> None:
    """The table with so many times the rows; up to ten times all different, then repeated."""
    different = min(times, _DIFFERENT)
    write_table(path, rows * different)
    with path.open("rb") as table, path.open("ab") as grown:
        end = path.stat().st_size
        for _ in range(times // different - 1):
            table.seek(0)
            table.readline()
            while (left := end - table.tell()) > 0:
                grown.write(table.read(min(_PIECE, left)))


def _numbers(growth: list[int]) -> Iterable[int]:
    return sorted(set(growth))


if __name__ == "__main__":
    main()
