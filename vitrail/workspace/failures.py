"""Controls that a check saw fail: told to the ledger, with the systems that the rows come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from vitrail.exports.store import CanonicalStore
from vitrail.model import Assessment, Control, Failure, FindingStatus, Verdict
from vitrail.promises import Policy, violations
from vitrail.promises.scan_tables import claims_of
from vitrail.workspace import row_keys
from vitrail.workspace.claims import exported_after
from vitrail.workspace.row_keys import RowKey

if TYPE_CHECKING:
    from vitrail.workspace.open_workspace import OpenWorkspace


def record_failures(
    workspace: OpenWorkspace,
    store: CanonicalStore,
    run_id: str,
    tested: Iterable[tuple[Control, Assessment]],
    policy: Policy,
    asof: date,
) -> None:
    """Let the ledger know which controls failed and which were shown to be kept."""
    pairs = list(tested)
    failed = [
        _failure(a, _systems(workspace, store, control, policy, asof), run_id)
        for control, a in pairs
        if a.verdict is Verdict.FAIL
    ]
    workspace.ledger.remedies.record(
        run_id, failed, _kept(workspace, [a for _, a in pairs]), workspace.actor.name
    )


def rows_at_fault(
    workspace: OpenWorkspace, store: CanonicalStore, control: Control, policy: Policy, asof: date
) -> tuple[RowKey, ...]:
    """The rows that break a control. What a scan brings is registered by the caller."""
    found = violations(control, store, policy, workspace.settings, asof=asof, keys=workspace.keys)
    return row_keys.of_violations(store, control, found)


def _kept(workspace: OpenWorkspace, assessments: Sequence[Assessment]) -> frozenset[str]:
    """Controls that this check has seen without a violation."""
    claims = {
        f.id: f.decided_at
        for f in workspace.ledger.remedies.failures()
        if f.status is FindingStatus.CLAIMED
    }
    kept = []
    for one in assessments:
        clean = one.verdict in (Verdict.PASS, Verdict.WARN) and not one.violations
        claim, files = claims.get(one.control), {i.name for i in one.evidence.inputs}
        if clean and (not claim or exported_after(workspace.layout.exports, files, claim)):
            kept.append(one.control)
    return frozenset(kept)


def _failure(one: Assessment, systems: tuple[str, ...], run_id: str) -> Failure:
    return Failure(
        one.control, one.section, one.title, one.severity, one.violations, one.denominator,
        systems, run_id,
    )  # fmt: skip


def _systems(
    workspace: OpenWorkspace, store: CanonicalStore, control: Control, policy: Policy, asof: date
) -> tuple[str, ...]:
    """Where the rows at fault come from; by the table that is judged where that is one system's."""
    table = control.needs[0][0]
    if table in store.tables:
        claims = claims_of(store)
        feeds = (f for d in store.tables[table].datasets for f in claims.get((d.name, d.table), []))
        mapped = {s for feed in feeds if feed.table == table and (s := feed.mapping.system)}
        if len(mapped) == 1:
            return tuple(mapped)
    return row_keys.systems_of(rows_at_fault(workspace, store, control, policy, asof))
