"""A file of what is already known, so that a pipeline fails on what is new alone.

It holds each finding's id and place and the fingerprints of its values, all keyed or masked: the
file tells nothing of the data, and means nothing under another key. A value that turns up in a
known finding and is not in the baseline makes the finding new again. What a later run no longer
finds stays in the file as gone; found once more, it has regressed.

Findings stand one a line, in the order of their ids, so that two versions can be compared and
merged like any text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from vitrail.errors import KeyMismatch, UsageError
from vitrail.keys import Keyring
from vitrail.model import Change, Finding, FindingStatus, ScanRun, Severity
from vitrail.scan.coverage import examined
from vitrail.scan.findings import finding_id
from vitrail.scan.hits import hit_parts
from vitrail.scan.name_hits import name_parts
from vitrail.scan.parts import write_atomically
from vitrail.scan.tally import group_of

_SCHEMA: Final = "vitrail.baseline/2"

#: A finding with more values than this is known as a column, not value by value.
LISTED: Final = 10_000
_DIGITS: Final = 16
_PLACE: Final = ("dataset", "table", "column", "entity_type")

_NOT_EXAMINED: Final[Mapping[str, Any]] = {
    "change": Change.NOT_EXAMINED,
    "status": FindingStatus.OPEN,
    "explanation": "The baseline knows it; this scan did not read all of where it was.",
}

Baseline = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings beside a baseline, each with its change; those that are gone come last."""

    findings: tuple[Finding, ...]

    def of(self, *changes: Change) -> tuple[Finding, ...]:
        """The findings that have changed so."""
        return tuple(f for f in self.findings if f.change in changes)


def write_baseline(
    path: Path,
    directory: Path,
    findings: Sequence[Finding],
    keys: Keyring,
    former: Baseline | None = None,
) -> None:
    """Write down the findings of the run in ``directory`` as known. ``former``: a baseline whose
    other findings are kept as gone."""
    values = _values(directory, findings, keys)
    unseen = {f.id for f in findings if f.change is Change.NOT_EXAMINED}
    entries = {
        name: entry if name in unseen else {**entry, "gone": True, "fingerprints": None}
        for name, entry in (former or {}).items()
    }
    for finding in findings:
        if finding.change in (Change.GONE, Change.NOT_EXAMINED):
            continue
        listed = sorted(values[finding.id]) if finding.values <= LISTED else None
        entries[finding.id] = {
            "id": finding.id,
            **{name: getattr(finding, name) for name in _PLACE},
            "severity": finding.severity.value,
            "values": finding.values,
            "gone": False,
            "fingerprints": listed,
        }
    lines = ",\n".join(json.dumps(entries[name], ensure_ascii=False) for name in sorted(entries))
    head = json.dumps({"schema": _SCHEMA, "key": keys.check_value})[:-1]
    text = f'{head}, "findings": [\n{lines}\n]}}\n'
    write_atomically(path, lambda half: half.write_text(text, "utf-8"))


def compare_baseline(
    baseline: Baseline, run: ScanRun, findings: Sequence[Finding], keys: Keyring
) -> Comparison:
    """What a run's findings are beside a baseline: new, still there, regressed; then what the run
    lacks: gone where it would have met it again, else not examined again."""
    values = _values(Path(run.directory), findings, keys)
    compared = [_beside(f, baseline.get(f.id), values[f.id]) for f in findings]
    found = {finding.id for finding in findings}
    absent = [_absent(e, run.id) for n, e in baseline.items() if n not in found and not e["gone"]]
    seen = examined(run, absent)
    told = [f if f.id in seen else replace(f, **_NOT_EXAMINED) for f in absent]
    return Comparison((*compared, *sorted(told, key=lambda f: (-f.severity.rank, f.id))))


def read_baseline(path: Path, keys: Keyring) -> Baseline:
    """Its findings by id; refuses what is none, and one written under another key."""
    try:
        document = json.loads(path.read_text("utf-8"))
        key, schema = document["key"], document["schema"]
        entries = {entry["id"]: entry for entry in document["findings"]}
    except FileNotFoundError:
        raise UsageError(
            f"There is no baseline {path.name}.", "Write one with --write-baseline FILE."
        ) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(
            f"{path.name} is no baseline of Vitrail.", "Write one with --write-baseline FILE."
        ) from None
    if schema != _SCHEMA:
        raise UsageError(
            f"{path.name} is a baseline of another version.", "Write it again with this one."
        )
    if key != keys.check_value:
        raise KeyMismatch(
            f"{path.name} was written under another key; its fingerprints mean nothing here.",
            "Scan with the key that it was written with, or write it again with this one.",
        )
    return entries


def _beside(finding: Finding, entry: Mapping[str, Any] | None, values: set[str]) -> Finding:
    if entry is None:
        return replace(finding, change=Change.NEW)
    if entry["gone"]:
        return replace(finding, change=Change.REGRESSED, status=FindingStatus.REGRESSED)
    listed = entry["fingerprints"]
    unknown = None if listed is None else len(values - set(listed))
    change = Change.NEW if unknown else Change.STILL_THERE
    return replace(finding, change=change, new_values=unknown)


def _absent(entry: Mapping[str, Any], run: str) -> Finding:
    """A finding that the baseline knows and the run lacks."""
    return Finding(
        id=entry["id"],
        **{name: entry[name] for name in _PLACE},
        severity=Severity(entry["severity"]),
        cells=0,
        values=0,
        score=0.0,
        recognizer="",
        explanation="The baseline knows it; this scan did not find it.",
        samples=(),
        expected=False,
        status=FindingStatus.GONE,
        run=run,
        change=Change.GONE,
    )


def _values(directory: Path, findings: Iterable[Finding], keys: Keyring) -> dict[str, set[str]]:
    """The fingerprints of each finding that is listed value by value, shortened."""
    values: dict[str, set[str]] = {finding.id: set() for finding in findings}
    listed = {finding.id for finding in findings if finding.values <= LISTED}
    columns = [*_PLACE, "fingerprint"]
    names: dict[tuple[Any, ...], str] = {}
    for part in (*hit_parts(directory), *name_parts(directory)):
        hits = pq.read_table(part, columns=columns)
        for row in hits.group_by(columns, use_threads=False).aggregate([]).to_pylist():
            place = tuple(row[name] for name in _PLACE)
            if place not in names:
                names[place] = finding_id(group_of(*place), keys)
            if names[place] in listed:
                values[names[place]].add(row["fingerprint"][:_DIGITS])
    return values
