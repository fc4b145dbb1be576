"""``vitrail redact``: a copy of exports in their own formats, without the personal data."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import vitrail
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import (
    EntityTypes,
    Folder,
    Jobs,
    Json,
    Known,
    Languages,
    MaxCell,
    Names,
    Recognizers,
    entity_types,
    languages,
)
from vitrail.cli.output import answer_json, answer_table, progress_bar, say, tell_unreadable
from vitrail.errors import UsageError

if TYPE_CHECKING:
    from vitrail.redaction import Redaction, RedactOptions


def redact(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH…", help="Files and folders.")
    ] = None,
    folder: Folder = None,
    out: Annotated[Path | None, typer.Option(help="The new folder for the copy.")] = None,
    operators: Annotated[
        str,
        typer.Option(
            "--with",
            metavar="OPERATORS",
            help="tag, mask, pseudonym or redact; for some types another: EMAIL_ADDRESS=pseudonym.",
        ),
    ] = "tag",
    lang: Languages = "auto",
    entities: EntityTypes = None,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Hits of a lower score are left as they are.")
    ] = 0.4,
    names_mode: Names = "auto",
    jobs: Jobs = None,
    max_cell: MaxCell = 16 << 20,
    recognizers: Recognizers = None,
    known: Known = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier copy.")] = False,
    as_json: Json = False,
) -> int:
    """Write a copy without the personal data that a scan finds; the copy is scanned again."""
    from vitrail.redaction import RedactOptions, operators_of
    from vitrail.scan import ScanOptions

    if out is None:
        raise UsageError("A copy needs a place.", "Name a new folder with --out.")
    if "" in (paths or []):
        raise UsageError("An empty path names nothing.", "Name a file or a folder.")
    usual, chosen = operators_of(operators)
    scan = ScanOptions(
        languages=languages(lang),
        entities=entity_types(entities),
        min_score=min_score,
        names=names_mode,
        jobs=jobs,
        max_cell=max_cell,
        recognizers=None if recognizers is None else str(recognizers.resolve()),
        known=None if known is None else str(known.resolve()),
    )
    redaction = _redact(paths or [], folder, out, RedactOptions(usual, chosen, scan), force)
    if as_json:
        answer_json(redaction.to_json())
    else:
        _print(redaction)
    tell_unreadable([replace(file, table=None) for file in redaction.left_out])
    return worst(
        UNREADABLE if redaction.left_out else NOTHING, NOTHING if redaction.is_clean else FOUND
    )


def _redact(
    paths: list[str], folder: Path | None, out: Path, options: RedactOptions, force: bool
) -> Redaction:
    if folder is None and paths:
        from vitrail.keys import user_keyring
        from vitrail.redaction import redact

        with progress_bar("Redacting") as watch:
            return redact(paths, out, user_keyring(), options, force=force, progress=watch)
    with vitrail.open(folder) as workspace, progress_bar("Redacting") as watch:
        return workspace.redact(out, options, paths=paths, force=force, watch=watch)


def _print(redaction: Redaction) -> None:
    replaced: dict[tuple[str, str, str, str], int] = {}
    for file in redaction.files:
        for table in file.tables:
            place = file.copy if table.name is None else f"{file.copy} · {table.name}"
            for (column, kind, operator), count in table.tally.replaced.items():
                key = (place, column, kind, operator.value)
                replaced[key] = replaced.get(key, 0) + count
    answer_table(
        "",
        ("copy", "column", "entity type", "operator", "replaced#"),
        [(*key, f"{count:,}") for key, count in sorted(replaced.items(), key=lambda i: -i[1])],
    )
    say(
        f"{redaction.replaced.total():,} values replaced in {len(redaction.files):,} files, "
        f"{redaction.seconds:.1f} s. {_verdict(redaction)}"
    )


def _verdict(redaction: Redaction) -> str:
    also = (
        f" {redaction.emptied:,} cells are empty now, for their type could hold nothing else."
        if redaction.emptied
        else ""
    )
    if redaction.unmet:
        also += f" The places of {redaction.unmet:,} hits could not be told in their files."
    if redaction.unread:
        also += f" {redaction.unread:,} cells of bytes hold no text and stand as they were."
    if redaction.is_clean:
        return f"A scan of the copy found nothing.{also}"
    left = sum(one.hits for one in redaction.remaining)
    columns = len({(r.dataset, r.table, r.column) for r in redaction.remaining})
    return f"A scan of the copy still found {left:,} hits in {columns:,} columns.{also}"
