"""``vitrail inventory``: what is held, beside what the policy declares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say
from vitrail.errors import Unwritable

if TYPE_CHECKING:
    from vitrail.model import Held, Inventory

_LISTED = 60
_SIGNS = {"not declared": "✕", "declared": "✓"}


def inventory(
    folder: Folder = None,
    out: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a record of processing.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Dataset by column by kind of data: declared or not, for whom, kept how long.

    The exit code is 1 where a column holds a kind of data that the policy does not declare.
    """
    from vitrail.report.record_of_processing import record_of_processing
    from vitrail.workspace.inventory import record

    with vitrail.open(folder) as workspace:
        held = workspace.inventory()
    rows = [record(row) for row in held.rows]
    if out is not None:
        _write(out, record_of_processing(rows))
    if as_json:
        answer_json({"schema": "vitrail.inventory/1", "run": held.run, "policy": held.policy,
                     "unseen": list(held.unseen), "inventory": rows})  # fmt: skip
    else:
        _print(held)
    return FOUND if any(row.whole for row in held.undeclared) else NOTHING


def _print(held: Inventory) -> None:
    answer_table(
        f"Policy {held.policy}",
        ("", "data", "system", "dataset", "column", "cells#", "category", "recipients", "kept"),
        [_line(row) for row in held.rows[:_LISTED]],
    )
    more = len(held.rows) - _LISTED
    say(
        f"{len(held.rows):,} kinds of data by column, {len(held.undeclared):,} not declared"
        f"{f'; {more:,} more rows with --json or --csv' if more > 0 else ''}."
    )
    if held.unseen:
        say(f"Declared and nowhere seen: {', '.join(held.unseen)}.")


def _line(row: Held) -> tuple[object, ...]:
    place = row.dataset if row.table is None else f"{row.dataset} · {row.table}"
    kind = row.words if row.whole else f"{row.words} (in some cells)"
    return (
        _SIGNS.get(row.declared.value, "–"),
        kind,
        row.system,
        place if row.files == 1 else f"{place} ({row.files} files)",
        row.column,
        f"{row.cells:,}",
        row.category or row.declared.value,
        ", ".join(row.recipients),
        row.retention or "not stated",
    )


def _write(out: Path, text: str) -> None:
    try:
        out.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise Unwritable(
            f"{out.name} could not be written ({error.strerror}).", "Name another file with --csv."
        ) from None
