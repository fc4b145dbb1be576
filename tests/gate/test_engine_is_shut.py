"""Past the compiler there is the engine, and it is shut too: through the gate's own reader nothing
but the facts can be reached, whatever SQL were to get there."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from tests.gate.conftest import House
from vitrail.gate.store import EpochReader

MARKER = "nobody-may-read-this"

STATEMENTS = (
    "SELECT * FROM '{file}'",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "COPY visits TO '{folder}/out.parquet' (FORMAT parquet)",
    "EXPORT DATABASE '{folder}/out'",
    "IMPORT DATABASE '{folder}'",
    "ATTACH '{folder}/other.duckdb'",
    "ATTACH '{file}' AS other (READ_ONLY)",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{file}'",
    "UPDATE EXTENSIONS",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET threads = 1",
    "SET temp_directory = '{folder}'",
    "SET GLOBAL memory_limit = '8GB'",
    "RESET memory_limit",
    "PRAGMA enable_profiling",
    "PRAGMA memory_limit = '8GB'",
    "CREATE TABLE mine AS SELECT * FROM visits",
    "CREATE VIEW mine AS SELECT * FROM visits",
    "CREATE SECRET (TYPE http)",
    "INSERT INTO visits SELECT * FROM visits",
    "DELETE FROM visits",
    "UPDATE visits SET person = 1",
    "DROP TABLE visits",
    "ALTER TABLE visits RENAME TO mine",
    "SELECT getenv('HOME')",
    "SELECT * FROM held_by_python",
    "SELECT * FROM sqlite_scan('{file}', 'visits')",
    "SELECT * FROM postgres_scan('', 'public', 'visits')",
)


@pytest.fixture(scope="module")
def reader(house: House) -> EpochReader:
    return house.store.reader()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "beside.csv"
    place.write_text(f"a\n{MARKER}\n", "utf-8")
    return place


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_reaches_a_file_a_setting_an_extension_or_another_table(
    statement: str, reader: EpochReader, file: Path
):
    held_by_python = pa.table({"a": [MARKER]})
    with pytest.raises(duckdb.Error):
        reader.fetch(statement.format(file=file, folder=file.parent), [])
    assert held_by_python.num_rows == 1
    assert [p.name for p in file.parent.iterdir()] == [file.name]


def test_no_function_of_the_engine_reads_a_file(reader: EpochReader, file: Path):
    """Each that the engine lists and that takes a text, given the path of a file that is there."""
    listed = reader.fetch(
        "SELECT DISTINCT function_name, function_type IN ('table', 'pragma')"
        " FROM duckdb_functions() WHERE list_contains(parameter_types, 'VARCHAR')",
        [],
    )
    assert {"read_csv", "read_parquet", "read_text", "glob"} <= {name for name, _ in listed}
    for name, of_table in listed:
        if not name.isidentifier():
            continue
        for arguments in ("?", "?, '*'"):
            call = f"{name}({arguments})"
            sql = f"SELECT * FROM {call}" if of_table else f"SELECT {call}"
            try:
                said = str(reader.fetch(sql, [str(file)]))
            except duckdb.Error:
                continue
            assert MARKER not in said, name
            assert not (of_table and file.name in said), name
