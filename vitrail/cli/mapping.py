"""``vitrail map``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli import mapping_answer, mapping_questions
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, complain, say, tell_unreadable
from vitrail.database_addresses import holds_password, is_database
from vitrail.errors import UsageError

if TYPE_CHECKING:
    from vitrail.proposal import Answers, ProposedSource
    from vitrail.workspace import Workspace
    from vitrail.workspace.mapping import MappingReport

Place = Annotated[
    str,
    typer.Argument(
        metavar="FILE|FOLDER|DATABASE", help="Below the exports, or a PostgreSQL address."
    ),
]
Inside = Annotated[str | None, typer.Option(help="Only this table, sheet or member of it; a glob.")]
Table = Annotated[str | None, typer.Option(help="The canonical table that it feeds.")]
Preset = Annotated[str | None, typer.Option(help="The preset of a known product; or `none`.")]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="CANONICAL=EXPORTED",
        help="What a column is; with nothing behind the sign, that none is it. Repeatable.",
    ),
]
Zone = Annotated[
    str | None, typer.Option("--timezone", help="Of times that say none: Europe/Paris.")
]
Days = Annotated[
    Literal["day", "month"] | None,
    typer.Option(help="Which comes first in days such as 03/04/2026."),
]
System = Annotated[str | None, typer.Option(help="The system that the export comes from.")]
Part = Annotated[
    Literal["controller", "processor"] | None,
    typer.Option("--role", help="processor: held for a customer."),
]
Write = Annotated[bool, typer.Option("--write", help="Add the sources to vitrail.toml.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing; take what is proposed.")]
Unlinked = Annotated[
    bool, typer.Option("--unlinked", help="Write though no row can be tied to a person.")
]


def map_exports(
    path: Place,
    folder: Folder = None,
    inside: Inside = None,
    table: Table = None,
    preset: Preset = None,
    columns: Columns = None,
    timezone: Zone = None,
    days: Days = None,
    system: System = None,
    role: Part = None,
    write: Write = False,
    yes: Yes = False,
    unlinked: Unlinked = False,
    as_json: Json = False,
) -> int:
    """Propose a mapping from names and values, and show which controls it makes testable."""
    from vitrail.proposal import Answers

    given = Answers(
        table=table,
        preset=False if preset == "none" else preset,
        timezone=mapping_questions.known_zone(timezone),
        days=days,
        system=system,
        role=role,
        columns=_columns(columns or []),
    )
    asks = not (yes or as_json) and sys.stdin.isatty() and sys.stdout.isatty()
    with vitrail.open(folder) as workspace:
        report = _report(workspace, path, inside, given, asks)
        if not as_json:
            mapping_answer.show(report)
        written = _write(workspace, report, write, unlinked, asks)
    if written and is_database(path) and holds_password(path):
        say("The password was not written; PGPASSWORD or ~/.pgpass must hold it for an import.")
    if as_json:
        answer_json(mapping_answer.document(report, written=written))
    tell_unreadable(report.unreadable)
    return worst(
        UNREADABLE if report.unreadable else NOTHING, FOUND if report.ties_nobody else NOTHING
    )


def _report(
    workspace: Workspace, path: str, inside: str | None, given: Answers, asks: bool
) -> MappingReport:
    draft = workspace.draft_mapping(path, given, inside=inside)
    if asks:
        each: dict[str, Answers] = {}
        while (answered := mapping_questions.ask(draft, given, each)) is not None:
            each = answered
            draft = workspace.draft_mapping(path, given, each, inside)
    return workspace.try_mapping(draft)


def _write(
    workspace: Workspace, report: MappingReport, write: bool, unlinked: bool, asks: bool
) -> bool:
    """Whether sources were written; what keeps them from it is said."""
    sources = list(_writable(report, unlinked, told=write))
    if not sources:
        if write:
            say("Nothing was written: there is no mapping to add.")
        return False
    if not (write or (asks and mapping_questions.agreed(len(sources)))):
        if not asks:
            say("Nothing was written; --write adds this to vitrail.toml.")
        return False
    workspace.write_mapping(sources)
    count = "1 source was" if len(sources) == 1 else f"{len(sources)} sources were"
    say(f"{count} added to vitrail.toml. `vitrail import` reads it.")
    return True


def _writable(report: MappingReport, unlinked: bool, *, told: bool) -> Iterator[ProposedSource]:
    """The sources that may be written; ``told``: say of the others why not."""
    for export in report.exports:
        if export.undecided:
            why, remedy = "its table is open.", "Name it with --table."
        elif export.ties_nobody and not unlinked:
            why = "not one of its rows would be tied to a person."
            remedy = "Map a column that names the person, or say --unlinked."
        else:
            yield from export.proposal.sources
            continue
        if told:
            complain(f"{export.label} is not written: {why}", remedy)


def _columns(written: list[str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    for text in written:
        canonical, sign, exported = text.partition("=")
        if not sign:
            raise UsageError(
                "--column names no exported column.", 'Write --column closed_at="Closed on".'
            )
        columns[canonical.strip()] = exported.strip()
    return columns
