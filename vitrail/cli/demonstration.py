"""``vitrail demo``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Json
from vitrail.cli.output import answer_json, say, working
from vitrail.errors import UsageError

#: The demo's last day stays the same, so that the same seed gives the same bytes on any day.
AS_OF: Final = datetime(2026, 11, 20)


def demo(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    accounts: Annotated[
        int, typer.Option(min=50, max=10_000_000, help="How many accounts.")
    ] = 2000,
    seed: Annotated[
        int, typer.Option(min=0, max=2**63 - 1, help="The same seed gives the same bytes.")
    ] = 7,
    as_of: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="The day the exports end.")
    ] = AS_OF,
    broken: Annotated[
        str,
        typer.Option(
            metavar="CONTROLS",
            help="The promises it breaks: few, all, none, or controls by comma.",
            show_default="few",
        ),
    ] = "",
    clean: Annotated[
        bool, typer.Option("--clean", help="Plant no fault: the same as --broken none.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Write a synthetic company: exports, vitrail.toml and the planted truth."""
    from vitrail.demo import Broken, write_demo

    if directory.exists() and any(directory.iterdir()):
        raise UsageError(f"{directory.name} is not empty.", "Name a new folder.")
    if clean and broken:
        raise UsageError("--clean breaks no promise, --broken some.", "Give one of the two.")
    chosen = Broken.of("none" if clean else broken or "few")
    with working("Making a company") as step:
        summary = write_demo(
            directory, accounts=accounts, seed=seed, as_of=as_of.date(), broken=chosen,
            progress=lambda words: step(words, None),
        )  # fmt: skip
    if as_json:
        answer_json({"schema": "vitrail.demo/1", **asdict(summary)})
    say(f"Wrote a company of {accounts:,} accounts to {directory}.")
    say(f"It breaks {chosen}.")
    say(f"Next: vitrail import -C {directory}")
    return NOTHING
