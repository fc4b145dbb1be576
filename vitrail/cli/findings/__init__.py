"""``vitrail findings``: what scans found, and what people decide on it."""

from __future__ import annotations

import typer

from vitrail.cli.findings import deciding, looking, revealing

commands = typer.Typer(help="What scans found: worked through, decided, assigned, revealed.",
                       no_args_is_help=True)  # fmt: skip


@commands.callback()
def _group() -> None:
    """What scans found: worked through, decided, assigned, revealed."""


commands.command("list")(looking.list_findings)
commands.command("show")(looking.show)
commands.command("compare")(looking.compare)
commands.command("decide")(deciding.decide)
commands.command("assign")(deciding.assign)
commands.command("comment")(deciding.comment)
commands.command("reveal")(revealing.reveal)
