"""A scan again of what has not changed, beside the time that hashing the same bytes takes.

    python -m bench.scan_reuse [--megabytes N]

writes a folder of exports with planted addresses, scans it, and scans it again: unchanged, with
one file of forty changed, and everything anew. Each is a process of its own, as a user meets it.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILES = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=500)
    megabytes = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as folder:
        exports, out = Path(folder) / "exports", Path(folder) / "out"
        _write(exports, megabytes)
        _timed("hash alone", lambda: _hash(exports))
        scan = [sys.executable, "-m", "vitrail", "scan", str(exports), "--names", "off",
                "--fail-on", "never", "--out", str(out)]  # fmt: skip
        _timed("an empty scan (start and patterns)", lambda: _empty(scan, Path(folder)))
        _timed("first scan", lambda: _run(scan))
        _timed("unchanged", lambda: _run(scan))
        with (exports / "orders_07.csv").open("a") as file:
            file.write("0,late@example-mail.org,one more\n")
        _timed("one file of forty changed", lambda: _run(scan))
        _timed("--fresh", lambda: _run([*scan, "--fresh"]))
    return 0


def _write(folder: Path, megabytes: int) -> None:
    folder.mkdir()
    per_file = megabytes * 1_000_000 // FILES
    for number in range(FILES):
        with (folder / f"orders_{number:02d}.csv").open("w") as file:
            file.write("id,customer,note\n")
            begun = 1
            while file.tell() < per_file:
                lines = []
                for row in range(begun, begun + 20_000):
                    who = f"user{row}.{number}@example-mail.org" if row % 25 == 0 else f"c{row}"
                    lines.append(f"{row},{who},order {row} is late again and the parcel came back")
                file.write("\n".join(lines) + "\n")
                begun += len(lines)


def _hash(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            hashlib.file_digest(file, "sha256")


def _empty(scan: list[str], folder: Path) -> None:
    (folder / "small.csv").write_text("id\n1\n")
    at = scan.index("scan") + 1
    _run([*scan[:at], str(folder / "small.csv"), *scan[at + 1 : -2]])


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)


def _timed(title: str, work: Callable[[], None]) -> None:
    begun = time.monotonic()
    work()
    print(f"{title:40} {time.monotonic() - begun:8.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
