"""Datasets as relations for SQL: types kept where the export has types, text where it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from vitrail.errors import InputUnreadable
from vitrail.exports.engine import connect
from vitrail.exports.reader import ROW
from vitrail.model import Dataset

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog

__all__ = ["ROW", "connect", "relation"]


def relation(
    connection: duckdb.DuckDBPyConnection, dataset: Dataset, catalog: Catalog
) -> duckdb.DuckDBPyRelation:
    """The dataset as a relation over the export itself, plus ``_row`` (BIGINT, from 0).
    An exported column of that name is ``_row_2`` here.

    CSV, JSON, SQLite and logs give text, nested JSON as STRUCT and LIST of text; Parquet, Avro,
    spreadsheets, DuckDB and PostgreSQL keep their types. Parquet, plain UTF-8 CSV and DuckDB
    tables are read in place by each query. The others are loaded once an engine into a table in
    memory, which spills to the engine's ``temp_directory`` and ends with it.
    Raises :class:`~vitrail.errors.InputUnreadable`.
    """
    try:
        return catalog.table(dataset).relation(connection)
    except duckdb.InterruptException:
        raise  # someone's wish, not the export's fault
    except duckdb.Error:  # its message may hold a cell
        raise InputUnreadable(
            dataset.name,
            f"{dataset.label} could not be loaded into the engine.",
            "Export it as Parquet, or leave it out of the mapping.",
        ) from None
