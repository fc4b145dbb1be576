"""How long all promises take to test, each control by itself, and the memory it takes.

    python -m bench.checks_speed [DIR] [--accounts N] [--explain CONTROL]

DIR is a demo company (as ``vitrail demo`` writes it); without one, N accounts are written into
``bench/data`` once. The exports are scanned first, once, which is not in the figure; its run stays
beside them. Then every control in ``queries/promises`` is tested over them as ``vitrail check``
does, in one process: first the exports are found, hashed, loaded and counted, and the scan's hits
read, told by itself; then the controls one by one. Memory is the most that the process held
(VmHWM), the scan's processes left out. ``--explain`` prints the plan of one control's SQL with
rows and times instead.
Required at 200,000 accounts: at most 60 s in all, under 2 GB.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

import vitrail.scan as scanning
from bench.ask_speed import DATA, KEYS
from vitrail import __version__
from vitrail.config import FILE_NAME, Settings, load
from vitrail.demo import write_demo
from vitrail.exports.store import CanonicalStore
from vitrail.house import carried
from vitrail.model import Control
from vitrail.promises import (
    ENGINE_BYTES,
    Policy,
    assess,
    columns_table,
    datasets_table,
    hits_read,
    load_controls,
    load_policy,
)
from vitrail.promises.assessment import Shared, parameters_of
from vitrail.promises.reading import columns_read
from vitrail.promises.tables import prepare

SECONDS, MEGABYTES = 60.0, 2048.0

#: Scans the exports of argv[1] into argv[2], in a process of its own so that its memory is.
_SCAN = """
import sys; from pathlib import Path
import vitrail.scan as scanning; from bench.ask_speed import KEYS
place = Path(sys.argv[1]); options = scanning.ScanOptions(names="off")
plan = scanning.plan([place], options, root=place)
scanning.run(plan, Path(sys.argv[2]), KEYS, run_id="scan")
"""


def prepared(directory: Path, accounts: int) -> Path:
    """Write the company and scan it, unless both are there; the scan's folder."""
    if not (directory / FILE_NAME).exists():
        write_demo(directory, accounts=accounts)
    run = directory / "runs" / "scan-bench"
    if not (run / "run.json").exists():
        command = [sys.executable, "-c", _SCAN, str(directory / "exports"), str(run)]
        subprocess.run(command, check=True)
    return run


def held() -> float:
    """The most memory that this process has held, in MB."""
    status = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def explained(store: CanonicalStore, control: Control, policy: Policy, settings: Settings) -> str:
    """DuckDB's plan of one control, with the rows and seconds of each step."""
    prepare(control, store, policy, settings, KEYS)
    values = {**parameters_of(control, policy, settings), "asof": settings.asof}
    used = {name: value for name, value in values.items() if f"${name}" in control.sql}
    store.query(control.sql, used)  # so that reading the exports is not in the plan's times
    return str(store.query(f"EXPLAIN ANALYZE {control.sql}", used).column(1)[0].as_py())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--explain", metavar="CONTROL")
    options = parser.parse_args()
    directory = options.directory or DATA / f"demo-{options.accounts}"
    run = prepared(directory, options.accounts)
    settings = load(directory / FILE_NAME)
    policy = load_policy(carried("policies", f"{settings.policy}.yaml"))
    controls = load_controls(carried("queries", "promises"))
    assert settings.asof is not None
    started, working = time.perf_counter(), time.process_time()
    with CanonicalStore.open(directory, settings, KEYS, memory=ENGINE_BYTES) as store:
        store.register("scan_hits", scanning.read_hits(run, only=hits_read(controls, store)))
        store.register("scan_columns", columns_table(scanning.load(run).columns))
        store.register("scan_datasets", datasets_table(store))
        if options.explain:
            (one,) = (c for c in controls if c.id == options.explain)
            print(explained(store, one, policy, settings))
            return 0
        spent, worked = [time.perf_counter() - started], time.process_time()
        print(f"found, hashed, loaded, counted {spent[0]:.1f} s {worked - working:.1f} of CPU")
        shared, first = Shared.of(store, policy, settings), working
        store.hold(columns_read(controls))
        for control in controls:
            began, working = time.perf_counter(), time.process_time()
            found = assess(
                control, store, policy, settings, asof=settings.asof, keys=KEYS,
                version=__version__, shared=shared,
            )  # fmt: skip
            spent.append(time.perf_counter() - began)
            work = time.process_time() - working
            print(
                f"{control.id:8} {spent[-1]:7.2f} s {work:7.2f} of CPU {found.denominator:>12,}"
                f" {found.violations:>8,}  {found.verdict}",
                flush=True,
            )
    print(f"{len(controls)} controls in {sum(spent[1:]):.1f} s, slowest {max(spent[1:]):.1f} s,")
    print(
        f"{time.process_time() - worked:.1f} s of CPU; with all before them {sum(spent):.1f} s (at"
    )
    print(f"most {SECONDS:.0f} at 200,000 accounts), {time.process_time() - first:.1f} s of CPU;")
    print(f"{held():,.0f} MB (under {MEGABYTES:,.0f})")
    return 0 if sum(spent) <= SECONDS and held() < MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main())
