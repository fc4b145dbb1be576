"""``vitrail ledger``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, answer_text, say

commands = typer.Typer(help="The append-only log of what was asked, decided and done.",
                       no_args_is_help=True)  # fmt: skip


@commands.callback()
def _group() -> None:
    """The append-only log of what was asked, decided and done."""


@commands.command("verify")
def verify(
    folder: Folder = None,
    head: Annotated[
        str | None, typer.Option(metavar="HASH", help="A head that was noted elsewhere.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Walk the chain; name the first line that was changed, removed or moved."""
    with vitrail.open(folder) as workspace:
        report = workspace.verify_ledger(head)
    if as_json:
        answer_json({"schema": "vitrail.ledger/1", **asdict(report)})
    elif report.ok:
        say(f"The chain of {report.length:,} events is whole. Its head is {report.head}.")
    elif report.first_bad is None:
        say(f"The chain is not as it was: {report.problem}")
    else:
        say(f"The chain is broken at event {report.first_bad}: {report.problem}")
    return NOTHING if report.ok else FOUND


@commands.command("export")
def export(
    folder: Folder = None,
    form: Annotated[
        Literal["json", "csv"],
        typer.Option("--format", help="JSON to walk the chain, CSV for a spreadsheet."),
    ] = "json",
) -> int:
    """Every line of the access log with its hashes, to walk the chain elsewhere."""
    with vitrail.open(folder) as workspace:
        answer_text(workspace.access_log(form))
    return NOTHING


@commands.command("move")
def move(
    to: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="postgresql://user@host/database, or ledger.db."),
    ],
    folder: Folder = None,
    as_json: Json = False,
) -> int:
    """Carry the ledger to PostgreSQL or back, its chain as it is; vitrail.toml says so then."""
    with vitrail.open(folder) as workspace:
        chain = workspace.move_ledger(to)
    if as_json:
        answer_json({"schema": "vitrail.ledger/1", **asdict(chain)})
        return NOTHING
    say(f"The {chain.length:,} events were moved. The head is as it was: {chain.head}.")
    say("vitrail.toml has the new address; the old ledger takes no more lines: keep it as a copy.")
    say("With this the settings are others: `vitrail settings propose` and another approves them.")
    return NOTHING


@commands.command("budget")
def budget(folder: Folder = None, as_json: Json = False) -> int:
    """What there is of the privacy budget, what was spent of it, and on which releases."""
    with vitrail.open(folder) as workspace:
        standing = workspace.privacy_budget()
        releases = workspace.private_releases()
    total, spent, left = (n / 1e6 for n in (standing.total, standing.spent, standing.left))
    if as_json:
        listed = [
            {"release": r.id, "rho": r.private.rho, "at": r.released_at}
            for r in releases
            if r.private is not None
        ]
        figures = {"population": standing.population, "total": total, "spent": spent, "left": left}
        answer_json({"schema": "vitrail.budget/1", **figures, "releases": listed})
        return NOTHING
    rows = [
        (r.id, r.query.fact, ", ".join(r.query.dimensions), f"{r.private.rho:g}")
        for r in releases
        if r.private is not None
    ]
    answer_table("", ("release", "fact", "by", "ρ#"), rows)
    say(f"ρ {spent:g} of {total:g} is spent, {left:g} is left. It is never refilled.")
    return NOTHING
