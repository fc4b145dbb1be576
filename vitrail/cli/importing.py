"""``vitrail import``."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

import vitrail
from vitrail.cli import import_changes
from vitrail.cli.exits import NOTHING, UNREADABLE
from vitrail.cli.options import Folder, Json
from vitrail.cli.output import answer_json, answer_table, say, tell_unreadable, working

if TYPE_CHECKING:
    from vitrail.workspace import ImportReport

Correct = Annotated[
    bool,
    typer.Option(
        "--correct", help="Count closed periods anew, as the exports are now: a new epoch."
    ),
]


def import_exports(folder: Folder = None, as_json: Json = False, correct: Correct = False) -> int:
    """Find and map the exports, build the pseudonymous facts, say what changed."""
    with vitrail.open(folder) as workspace, working("Importing"):
        report = workspace.import_exports(correct=correct)
    if as_json:
        answer_json(_document(report))
    else:
        _print(report)
    tell_unreadable(report.problems)
    return UNREADABLE if report.problems else NOTHING


def _print(report: ImportReport) -> None:
    rows = {(i.name, i.table): i.rows for i in report.inputs}
    answer_table(
        "Exports",
        ("dataset", "format", "rows#", "columns#"),
        [
            (d.label, d.format, _count(rows.get((d.name, d.table))), len(d.columns))
            for d in report.datasets
        ],
    )
    answer_table(
        "Canonical tables",
        ("table", "mapped columns"),
        [(name, ", ".join(columns)) for name, columns in report.tables],
    )
    answer_table(
        "Controls",
        ("control", "", "what it lacks"),
        [
            (c.control, "ready" if c.ready else "not testable", ", ".join(c.missing))
            for c in report.readiness
        ],
    )
    say(f"{len(report.unmapped)} columns are not mapped; the scan reads them all the same.")
    facts = ", ".join(f"{name} {rows:,} rows" for name, rows in report.facts.facts)
    say(f"Facts of epoch {report.facts.epoch}: {facts}.")
    for sentence in import_changes.sentences(report):
        say(sentence)


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _document(report: ImportReport) -> dict[str, object]:
    return {
        "schema": "vitrail.import/1",
        "epoch": report.facts.epoch,
        "facts": dict(report.facts.facts),
        **import_changes.document(report),
        "inputs": [asdict(i) for i in report.inputs],
        "problems": [asdict(i) for i in report.problems],
        "tables": {name: list(columns) for name, columns in report.tables},
        "unmapped": [
            {"dataset": d.name, "table": d.table, "column": c} for d, c in report.unmapped
        ],
        "controls": [
            {"control": c.control, "ready": c.ready, "missing": list(c.missing)}
            for c in report.readiness
        ],
    }
