"""What the scan's tests share: a key, a detector, exports with planted values."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.keys import Keyring

EMAIL = "zoe.marchetti@example-mail.org"
CARD = "4111 1111 1111 1111"
PHONE = "+33 6 39 98 12 34"


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring(bytes(range(32)))


@pytest.fixture(scope="session")
def detector(keys: Keyring) -> Detector:
    return Detector(DetectorOptions(names="off"), keys, cache_folder())


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A small company: a CSV, a nested JSON, two files that cannot be read, a telling path."""
    folder = tmp_path / "exports"
    folder.mkdir()
    with (folder / "contacts.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "email", "note", "colour"])
        for n in range(40):
            note = f"call {PHONE} please" if n == 7 else f"nothing {n}"
            writer.writerow([n, f"person{n}@example-mail.org", note, "red" if n % 2 else "blue"])
    conversations = [
        {"id": 1, "messages": [{"body": "hello"}, {"body": f"é my card is {CARD}, thanks"}]},
        {"id": 2, "messages": []},
        {"id": 3, "messages": [{"body": f"write to {EMAIL}"}]},
    ]
    (folder / "crisp.json").write_text(json.dumps(conversations))
    (folder / "empty.csv").touch()
    (folder / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    (folder / f"{EMAIL}.csv").write_text("a,b\n1,2\n")
    return folder


@pytest.fixture(scope="session")
def big_csv() -> Callable[[Path, int], Path]:
    """Writes a CSV in which every 50th note holds an address, every 97th a card number."""

    def write(path: Path, rows: int) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "note", "status", "filler"])
            for n in range(rows):
                note = f"order {n} is late again"
                if n % 50 == 0:
                    note = f"answer to user{n}@example-mail.org soon"
                elif n % 97 == 0:
                    note = f"card {CARD} was refused"
                writer.writerow([n, note, ("new", "paid", "gone")[n % 3], "x" * 20 + str(n % 1000)])
        return path

    return write
