"""``vitrail policy``."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table

commands = typer.Typer(help="The policy's file and what it leaves open.", no_args_is_help=True)


@commands.callback()
def _group() -> None:
    """The policy's file and what it leaves open."""


@commands.command("lint")
def lint(
    file: Annotated[
        Path | None, typer.Argument(help="A policy file; else the workspace's.")
    ] = None,
    folder: Folder = None,
    as_json: Json = False,
) -> int:
    """The policy's own contradictions and silences."""
    from vitrail.promises import lint_policy
    from vitrail.workspace.checks import policy_of, read_policy

    if file is not None:
        policy = read_policy(file)
    else:
        with vitrail.open(folder) as workspace:
            policy = policy_of(workspace)
    remarks = lint_policy(policy)
    if as_json:
        answer_json({"schema": "vitrail.policy/1", "remarks": [asdict(r) for r in remarks]})
        return NOTHING
    rows = [(r.rule, r.section, r.words) for r in remarks]
    rows += [("noted by the reader", "", f"{d.title}: {d.words}") for d in policy.defects]
    answer_table(policy.title, ("rule", "section", "what is open"), rows)
    return NOTHING
