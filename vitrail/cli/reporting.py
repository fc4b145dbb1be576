"""``vitrail report``: a run that was made before, written again in another form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli import completing
from vitrail.cli.asking import document
from vitrail.cli.exits import NOTHING
from vitrail.cli.options import Folder, Json, ReportLanguage, report_in
from vitrail.cli.output import answer_json, say
from vitrail.errors import UsageError
from vitrail.private_files import write_private

if TYPE_CHECKING:
    from vitrail.workspace import Workspace


def report(
    run: Annotated[
        str,
        typer.Argument(
            metavar="RUN",
            help="A run's id, `latest`, or a private release's.",
            autocompletion=completing.runs,
        ),
    ],
    folder: Folder = None,
    output: Annotated[
        Literal["html", "pdf", "sarif", "json", "csv"],
        typer.Option("--format", help="Of a private release html, pdf or json."),
    ] = "html",
    language: ReportLanguage = None,
    as_json: Json = False,
) -> int:
    """Write the report of a run or of a private release into the workspace's reports folder."""
    with vitrail.open(folder) as workspace:
        name = _latest(workspace) if run == "latest" else run
        with report_in(language, workspace.settings.language):
            content = _content(workspace, name, output)
        place = workspace.layout.reports / f"{name}.{output}"
        write_private(place, content)
    written = str(place.relative_to(workspace.layout.root))
    if as_json:
        answer_json({"schema": "vitrail.report/1", "run": name, "file": written})
    say(f"Wrote {written}.")
    return NOTHING


def _content(workspace: Workspace, name: str, form: str) -> bytes:
    from vitrail.workspace.run_reports import check_report, scan_report

    if name.startswith("private-"):
        return _private(workspace, name, form)
    if name.startswith("check-"):
        return check_report(workspace.check_run(name), form)
    return scan_report(*workspace.scan_run(name), form)


def _private(workspace: Workspace, name: str, form: str) -> bytes:
    from vitrail import report as reports

    release, company = workspace.private_release(name), workspace.settings.company
    if form == "html":
        return reports.private_html(release, company=company).encode()
    if form == "pdf":
        return reports.private_pdf(release, company=company)
    if form == "json":
        return json.dumps(document(release), ensure_ascii=False, indent=1).encode()
    raise UsageError(f"A private release has no {form.upper()} report.", "Use html, pdf or json.")


def _latest(workspace: Workspace) -> str:
    runs = [p.parent for p in workspace.layout.runs.glob("*/run.json")]
    runs += [p.parent for p in workspace.layout.runs.glob("*/assessments.json")]
    if not runs:
        raise UsageError("There is no run yet.", "Begin with `vitrail scan` or `vitrail check`.")
    return max(runs, key=lambda folder: folder.stat().st_mtime).name
