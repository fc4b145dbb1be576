"""What the promises read of likely minors: ``scan_minors`` and ``minor_findings``.

Both live in the memory of one check. ``minor_findings`` has the columns of the canonical table and
stands in for it where the ledger knows cases: beside them it keeps what a register of the
company's own says. Of a person in both, what a human decided stands, in the ledger before the
register.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

import vitrail.scan as scanning
from vitrail.model import CaseStatus, MinorCase, ScanRun
from vitrail.workspace.minor_people import LikelyMinor, likely_minors
from vitrail.workspace.minors import today

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace

_TEXT: Final = pa.string()
_TIME: Final = pa.timestamp("us", "UTC")
_SCHEMA: Final = pa.schema(
    {
        "subject_key": _TEXT,
        "account_id": _TEXT,
        "person_key": pa.int64(),
        "conversation_id": _TEXT,
        "level": _TEXT,
        "score": pa.float64(),
        "asof": _TIME,
        "signals": _TEXT,
        "status": _TEXT,
        "decided_by": _TEXT,
        "decided_at": _TIME,
        "confirmed_at": _TIME,
        "_dataset": _TEXT,
        "_table": _TEXT,
        "_row": pa.int64(),
    }
)

_OWN: Final = f"""
    SELECT {", ".join(f'"{name}"' for name in _SCHEMA.names)} FROM minor_findings
"""


def register_minors(workspace: OpenWorkspace, store: CanonicalStore, run: ScanRun) -> None:
    """Let controls see the signals of ``run``, and the ledger's cases with whom they are about."""
    signals = scanning.read_minors(Path(run.directory))
    cases = {c.fingerprint: c for c in workspace.ledger.cases() if c.fingerprint}
    if cases:
        adult = workspace.settings.params.minor_age
        people = likely_minors(store, signals, today(workspace), adult)
        known = [(p, c) for p in people if (c := cases.get(p.fingerprint(workspace.keys)))]
        rows = [_finding(person, case, n) for n, (person, case) in enumerate(known)]
        store.register("minor_findings", pa.Table.from_pylist(_joined(store, rows), _SCHEMA))
    store.register("scan_minors", signals)


def _joined(store: CanonicalStore, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The ledger's cases and the rows of the company's own register, where one is mapped."""
    if "minor_findings" not in store.tables:
        return cases
    own = store.query(_OWN).to_pylist()
    settled = {row["person_key"] for row in own if row["decided_at"]} - {None}
    here = {case["person_key"] for case in cases if case["decided_at"]}
    kept = [row for row in own if row["person_key"] not in here]
    return [*kept, *(c for c in cases if c["decided_at"] or c["person_key"] not in settled)]


def _finding(person: LikelyMinor, case: MinorCase, number: int) -> dict[str, Any]:
    confirmed = case.status is CaseStatus.CONFIRMED
    return {
        "subject_key": person.subject_key,
        "account_id": person.account_id,
        "person_key": person.person,
        "level": case.level,
        "score": case.score,
        "asof": case.opened_at,
        "signals": json.dumps(case.families),
        "status": case.status.value,
        "decided_by": case.decided_by,
        "decided_at": case.decided_at,
        "confirmed_at": case.decided_at if confirmed else None,
        "_dataset": "ledger",
        "_row": number,
    }
