"""``vitrail scan --own``: Vitrail's own files under its own scan and its own RET-02."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import vitrail
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import Level
from vitrail.cli.output import answer_json, answer_table, say, tell_unreadable
from vitrail.errors import UsageError
from vitrail.model import Severity, Verdict

if TYPE_CHECKING:
    from vitrail.workspace.own_files import OwnFiles


def scan_own(
    folder: Path | None,
    paths: Sequence[str] | None,
    names: Literal["auto", "all", "off"],
    fail_on: Level,
    *,
    as_json: bool,
) -> int:
    """Look for personal data in what Vitrail has written, and for erased persons in its facts."""
    from vitrail.scan import ScanOptions

    if paths:
        raise UsageError("--own scans Vitrail's own files.", "Leave out PATH, or --own.")
    with vitrail.open(folder) as workspace:
        # a model takes the program's own prose for people: only who asks for all names gets them
        own = workspace.scan_own(ScanOptions(names="all" if names == "all" else "off"))
    if as_json:
        answer_json(_document(own))
    else:
        _print(own)
    tell_unreadable(own.run.unreadable)
    bad = own.verdict is Verdict.FAIL or any(
        fail_on != "never" and f.severity.rank >= Severity(fail_on).rank for f in own.stray
    )
    return worst(UNREADABLE if own.run.unreadable else NOTHING, FOUND if bad else NOTHING)


def _print(own: OwnFiles) -> None:
    rows = [
        (f.severity.value, f.entity_type, f.dataset, f.column, f"{f.cells:,}") for f in own.stray
    ]
    if rows:
        answer_table("", ("severity", "entity", "file", "column", "cells#"), rows)
    say(f"{len(own.run.inputs):,} tables of Vitrail's own files hold {len(own.stray):,} findings.")
    if own.unread:
        say(
            f"{own.unread:,} files of SARIF, and PDFs that do not open, were not read; the HTML "
            "and JSON of the same runs were."
        )
    say(
        f"RET-02 on the facts: {own.verdict.value.replace('_', ' ')}. Of {own.erased:,} erased "
        f"persons {own.left:,} still have rows{': import again' if own.left else ''}."
    )


def _document(own: OwnFiles) -> dict[str, object]:
    return {
        "schema": "vitrail.own_files/1",
        "files": len(own.run.inputs),
        "unread": own.unread,
        "findings": [
            {
                "dataset": f.dataset,
                "table": f.table,
                "column": f.column,
                "entity_type": f.entity_type,
                "severity": f.severity.value,
                "cells": f.cells,
                "expected": f.expected,
            }
            for f in own.findings
        ],
        "ret_02": {"verdict": own.verdict.value, "erased": own.erased, "left": own.left},
    }
