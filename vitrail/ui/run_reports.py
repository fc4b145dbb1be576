"""The report of a scan or a check to take away: one page for any browser, or paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from vitrail.translation import _
from vitrail.ui.entrance import workspace
from vitrail.ui.file_button import HTML, PDF, file_button
from vitrail.workspace import CheckRun
from vitrail.workspace.run_reports import check_report, scan_report


def check_reports(run: CheckRun) -> None:
    """The buttons of a check's report, to stand in a row."""
    _buttons(run.id, partial(check_report, run))


def scan_reports(run_id: str) -> None:
    """The buttons of a scan's report, which is read when somebody asks for it."""
    house = workspace()

    def made(form: str) -> bytes:
        return scan_report(*house.scan_run(run_id), form)

    _buttons(run_id, made)


def _buttons(run_id: str, made: Callable[[str], bytes]) -> None:
    about = {
        HTML: _("The report as one file that opens in any browser and loads nothing"),
        PDF: _("The report to print and to sign"),
    }
    for kind, words in about.items():
        form = kind.ending
        file_button(
            kind, partial(made, form), f"vitrail-{run_id}", f"{form}-{run_id}", words
        )  # fmt: skip
