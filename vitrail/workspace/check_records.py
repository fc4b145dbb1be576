"""Verdicts over the last checks: what held before, and since when something does not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from vitrail.model import Verdict

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """One check that was written whole: when, against which policy, each control's verdict."""

    id: str
    at: datetime
    policy: str
    verdicts: Mapping[str, Verdict] = field(hash=False)


def history(workspace: OpenWorkspace, limit: int) -> tuple[CheckRecord, ...]:
    """The last ``limit`` checks, the newest first."""
    written = sorted(workspace.layout.runs.glob("check-*/assessments.json"), reverse=True)
    records = []
    for file in written[:limit]:
        header = json.loads((file.parent / "check.json").read_text("utf-8"))
        assessments = json.loads(file.read_text("utf-8"))["assessments"]
        verdicts = {a["control"]: Verdict(a["verdict"]) for a in assessments}
        at = datetime.fromisoformat(header["at"])
        records.append(CheckRecord(file.parent.name, at, header["policy"], verdicts))
    return tuple(records)
