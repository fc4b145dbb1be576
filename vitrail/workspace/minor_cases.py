"""Cases of likely minors: opened after a scan, decided by a human, their keys written out.

Nothing here deletes anything, asks anybody for a birth date or writes to a parent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

import vitrail.scan as scanning
from vitrail.errors import UsageError
from vitrail.exports.canonical import CANONICAL
from vitrail.exports.mapping import Exported, Feed, plan
from vitrail.model import CaseFound, CaseStatus, MinorCase, RunState, ScanRun
from vitrail.workspace.importing import open_store
from vitrail.workspace.minor_people import LikelyMinor, likely_minors
from vitrail.workspace.minors import today
from vitrail.workspace.use import in_use

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore
    from vitrail.workspace.open_workspace import OpenWorkspace

#: Levels that open a case. Who was a minor once is told in reports and put before nobody.
_OPENING: Final = frozenset({"certain", "likely", "possible"})
_IN_FORCE: Final = """
    SELECT DISTINCT person_key FROM guardian_authorisations
    WHERE granted_at::DATE <= $on AND COALESCE(withdrawn_at::DATE > $on, TRUE)
      AND COALESCE(valid_until::DATE >= $on, TRUE)
"""


@dataclass(frozen=True, slots=True)
class KeyToDelete:
    """One row of a confirmed minor, for the owner of the system that holds it.

    ``key_column`` and ``key`` as exported; ``row`` counts from 0 in the dataset.
    """

    case: str
    system: str | None
    dataset: str
    table: str | None
    key_column: str | None
    key: str | None
    row: int


def record_cases(workspace: OpenWorkspace, run: ScanRun) -> None:
    """Open a case for each person whom a finished scan takes for a likely minor."""
    signals = scanning.read_minors(Path(run.directory))
    found: list[CaseFound] = []
    if len(signals):
        with open_store(workspace) as store:
            people = _people(workspace, store, signals)
        found = [
            CaseFound(
                one.fingerprint(workspace.keys),
                one.judgement.level.value,
                round(one.judgement.score, 4),
                tuple(family.value for family in one.judgement.families),
            )
            for one in people
            if one.judgement.level.value in _OPENING
        ]
    workspace.ledger.forget_dismissed_cases(workspace.settings.retention.cases)
    workspace.ledger.record_cases(run.id, found, actor=workspace.actor.name)


def cases(workspace: OpenWorkspace) -> tuple[MinorCase, ...]:
    """All cases, the open ones first."""
    return workspace.ledger.cases()


def open_cases(workspace: OpenWorkspace) -> Counter[str]:
    """How many cases are open, by level: all that anyone but the case handler sees."""
    return Counter(c.level for c in workspace.ledger.cases() if c.status is CaseStatus.OPEN)


def deletion_list(workspace: OpenWorkspace) -> tuple[KeyToDelete, ...]:
    """The rows of confirmed minors in every exported table, by system. Writes to the ledger that
    they were listed; deletes nothing."""
    confirmed = {
        c.fingerprint: c.id
        for c in workspace.ledger.cases()
        if c.status is CaseStatus.CONFIRMED and c.fingerprint
    }
    keys: tuple[KeyToDelete, ...] = ()
    if confirmed:
        with open_store(workspace) as store:
            people = _people(workspace, store, _signals(workspace))
            who = {
                p.person: confirmed[print_of]
                for p in people
                if (print_of := p.fingerprint(workspace.keys)) in confirmed
            }
            keys = tuple(_keys(workspace, store, who))
    listed = len({key.case for key in keys})
    payload = {"cases": listed, "rows": len(keys)}
    workspace.ledger.append("minor_deletion_listed", workspace.actor.name, payload)
    return keys


def authorised(workspace: OpenWorkspace) -> frozenset[str]:
    """Fingerprints of persons for whom a guardian's authorisation is in force now."""
    with open_store(workspace) as store:
        if "guardian_authorisations" not in store.tables:
            return frozenset()
        rows = store.query(_IN_FORCE, {"on": today(workspace)})
    people = rows["person_key"].to_pylist()
    return frozenset(
        workspace.keys.fingerprint("MINOR_CASE", str(person)) for person in people if person
    )


def _people(
    workspace: OpenWorkspace, store: CanonicalStore, signals: pa.Table
) -> tuple[LikelyMinor, ...]:
    return likely_minors(store, signals, today(workspace), workspace.settings.params.minor_age)


def _signals(workspace: OpenWorkspace) -> pa.Table:
    """What the last finished scan found."""
    for record in sorted(workspace.ledger.runs(), key=lambda r: r.started_at, reverse=True):
        if record.kind == "scan" and record.state is RunState.DONE:
            folder = Path(record.directory)
            if not scanning.is_finished(folder):
                raise UsageError("What the last scan found was purged.", "Scan again.")
            with in_use(folder):
                return scanning.read_minors(folder)
    return scanning.MINORS_SCHEMA.empty_table()


def _keys(
    workspace: OpenWorkspace, store: CanonicalStore, who: dict[int, str]
) -> Iterator[KeyToDelete]:
    """All rows of these persons, table by table."""
    sources = plan(workspace.settings, workspace.layout.root, store.catalog).feeds
    store.register("confirmed_minors", pa.table({"person": pa.array(list(who), pa.int64())}))
    seen: set[tuple[Any, ...]] = set()
    for name, table in store.tables.items():
        if not CANONICAL[name].identifiable:
            continue
        key = next((c for c in CANONICAL[name].key if c in table.columns), None)
        chosen = f"CAST(t.{key} AS VARCHAR)" if key else "NULL"
        rows = store.query(
            f"SELECT t.person_key, t._dataset, t._table, t._row, {chosen} AS key FROM {name} AS t "
            "JOIN confirmed_minors AS c ON t.person_key = c.person ORDER BY 2, 3, 4"
        )
        for row in rows.to_pylist():
            place = (row["_dataset"], row["_table"], row["_row"])
            if place not in seen:
                seen.add(place)
                feeds = [
                    feed
                    for feed in sources
                    if (feed.dataset.name, feed.dataset.table, feed.table) == (*place[:2], name)
                ]
                yield _key(who[row["person_key"]], row, key, feeds)


def _key(case: str, row: dict[str, Any], canonical: str | None, feeds: list[Feed]) -> KeyToDelete:
    source = feeds[0].columns.get(canonical or "") if feeds else None
    exported = source.column if isinstance(source, Exported) else None
    return KeyToDelete(
        case=case,
        system=feeds[0].mapping.system if feeds else None,
        dataset=row["_dataset"],
        table=row["_table"],
        key_column=exported,
        key=row["key"] if exported else None,
        row=row["_row"],
    )
