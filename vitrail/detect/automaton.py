"""One compiled Hyperscan database, and where it is kept between runs.

Compiling a hundred patterns for Unicode takes seconds, loading them milliseconds. A database fits
one Hyperscan version and one kind of CPU, so both are part of its name. A process holds each
database once, however many detectors want it; scratch space is each one's own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

_SHIFT = 40  # a buffer may hold 2^40 bytes, pattern ids fit above


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern, its Hyperscan flags, and the number of the judge whom its match calls."""

    regex: str
    flags: int
    judge: int


def cache_folder() -> Path:
    """Where compiled patterns are kept for the next process. They tell nothing of any data."""
    return platformdirs.user_cache_path("vitrail")


class Automaton:
    """Finds, in one pass over a buffer, where any of its expressions ends."""

    def __init__(self, expressions: Sequence[Expression], cache: Path | None) -> None:
        self._expressions = tuple(expressions)
        self._judges = np.array([e.judge for e in expressions], dtype=np.int64)
        self._cache = cache
        self._ready: tuple[Any, Any] | None = None

    def scan(self, buffer: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """(end of the match in bytes, judge) of every match; the starts are not known."""
        events = array("Q")
        note = events.append

        def on_match(pattern: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            note(pattern << _SHIFT | end)

        database, scratch = self._prepared()
        database.scan(buffer, match_event_handler=on_match, scratch=scratch)
        packed = np.frombuffer(events, dtype=np.uint64) if events else np.empty(0, np.uint64)
        ends = (packed & np.uint64((1 << _SHIFT) - 1)).astype(np.int64)
        return ends, self._judges[(packed >> np.uint64(_SHIFT)).astype(np.int64)]

    def pass_over(self, buffer: Any) -> None:
        """The bare pass: nothing is told of a match. The floor that the scan is measured by."""
        database, scratch = self._prepared()
        database.scan(buffer, scratch=scratch)

    def _prepared(self) -> tuple[Any, Any]:
        """The database and scratch space for it, which one scan at a time may use."""
        if self._ready is None:
            import hyperscan

            patterns = tuple((e.regex, e.flags) for e in self._expressions)
            database = _database(patterns, self._cache)
            self._ready = database, hyperscan.Scratch(database)
        return self._ready


_Patterns = tuple[tuple[str, int], ...]


@lru_cache(maxsize=8)
def _database(patterns: _Patterns, cache: Path | None) -> Any:
    path = None if cache is None else cache / _file_name(patterns)
    with _turn(path):
        return _load(path) or _compile(patterns, path)


def forget_databases() -> None:
    """Let go of what this process holds; detectors that have theirs keep it."""
    _database.cache_clear()


@contextmanager
def _turn(path: Path | None) -> Iterator[None]:
    """While one process compiles a database, another that wants it waits and then loads it. Where
    no lock can be had, both compile."""
    if path is None:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_suffix(".lock").open("a")
    except OSError:
        yield
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file_name(patterns: _Patterns) -> str:
    described = json.dumps([version("hyperscan"), sorted(_cpu_features()), patterns])
    return f"{hashlib.sha256(described.encode()).hexdigest()[:32]}.hsdb"


def _compile(patterns: _Patterns, path: Path | None) -> Any:
    import hyperscan

    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[regex.encode() for regex, _ in patterns],
        ids=list(range(len(patterns))),
        flags=[flags for _, flags in patterns],
    )
    if path is not None:
        _store(hyperscan.dumpb(database), path)
    return database


def _load(path: Path | None) -> Any:
    """The database from the cache, or None where there is none or it is damaged."""
    import hyperscan

    try:
        content = path.read_bytes() if path else b""
    except OSError:
        return None
    digest, blob = content[:32], content[32:]
    if not blob or hashlib.sha256(blob).digest() != digest:
        return None
    try:
        return hyperscan.loadb(blob, hyperscan.HS_MODE_BLOCK)
    except hyperscan.HyperscanError:
        return None


def _store(blob: bytes, path: Path) -> None:
    """Keep the database for next time; a cache that cannot be written costs only time."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(blob).digest() + blob)
        Path(name).replace(path)
    except OSError:
        return


def _cpu_features() -> set[str]:
    """What this CPU can do, as numpy found out when it was loaded."""
    core: Any = import_module("numpy._core._multiarray_umath")
    features: dict[str, bool] = core.__cpu_features__
    return {name for name, present in features.items() if present}
