"""How long an import takes, beside DuckDB's own COPY … TO parquet over the same files.

    python bench/import_speed.py [DIR] [--accounts N] [--repeat N]

DIR is a demo company, by default bench/data/demo-N, written where it is not there yet. The import
is the whole of `vitrail import`: it finds and maps the exports, takes each file's SHA-256 and row
count, and builds the facts, in a workspace of its own over the same files. The COPY reads every
file that DuckDB reads by itself (Parquet, CSV, NDJSON, JSON, gzipped or not; a log as its lines)
into one Parquet file each; what it cannot read (SQLite, XLSX, zip) only the import has to do. Both
with two threads. The aim: at most three times. On a machine that does other work too, CPU seconds
tell more than the clock's, so both are printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import vitrail
from vitrail.config import FILE_NAME
from vitrail.demo import write_demo

DATA = Path(__file__).parent / "data"

READERS = {
    ".parquet": "read_parquet('{}')",
    ".csv": "read_csv('{}', all_varchar = true, ignore_errors = true)",
    ".csv.gz": "read_csv('{}', all_varchar = true, ignore_errors = true)",
    ".log": "read_csv('{}', columns = {{'line': 'VARCHAR'}}, header = false, auto_detect = false,"
    " delim = '\x01', quote = '', escape = '', strict_mode = false)",
    ".ndjson": "read_json('{}', format = 'newline_delimited')",
    ".json": "read_json('{}', maximum_object_size = 268435456)",
}


@contextmanager
def workspace_over(company: Path) -> Iterator[Path]:
    """A workspace without facts over the company's own files, on the same disk."""
    place = Path(tempfile.mkdtemp(prefix="import-", dir=company.parent))
    try:
        shutil.copytree(company / "exports", place / "exports", copy_function=os.link)
        shutil.copy(company / FILE_NAME, place / FILE_NAME)
        if (company / "allow").is_dir():
            shutil.copytree(company / "allow", place / "allow")
        yield place
    finally:
        shutil.rmtree(place)


def cpu() -> float:
    """CPU seconds of this process so far, the system's for it included."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def import_once(company: Path) -> tuple[float, float]:
    """Seconds by the clock and of CPU."""
    with workspace_over(company) as place:
        started, spent = time.perf_counter(), cpu()
        report = vitrail.open(place).import_exports()
        passed, spent = time.perf_counter() - started, cpu() - spent
    facts = ", ".join(f"{name} {rows:,}" for name, rows in report.facts.facts)
    print(
        f"  import {passed:6.1f} s, CPU {spent:.1f} s "
        f"({report.facts.seconds:.1f} s of it facts: {facts}); "
        f"{len(report.inputs)} inputs, {len(report.problems)} problems"
    )
    return passed, spent


def copy_once(company: Path) -> tuple[float, float]:
    """Seconds by the clock and of CPU."""
    with tempfile.TemporaryDirectory(dir=company.parent) as target:
        connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB"})
        started, spent, files, size = time.perf_counter(), cpu(), 0, 0
        for path in sorted((company / "exports").rglob("*")):
            reader = next((r for ending, r in READERS.items() if path.name.endswith(ending)), None)
            if reader is None or not path.is_file():
                continue
            connection.execute(
                f"COPY (SELECT * FROM {reader.format(path)}) TO '{target}/{files}.parquet'"
            )
            files, size = files + 1, size + path.stat().st_size
        passed, spent = time.perf_counter() - started, cpu() - spent
    print(f"  COPY   {passed:6.1f} s, CPU {spent:.1f} s ({files} files, {size / 2**20:,.0f} MiB)")
    return passed, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    company = options.directory or DATA / f"demo-{options.accounts}"
    if not (company / FILE_NAME).is_file():
        print(f"writing a company of {options.accounts:,} accounts to {company} …")
        write_demo(company, accounts=options.accounts)
    rounds = [(copy_once(company), import_once(company)) for _ in range(options.repeat)]
    for place, measure in enumerate(("by the clock", "of CPU")):
        copied = statistics.median(copy[place] for copy, _ in rounds)
        imported = statistics.median(done[place] for _, done in rounds)
        ratio = statistics.median(done[place] / copy[place] for copy, done in rounds)
        print(
            f"import {imported:.1f} s {measure}, COPY {copied:.1f} s: "
            f"ratio {ratio:.2f}, pair by pair (aim: 3)"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"peak memory {peak:.1f} GiB")


if __name__ == "__main__":
    main()
