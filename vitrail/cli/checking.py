"""``vitrail check``."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

import vitrail
from vitrail.cli import completing
from vitrail.cli.exits import FOUND, NOTHING, UNREADABLE, worst
from vitrail.cli.options import Folder, Json, ReportLanguage, names, report_in
from vitrail.cli.output import (
    answer_bytes,
    answer_table,
    answer_text,
    say,
    tell_unreadable,
    working,
)
from vitrail.cli.verifying import verify_pack
from vitrail.errors import UsageError
from vitrail.model import Assessment, Verdict

if TYPE_CHECKING:
    from vitrail.workspace import CheckRun

CheckFormat = Literal["table", "json", "html", "pdf", "oscal"]
SIGNS = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✕",
    Verdict.WARN: "!",
    Verdict.NOT_TESTED: "○",
    Verdict.INCONCLUSIVE: "~",
    Verdict.NOT_PROVABLE: "–",
}


def check(
    folder: Folder = None,
    policy: Annotated[Path | None, typer.Option(help="A policy file to test instead.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Judge as of this day.")
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            help="Only these controls: PAY-01,DSR-01.", autocompletion=completing.controls
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the signed pack here.")] = None,
    output: Annotated[
        CheckFormat, typer.Option("--format", help="How the verdicts are told.")
    ] = "table",
    language: ReportLanguage = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="WARN, NOT_TESTED and INCONCLUSIVE also exit 1.")
    ] = False,
    verify: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Check a pack's signature and files instead.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="With --verify: the public key that you were given.")
    ] = None,
    as_json: Json = False,
) -> int:
    """Test the policy's promises on the exports."""
    if verify is not None or key is not None:
        return verify_pack(verify, key, as_json)
    form: CheckFormat = "json" if as_json else output
    if form == "pdf" and out is None and sys.stdout.isatty():
        raise UsageError("A PDF is not for a terminal.", "Add --out DIR, or redirect the output.")
    with vitrail.open(folder) as workspace, report_in(language, workspace.settings.language):
        with working("Testing the promises") as step:
            run = workspace.check(
                only=names(only),
                as_of=as_of.date() if as_of else None,
                policy_file=policy,
                out=out,
                watch=step,
            )
        print_check(run, form, out)
    if out is not None:
        say(f"Wrote the signed pack to {out.name}; VERIFY.txt in it says how to check it.")
    tell_unreadable(run.problems)
    unreadable = UNREADABLE if run.problems else NOTHING
    return worst(unreadable, exit_code(run.assessments, strict))


def exit_code(assessments: tuple[Assessment, ...], strict: bool) -> int:
    """1 where a promise is broken (or, strictly, not shown to be kept), else 0."""
    unsettled = {Verdict.WARN, Verdict.NOT_TESTED, Verdict.INCONCLUSIVE} if strict else set()
    bad = {Verdict.FAIL, *unsettled}
    return FOUND if any(a.verdict in bad for a in assessments) else NOTHING


def print_check(run: CheckRun, form: CheckFormat, out: Path | None) -> None:
    """Write a check to standard output; what a pack holds is not written twice."""
    if out is not None and form not in ("table", "json"):
        return
    if form == "table":
        _table(run)
        return
    from vitrail.workspace.run_reports import check_report

    content = check_report(run, form)
    if form == "pdf":
        answer_bytes(content)
    else:
        answer_text(content.decode())


def _table(run: CheckRun) -> None:
    answer_table(
        f"Policy {run.policy.version}",
        ("", "verdict", "control", "section", "what the data says"),
        [
            (SIGNS[a.verdict], a.verdict.value.replace("_", " "), a.control, a.section, a.sentence)
            for a in run.assessments
        ],
    )
