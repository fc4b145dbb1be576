"""``vitrail ask --report FILE``: a release as a page or on paper, as its page offers it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from vitrail.errors import UsageError
from vitrail.private_files import write_private

if TYPE_CHECKING:
    from vitrail.model import Release
    from vitrail.workspace import Workspace

_FORMS: Final = (".html", ".pdf")


def _is_report(file: Path | None) -> Path | None:
    """The file where its name says what it is to be; told before anything is asked."""
    if file is not None and file.suffix.lower() not in _FORMS:
        raise UsageError(
            f"No report is called {file.name[:80]}.", "Name a file that ends in .html or .pdf."
        )
    return file


REPORT: Final = typer.Option(
    "--report", metavar="FILE", callback=_is_report, help="Also as a file: .html or .pdf."
)


def write_release(workspace: Workspace, release: Release, file: Path) -> None:
    """Write the report of a release, in the language of now."""
    write_private(file, _content(workspace, release, file.suffix.lower()))


def _content(workspace: Workspace, release: Release, form: str) -> bytes:
    from vitrail import report
    from vitrail.report.measure_titles import titles
    from vitrail.report.release_paper import release_page, release_paper
    from vitrail.translation import _

    if release.private is not None:
        company = workspace.settings.company
        if form == ".pdf":
            return report.private_pdf(release, company=company)
        return report.private_html(release, company=company).encode()
    fact = next(one for one in workspace.facts() if one.name == release.query.fact)
    if form == ".pdf":
        return release_paper(release, _(fact.title), titles(fact))
    return release_page(release, _(fact.title), titles(fact)).encode()
