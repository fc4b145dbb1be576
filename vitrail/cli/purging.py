"""``vitrail purge``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say


def purge(
    folder: Folder = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and delete nothing.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Delete what Vitrail has kept for as long as [retention] says; exports are never touched."""
    with vitrail.open(folder) as workspace:
        report = workspace.purge(dry_run=dry_run)
    if as_json:
        answer_json(
            {
                "schema": "vitrail.purge/1",
                "purge": report.id,
                "at": report.at.isoformat(),
                "dry_run": dry_run,
                "categories": [asdict(one) for one in report.categories],
                "exports_past": report.exports,
            }
        )
        return NOTHING
    rows = [
        (c.category, c.days, f"{c.items:,}", f"{c.bytes / 1e6:,.1f}", c.held or None)
        for c in report.categories
    ]
    verb = "would go" if dry_run else "deleted"
    answer_table("", ("what", "days#", f"{verb}#", "MB#", "in use, left#"), rows)
    if report.exports is not None:
        say(f"{report.exports:,} export files are past their period. They are yours to delete.")
    return NOTHING
