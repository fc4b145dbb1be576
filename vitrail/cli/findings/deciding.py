"""What people do to findings: decide, hand over, comment."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import vitrail
from vitrail.cli.exits import NOTHING
from vitrail.cli.findings.words import Day, Id, Ids, Reason
from vitrail.cli.options import Folder
from vitrail.cli.output import say

_Decision = Literal["confirm", "claim", "dismiss", "reopen"]


def decide(
    decision: Annotated[_Decision, typer.Argument(help="What you decide.")],
    findings: Ids,
    reason: Reason,
    until: Day = None,
    folder: Folder = None,
) -> int:
    """Decide on findings: confirm, claim fixed, dismiss (with --until: for a time), reopen.

    To dismiss a critical finding takes two persons: the first proposes, another dismisses.
    """
    from vitrail.model import Decision

    day = until and until.date()
    with vitrail.open(folder) as workspace:
        if len(findings) == 1:
            workspace.dispose(findings[0], Decision(decision), reason, until=day)
            proposed = workspace.finding(findings[0]).proposed_by
            say("Proposed: another person has to dismiss it too." if proposed else "Noted.")
            return NOTHING
        came = workspace.dispose_all(dict.fromkeys(findings), Decision(decision), reason, until=day)
    say(f"{len(came.done):,} decided, {len(came.proposed):,} proposed to a second person, "
        f"{len(came.overtaken):,} left as they were.")  # fmt: skip
    return NOTHING


def assign(
    findings: Ids,
    owner: Annotated[str, typer.Option("--owner", help="A team or a role, not an address.")],
    due: Day = None,
    folder: Folder = None,
) -> int:
    """Say who mends findings, and by which day."""
    with vitrail.open(folder) as workspace:
        workspace.assign(findings, owner, due and due.date())
    say("Noted.")
    return NOTHING


def comment(
    finding: Id,
    words: Annotated[str, typer.Argument(help="What you say, without personal data.")],
    folder: Folder = None,
) -> int:
    """Say something of a finding, for whoever looks at it next."""
    with vitrail.open(folder) as workspace:
        workspace.comment(finding, words)
    say("Noted.")
    return NOTHING
