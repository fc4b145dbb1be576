"""What was published, so that it stays: erasing a person takes their rows and no published number.

A number is kept under what it means (release, labels, days, measure), whichever question brought
it out, and the first that was published is the one that counts. Gated numbers only: no person and
no row is in here. One SQLite file beside the epochs; processes may read and write it at once.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

FILE_NAME: Final = "published.sqlite"

#: What a number or an answer means: tuples of texts and whole numbers.
Key = tuple[object, ...]

_SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS published (key BLOB PRIMARY KEY, document TEXT NOT NULL)"
    " WITHOUT ROWID"
)
_BUSY_SECONDS: Final = 10
_AT_ONCE: Final = 500


class Published:
    """The published numbers and answers of one workspace, by their meaning."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._of_thread = threading.local()
        self._known: set[bytes] = set()

    def lookup(self, keys: Iterable[Key]) -> dict[bytes, str]:
        """The documents that were recorded under ``keys``, by :func:`digest`."""
        digests = [digest(key) for key in keys]
        found: dict[bytes, str] = {}
        for start in range(0, len(digests), _AT_ONCE):
            some = digests[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            sql = f"SELECT key, document FROM published WHERE key IN ({marks})"
            found.update(self._connection().execute(sql, some).fetchall())
        return found

    def knows(self, key: Key) -> bool:
        """Whether something is recorded under ``key``; once known, without looking again."""
        mark = digest(key)
        if mark not in self._known and self.lookup([key]):
            self._known.add(mark)
        return mark in self._known

    def record(self, documents: Mapping[bytes, str]) -> None:
        """Keep documents by their digests, all or none; what is there already stays.

        A number that was withheld in one table and told in another counts as told.
        """
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO published VALUES (?, ?) ON CONFLICT (key) DO UPDATE"
                " SET document = excluded.document WHERE document = 'null'",
                list(documents.items()),
            )
        self._known.update(documents)

    def settle(self) -> None:
        """Wait until all that was recorded is on the disk; before rows are erased for good."""
        self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connection(self) -> sqlite3.Connection:
        """This thread's own; a forked process opens its own too."""
        held = getattr(self._of_thread, "held", None)
        if held is not None and held[0] == os.getpid():
            connection: sqlite3.Connection = held[1]
            return connection
        if not self._file.exists():
            self._file.touch(mode=0o600)
        connection = sqlite3.connect(self._file, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a power cut loses the last, tears none
        connection.execute(_SCHEMA)
        self._of_thread.held = (os.getpid(), connection)
        return connection


def digest(key: Key) -> bytes:
    """A key in 16 bytes. Written as Python writes it in ASCII: a tenth of what JSON takes."""
    return hashlib.sha256(ascii(key).encode()).digest()[:16]
