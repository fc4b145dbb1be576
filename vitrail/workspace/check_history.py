"""The checks of a workspace through time, as far as their packs are still kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from vitrail.model import Verdict
from vitrail.promises import Verdicts, Year, years

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

_DAYS = 400  #: more than twelve months


def year(workspace: OpenWorkspace, until: date | None = None) -> tuple[Year, ...]:
    """How each promise fared in the twelve months to ``until``, by default today (UTC)."""
    last = until or datetime.now(UTC).date()
    return years(verdicts(workspace, last - timedelta(days=_DAYS)), last)


def verdicts(workspace: OpenWorkspace, since: date) -> Iterator[Verdicts]:
    """What each check since a day said; one whose files cannot be read is passed over."""
    for written in sorted(workspace.layout.runs.glob("check-*/assessments.json")):
        try:
            header = json.loads((written.parent / "check.json").read_text("utf-8"))
            at = datetime.fromisoformat(header["at"])
            if at.date() < since:
                continue
            told = json.loads(written.read_text("utf-8"))["assessments"]
            of = {a["control"]: (a["title"], Verdict(a["verdict"])) for a in told}
        except (OSError, ValueError, KeyError, TypeError):
            continue
        yield Verdicts(at, of)
