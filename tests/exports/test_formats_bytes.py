"""Cells of bytes: read as the text that they hold, or told to hold none, in every format."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from vitrail.exports.reader import UNREAD

TEXT = "écrire à zoe@example.org"
HELD = {
    "utf-8": TEXT.encode(),
    "windows-1252": TEXT.encode("cp1252"),
    "utf-16 with a mark": TEXT.encode("utf-16"),
    "utf-16 little": TEXT.encode("utf-16-le"),
    "utf-16 big": TEXT.encode("utf-16-be"),
    "gzip": gzip.compress(TEXT.encode()),
    "zlib": zlib.compress(TEXT.encode()),
    "bzip2": bz2.compress(TEXT.encode()),
    "xz": lzma.compress(TEXT.encode()),
    "zstd": zstandard.compress(TEXT.encode()),
}
NONE = {
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a digest": bytes.fromhex("9f86d081884c7d659a2feaa0c55ad015"),
    "numbers": (1).to_bytes(8, "little"),
    "a packing cut off": gzip.compress(TEXT.encode() * 50)[:-20],
    "a bomb": gzip.compress(bytes(17 << 20)),
}
CELLS = [*HELD.values(), *NONE.values(), None]
READ = [TEXT] * len(HELD) + [UNREAD] * len(NONE)


def _sqlite(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (cell BLOB)")
        database.executemany("INSERT INTO t VALUES (?)", [(cell,) for cell in CELLS])
        database.commit()


def _duckdb(path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t (cell BLOB)")
        database.executemany("INSERT INTO t VALUES (?)", [(cell,) for cell in CELLS])


def _parquet(path: Path) -> None:
    pq.write_table(pa.table({"cell": pa.array(CELLS, pa.binary())}), path)


def _avro(path: Path) -> None:
    field = {"name": "cell", "type": ["null", "bytes"]}
    schema = {"type": "record", "name": "T", "fields": [field]}
    content = io.BytesIO()
    fastavro.writer(content, schema, [{"cell": cell} for cell in CELLS])
    path.write_bytes(content.getvalue())


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.sqlite", _sqlite), ("a.duckdb", _duckdb), ("a.parquet", _parquet), ("a.avro", _avro)],
)
def test_bytes_are_read_as_the_text_that_they_hold_and_others_told(
    exports: Any, name: str, write: Any
) -> None:
    write(exports.folder / name)
    assert exports.look(exports.folder / name).texts()["cell"] == READ


def test_bytes_within_lists_structs_and_dictionaries_are_read_too(exports: Any) -> None:
    table = pa.table(
        {
            "many": pa.array([[cell, cell] for cell in CELLS], pa.list_(pa.large_binary())),
            "deep": pa.array([{"cell": cell} for cell in CELLS]),
            "coded": pa.array(CELLS, pa.binary()).dictionary_encode(),
            "fixed": pa.array([b"zoe@example.org", *[bytes(15)] * (len(CELLS) - 1)], pa.binary(15)),
        }
    )
    pq.write_table(table, exports.folder / "a.parquet")
    found = exports.look().texts()
    assert found["many[]"] == [text for text in READ for _ in "12"]
    assert found["deep.cell"] == found["coded"] == READ
    assert found["fixed"] == ["zoe@example.org", *[UNREAD] * (len(CELLS) - 1)]
