"""Datasets as relations for SQL: types kept where the export has types, text where it has not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from vitrail.model import Dataset

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog

#: The column that gives a row's position in the file, from 0; in every relation.
ROW = "_row"


def connect(
    memory_limit: str = "1GB", temp_directory: Path | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches nothing from a network and reckons in UTC.

    ``memory_limit`` in DuckDB's words; what goes beyond spills to ``temp_directory``, which is
    private to this user. Without one nothing is spilled, and a query too large fails.
    """
    config: dict[str, str | bool | int] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "allow_unsigned_extensions": False,
        "memory_limit": memory_limit,
        "temp_directory": "",
        "preserve_insertion_order": True,
    }
    if temp_directory is not None:
        temp_directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        config["temp_directory"] = str(temp_directory)
    if threads is not None:
        config["threads"] = threads
    connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def relation(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, catalog: Catalog
) -> duckdb.DuckDBPyRelation:
    """The dataset as a relation over the export itself, plus ``_row`` (BIGINT, from 0).

    CSV, JSON, SQLite and logs give text, nested JSON as STRUCT and LIST of text; Parquet, Avro,
    spreadsheets, DuckDB and PostgreSQL keep their types. Parquet, plain UTF-8 CSV and DuckDB
    tables are read in place by each query. The others are loaded once a connection into a
    temporary table, which spills to the connection's ``temp_directory`` and ends with it.
    Raises :class:`~vitrail.errors.InputUnreadable`.
    """
    return catalog.table(dataset).relation(connection)
