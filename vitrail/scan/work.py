"""One task worked off: the kernel over its items, one part on disk, one record told."""

from __future__ import annotations

import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from vitrail.detect.detector import Detector, DetectorOptions
from vitrail.errors import VitrailError
from vitrail.keys import Keyring
from vitrail.model import InputStatus
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.kernel import Scanned, scan_batch
from vitrail.scan.memory import Memory
from vitrail.scan.parts import Parts
from vitrail.scan.tasks import Item, Task


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to know, once. It can be pickled; the keys travel by pipe alone."""

    options: DetectorOptions
    keys: Keyring
    cache: Path | None
    directory: Path
    session: str


class Work:
    """A worker's state: its detector, what it remembers, where its parts go."""

    def __init__(self, setup: Setup, detector: Detector | None = None) -> None:
        detector = detector or Detector(setup.options, setup.keys, setup.cache)
        self._memory = Memory(detector)
        self._parts = Parts(setup.directory, setup.session)
        self._sketch_key = sketch_key(setup.keys)

    def do(self, task: Task) -> dict[str, Any]:
        """Scan a task and write its part; the record as it counts."""
        hits, record = self.scan(task)
        return self._parts.write(task.name, hits, record)

    def scan(self, task: Task) -> tuple[pa.Table, dict[str, Any]]:
        """A task's hits, and the record of what was done, with labels alone."""
        tables: list[pa.Table] = []
        items = []
        for item in task.items:
            begun = time.perf_counter()
            scanned, fault = self._scan(item)
            tables.append(scanned.hits)
            items.append(item_record(item, scanned, time.perf_counter() - begun, fault))
        hits = pa.concat_tables(tables) if tables else HITS_SCHEMA.empty_table()
        return hits, {"items": items, "elapsed": task.elapsed}

    def _scan(self, item: Item) -> tuple[Scanned, str | None]:
        try:
            return scan_batch(
                item.batch, item.place, item.columns, self._memory, self._sketch_key
            ), None
        except VitrailError:
            raise
        except Exception as error:
            return Scanned(HITS_SCHEMA.empty_table()), _where(error)


def sketch_key(keys: Keyring) -> str:
    """16 characters under which distinct values are counted: the same in every session."""
    return keys.fingerprint("", "distinct values")[:16]


def item_record(item: Item, scanned: Scanned, seconds: float, fault: str | None) -> dict[str, Any]:
    """What is kept of an item: where it is, what was counted, how it ended."""
    for label, profile in scanned.profiles.items():
        profile.non_null = item.non_null.get(label, profile.non_null)
        profile.rows = item.rows
    end = item.end
    if fault is not None:
        rows = f"row {item.first_row:,}"
        if item.rows > 1:
            rows = f"rows {item.first_row:,} to {item.first_row + item.rows - 1:,}"
        reason = f"Scanning {rows} (counted from 0) met a {fault}."
    return {
        "dataset": item.place.dataset,
        "table": item.place.table,
        "first_row": item.first_row,
        "rows": item.rows,
        "examined_rows": item.examined_rows,
        "bytes": item.bytes,
        "cells": sum(p.examined for p in scanned.profiles.values()),
        "hits": len(scanned.hits),
        "seconds": round(item.seconds + seconds, 4),
        "columns": {label: p.to_json() for label, p in scanned.profiles.items()},
        "fault": None if fault is None else reason,
        "end": None
        if end is None
        else {
            "status": InputStatus(end.status).value,
            "rows": end.rows,
            "sha256": end.sha256,
            "reason": end.reason,
            "remedy": end.remedy,
        },
    }


def _where(error: Exception) -> str:
    """A fault by its type and place in the program; its message could quote a cell."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "vitrail" in Path(frame.filename).parts]
    frame = (own or frames)[-1]
    return f"fault of our own ({type(error).__name__}, {Path(frame.filename).name}:{frame.lineno})"
