"""``vitrail ledger``."""

from __future__ import annotations

from dataclasses import asdict

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, say

commands = typer.Typer(help="The append-only log of what was asked, decided and done.",
                       no_args_is_help=True)  # fmt: skip


@commands.callback()
def _group() -> None:
    """The append-only log of what was asked, decided and done."""


@commands.command("verify")
def verify(folder: Folder = None, as_json: Json = False) -> int:
    """Walk the chain; name the first line that was changed, removed or moved."""
    with vitrail.open(folder) as workspace:
        report = workspace.verify_ledger()
    if as_json:
        answer_json({"schema": "vitrail.ledger/1", **asdict(report)})
    elif report.ok:
        say(f"The chain of {report.length:,} events is whole. Its head is {report.head}.")
    else:
        say(f"The chain is broken at event {report.first_bad}: {report.problem}")
    return NOTHING if report.ok else FOUND
