"""A file of what is already known, so that a pipeline fails on what is new alone.

It holds each finding's id and the fingerprints of its values, both keyed: the file tells nothing
of the data, and means nothing under another key. A value that turns up in a known finding and is
not in the baseline makes the finding new again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from vitrail.errors import KeyMismatch, UsageError
from vitrail.keys import Keyring
from vitrail.model import Finding
from vitrail.scan.findings import finding_id, group_of
from vitrail.scan.hits import hit_parts
from vitrail.scan.parts import write_json

_SCHEMA: Final = "vitrail.baseline/1"

#: A finding with more values than this is known as a column, not value by value.
LISTED: Final = 10_000
_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class Comparison:
    """Findings beside a baseline. ``gone``: ids that the baseline knows and the run lacks."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[str, ...]


def write_baseline(path: Path, directory: Path, findings: Sequence[Finding], keys: Keyring) -> None:
    """Write down the findings of the run in ``directory`` as known."""
    values = _values(directory, findings, keys)
    entries = [
        {
            "id": finding.id,
            "entity_type": finding.entity_type,
            "values": finding.values,
            "fingerprints": sorted(values[finding.id]) if finding.values <= LISTED else None,
        }
        for finding in sorted(findings, key=lambda f: f.id)
    ]
    write_json(path, {"schema": _SCHEMA, "key": keys.check_value, "findings": entries})


def compare_baseline(
    path: Path, directory: Path, findings: Sequence[Finding], keys: Keyring
) -> Comparison:
    """Which findings are new beside a baseline; refuses one written under another key."""
    baseline = _read(path, keys)
    values = _values(directory, findings, keys)
    known: list[Finding] = []
    new: list[Finding] = []
    for finding in findings:
        entry = baseline.get(finding.id)
        listed = None if entry is None else entry["fingerprints"]
        seen = entry is not None and (listed is None or values[finding.id] <= set(listed))
        (known if seen else new).append(finding)
    gone = tuple(sorted(set(baseline) - {finding.id for finding in findings}))
    return Comparison(tuple(new), tuple(known), gone)


def _read(path: Path, keys: Keyring) -> dict[str, dict[str, Any]]:
    try:
        document = json.loads(path.read_text("utf-8"))
        entries = {entry["id"]: entry for entry in document["findings"]}
        key, schema = document["key"], document["schema"]
    except FileNotFoundError:
        raise UsageError(
            f"There is no baseline {path.name}.", "Write one with --write-baseline FILE."
        ) from None
    except (ValueError, KeyError, TypeError):
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


def _values(directory: Path, findings: Sequence[Finding], keys: Keyring) -> dict[str, set[str]]:
    """The fingerprints of each finding that is listed value by value, shortened."""
    listed = {finding.id for finding in findings if finding.values <= LISTED}
    values: dict[str, set[str]] = {finding.id: set() for finding in findings}
    columns = ["dataset", "table", "column", "entity_type", "fingerprint"]
    names: dict[tuple[Any, ...], str] = {}
    for part in hit_parts(directory):
        hits = pq.read_table(part, columns=columns)
        for row in hits.group_by(columns, use_threads=False).aggregate([]).to_pylist():
            place = tuple(row[name] for name in columns[:4])
            if place not in names:
                names[place] = finding_id(group_of(*place), keys)
            if names[place] in listed:
                values[names[place]].add(row["fingerprint"][:_DIGITS])
    return values
