"""Avro without an extension of the engine, nested or not, whatever its codec."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import fastavro
import pytest

from vitrail.model import ColumnType

_SCHEMA = {
    "type": "record",
    "name": "contact",
    "fields": [
        {"name": "id", "type": "long"},
        {"name": "score", "type": ["null", "double"]},
        {"name": "mail", "type": ["null", "string"]},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {
            "name": "notes",
            "type": {
                "type": "array",
                "items": {
                    "type": "record",
                    "name": "note",
                    "fields": [{"name": "body", "type": "string"}],
                },
            },
        },
    ],
}


def _avro(codec: str, rows: int = 3) -> bytes:
    file = io.BytesIO()
    records = [
        {
            "id": i,
            "score": 1.0 * i,
            "mail": None if i == 1 else f"m{i}",
            "at": dt.datetime(2024, 1, 2, tzinfo=dt.UTC),
            "notes": [{"body": "x"}] * (i % 3),
        }
        for i in range(rows)
    ]
    fastavro.writer(file, fastavro.parse_schema(_SCHEMA), records, codec=codec)
    return file.getvalue()


@pytest.mark.parametrize("codec", ["null", "deflate", "snappy", "bzip2", "xz"])
def test_avro_of_any_codec_is_read_with_rows_and_paths(exports: Any, codec: str) -> None:
    look = exports.of("a.avro", _avro(codec))
    assert look.columns() == ["id", "score", "mail", "at", "notes[].body"]
    cells = look.cells()
    assert cells["score"] == [(0, (), "0"), (1, (), "1"), (2, (), "2")]
    assert cells["mail"] == [(0, (), "m0"), (2, (), "m2")]
    assert cells["notes[].body"] == [(1, (0,), "x"), (2, (0,), "x"), (2, (1,), "x")]


def test_avro_keeps_its_types_for_sql(exports: Any) -> None:
    look = exports.of("a.avro", _avro("deflate"))
    assert look.dataset().columns[3].type is ColumnType.TIMESTAMP
    assert look.sql('SELECT id + 1 AS n, "at", len(notes) AS k FROM t WHERE _row = 2') == [
        {"n": 3, "at": dt.datetime(2024, 1, 2, tzinfo=dt.UTC), "k": 2}
    ]


def test_avro_that_breaks_off_gives_what_is_whole_and_says_so(exports: Any) -> None:
    whole = _avro("null", 100_000)
    look = exports.of("cut.avro", whole[: len(whole) * 3 // 4])
    assert len(look.cells()["id"]) >= 20_000
    assert "cut.avro is Avro that breaks off" in look.failure.message
    assert "readable head" in exports.of("head.avro", whole[:20]).reasons[0]
