"""Logs: JSON lines in ``logs/``, a file a day, allow-listed fields only, never data of a person.

A line tells what the program did, not what it saw. Every field has a name and a shape that are
written down here; what has another name or shape is dropped, and the line says how many were.
Exceptions are logged by type, module and line: their messages may quote a cell.

A file a day, each line one append: unlike handlers that rename their file at midnight, several
processes can write at once and lose nothing.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
import threading
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import structlog

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")
_IDENTIFIER: Final = re.compile(r"[A-Za-z_<][A-Za-z0-9_.<>-]{0,119}")
_RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_PLACE: Final = re.compile(r"[A-Za-z_<][A-Za-z0-9_.<>-]{0,119}:[0-9]{1,6}")

_NUMBERS: Final = frozenset(
    [
        "seconds",
        "rows",
        "cells",
        "hits",
        "findings",
        "files",
        "problems",
        "unreadable",
        "bytes",
        "columns",
        "datasets",
        "count",
        "exit_code",
        "line",
        "pid",
        "jobs",
        "suppressed",
    ]
)
_IDENTIFIERS: Final = frozenset(
    [
        "kind",
        "state",
        "fact",
        "control",
        "action",
        "policy",
        "format",
        "page",
        "command",
        "error",
        "module",
        "version",
    ]
)
_RUNS: Final = frozenset(["run", "epoch", "release", "reference"])

#: Everything that a line may carry beside its time, level and event.
FIELDS: Final = _NUMBERS | _IDENTIFIERS | _RUNS | {"trace"}

_FILE: Final = "{day}.jsonl"
_HELD: dict[str, Any] = {}


def configure(workspace: Path | None = None, *, days: int = 30) -> None:
    """Write to ``workspace/logs/`` from now on (None: the user's log folder), ``days`` kept.

    Without a call, nothing is written. A folder that cannot be written is told once on standard
    error and stops nothing.
    """
    if workspace is None:
        from platformdirs import user_log_path

        folder = user_log_path("vitrail", appauthor=False)
    else:
        folder = workspace / "logs"
    _HELD["logger"] = structlog.wrap_logger(
        structlog.WriteLogger(_DailyFile(folder, days)),  # type: ignore[arg-type]
        processors=[
            structlog.contextvars.merge_contextvars,
            _allow_listed,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.BoundLogger,
    )


def log(event: str, **fields: Any) -> None:
    """One line: ``event`` is a name from the code (``scan_begun``), fields of :data:`FIELDS`."""
    _write("info", event, fields)


def fault(error: BaseException) -> str:
    """Log where a fault of our own arose, without its message; return a short reference to it."""
    reference = secrets.token_hex(4)
    frames = [
        f"{frame.f_globals.get('__name__', '?')}:{line}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    module, _, line = frames[-1].rpartition(":") if frames else ("", "", "0")
    fields = {
        "reference": reference,
        "error": type(error).__qualname__,
        "module": module,
        "line": int(line),
        "trace": frames[-20:],
    }
    _write("error", "fault", {name: value for name, value in fields.items() if value != ""})
    return reference


def _write(level: str, event: str, fields: Mapping[str, Any]) -> None:
    logger = _HELD.get("logger")
    if logger is not None:
        getattr(logger, level)(event, **fields)


def _allow_listed(
    _logger: Any, _method: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep the fields that are written down, in their shapes; count what was dropped."""
    event = entry.pop("event", None)
    named = isinstance(event, str) and _NAME.fullmatch(event) is not None
    kept = {name: value for name, value in entry.items() if _fits(name, value)}
    dropped = len(entry) - len(kept) + (not named)
    return {
        "event": event if named else "unnamed",
        **kept,
        **({"dropped": dropped} if dropped else {}),
    }


def _fits(name: str, value: Any) -> bool:
    if name in _NUMBERS:
        return isinstance(value, int | float)
    if name == "trace":
        return isinstance(value, list) and all(_matches(_PLACE, place) for place in value)
    if name in _IDENTIFIERS:
        return _matches(_IDENTIFIER, value)
    return name in _RUNS and _matches(_RUN, value)


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


class _DailyFile:
    """Appends each line to the file of its day (UTC); old days are removed when one begins."""

    def __init__(self, folder: Path, days: int) -> None:
        self._folder = folder
        self._days = days
        self._day: date | None = None
        self._told = False
        self._lock = threading.Lock()

    def write(self, text: str) -> int:
        with self._lock:
            try:
                return self._append(text)
            except OSError as error:
                self._tell(error)
                return 0

    def flush(self) -> None:
        """Nothing waits: each line was handed to the system whole."""

    def _append(self, text: str) -> int:
        today = datetime.now(UTC).date()
        if today != self._day:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._prune(today)
            self._day = today
        place = self._folder / _FILE.format(day=today.isoformat())
        descriptor = os.open(place, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            return os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    def _prune(self, today: date) -> None:
        oldest = _FILE.format(day=(today - timedelta(days=self._days - 1)).isoformat())
        for file in self._folder.glob("????-??-??.jsonl"):
            if file.name < oldest:
                file.unlink(missing_ok=True)

    def _tell(self, error: OSError) -> None:
        if not self._told:
            self._told = True
            sys.stderr.write(f"The log in {self._folder} cannot be written ({error.strerror}).\n")
