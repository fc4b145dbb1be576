"""One demo company for the whole room, and its cells as the standard readers show them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from vitrail.demo import DemoSummary, write_demo

Cell = Callable[[dict[str, Any]], str]

_COMBINED = re.compile(
    r'(\S+) (\S+) (\S+) \[([^]]+)\] "(\S+) (\S+) [^"]*" (\d+) (\d+) "([^"]*)" "([^"]*)"'
)


@pytest.fixture(scope="session")
def summary(tmp_path_factory: pytest.TempPathFactory) -> DemoSummary:
    return write_demo(tmp_path_factory.mktemp("demo") / "company")


@pytest.fixture(scope="session")
def company(summary: DemoSummary) -> Path:
    return summary.directory


@pytest.fixture(scope="session")
def truth(company: Path) -> Path:
    return company / "truth"


@pytest.fixture(scope="session")
def violations(truth: Path) -> dict[str, Any]:
    return json.loads((truth / "violations.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def cell(company: Path) -> Cell:
    """The text of the cell that a row of the truth names, read without any code of ours."""
    exports = company / "exports"

    @cache
    def rows(dataset: str, table: str | None) -> list[Any]:
        return _rows(exports / dataset, table)

    def read(place: dict[str, Any]) -> str:
        row = rows(place["dataset"], place["table"])[place["row"]]
        return _walk(row, place["column"], [int(i) for i in place["path"]])

    return read


def _walk(value: Any, column: str, path: list[int]) -> str:
    """``messages[].content`` at ``[2]``: the content of the third message."""
    if isinstance(value, dict) and column in value:
        return _shown(value[column])
    for part in column.split("."):
        value = value[part.removesuffix("[]")]
        if part.endswith("[]"):
            value = value[path.pop(0)]
    return _shown(value)


def _shown(value: Any) -> str:
    """Workbooks hold every number as a float; people see 14."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rows(path: Path, table: str | None) -> list[Any]:
    """The rows of a file as its standard reader gives them."""
    readers: dict[str, Callable[[], list[Any]]] = {
        ".sqlite": lambda: _database(path, str(table)),
        ".xlsx": lambda: _sheet(path, str(table)),
        ".zip": lambda: _member(path, str(table)),
        ".parquet": lambda: pq.read_table(path).to_pylist(),
        ".ndjson": lambda: _json_lines(path),
        ".json": lambda: (
            _json_lines(path) if "zendesk" in path.name else json.loads(path.read_text())
        ),
        ".log": lambda: [_request(line) for line in path.read_text("utf-8").splitlines()],
    }
    return readers.get(path.suffix, lambda: _delimited(path))()


def _database(path: Path, table: str) -> list[Any]:
    with sqlite3.connect(path) as base:
        base.row_factory = sqlite3.Row
        return [dict(row) for row in base.execute(f"SELECT * FROM {table} ORDER BY rowid")]


def _sheet(path: Path, table: str) -> list[Any]:
    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(table).to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def _member(path: Path, table: str) -> list[Any]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(table).decode(), newline="")))


def _json_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _delimited(path: Path) -> list[Any]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    if path.name.startswith("dsar"):
        return list(csv.DictReader(io.StringIO(data.decode("cp1252"), newline=""), delimiter=";"))
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def _request(line: str) -> dict[str, str]:
    match = _COMBINED.fullmatch(line)
    assert match is not None
    return {"ip": match[1], "query": urlsplit(match[6]).query, "status": match[7]}
