"""The facts of the epoch in force, opened read-only and followed as imports replace them."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import duckdb
import psutil

from vitrail.errors import Refused, UsageError
from vitrail.gate.description import FactDescription
from vitrail.gate.facts import load_facts
from vitrail.gate.files import epoch_file, epochs_in
from vitrail.gate.manifest import FORMAT, MANIFEST_TABLE, EpochFact, EpochManifest
from vitrail.gate.memory import CountMemory
from vitrail.gate.published import Published

CURRENT: Final = "CURRENT"

_EPOCH_NAME: Final = re.compile(r"[0-9a-z][0-9a-z-]{0,63}")

_LOCKED_DOWN: Final[dict[str, str | int | bool]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
    "temp_directory": "",
    "lock_configuration": True,
}
_LEAST_MEMORY: Final = 1_000_000_000


def locked_down() -> dict[str, str | int | bool]:
    """How the engine over an epoch is set."""
    return {**_LOCKED_DOWN, "memory_limit": f"{_memory()}B"}


@cache
def _memory() -> int:
    """A quarter of what memory is free; the same all the time, for one file is opened one way."""
    return max(_LEAST_MEMORY, int(psutil.virtual_memory().available) // 4)


class EpochReader:
    """One epoch's file, read-only, shut off from files and network, its settings locked."""

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True, config=locked_down())
        self._of_thread = threading.local()  # to make a cursor takes a millisecond
        self.counts = CountMemory()
        document = self.fetch(f"SELECT document FROM {MANIFEST_TABLE}", [])[0][0]
        self.manifest = EpochManifest.model_validate_json(document)
        self.facts: dict[str, EpochFact] = {fact.name: fact for fact in self.manifest.facts}

    @property
    def epoch(self) -> str:
        return self.manifest.epoch

    def close(self) -> None:
        self._cursor().close()
        self._connection.close()

    def fetch(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Run the compiler's SQL; safe to call from several threads at once."""
        rows: list[tuple[Any, ...]] = self._cursor().execute(sql, params).fetchall()
        return rows

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """This thread's own."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._of_thread, "cursor", None)
        if cursor is None:
            cursor = self._of_thread.cursor = self._connection.cursor()
        return cursor


@lru_cache(maxsize=4)
def _reader(path: Path, _inode: int, _modified: int) -> EpochReader:
    """Shared by all stores of this process; a file put in another's place is opened anew."""
    return EpochReader(path)


def _identity(path: Path) -> tuple[Path, int, int]:
    stat = path.stat()
    return path, stat.st_ino, stat.st_mtime_ns


class FactStore:
    """Where questions are put: the epoch that ``facts/CURRENT`` names, or one asked for by name.

    Cheap to open; the files behind it are opened once a process and shared between threads.
    """

    def __init__(self, facts_dir: Path, fact_files: Path, epoch: str | None) -> None:
        self._facts_dir = facts_dir
        self._fact_files = fact_files
        self._pinned = epoch

    @classmethod
    def open(cls, facts_dir: Path, fact_files: Path, *, epoch: str | None = None) -> FactStore:
        """Open the facts; :class:`~vitrail.errors.UsageError` where nothing is imported yet.

        With ``epoch``, a store that answers from that epoch only.
        """
        store = cls(Path(facts_dir), Path(fact_files), epoch)
        store.reader()
        return store

    @property
    def epoch(self) -> str:
        """The epoch that is answered from where none is named."""
        return self._pinned or self.in_force

    @property
    def in_force(self) -> str:
        """The epoch that ``CURRENT`` names, whichever this store answers from."""
        return current_epoch(self._facts_dir)

    def reader(self, epoch: str | None = None) -> EpochReader:
        """The reader of an epoch; ``None`` is the one in force at this moment."""
        name = epoch or self.epoch
        try:
            if _EPOCH_NAME.fullmatch(name) is None:
                raise FileNotFoundError
            return self._opened(name)
        except FileNotFoundError:
            raise Refused(
                "There is no epoch of that name here.",
                "Ask without an epoch for the one in force.",
            ) from None
        except (duckdb.Error, ValueError):
            raise UsageError(
                f"The facts of epoch {name} cannot be read.",
                "Run `vitrail import` to build a new epoch.",
            ) from None

    def _opened(self, name: str) -> EpochReader:
        try:
            return _reader(*_identity(epoch_file(self._facts_dir, name)))
        except (FileNotFoundError, duckdb.IOException):  # purged between the look and the opening
            return _reader(*_identity(epoch_file(self._facts_dir, name)))

    @cached_property
    def published(self) -> Published:
        """What was published of these facts, which erasing persons leaves as it is."""
        return Published(self._facts_dir)

    def facts(self, epoch: str | None = None) -> tuple[FactDescription, ...]:
        """What may be asked, in the epoch in force or in an earlier one."""
        return tuple(fact.describe() for fact in self.reader(epoch).facts.values())

    def outdated(self) -> tuple[str, ...]:
        """Facts of another definition or another version of the gate than those here; the next
        import counts them anew."""
        here = {fact.name: fact.sha256 for fact in load_facts(self._fact_files)}
        return tuple(
            fact.name
            for fact in self.reader().facts.values()
            if fact.format != FORMAT or here.get(fact.name) != fact.definition.sha256
        )

    def epochs(self) -> tuple[str, ...]:
        """Every epoch that is still kept, oldest first."""
        return epochs_in(self._facts_dir)

    def close(self) -> None:
        """Nothing of its own to close; files stay open for the next store of this process."""


def current_epoch(facts_dir: Path) -> str:
    """What ``CURRENT`` names; :class:`~vitrail.errors.UsageError` where it is not there."""
    try:
        return (facts_dir / CURRENT).read_text("ascii").strip()
    except FileNotFoundError:
        raise UsageError(
            "No facts have been built here yet.", "Run `vitrail import` first."
        ) from None
