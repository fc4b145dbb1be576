"""``vitrail register``: requests and their clocks, consent, retention, backups, on any day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say

if TYPE_CHECKING:
    from vitrail.promises.registers import Register

_LISTED = 40


def register(
    name: Annotated[
        Literal["requests", "consent", "retention", "backups"],
        typer.Argument(help="Which register."),
    ],
    folder: Folder = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As it stood at the end of this day (UTC)."),
    ] = None,
    as_json: Json = False,
) -> int:
    """A register of rights as it stood on a day: what is open, due, overdue. Rows by keyed ids.

    The exit code is 1 where something is overdue or past its end.
    """
    with vitrail.open(folder) as workspace:
        found = workspace.register(name, as_of.date() if as_of else None)
    if as_json:
        answer_json(found.document())
    else:
        _print(found)
    return FOUND if found.late else NOTHING


def _print(found: Register) -> None:
    counts = [(kind, state, f"{n:,}") for (kind, state), n in sorted(found.counts().items())]
    answer_table(f"{found.title}, {found.as_of}", ("kind", "state", "rows#"), counts)
    late = sorted(found.late, key=lambda entry: entry.left or 0)
    if late:
        rows = [
            (e.row[:12], e.kind, e.detail, e.since, e.due, e.state, e.days, e.left)
            for e in late[:_LISTED]
        ]
        columns = ("row", "kind", "detail", "since", "due", "state", "days old#", "days left#")
        answer_table("Late", columns, rows)
    say(f"{found.words} {len(found.entries):,} rows, {len(late):,} late.")
