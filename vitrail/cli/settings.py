"""``vitrail settings``."""

from __future__ import annotations

from typing import Annotated

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say
from vitrail.model import SettingsStanding

commands = typer.Typer(help="Which settings are in force, and whether two people stand for them.",
                       no_args_is_help=True)  # fmt: skip


@commands.callback()
def _group() -> None:
    """Which settings are in force, and whether two people stand for them."""


@commands.command("show")
def show(folder: Folder = None, as_json: Json = False) -> int:
    """The settings by digest: who proposed and who approved them, and what changed since."""
    with vitrail.open(folder) as workspace:
        now = workspace.settings_standing()
    if as_json:
        answer_json({
            "schema": "vitrail.settings/1", "digest": now.digest, "approved": now.approved,
            "proposed_by": now.proposed_by, "approved_by": now.approved_by,
            "changed": now.changed, "parts": now.parts,
        })  # fmt: skip
        return NOTHING
    rows = [(name, part[:12], now.since(name)) for name, part in now.parts.items()]
    answer_table("", ("part", "digest", "since the last approval"), rows)
    _tell(now)
    return NOTHING


@commands.command("propose")
def propose(folder: Folder = None) -> int:
    """Say that the settings in force are meant; another person then approves them."""
    with vitrail.open(folder) as workspace:
        _tell(workspace.propose_settings())
    return NOTHING


@commands.command("approve")
def approve(
    digest: Annotated[str, typer.Argument(help="What `vitrail settings show` told, or 8 digits.")],
    folder: Folder = None,
) -> int:
    """Approve what another person proposed, after looking at it."""
    with vitrail.open(folder) as workspace:
        _tell(workspace.approve_settings(digest))
    return NOTHING


def _tell(now: SettingsStanding) -> None:
    say(f"Settings {now.words}.")
