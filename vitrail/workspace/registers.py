"""The registers of rights over a workspace's exports."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.house import carried
from vitrail.promises.registers import REGISTERS, Register, register
from vitrail.workspace.checks import controls_of, policy_of
from vitrail.workspace.importing import open_store

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def read(workspace: OpenWorkspace, name: str, as_of: date | None) -> Register:
    """One register as it stood at the end of a day; by default the day of the exports."""
    if name not in REGISTERS:
        raise UsageError(
            f"There is no register {name[:40]}.{did_you_mean(name, REGISTERS)}",
            f"There are {', '.join(REGISTERS)}.",
        )
    day = as_of or workspace.settings.asof or datetime.now(UTC).date()
    with open_store(workspace) as store:
        return register(
            carried("queries", "registers"), name, store, workspace.keys, _figures(workspace), day
        )


def _figures(workspace: OpenWorkspace) -> dict[str, Any]:
    """The figures of the controls that test the same, so that both say the same."""
    answered, idle, prospects = (
        dict(control.parameters) for control in controls_of(["DSR-01", "RET-03", "RET-08"])
    )
    params = workspace.settings.params
    return {
        "dsar_days": params.dsar_days,
        "grace_days": params.closed_grace_days,
        "no_answer": answered["no_answer"],
        "idle_months": idle["idle_months"],
        "prospect_months": prospects["prospect_months"],
        "grounds": list(policy_of(workspace).archive_reasons),
    }
