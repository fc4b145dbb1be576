"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Folder = Annotated[
    Path | None,
    typer.Option(
        "-C",
        metavar="DIR",
        help="The workspace; else VITRAIL_WORKSPACE, else the nearest folder with a vitrail.toml.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Level = Literal["low", "medium", "high", "critical", "never"]


def names(text: str | None) -> tuple[str, ...] | None:
    """``A,B`` as ``("A", "B")``; None where nothing was given."""
    if text is None:
        return None
    return tuple(part.strip() for part in text.split(",") if part.strip())
