"""The engine under every relation: DuckDB, told to fetch nothing and to reckon in UTC."""

from __future__ import annotations

from pathlib import Path

import duckdb


def connect(
    memory_limit: str = "1GB", temp_directory: Path | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An engine in memory that fetches nothing from a network.

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
    connection.execute("SET GLOBAL TimeZone = 'UTC'")  # of its cursors, too
    return connection
