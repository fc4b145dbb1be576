"""The register of minors' cases: each with its clock, the overdue ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vitrail.model import CaseStatus, MinorCase
from vitrail.workspace.lawfulness import require_dpia

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """A case and its clock. ``status``: ``authorised`` also where only a guardian has said so;
    ``due_at``: of an open case its decision's, of a confirmed one its deletion's, else None."""

    case: MinorCase
    status: str
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class MinorRegister:
    """All cases, the overdue first, then the open by their day; ``sla_hours`` is our assumption."""

    cases: tuple[RegisteredCase, ...]
    sla_hours: int


def register(workspace: OpenWorkspace) -> MinorRegister:
    """Every case with its clock; locked until someone answers for it."""
    from vitrail.workspace.minor_cases import authorised, cases  # they load the detection

    require_dpia(workspace.settings, "The register of likely minors")
    hours, now = workspace.settings.params.minor_sla_hours, datetime.now(UTC)
    found = cases(workspace)
    allowed = authorised(workspace) if found else frozenset()
    registered = [_registered(case, case.fingerprint in allowed, hours, now) for case in found]
    registered.sort(
        key=lambda one: (not one.overdue, one.due_at or datetime.max.replace(tzinfo=UTC))
    )
    return MinorRegister(tuple(registered), hours)


def _registered(case: MinorCase, allowed: bool, hours: int, now: datetime) -> RegisteredCase:
    is_open = case.status is CaseStatus.OPEN
    if is_open and allowed:
        return RegisteredCase(case, CaseStatus.AUTHORISED.value, None, False)
    runs = is_open or case.status is CaseStatus.CONFIRMED
    due = case.due_at(hours) if runs else None
    return RegisteredCase(case, case.status.value, due, case.overdue(now, hours))
