"""The demo company with every account many times over, each time as somebody else.

So a hundred million events are had from ten without writing a company of two million accounts.
"""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import duckdb

from vitrail.config import FILE_NAME


def write_copies(company: Path, directory: Path, times: int) -> None:
    """Write ``company`` to ``directory`` with its accounts and their events ``times`` over.

    The first copy keeps its names, so that all other exports, which are linked, still fit.
    """
    directory.mkdir()
    shutil.copytree(company / "allow", directory / "allow")
    shutil.copy(company / FILE_NAME, directory / FILE_NAME)
    exports = directory / "exports"
    exports.mkdir()
    for source in (company / "exports").iterdir():
        if source.name not in ("product", "accounts.sqlite"):
            (exports / source.name).symlink_to(source.resolve())
    shutil.copy(company / "exports" / "accounts.sqlite", exports)
    _copy_accounts(exports / "accounts.sqlite", times)
    (exports / "product").mkdir()
    for source in sorted((company / "exports" / "product").glob("events_*.parquet")):
        _copy_events(source, exports / "product" / source.name, times)


def _copy_accounts(database: Path, times: int) -> None:
    with sqlite3.connect(database) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(accounts)")]
        named = {"account_id": "account_id || '-' || n", "email": "n || '.' || email"}
        connection.execute(
            f"INSERT INTO accounts SELECT {', '.join(named.get(name, name) for name in names)}"
            " FROM (SELECT * FROM accounts), (WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL"
            " SELECT n + 1 FROM copies WHERE n < ?) SELECT n FROM copies)",
            [times - 1],
        )


def _copy_events(source: Path, target: Path, times: int) -> None:
    named = ", ".join(
        f"CASE n WHEN 0 THEN {name} ELSE concat({name}, '-', n) END AS {name}"
        for name in ("event_id", "account_id", "session_id")
    )
    duckdb.sql(
        f"COPY (SELECT * REPLACE ({named}) FROM read_parquet('{source}'), range({times}) AS c(n))"
        f" TO '{target}' (FORMAT parquet)"
    )
