"""Exports that are read two at a time: what breaks is told as ever, and Ctrl-C ends both."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import pyarrow as pa
import pytest

from vitrail.config import Settings
from vitrail.exports.cursors import at_once
from vitrail.exports.engine import connect
from vitrail.exports.formats.loading import load_batches
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring
from vitrail.model import InputFile

SOURCES = {
    name: {"file": f"exports/{file}", "table": "orders", "columns": {"order_id": column}}
    for name, file, column in (
        ("broken", "broken.ndjson", "id"),
        ("clash", "clash.ndjson", "id"),
        ("damaged", "damaged.sqlite", "id"),
        ("good", "good.ndjson", "id"),
        ("log", "web.log", "path"),
        ("shop", "shop.sqlite", "id"),
    )
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six exports, of which three break only where they are read."""
    workspace = tmp_path_factory.mktemp("company")
    exports = workspace / "exports"
    exports.mkdir()
    records = "".join(f'{{"id": "{n}", "note": "{"x" * 40}"}}\n' for n in range(2_000))
    (exports / "good.ndjson").write_text(records)
    (exports / "broken.ndjson").write_text(f"{records * 90}no json\n{records}")
    (exports / "clash.ndjson").write_text(f'{records * 90}{{"Id": 1}}\n')
    line = '192.0.2.1 - - [01/Mar/2026:10:00:00 +0000] "GET /prices HTTP/1.1" 200 9 "-" "x"\n'
    (exports / "web.log").write_text(line * 5_000)
    for name in ("shop", "damaged"):
        with closing(sqlite3.connect(exports / f"{name}.sqlite")) as database:
            database.execute("CREATE TABLE orders (id TEXT)")
            database.executemany("INSERT INTO orders VALUES (?)", [("y" * 200,)] * 5_000)
            database.commit()
    whole = (exports / "damaged.sqlite").read_bytes()
    (exports / "damaged.sqlite").write_bytes(whole[:400_000] + b"\xff" * 80_000)
    return workspace


def _told(company: Path) -> tuple[list[InputFile], ...]:
    """What is told of the exports: of those that are read and of those that are not."""
    with CanonicalStore.open(company, Settings(sources=SOURCES), Keyring(bytes(32))) as store:
        told = (store.inputs, store.problems)
        store.query("SELECT count(*) FROM orders")
    return tuple([InputFile(**{**asdict(one), "seconds": 0}) for one in every] for every in told)


def test_exports_that_break_are_told_as_if_each_were_read_alone(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, faults = together = _told(company)
    assert [(i.name, i.rows) for i in read] == [
        ("good.ndjson", 2_000), ("shop.sqlite", 5_000), ("web.log", 5_000),
    ]  # fmt: skip
    assert {f.name for f in faults} == {"broken.ndjson", "clash.ndjson", "damaged.sqlite"}
    assert "line 180001" in next(f.reason for f in faults if f.name == "broken.ndjson").replace(
        ",", ""
    )
    monkeypatch.setattr("vitrail.exports.cursors.AT_ONCE", 1)
    assert _told(company) == together


@contextmanager
def answering(signal_number: int) -> Iterator[None]:
    """As a command answers it, whatever the tests' runner does."""
    before = signal.signal(signal_number, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal_number, before)


@pytest.mark.timeout(60)
def test_an_interrupt_ends_what_is_read_in_every_cursor(tmp_path: Path) -> None:
    schema = pa.schema([("n", pa.int64())])

    def endless() -> Iterator[pa.RecordBatch]:
        while True:
            yield pa.RecordBatch.from_pylist([{"n": 1}], schema)

    def read(cursor: object, name: str) -> None:
        if name == "query":
            cursor.execute("SELECT sum(random()) FROM range(1_000_000_000_000)").fetchall()
        else:
            load_batches(cursor, "_export_endless", schema, endless())

    with closing(connect(temp_directory=tmp_path)) as engine, answering(signal.SIGINT):
        threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGINT]).start()
        began = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            at_once(engine, read, ["query", "batches", "query"])
        assert time.monotonic() - began < 20
        assert not [t for t in threading.enumerate() if t.name.startswith("exports")]
        assert engine.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
