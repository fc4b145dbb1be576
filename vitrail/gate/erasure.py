"""Erasure wins over freezing: rows of erased persons leave every epoch, old and in force.

What was published stays (:mod:`~vitrail.gate.published`); the rows it was made of do not. A purged
epoch is written anew without those rows, into a file of another name: a process that holds the old
one would else go on serving its rows.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from vitrail.gate.manifest import MANIFEST_TABLE, EpochManifest
from vitrail.gate.naming import literal, quoted
from vitrail.gate.shelf import Shelf

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

#: A deletion that is completed, unless the person has made an account since; and accounts whose
#: status says so.
_DELETED: Final = (
    "SELECT DISTINCT person_key FROM deletions AS d"
    " WHERE completed_at IS NOT NULL AND person_key IS NOT NULL AND NOT EXISTS (SELECT 1"
    " FROM accounts AS a WHERE a.person_key = d.person_key AND a.created_at > d.completed_at)"
)
_GONE: Final = (
    "SELECT DISTINCT person_key FROM accounts"
    " WHERE status IN ('deleted', 'anonymised') AND person_key IS NOT NULL"
)


def erased_persons(store: CanonicalStore) -> frozenset[int]:
    """The person keys of everyone whom the exports say to be erased."""
    found: set[int] = set()
    for table, column, sql in (
        ("deletions", "completed_at", _DELETED),
        ("accounts", "status", _GONE),
    ):
        if not store.missing([(table, (column,))]):
            found.update(store.query(sql).column(0).to_pylist())
    return frozenset(found)


def purge(shelf: Shelf, erased: Collection[int], today: date) -> tuple[tuple[str, ...], int]:
    """Take the rows of ``erased`` persons out of every epoch that holds any.

    Gives the epochs that were written anew, and of how many persons rows were found. Each epoch
    is whole at every moment; one that cannot be read answers nothing and is left alone.
    """
    purged: list[str] = []
    met: set[int] = set()
    for epoch in shelf.epochs() if erased else ():
        try:
            held = held_in(shelf.file(epoch), erased)
        except duckdb.IOException:
            continue
        if held:
            _write_without(shelf, epoch, held, today)
            purged.append(epoch)
            met |= held
    return tuple(purged), len(met)


def held_in(file: Path, erased: Collection[int]) -> set[int]:
    """Those of ``erased`` who have rows in an epoch."""
    with closing(duckdb.connect()) as connection:  # this process may hold the file as a reader
        connection.execute(f"ATTACH {literal(file)} AS old (READ_ONLY)")
        _tell(connection, erased)
        found: set[int] = set()
        for table in _tables(connection):
            sql = (
                f"SELECT DISTINCT person FROM old.{quoted(table)} SEMI JOIN _erased USING (person)"
            )
            found.update(person for (person,) in connection.execute(sql).fetchall())
        return found


def _write_without(shelf: Shelf, epoch: str, erased: Collection[int], today: date) -> None:
    """Copied row by row: what is deleted inside a file can still be read from its blocks."""
    building = shelf.folder / ".purging.duckdb"
    building.unlink(missing_ok=True)
    manifest = shelf.manifest(epoch)
    config = {"memory_limit": "1500MB", "temp_directory": f"{building}.spill"}
    with closing(duckdb.connect(str(building), config=config)) as connection:
        connection.execute(f"ATTACH {literal(shelf.file(epoch))} AS old (READ_ONLY)")
        [(new,)] = connection.execute("SELECT current_database()").fetchall()
        connection.execute(f"COPY FROM DATABASE old TO {quoted(new)} (SCHEMA)")
        _tell(connection, erased)
        for table in _tables(connection):
            connection.execute(
                f"INSERT INTO {quoted(table)} SELECT * FROM old.{quoted(table)}"
                " ANTI JOIN _erased USING (person) ORDER BY person"
            )
        document = _purged(manifest, connection, today).model_dump_json()
        connection.execute(f"INSERT INTO {MANIFEST_TABLE} VALUES (?)", [document])
        connection.execute("CHECKPOINT")
    shelf.replace(building, epoch)


def _tell(connection: Any, erased: Collection[int]) -> None:
    connection.execute(
        "CREATE TEMP TABLE _erased AS SELECT unnest(CAST(? AS BIGINT[])) AS person", [list(erased)]
    )


def _tables(connection: Any) -> list[str]:
    """The tables of the attached epoch with rows of persons."""
    found = connection.execute(
        "SELECT table_name FROM duckdb_columns() WHERE column_name = 'person'"
        " AND database_name = 'old' ORDER BY table_name"
    ).fetchall()
    return [name for (name,) in found]


def _purged(manifest: EpochManifest, connection: Any, today: date) -> EpochManifest:
    facts = []
    for fact in manifest.facts:
        [(rows,)] = connection.execute(f"SELECT count(*) FROM {quoted(fact.name)}").fetchall()
        lost = rows != fact.rows
        facts.append(
            fact.model_copy(update={"rows": rows, "purged": today if lost else fact.purged})
        )
    return manifest.model_copy(update={"facts": tuple(facts)})
