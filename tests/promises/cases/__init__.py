"""The cases of every control: small companies in which it passes, breaks, and cannot be told.

One file a family: ``mkt.yaml`` holds those of MKT-01, MKT-02 …, for the letters before the dash
of an id name its file. A control without an entry makes the walk fail (``test_control_verdicts``
finds the controls in ``queries/promises``, not in a list). So whoever adds a control adds an
entry, and nothing else has to be registered::

    MKT-02:
      tables:                       # exports under which it PASSes: canonical table → rows
        marketing_sends:
          - {send_id: s1, email: ben@example.org, purpose: marketing, sent_at: 2026-03-01 09:00:00}
        unsubscribe_events:
          - {email: ben@example.org, ts: 2026-03-02 10:00:00}
      breach:                       # tables that stand in for those above; one row is at fault
        unsubscribe_events:
          - {email: ben@example.org, ts: 2026-02-20 10:00:00}
      time: unsubscribe_events.ts   # without it, column absent or all null, it is INCONCLUSIVE

A row's keys are canonical columns, or the pseudo-columns ``email`` and ``guardian_email``; a
column that no row has is not exported. YAML anchors (``&``, ``*``, ``<<``) keep rows short.

Optional keys:

- ``verdict``: of the breach, where the catalogue says WARN (default FAIL).
- ``kept``: the verdict of ``tables`` where it is not PASS: NOT_PROVABLE of a control whose data can
  only refute (kind R).
- ``violations``: rows at fault in the breach, where not 1 (of a WARN: warnings).
- ``time``: leave it out only where the control asks nothing of time (``time: null``).
- ``nulls``: the verdict where that time is exported but null in every row, where not INCONCLUSIVE:
  NOT_TESTED where such rows are in no case of the control, PASS where it only dates a breach.
- ``absent``: the needed table to take away, the first of ``tables`` otherwise.
- ``files`` and ``breach_files``: exports that feed no table, file name → rows (for scans).
- ``systems``: table → the system that its export comes from.
- ``scan``: true scans the exports first; ``reviews``: entity type → status of its findings.
- ``registered`` and ``breach_registered``: tables about the scan that stand in for a real one
  (``scan_minors`` …), table → rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

from vitrail.model import FindingStatus, Verdict

_FOLDER: Final = Path(__file__).parent

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """One control's entry; see the module's text for what each key means."""

    tables: dict[str, Rows] = field(default_factory=dict)
    breach: dict[str, Rows] = field(default_factory=dict)
    verdict: Verdict = Verdict.FAIL
    kept: Verdict = Verdict.PASS
    violations: int = 1
    time: str | None = None
    nulls: Verdict = Verdict.INCONCLUSIVE
    absent: str | None = None
    files: dict[str, Rows] = field(default_factory=dict)
    breach_files: dict[str, Rows] = field(default_factory=dict)
    systems: dict[str, str] = field(default_factory=dict)
    scan: bool = False
    reviews: dict[str, FindingStatus] = field(default_factory=dict)
    registered: dict[str, Rows] = field(default_factory=dict)
    breach_registered: dict[str, Rows] = field(default_factory=dict)


class _TextLoader(yaml.SafeLoader):
    """Text stays text, a time as it would stand in a CSV; only ``<<`` has a meaning."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        "<": yaml.SafeLoader.yaml_implicit_resolvers["<"]
    }


@cache
def cases() -> dict[str, Case]:
    """Control → its case, of all families. A key that is not known fails by name."""
    found: dict[str, Case] = {}
    for path in sorted(_FOLDER.glob("*.yaml")):
        entries: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=_TextLoader)
        for control, entry in entries.items():
            if control.startswith("."):  # rows that other entries refer to
                continue
            assert control.lower().startswith(f"{path.stem}-"), f"{control} in {path.name}"
            found[control] = _case(entry)
    return found


def _case(entry: dict[str, Any]) -> Case:
    assert "time" in entry, "say which time it uses, or null"
    read = dict(entry)
    read["time"] = None if entry["time"] == "null" else entry["time"]
    for name in ("verdict", "kept", "nulls"):
        if name in entry:
            read[name] = Verdict[entry[name]]
    read["scan"] = entry.get("scan") == "true"
    read["violations"] = int(entry.get("violations", 1))
    read["reviews"] = {e: FindingStatus(s) for e, s in entry.get("reviews", {}).items()}
    return Case(**read)
