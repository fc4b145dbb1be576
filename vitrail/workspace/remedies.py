"""From finding to fixed: who mends what until when, by which keys, and whether it is mended.

A finding of a scan and a control that failed go the same way: open, claimed fixed, verified by an
export later than the claim, regressed. The ledger keeps both by the same rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import vitrail.scan as scanning
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError
from vitrail.model import (
    Assignment,
    Failure,
    Finding,
    FindingStatus,
    Remedy,
    Severity,
)
from vitrail.promises.scan_tables import claims_of
from vitrail.workspace import row_keys
from vitrail.workspace.checks import controls_of, policy_of, register_scan
from vitrail.workspace.erased import register_erased
from vitrail.workspace.failures import rows_at_fault
from vitrail.workspace.importing import open_store
from vitrail.workspace.row_keys import RowKey
from vitrail.workspace.use import in_use

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace

#: What a human has taken for real, or has claimed mended.
_TAKEN_UP: Final = frozenset(
    {
        FindingStatus.CONFIRMED,
        FindingStatus.CLAIMED,
        FindingStatus.VERIFIED,
        FindingStatus.REGRESSED,
    }
)


def remedies(workspace: OpenWorkspace) -> tuple[Remedy, ...]:
    """Every failed control and every finding that somebody took up; what is open comes first."""
    settled = workspace.ledger.remedies.assignments()
    found = [
        *(_of_failure(workspace, f, settled[f.id]) for f in workspace.ledger.remedies.failures()),
        *_of_findings(workspace, settled),
    ]
    return tuple(sorted(found, key=_order))


def keys_of(workspace: OpenWorkspace, name: str) -> tuple[RowKey, ...]:
    """The rows behind a finding or a failed control, by the keys of their own systems."""
    for failure in workspace.ledger.remedies.failures():
        if failure.id == name:
            return _failed_rows(workspace, name)
    for finding in workspace.ledger.findings():
        if finding.id == name:
            return tuple(_found_rows(workspace, finding))
    known = (f.id for f in workspace.ledger.remedies.failures())
    raise UsageError(
        f"There is no finding or failed control {name[:64]}.{did_you_mean(name, known)}",
        "`vitrail resolve` lists them.",
    )


def _failed_rows(workspace: OpenWorkspace, name: str) -> tuple[RowKey, ...]:
    (control,) = controls_of([name])
    asof = workspace.settings.asof or datetime.now(UTC).date()
    with open_store(workspace) as store:
        register_scan(workspace, store, [control])
        register_erased(workspace, store, [control], asof)
        return rows_at_fault(workspace, store, control, policy_of(workspace), asof)


def _found_rows(workspace: OpenWorkspace, finding: Finding) -> Iterator[RowKey]:
    folder = workspace.layout.runs / finding.run
    if not scanning.is_finished(folder):
        raise UsageError("What that scan found was purged.", "Scan again.")
    with open_store(workspace) as store, in_use(folder):
        for dataset, rows in scanning.finding_rows(folder, finding, store.catalog, workspace.keys):
            yield from row_keys.of_rows(store, dataset, finding.column, rows)


def _of_failure(workspace: OpenWorkspace, one: Failure, known: Assignment) -> Remedy:
    return Remedy(
        one.id, "promise", one.title, f"section {one.section}", one.severity, one.violations,
        one.systems, _owners(workspace, one.systems, known), one.status, known.opened_at,
        _due(workspace, one.severity, known), one.decided_by, one.decided_at,
    )  # fmt: skip


def _of_findings(workspace: OpenWorkspace, settled: Mapping[str, Assignment]) -> Iterator[Remedy]:
    taken = [f for f in workspace.ledger.findings() if f.status in _TAKEN_UP]
    if not taken:
        return
    with open_store(workspace) as store:
        claims = claims_of(store)
    for one in taken:
        feeds = claims.get((one.dataset, one.table), [])
        systems = tuple(sorted({s for feed in feeds if (s := feed.mapping.system)}))
        place = " · ".join(part for part in (one.dataset, one.table, one.column) if part)
        known = settled[one.id]
        yield Remedy(
            one.id, "finding", one.entity_type, place, one.severity, one.cells, systems,
            _owners(workspace, systems, known), one.status, known.opened_at,
            _due(workspace, one.severity, known), one.decided_by, one.decided_at,
        )  # fmt: skip


def _owners(workspace: OpenWorkspace, systems: Sequence[str], known: Assignment) -> tuple[str, ...]:
    if known.owner:
        return (known.owner,)
    owners = (workspace.settings.owners.get(system) for system in systems)
    return tuple(dict.fromkeys(owner for owner in owners if owner))


def _due(workspace: OpenWorkspace, severity: Severity, known: Assignment) -> date | None:
    if known.due or known.opened_at is None:
        return known.due
    days: int = getattr(workspace.settings.due_days, severity.value)
    return known.opened_at.date() + timedelta(days=days)


def _order(one: Remedy) -> tuple[bool, date, int, str]:
    return (one.is_settled, one.due or date.max, -one.severity.rank, one.id)
