"""Records of JSON as leaf columns of text: by DuckDB for all of a kind, by Python for the rest.

DuckDB turns records into nested Arrow by a structure of texts. It cannot where one key holds now
an object and now a text, where keys differ by case alone, or where a text has half a surrogate
pair; such batches go through Python, which gives the same columns, slower.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa

from vitrail.exports.formats.byte_cells import text_of
from vitrail.exports.formats.flattening import check_cells, chunks_of
from vitrail.exports.formats.json_records import Records, parse
from vitrail.exports.formats.json_structure import (
    MIXED,
    NOTHING,
    VALUE,
    as_texts,
    columns_of,
    depth,
    filled,
    has_mixed,
    merged,
)
from vitrail.exports.formats.loading import quote_literal
from vitrail.exports.formats.origin import Origin
from vitrail.exports.reader import ColumnChunk
from vitrail.model import Column, ColumnType

_DEEPEST: Final = 60


def chunks(
    connection: duckdb.DuckDBPyConnection,
    found: Records,
    first_row: int,
    origin: Origin,
    columns: Sequence[str] | None = None,
) -> Iterator[ColumnChunk]:
    """The leaves of some records, each a chunk."""
    nested = _nested(connection, found.text)
    if nested is None:
        values = parse_each(found, origin)
        yield from _kept(flatten(values, first_row, origin), columns)
    else:
        yield from chunks_of(nested, first_row, origin, columns)


def valid(connection: duckdb.DuckDBPyConnection, found: Records) -> int:
    """How many of the records come before the first that is no JSON; all where none is."""
    connection.register("records", pa.table({"r": found.text}))
    flags = _column(connection, "SELECT json_valid(r) AS v FROM records")
    bad = np.flatnonzero(~flags.to_numpy(zero_copy_only=False).astype(bool))
    for row in bad.tolist():  # DuckDB is stricter than JSON with half surrogate pairs
        try:
            json.loads(found.text[row].as_py())
        except (json.JSONDecodeError, RecursionError):
            return int(row)
    return len(found.text)


def repaired(connection: duckdb.DuckDBPyConnection, text: pa.StringArray) -> pa.StringArray:
    """The records with half surrogate pairs, which DuckDB refuses, as the sign for what is lost."""
    connection.register("records", pa.table({"r": text}))
    good = _column(connection, "SELECT json_valid(r) AS v FROM records").to_pylist()
    if all(good):
        return text
    return pa.array(
        [
            record if fine else _without_halves(record)
            for record, fine in zip(text.to_pylist(), good, strict=True)
        ],
        pa.string(),
    )


def _without_halves(record: str) -> str:
    text = json.dumps(json.loads(record, parse_float=str, parse_int=str), ensure_ascii=False)
    return text.encode("utf-8", "replace").decode()


def structure_of(connection: duckdb.DuckDBPyConnection, text: pa.StringArray) -> Any:
    """The structure that holds all records, as DuckDB writes it; ``MIXED`` where none does."""
    connection.register("records", pa.table({"r": text}))
    try:
        kinds = _column(
            connection, "SELECT DISTINCT json_structure(r::JSON)::VARCHAR AS s FROM records"
        )
    except duckdb.InterruptException:
        raise  # someone's wish, not the export's fault
    except duckdb.Error:
        return MIXED
    return merged(kinds.to_pylist())


def columns(
    connection: duckdb.DuckDBPyConnection, text: pa.StringArray, origin: Origin
) -> tuple[Column, ...]:
    """The leaf columns of some records."""
    structure = structure_of(connection, text)
    if not has_mixed(structure):
        return columns_of(structure)
    found = flatten(parse_each(Records(text, 1, 0), origin), 0, origin)
    return tuple(Column(chunk.column, ColumnType.TEXT) for chunk in found)


def _nested(connection: duckdb.DuckDBPyConnection, text: pa.StringArray) -> pa.RecordBatch | None:
    """The records as nested Arrow of texts; None where DuckDB cannot tell them whole."""
    structure = structure_of(connection, text)
    if has_mixed(structure) or depth(structure) > _DEEPEST:
        return None
    structure = filled(structure)
    if structure in NOTHING:
        return None
    wanted = quote_literal(json.dumps(as_texts(structure), ensure_ascii=False))
    try:
        values = _column(connection, f"SELECT from_json(r, {wanted}) AS v FROM records")
    except duckdb.InterruptException:
        raise  # someone's wish, not the export's fault
    except duckdb.Error:
        return None
    array = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    if not isinstance(structure, dict):
        return pa.RecordBatch.from_arrays([array], names=[VALUE])
    return pa.RecordBatch.from_arrays(array.flatten(), names=[f.name for f in array.type])


def _column(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Array:
    table = connection.sql(sql).to_arrow_table()
    return table.column(0).combine_chunks()


def _kept(found: Iterator[ColumnChunk], columns: Sequence[str] | None) -> Iterator[ColumnChunk]:
    wanted = None if columns is None else set(columns)
    return (chunk for chunk in found if wanted is None or chunk.column in wanted)


def parse_each(found: Records, origin: Origin) -> list[Any]:
    """The records as Python values, numbers as written."""
    return [parse(text.as_py().encode(), origin, found.line) for text in found.text]


def flatten(values: Sequence[Any], first_row: int, origin: Origin) -> Iterator[ColumnChunk]:
    """The leaves of Python values: only those that are there, each with its row and path."""
    cells: dict[str, tuple[list[str], list[int], list[tuple[int, ...]]]] = {}

    def visit(name: str, value: Any, row: int, path: tuple[int, ...]) -> None:
        if value is None:
            return
        if isinstance(value, dict):
            for key, inner in value.items():
                visit(f"{name}.{key}" if name else key, inner, row, path)
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                visit(f"{name or VALUE}[]", inner, row, (*path, index))
        else:
            texts, rows, paths = cells.setdefault(name or VALUE, ([], [], []))
            texts.append(cell_text(value))
            rows.append(row)
            paths.append(path)

    for number, value in enumerate(values):
        visit("", value, first_row + number, ())
    for name, (texts, rows, paths) in cells.items():
        text = pa.array(texts, pa.large_string() if sum(map(len, texts)) > 1 << 29 else pa.string())
        check_cells(name, text, origin)
        whole = paths[0] == () and rows == list(range(first_row, first_row + len(values)))
        yield ColumnChunk(
            name,
            text,
            None if whole else np.asarray(rows, np.int64),
            pa.array(paths, pa.list_(pa.int32())) if paths[0] else None,
        )


def cell_text(value: Any) -> str:
    """A Python value as its cell's text; half surrogate pairs as the sign for what is lost."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return text_of(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        return str(int(value))
    return str(value).encode("utf-8", "replace").decode()
