"""The signed pack of a check: what it is compared with, and the ledger's line that it left."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vitrail import report
from vitrail.errors import UsageError
from vitrail.model import LedgerEvent
from vitrail.promises import changes, load_assessments
from vitrail.workspace.check_records import headers, year
from vitrail.workspace.check_run import CheckRun

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

#: Earlier checks that are looked into for one that tested the same controls.
_LOOKED_INTO: Final = 10


def write_pack(workspace: OpenWorkspace, run: CheckRun, out: Path, tested: LedgerEvent) -> None:
    """Write the pack of ``run`` into ``out``; ``tested`` is the ledger's event of the check."""
    out.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in report.EVIDENCE:
        shutil.copyfile(run.directory / name, out / name)
    facts = report.PackFacts(
        run=run.id,
        ledger_head=tested.hash,
        ledger_length=tested.seq,
        key_sha256=report.key_sha256(workspace.keys.public_key),
        earlier=_earlier(workspace, run),
        settings=run.settings,
        years=_years(workspace, run),
    )
    digest = report.write_pack(
        out, run.assessments, run.policy, at=run.at, facts=facts, signer=workspace.keys
    )
    workspace.ledger.append(
        "report_written",
        workspace.actor.name,
        {"run": run.id, "format": "pack", "sha256": digest},
    )


def _years(workspace: OpenWorkspace, run: CheckRun) -> tuple[report.PromiseYear, ...]:
    """The twelve months to ``run`` of every control that it tested."""
    tested = {a.control for a in run.assessments}
    return tuple(
        report.PromiseYear(
            one.control, one.title, tuple((m, lived.value) for m, lived in one.months),
            one.state.value,
        )
        for one in year(workspace, run.at.date()) if one.control in tested
    )  # fmt: skip


def _earlier(workspace: OpenWorkspace, run: CheckRun) -> report.Earlier | None:
    """The newest check before ``run`` that tested every control of it, or None."""
    wanted = {a.control for a in run.assessments}
    before = (header for header in headers(workspace) if header.id < run.id)
    for header in islice(before, _LOOKED_INTO):
        try:
            made = load_assessments(header.folder)
        except UsageError:  # of another version, or torn
            continue
        if wanted <= {a.control for a in made}:
            moved = changes(made, run.assessments)
            return report.Earlier(header.id, header.at, made, moved)
    return None
