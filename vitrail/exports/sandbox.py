"""The engine of one store: macros loaded, reach limited to the exports, settings locked."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import duckdb
import psutil

from vitrail.exports import scratch
from vitrail.exports.formats.loading import quote_literal
from vitrail.exports.relations import connect

if TYPE_CHECKING:
    from vitrail.exports.catalog import Catalog

_GIB: Final = 1 << 30


def open_engine(
    tmp: Path, catalog: Catalog, memory: int | None = None
) -> tuple[duckdb.DuckDBPyConnection, Path]:
    """An engine that sees the catalog's files and ``tmp``, and the folder that it spills to.

    SQL of a mapping or a control can thus read no other file, load no extension and write
    nowhere but into ``tmp``. ``memory``: the bytes that it may take before it spills.
    """
    tmp.mkdir(parents=True, exist_ok=True, mode=0o700)
    spill = Path(tempfile.mkdtemp(prefix="engine-", dir=tmp))  # mkdtemp: 0700
    connection = connect(memory_limit=f"{memory or _memory_limit()}B", temp_directory=spill)
    for macro in _macros():
        connection.execute(macro)
    located = {catalog.location(dataset) for dataset in catalog.datasets}
    files = sorted(str(p) for p in located if isinstance(p, Path) and _can_be_named(p))
    folders = sorted({str(tmp), str(scratch.folder(catalog.options.scratch))})
    connection.execute(f"SET allowed_paths = {_listed(files)}")
    connection.execute(f"SET allowed_directories = {_listed(folders)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection, spill


@cache
def _macros() -> tuple[duckdb.Statement, ...]:
    """What SQL over the exports may call, parsed once: many stores are opened in a process."""
    text = (Path(__file__).parent / "macros.sql").read_text("utf-8")
    return tuple(duckdb.extract_statements(text))


def _can_be_named(path: Path) -> bool:
    """Whether the engine can be told of a file: SQL is Unicode, a file's name need not be."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _listed(paths: list[str]) -> str:
    return f"[{', '.join(map(quote_literal, paths))}]"


def _memory_limit() -> int:
    """Half of what is free, at least 1 GiB; more than 8 GiB has never been of use."""
    free = psutil.virtual_memory().available
    return int(min(8 * _GIB, max(_GIB, free // 2)))
