"""One cell in clear, after the reason is in the ledger."""

from __future__ import annotations

from typing import Annotated

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.findings.words import Id, Reason
from vitrail.cli.options import Folder
from vitrail.cli.output import answer_text, legible


def reveal(
    finding: Id,
    reason: Reason,
    sample: Annotated[int, typer.Option(min=0, help="Which, from `vitrail findings show`.")] = 0,
    folder: Folder = None,
) -> int:
    """Show one cell behind a finding as exported; your reason is in the ledger first.

    For auditors and investigators, never for admins. What is printed here Vitrail does not take
    back: mind what keeps your terminal's output.
    """
    with vitrail.open(folder) as workspace:
        shown = workspace.reveal(finding, sample, reason)
    answer_text(legible(shown.text))
    return NOTHING
