"""What the hits of a run rest on, as ``run.json`` tells it, and whether two runs rest on the same.

A run goes on, and an earlier run's hits are taken over, only where nothing of it has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from vitrail.detect.detector import Detector
from vitrail.detect.identity import (
    EVERY_TYPE,
    code_version,
    digest,
    library_version,
    versions_digest,
)
from vitrail.errors import KeyMismatch, UsageError
from vitrail.scan.feed import Assignment

#: What may differ between two runs, for it changes no hit: by how many, by whom, of which places;
#: of own recognisers and known values the file's name, for what stands in it is in the versions.
_FREE: Final = {"jobs", "engine", "paths", "recognizers", "known"}
#: What of a column's context no verdict rests on: the dataset's name, which may change while its
#: content stays, and the other columns' names, which the digest holds anyway.
_BESIDE: Final = {"dataset", "siblings"}
#: What, beside the detector, a hit and a column's verdict depend on.
_READERS: Final = ("duckdb", "pyarrow", "numpy", "pandas", "python-calamine", "fastavro")
_CODE: Final = ("scan", "exports", "keys.py")


def versions(detector: Detector) -> dict[str, str]:
    """The versions of all that reads and judges, recogniser by recogniser."""
    readers = versions_digest({name: library_version(name) for name in _READERS})
    return {
        **detector.recognizer_versions(),
        f"{EVERY_TYPE}/scan": code_version(*_CODE),
        f"{EVERY_TYPE}/readers": readers,
    }


def stamp(assignment: Assignment, size: int) -> dict[str, Any]:
    """By what a dataset is known again: ``changed`` in a resumed run, ``look`` in a later one.
    ``look`` digests its size and what its first rows say of its columns."""
    place = assignment.place
    return {
        "dataset": place.dataset,
        "table": place.table,
        "bytes": size,
        "changed": None if assignment.changed is None else list(assignment.changed),
        "look": _look(assignment, size),
    }


def require_same(former: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    """Refuse to go on with a run that would end as a mixture of two."""
    if former.get("key") != document["key"]:
        raise KeyMismatch(
            "This run was begun under another key.",
            "Restore that key, or start a new scan in another folder.",
        )
    if not same_options(former, document) or changed_types(former, document):
        raise UsageError(
            "This run was begun by another version or with other options.",
            "Repeat the options it was begun with (they stand in run.json), or start a new scan.",
        )
    if former["datasets"] != document["datasets"]:
        raise UsageError(
            "The inputs have changed since this run was begun.",
            "Start a new scan in another folder; parts of two states must not be mixed.",
        )


def same_options(former: Mapping[str, Any], document: Mapping[str, Any]) -> bool:
    """Whether both look for the same, in the same way."""
    return _options(former) == _options(document)


def changed_types(former: Mapping[str, Any], document: Mapping[str, Any]) -> frozenset[str]:
    """The entity types whose recognisers came, went or changed between two runs; with
    :data:`EVERY_TYPE` among them where what all share did."""
    old, new = former.get("recognizer_versions", {}), document["recognizer_versions"]
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    if not old or former.get("version") != document["version"]:
        changed.add(EVERY_TYPE)
    return frozenset(key.partition("/")[0] for key in changed)


def _options(document: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that a hit depends on, as JSON has them."""
    kept = {k: v for k, v in document["arguments"].items() if k not in _FREE}
    return dict(json.loads(json.dumps(kept)))


def _look(assignment: Assignment, size: int) -> str:
    dataset = assignment.dataset
    head = [size, assignment.rate, dataset.format, assignment.place.table]
    head += [[column.name, column.type] for column in dataset.columns]
    columns = (
        [task.label, *(getattr(task.context, f.name) for f in fields(task.context)
                       if f.name not in _BESIDE)]
        for task in assignment.columns.values()
    )  # fmt: skip
    return digest(json.dumps(part, default=_plain).encode() for part in (head, *columns))


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset | set):
        return sorted(value)
    return {f.name: getattr(value, f.name) for f in fields(value)}
