"""``vitrail people``."""

from __future__ import annotations

from typing import Annotated

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say


def people(
    folder: Folder = None,
    sign_out: Annotated[
        str | None, typer.Option(metavar="NAME", help="End all sessions of this person.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Who has signed in to the workbench, with which roles, since when; sign somebody out."""
    with vitrail.open(folder) as workspace:
        if sign_out is not None:
            ended = workspace.end_sessions(sign_out.lower())
            say(f"{ended} session{'' if ended == 1 else 's'} ended.")
        sessions = workspace.sessions()
    if as_json:
        listed = [
            {
                "person": s.person, "roles": sorted(s.roles), "begun_at": s.begun_at,
                "seen_at": s.seen_at, "ended_at": s.ended_at, "cause": s.cause,
            }
            for s in sessions
        ]  # fmt: skip
        answer_json({"schema": "vitrail.people/1", "sessions": listed})
        return NOTHING
    rows = [
        (s.person, ", ".join(sorted(s.roles)), f"{s.begun_at:%Y-%m-%d %H:%M}",
         f"{s.seen_at:%Y-%m-%d %H:%M}", s.cause or "still in")
        for s in sessions
    ]  # fmt: skip
    answer_table("", ("person", "roles", "since (UTC)", "last seen", "ended by"), rows)
    return NOTHING
