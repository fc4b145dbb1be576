"""The checks of a workspace through time, as far as their packs are still kept.

One whose files cannot be read is passed over: purged meanwhile, torn, or of another version.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.model import Verdict
from vitrail.promises import Verdicts, Year, years

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

_DAYS: Final = 400  # more than twelve months


@dataclass(frozen=True, slots=True)
class CheckHeader:
    """One check that was written to its end: which, when, against which policy (UTC).

    ``whole``: of every control as things stood. ``supposed``: under another policy or on another
    day, which is a question and tells nothing of where the house stands.
    """

    folder: Path
    at: datetime
    policy: str
    settings: str
    whole: bool
    supposed: bool

    @property
    def id(self) -> str:
        return self.folder.name


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """A check with the verdict and the title of each control that it tested."""

    id: str
    at: datetime
    policy: str
    verdicts: Mapping[str, Verdict] = field(hash=False)
    titles: Mapping[str, str] = field(hash=False)


def headers(workspace: OpenWorkspace) -> Iterator[CheckHeader]:
    """Every check, the newest first."""
    for written in sorted(workspace.layout.runs.glob("check-*/assessments.json"), reverse=True):
        header = read_header(written.parent)
        if header is not None:
            yield header


def read_header(folder: Path) -> CheckHeader | None:
    """What a check's folder says of it, or None where that cannot be read."""
    try:
        told = json.loads((folder / "check.json").read_text("utf-8"))
        at = datetime.fromisoformat(told["at"])
        whole, supposed = bool(told.get("whole", True)), bool(told.get("supposed", False))
        return CheckHeader(folder, at, told["policy"], told.get("settings", ""), whole, supposed)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def history(workspace: OpenWorkspace, limit: int) -> tuple[CheckRecord, ...]:
    """The last ``limit`` checks of every control as things stood, the newest first."""
    whole = (header for header in headers(workspace) if header.whole)
    return tuple(islice(filter(None, map(_record, whole)), limit))


def year(workspace: OpenWorkspace, until: date | None = None) -> tuple[Year, ...]:
    """How each promise fared in the twelve months to ``until``, by default today (UTC)."""
    last = until or datetime.now(UTC).date()
    since = last - timedelta(days=_DAYS)
    meant = (h for h in headers(workspace) if not h.supposed and h.at.date() >= since)
    told = filter(None, map(_record, meant))
    return years((Verdicts(r.at, _titled(r)) for r in told), last)


def _titled(record: CheckRecord) -> dict[str, tuple[str, Verdict]]:
    return {control: (record.titles[control], v) for control, v in record.verdicts.items()}


def _record(header: CheckHeader) -> CheckRecord | None:
    try:
        text = (header.folder / "assessments.json").read_text("utf-8")
        told: list[dict[str, Any]] = json.loads(text)["assessments"]
        verdicts = {a["control"]: Verdict(a["verdict"]) for a in told}
        titles = {a["control"]: str(a["title"]) for a in told}
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return CheckRecord(header.id, header.at, header.policy, verdicts, titles)
