"""Proof of deletion: what is still there of whom, and whether a hold allows it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vitrail.exports.store import CanonicalStore
from vitrail.model import Verdict
from vitrail.private_files import write_private
from vitrail.report.proof_html import proof_html
from vitrail.trace import Kind, Place, Subject, Trace, Traced
from vitrail.trace.tracing import KEY_COLUMNS
from vitrail.workspace import tracing
from vitrail.workspace.importing import open_store
from vitrail.workspace.layout import new_run_id

if TYPE_CHECKING:
    from vitrail.keys import Keyring
    from vitrail.trace.sweep import Watch
    from vitrail.workspace.open_workspace import OpenWorkspace

SCHEMA: Final = "vitrail.proof/1"
#: The grounds on which the policy lets data stay after its deletion.
GROUNDS: Final = ("legal_obligation", "fraud", "dispute", "terms")
#: Where it is written down that someone was erased, and had asked for it.
REGISTERS: Final = frozenset({"deletions", "archives", "dsar_requests"})

LEFT: Final = "left"
HELD: Final = "held"
REGISTER: Final = "register"
NAMESAKE: Final = "name only"


@dataclass(frozen=True, slots=True)
class Hold:
    """One row of ``archives``: what of one person may be kept in one table, why, until when."""

    account_id: str | None
    subject_key: str | None
    table: str
    columns: frozenset[str]
    reason: str
    until: datetime | None

    def is_valid(self, on: datetime) -> bool:
        """Whether the policy knows its ground and it has not run out."""
        return self.reason in GROUNDS and self.until is not None and self.until >= on

    def covers(self, place: Place) -> bool:
        """Whether the cell is in the held table and one of the held columns, or a key of it."""
        named = place.canonical in self.columns or place.canonical in KEY_COLUMNS
        return self.table in place.feeds and (named or not self.columns)


@dataclass(frozen=True, slots=True)
class Proof:
    """The verdict, by person, and each place with its standing; ``folder`` has the evidence."""

    trace: Trace
    verdict: Verdict
    verdicts: dict[str, Verdict]
    standings: tuple[tuple[Place, str, str], ...]
    as_of: date
    folder: Path

    def to_json(self) -> dict[str, Any]:
        """The document ``vitrail.proof/1``: keyed row ids and shapes, no value, no row number."""
        return {
            "schema": SCHEMA,
            "case": self.trace.case,
            "as_of": self.as_of.isoformat(),
            "verdict": self.verdict.value,
            "subjects": [{"subject": s, "verdict": v.value} for s, v in self.verdicts.items()],
            "places": [
                {"subject": p.subject, "dataset": p.dataset, "table": p.table, "column": p.column,
                 "row_key": p.row_key, "kind": p.kind, "how": p.how, "masked": p.masked,
                 "standing": standing, "ground": ground}
                for p, standing, ground in self.standings
            ],
            "unread": [
                {"dataset": f.name, "table": f.table, "reason": f.reason} for f in self.trace.unread
            ],
            "datasets": self.trace.datasets,
            "bytes": self.trace.bytes,
        }  # fmt: skip


def prove(workspace: OpenWorkspace, request: tracing.Request, watch: Watch) -> Proof:
    """Trace the persons, hold every place against ``archives``, write the evidence."""
    opened = tracing.begin(workspace, request, "proof")
    as_of = workspace.settings.asof or datetime.now(UTC).date()
    with open_store(workspace) as store:
        found = tracing.traced(workspace, store, opened, watch)
        holds = holds_of(store)
    folder = workspace.layout.reports / new_run_id("proof")
    proof = _judged(found, holds, workspace.keys, as_of, folder)
    written = _write(proof, workspace.settings.company)
    tracing.end(
        workspace, opened, "proof", found.trace,
        verdict=proof.verdict.value.lower(), sha256=hashlib.sha256(written).hexdigest(),
    )  # fmt: skip
    return proof


def holds_of(store: CanonicalStore) -> tuple[Hold, ...]:
    """What may be kept of whom, as ``archives`` has it."""
    if "archives" not in store.tables:
        return ()
    rows = store.query(
        "SELECT account_id, subject_key, table_name, columns, reason, hold_until FROM archives"
    ).to_pylist()
    return tuple(
        Hold(r["account_id"], r["subject_key"], r["table_name"] or "",
             frozenset(r["columns"] or ()), r["reason"] or "", r["hold_until"])
        for r in rows
    )  # fmt: skip


def _judged(
    found: Traced, holds: Sequence[Hold], keys: Keyring, as_of: date, folder: Path
) -> Proof:
    standings = standings_of(found, holds, keys, as_of)
    verdicts = {
        name: _verdict([s for p, s, _ in standings if p.subject == name], found.trace)
        for name in found.trace.subjects
    }
    order = (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.WARN, Verdict.NOT_TESTED, Verdict.PASS)
    worst = next(v for v in order if v in verdicts.values())
    return Proof(found.trace, worst, verdicts, standings, as_of, folder)


def standings_of(
    found: Traced, holds: Sequence[Hold], keys: Keyring, as_of: date
) -> tuple[tuple[Place, str, str], ...]:
    """(place, standing, ground) of everything that was found of the persons."""
    on = datetime.combine(as_of, time(), UTC)
    own = {
        name: [h for h in holds if h.is_valid(on) and _is_of(h, subject, keys)]
        for name, subject in zip(found.names, found.subjects, strict=True)
    }
    return tuple((p, *_standing(p, own[p.subject])) for p in found.trace.places)


def _is_of(hold: Hold, subject: Subject, keys: Keyring) -> bool:
    accounts = {i.text for i in subject.identifiers if i.kind is Kind.ACCOUNT}
    subject_keys = {keys.subject_key(i.text) for i in subject.identifiers if i.kind is Kind.EMAIL}
    return hold.account_id in accounts or (hold.subject_key or "") in subject_keys


def _standing(place: Place, holds: Sequence[Hold]) -> tuple[str, str]:
    """(standing, ground) of one place."""
    if REGISTERS.intersection(place.feeds):
        return REGISTER, "the register of requests, erasures and holds"
    for hold in holds:
        if hold.covers(place):
            until = "" if hold.until is None else f" until {hold.until.date().isoformat()}"
            return HELD, f"{hold.reason.replace('_', ' ')}{until}"
    return (LEFT, "") if place.certain else (NAMESAKE, "others may bear this name")


def _verdict(standings: Sequence[str], trace: Trace) -> Verdict:
    if LEFT in standings:
        return Verdict.FAIL
    if trace.unread:
        return Verdict.INCONCLUSIVE
    if trace.datasets == 0:
        return Verdict.NOT_TESTED
    return Verdict.WARN if NAMESAKE in standings else Verdict.PASS


def _write(proof: Proof, company: str) -> bytes:
    document = proof.to_json()
    written = (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
    half = proof.folder.with_name(f".{proof.folder.name}.half")
    half.mkdir(mode=0o700)
    try:
        write_private(half / "proof.json", written)
        write_private(half / "proof.html", proof_html(document, company=company).encode())
        half.rename(proof.folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return written
