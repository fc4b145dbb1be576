"""Parquet keeps its types; nested leaves have rows and paths; damage is told, not passed over."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.model import ColumnType


def _parquet(table: pa.Table, **how: Any) -> bytes:
    file = io.BytesIO()
    pq.write_table(table, file, **how)
    return file.getvalue()


def test_a_cell_s_text_is_what_str_says_and_whole_floats_lose_their_zero(exports: Any) -> None:
    table = pa.table(
        {
            "n": [1, None],
            "f": [4242424242424242.0, 1.5],
            "d": [Decimal("1.10"), None],
            "b": [True, None],
            "day": [dt.date(2024, 1, 2), None],
            "ts": pa.array([dt.datetime(2024, 1, 2, 3, 4, 5), None], pa.timestamp("us")),
            "tz": pa.array([dt.datetime(2024, 1, 2, 3), None], pa.timestamp("ms", "UTC")),
            "raw": pa.array([b"caf\xc3\xa9", b"\xff a@b.example"]),
            "cat": pa.array(["x", None]).dictionary_encode(),
        }
    )
    look = exports.of("a.parquet", _parquet(table))
    assert look.texts() == {
        "n": ["1"],
        "f": ["4242424242424242", "1.5"],
        "d": ["1.10"],
        "b": ["true"],
        "day": ["2024-01-02"],
        "ts": ["2024-01-02 03:04:05"],
        "tz": ["2024-01-02 03:00:00Z"],
        "raw": ["café", "ÿ a@b.example"],
        "cat": ["x"],
    }
    kinds = {c.name: c.type for c in look.dataset().columns}
    assert kinds["n"] is ColumnType.INTEGER
    assert kinds["d"] is ColumnType.DECIMAL
    assert kinds["ts"] is ColumnType.TIMESTAMP


def test_sql_sees_types_and_the_file_s_order(exports: Any) -> None:
    look = exports.of("a.parquet", _parquet(pa.table({"n": [5, 6, 7]}), row_group_size=1))
    assert look.sql("SELECT _row, n + 1 AS m FROM t WHERE n > 5 ORDER BY _row") == [
        {"_row": 1, "m": 7},
        {"_row": 2, "m": 8},
    ]


@pytest.fixture
def nested() -> pa.Table:
    """As GA4 comes out of BigQuery: a list of keys with values of several kinds."""
    params = pa.list_(
        pa.struct(
            [("key", pa.string()), ("value", pa.struct([("s", pa.string()), ("i", pa.int64())]))]
        )
    )
    rows = [
        [
            {"key": "page", "value": {"s": "/a?mail=x%40y.example", "i": None}},
            {"key": "n", "value": {"s": None, "i": 7}},
        ],
        None,
        [],
        [{"key": "late", "value": None}],
    ]
    return pa.table(
        {
            "name": ["a", "b", "c", "d"],
            "params": pa.array(rows, params),
            "m": pa.array(
                [[("k", [1, 2])], None, None, None], pa.map_(pa.string(), pa.list_(pa.int8()))
            ),
        }
    )


def test_nested_columns_are_leaves_with_rows_and_paths(exports: Any, nested: pa.Table) -> None:
    look = exports.of("events.parquet", _parquet(nested))
    assert look.columns() == [
        "name", "params[].key", "params[].value.s", "params[].value.i", "m[].key", "m[].value[]",
    ]  # fmt: skip
    cells = look.cells()
    assert cells["params[].key"] == [(0, (0,), "page"), (0, (1,), "n"), (3, (0,), "late")]
    assert cells["params[].value.s"] == [(0, (0,), "/a?mail=x%40y.example")]
    assert cells["params[].value.i"] == [(0, (1,), "7")]
    assert cells["m[].value[]"] == [(0, (0, 0), "1"), (0, (0, 1), "2")]


def test_sql_unnests_nested_columns(exports: Any, nested: pa.Table) -> None:
    look = exports.of("events.parquet", _parquet(nested))
    assert look.sql("SELECT _row, unnest(params).value.i AS i FROM t WHERE _row = 0") == [
        {"_row": 0, "i": None},
        {"_row": 0, "i": 7},
    ]


def test_nested_cells_keep_their_rows_when_reading_goes_on_in_the_middle(
    exports: Any, nested: pa.Table
) -> None:
    many = pa.concat_tables([nested] * 500).combine_chunks()
    look = exports.of("events.parquet", _parquet(many, row_group_size=300))
    whole = look.cells(columns=["params[].key", "name"])
    assert set(whole) == {"params[].key", "name"}
    rest = look.cells(columns=["params[].key"], start_row=777, target_bytes=4096)
    assert look.batches > 1
    assert rest["params[].key"] == [c for c in whole["params[].key"] if c[0] >= 777]


def test_a_name_with_a_dot_is_not_taken_for_a_nested_one(exports: Any) -> None:
    look = exports.of("a.parquet", _parquet(pa.table({"a.b": ["x"], "a": ["y"]})))
    assert look.texts(columns=["a.b"]) == {"a.b": ["x"]}


def test_a_truncated_file_is_quarantined_at_once(exports: Any) -> None:
    whole = _parquet(pa.table({"a": list(range(1000))}))
    look = exports.of("cut.parquet", whole[: len(whole) // 2])
    assert look.catalog.datasets == ()
    assert "cut.parquet begins as Parquet but has no readable end" in look.reasons[0]


def test_damage_inside_a_file_stops_after_the_rows_that_are_whole(exports: Any) -> None:
    table = pa.table({"a": [f"value {i}" for i in range(200_000)]})
    content = bytearray(
        _parquet(table, row_group_size=50_000, compression="zstd", use_dictionary=False)
    )
    third = len(content) * 5 // 8
    content[third : third + 2000] = b"\0" * 2000
    look = exports.of("bad.parquet", bytes(content))
    cells = look.cells(target_bytes=1 << 18)
    assert cells["a"][49_999] == (49_999, (), "value 49999")
    assert len(cells["a"]) < 200_000
    assert "bad.parquet is damaged somewhere after row" in look.failure.message


def test_the_bytes_of_all_batches_add_up_to_about_the_size(exports: Any) -> None:
    look = exports.of("a.parquet", _parquet(pa.table({"a": ["x" * 20] * 100_000})))
    reader = look.catalog.open(look.dataset())
    total = sum(b.bytes for b in reader.batches(target_bytes=1 << 14))
    assert 0.9 * reader.size <= total <= 1.1 * reader.size
