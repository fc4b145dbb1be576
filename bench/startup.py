"""How long ``import vitrail`` takes in a fresh interpreter, and what it loads.

python -m bench.startup
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 11


def seconds(statement: str) -> float:
    """The median wall time of a fresh interpreter that runs ``statement``."""
    taken = []
    subprocess.run([sys.executable, "-c", statement], check=True)  # warms the disk's cache
    for _ in range(RUNS):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    bare, full = seconds("pass"), seconds("import vitrail")
    print(
        f"import vitrail: {full:.3f} s, of which the bare interpreter {bare:.3f} s (median of 11)"
    )
