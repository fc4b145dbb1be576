"""A disk that takes no more is told as such, wherever it fills, and keeps nothing half done."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from vitrail.errors import Unwritable
from vitrail.exports import scratch
from vitrail.keys import Keyring
from vitrail.redaction import RedactOptions, operators_of, redact
from vitrail.scan import ScanOptions

ROWS = 4_000


@pytest.fixture
def disk(small_disk: Callable[[str], Path]) -> Iterator[Path]:
    """A disk of 300 KiB."""
    place = small_disk("300k")
    scratch.empty()  # else what was made before this disk was is used
    yield place
    scratch.empty()


def _rows() -> list[tuple[int, str]]:
    return [(n, f"nothing of note in line {n} {'-' * 60} {n * 7}") for n in range(ROWS)]


def _sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (id INTEGER, note TEXT)")
        database.executemany("INSERT INTO t VALUES (?, ?)", _rows())
        database.commit()


def _duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t AS SELECT i, md5(i::VARCHAR) || md5((i + 1)::VARCHAR) AS "
                         f"note FROM range({4 * ROWS}) r(i)")  # fmt: skip


@pytest.mark.parametrize(("name", "write"), [("a.sqlite", _sqlite), ("a.duckdb", _duckdb)])
def test_a_disk_that_is_full_while_a_database_is_copied_is_no_fault_of_the_database(
    tmp_path: Path, disk: Path, monkeypatch: pytest.MonkeyPatch, name: str, write: object
) -> None:
    source = tmp_path / name
    write(source)  # type: ignore[operator]
    monkeypatch.setattr("tempfile.tempdir", str(disk))
    options = RedactOptions(*operators_of("tag"), ScanOptions(names="off", jobs=1))
    with pytest.raises(Unwritable, match="disk is full"):
        redact([source], tmp_path / "out", Keyring(bytes(range(32))), options)
    assert not (tmp_path / "out").exists()


def test_a_disk_that_is_full_while_a_scan_is_written_promises_no_way_to_go_on(
    tmp_path: Path, disk: Path
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(
        "".join(f"{n},zoe.m{n}@example.org,+33 6 39 98 12 34\n" for n in range(9_000))
    )
    options = RedactOptions(*operators_of("tag"), ScanOptions(names="off", jobs=1))
    with pytest.raises(Unwritable, match="disk is full") as caught:
        redact([source], disk / "out", Keyring(bytes(range(32))), options)
    assert "--resume" not in caught.value.remedy
    assert not list(disk.iterdir())
