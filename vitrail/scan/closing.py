"""What a run says of itself at its end: of each input, of each column, in all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from vitrail.model import ColumnVerdict, InputFile, InputStatus, RunState
from vitrail.scan.begin import Begun
from vitrail.scan.documents import input_json
from vitrail.scan.reuse import Reuse


def column_verdicts(begun: Begun, reuse: Reuse) -> Iterator[ColumnVerdict]:
    """The verdicts on all columns, in reading order."""
    for number, (assignment, _) in enumerate(begun.everything):
        if number in reuse.kept:
            yield from reuse.columns(number, assignment.place)
            continue
        masked = frozenset(t.label for n, t in assignment.columns.items() if n != t.label)
        planned = assignment.columns.values()
        yield from begun.totals.columns(assignment.place, planned, masked)


def ended(begun: Begun, reuse: Reuse, state: RunState, seconds: float) -> dict[str, Any]:
    """``run.json`` as it stands at the end of a session, whether or not that is the last one."""
    inputs, totals = list(_inputs(begun, reuse)), begun.totals
    return {
        **begun.document,
        "state": state.value,
        "ended_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(seconds, 2),
        "inputs": [input_json(file) for file in inputs],
        "totals": {
            "rows": totals.rows,
            "cells": totals.cells,
            "bytes": _bytes(begun, reuse),
            "hits": totals.hits,
            "inputs": len(inputs),
            "unreadable": sum(file.status is InputStatus.UNREADABLE for file in inputs),
            "partly_read": sum(file.status is InputStatus.PARTLY for file in inputs),
            "reused": sum(file.reused_from is not None for file in inputs),
        },
    }


def _inputs(begun: Begun, reuse: Reuse) -> Iterator[InputFile]:
    """What became of each input that is done."""
    yield from begun.unreadable
    for number, (assignment, size) in enumerate(begun.everything):
        place = assignment.place
        if number in reuse.kept:
            yield reuse.input_file(number, place, size)
        elif (file := begun.totals.input_file(place, size)) is not None:
            yield file


def _bytes(begun: Begun, reuse: Reuse) -> int:
    """What is read of the inputs: their size once they are done. The batches' shares add up to
    that but for rounding, which depends on where a run was cut short."""
    found = 0
    for number, (assignment, size) in enumerate(begun.everything):
        total = begun.totals.datasets.get(assignment.place)
        if number in reuse.kept or (total is not None and total.complete):
            found += size
        elif total is not None:
            found += min(size, total.bytes)
    return found
