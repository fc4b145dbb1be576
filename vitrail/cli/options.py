"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from vitrail.cli.completing import entity_types as entity_types_known
from vitrail.errors import UsageError

Folder = Annotated[
    Path | None,
    typer.Option(
        "-C",
        metavar="DIR",
        help="The workspace; else VITRAIL_WORKSPACE, else the nearest folder with a vitrail.toml.",
    ),
]
Recognizers = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Own recognisers (YAML); in a workspace its recognizers.yaml by default.",
    ),
]
Known = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="E-mail addresses and phone numbers, one a line: find their hashes."
    ),
]
Languages = Annotated[str, typer.Option("--lang", help="auto, or languages: en,fr.")]
EntityTypes = Annotated[
    str | None,
    typer.Option("--entities", help="Only these entity types.", autocompletion=entity_types_known),
]
Names = Annotated[
    Literal["auto", "all", "off"],
    typer.Option("--names", help="Look for persons' names within a budget, in every text, not."),
]
Jobs = Annotated[int | None, typer.Option(min=1, max=256, help="Processes; all cores by default.")]
MaxCell = Annotated[int, typer.Option(min=1, max=1 << 30, help="Largest cell read, in bytes.")]
Json = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Level = Literal["low", "medium", "high", "critical", "never"]


def names(text: str | None) -> tuple[str, ...] | None:
    """``A,B`` as ``("A", "B")``; None where nothing was given."""
    if text is None:
        return None
    return tuple(part.strip() for part in text.split(",") if part.strip())


def languages(text: str) -> Literal["auto"] | tuple[str, ...]:
    """The languages named, each judged here; else a scan would look with half an eye."""
    from vitrail.detect.detector import LANGUAGES

    if text == "auto":
        return "auto"
    chosen = names(text) or ()
    if not chosen or not set(chosen) <= set(LANGUAGES):
        known = ",".join(LANGUAGES)
        raise UsageError("--lang names a language that is not judged here.", f"There are {known}.")
    return chosen


def entity_types(text: str | None) -> tuple[str, ...] | None:
    """The entity types named, in whatever case; a scan that looks for none would find none."""
    if text is None:
        return None
    chosen = names(text.upper())
    if not chosen:
        raise UsageError("--entities names no entity type.", "`vitrail doctor` lists them.")
    return chosen
