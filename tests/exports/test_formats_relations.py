"""The engine under the relations: it fetches nothing, reckons in UTC and stays in its memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from vitrail.errors import InputUnreadable
from vitrail.exports.relations import ROW, connect, relation


def _setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    (row,) = connection.execute("SELECT current_setting(?)::VARCHAR", [name]).fetchall()
    return str(row[0])


def test_every_connection_has_the_safety_settings(tmp_path: Path) -> None:
    with connect(memory_limit="256MB", temp_directory=tmp_path / "t") as connection:
        assert _setting(connection, "autoinstall_known_extensions") == "false"
        assert _setting(connection, "autoload_known_extensions") == "false"
        assert _setting(connection, "TimeZone") == "UTC"
        assert _setting(connection, "memory_limit") == "244.1 MiB"
        assert _setting(connection, "temp_directory") == str(tmp_path / "t")
    assert (tmp_path / "t").stat().st_mode & 0o777 == 0o700


def test_an_extension_is_refused_rather_than_fetched() -> None:
    with connect() as connection, pytest.raises(duckdb.Error):
        connection.execute("SELECT * FROM sqlite_scan('a.sqlite', 't')").fetchall()


def test_two_intervals_in_one_query_stay_two() -> None:
    """DuckDB merges INTERVAL 30 DAY and INTERVAL 1 MONTH; days are added as integers."""
    with connect() as connection:
        (row,) = connection.execute(
            "SELECT LEAST((d::DATE + 30)::TIMESTAMP, d + INTERVAL 1 MONTH)::DATE::VARCHAR "
            "FROM (VALUES (TIMESTAMP '2024-01-31')) t(d)"
        ).fetchall()
    assert row[0] == "2024-02-29"


@pytest.mark.parametrize("name", ["a.ndjson", "a.parquet", "a.duckdb"])
def test_an_exported_column_named_row_makes_way(exports: Any, name: str) -> None:
    path = exports.folder / name
    with duckdb.connect() as writer:
        rows = "SELECT * FROM (VALUES (7, 'x'), (8, 'y')) t(_row, b)"
        if name == "a.duckdb":
            writer.execute(f"ATTACH '{path}' AS out; CREATE TABLE out.t AS {rows}")
        else:
            kind = {"a.ndjson": "JSON", "a.parquet": "PARQUET"}[name]
            writer.execute(f"COPY ({rows}) TO '{path}' (FORMAT {kind})")
    found = exports.look(path).sql("SELECT _row, _row_2::INTEGER AS own, b FROM t ORDER BY _row")
    assert found == [{"_row": 0, "own": 7, "b": "x"}, {"_row": 1, "own": 8, "b": "y"}]


def test_a_relation_is_loaded_once_a_connection(exports: Any) -> None:
    path = exports.write("a.csv", "id\n1\n")
    look = exports.look()
    with connect() as connection:
        first = relation(connection, look.dataset(), look.catalog)
        path.unlink()
        again = relation(connection, look.dataset(), look.catalog)
        assert first.columns == again.columns == ["id", ROW]
        assert again.fetchall() == [("1", 0)]


def test_a_file_that_breaks_leaves_no_half_table_and_an_error_without_its_cells(
    exports: Any,
) -> None:
    look = exports.of("ragged.csv", "id,mail\n1,a\n2,secret@example.org,more\n")
    with connect() as connection:
        with pytest.raises(InputUnreadable, match="3 fields in line 3") as told:
            relation(connection, look.dataset(), look.catalog)
        assert "secret" not in str(told.value)
        assert told.value.__cause__ is None
        assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


@pytest.mark.slow
def test_a_large_file_is_read_in_place_and_gives_the_same_cells(exports: Any) -> None:
    path = exports.folder / "large.csv"
    row = 'x,"a, ""b""",' + "y" * 80 + ",\n"
    path.write_text("id,name,pad,gone\n" + row * 800_000)
    look = exports.look(path)
    with connect() as connection:
        table = relation(connection, look.dataset(), look.catalog)
        assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]
        assert table.columns == ["id", "name", "pad", "gone", ROW]
        assert table.filter(f"{ROW} = 799999").fetchall() == [
            ("x", 'a, "b"', "y" * 80, None, 799_999)
        ]


@pytest.mark.attack
def test_a_large_file_that_breaks_is_told_in_the_same_words(exports: Any) -> None:
    path = exports.folder / "large.csv"
    path.write_text("id,name\n" + "1,abcdefghijklmnopqrstuvwxyz\n" * 2_500_000 + "1,2,3\n")
    look = exports.look(path)
    with (
        connect() as connection,
        pytest.raises(InputUnreadable, match="3 fields in line 2,500,002"),
    ):
        relation(connection, look.dataset(), look.catalog)
