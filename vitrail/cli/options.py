"""Options that several commands share."""

from __future__ import annotations

from contextlib import AbstractContextManager
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
Languages = Annotated[str, typer.Option("--lang", help="Of the texts: auto, or en,fr.")]
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


def _is_spoken(code: str | None) -> str | None:
    """The code where reports speak it; told before any work is done."""
    if code is not None:
        from vitrail.translation import LANGUAGES

        if code not in LANGUAGES:
            raise UsageError(
                f"No report speaks “{code[:20]}”.", f"--language is {' or '.join(LANGUAGES)}."
            )
    return code


ReportLanguage = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="CODE",
        callback=_is_spoken,
        help="Of the report: en or fr; else as vitrail.toml says.",
    ),
]


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


def report_in(*wished: str | None) -> AbstractContextManager[None]:
    """Within, reports speak the first language that somebody wishes, else English."""
    from vitrail.translation import SOURCE, speaking

    return speaking(next(filter(None, wished), SOURCE))


def entity_types(text: str | None) -> tuple[str, ...] | None:
    """The entity types named, in whatever case; a scan that looks for none would find none."""
    if text is None:
        return None
    chosen = names(text.upper())
    if not chosen:
        raise UsageError("--entities names no entity type.", "`vitrail doctor` lists them.")
    return chosen
