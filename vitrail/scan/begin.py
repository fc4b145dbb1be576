"""How a run begins, or begins again: what is to be done, under which labels, from which row on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import vitrail
from vitrail.detect.detector import Detector
from vitrail.errors import KeyMismatch, UsageError
from vitrail.keys import Keyring
from vitrail.model import ColumnVerdict, Dataset, InputFile, RunState
from vitrail.scan.documents import RUN, read_run, write_run
from vitrail.scan.feed import Assignment
from vitrail.scan.kernel import ColumnTask, Place
from vitrail.scan.labels import Labels
from vitrail.scan.parts import Parts, unwritable
from vitrail.scan.plan import PlannedColumn, ScanPlan, cache_folder, detector_options
from vitrail.scan.sampling import sample_rate
from vitrail.scan.totals import Totals
from vitrail.scan.work import Setup

#: What may differ between a run and its resumption, for it changes no hit.
_FREE: Final = {"jobs"}


@dataclass(frozen=True, slots=True)
class Begun:
    """All that a session of a run works with.

    ``everything``: each dataset with its size; ``assignments``: what of it is still to do, with
    its number in the reading order. ``records`` and ``totals``: what a former session finished.
    """

    plan: ScanPlan
    directory: Path
    detector: Detector
    labels: Labels
    setup: Setup
    parts: Parts
    everything: tuple[tuple[Assignment, int], ...]
    assignments: tuple[tuple[int, Assignment], ...]
    unreadable: tuple[InputFile, ...]
    records: tuple[dict[str, Any], ...]
    totals: Totals
    document: dict[str, Any]

    def column_verdicts(self) -> Iterator[ColumnVerdict]:
        """The verdicts on all columns, in reading order."""
        for assignment, _ in self.everything:
            masked = frozenset(t.label for n, t in assignment.columns.items() if n != t.label)
            planned = assignment.columns.values()
            yield from self.totals.columns(assignment.place, planned, masked)


def begin(plan: ScanPlan, directory: Path, keys: Keyring, *, run_id: str, resume: bool) -> Begun:
    """Prepare ``directory`` and tell what is to do.

    Without ``resume`` a scan that stands there is replaced. With it, one is gone on with, and
    refused where options, inputs or key are not the same; where none stands it begins afresh.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(directory, error) from None
    options = detector_options(plan.options)
    detector = Detector(options, keys, cache_folder())
    detector.prepare()  # once, before the workers want the same patterns
    labels = Labels(detector, keys)
    everything = _everything(plan, directory, labels)
    document = _document(plan, everything, detector, labels, keys, run_id)
    former = read_run(directory) if resume and (directory / RUN).is_file() else None
    if former is not None:
        _require_same(former, document)
        document["started_at"] = former["started_at"]
    parts = Parts(directory, secrets.token_hex(3))
    records = parts.prepare(keep=former is not None)
    totals = Totals()
    for record in records:
        totals.add(record)
    write_run(directory, {**document, "totals": {"hits": totals.hits}})
    return Begun(
        plan=plan,
        directory=directory,
        detector=detector,
        labels=labels,
        setup=Setup(options, keys, cache_folder(), directory, parts.session),
        parts=parts,
        everything=everything,
        assignments=tuple(_left(everything, totals)),
        unreadable=tuple(_labelled(file, labels) for file in plan.unreadable),
        records=tuple(records),
        totals=totals,
        document=document,
    )


def is_finished(directory: Path) -> bool:
    """Whether ``directory`` holds a run that came to its end."""
    return (directory / RUN).is_file() and read_run(directory)["state"] == RunState.DONE.value


def _everything(
    plan: ScanPlan, directory: Path, labels: Labels
) -> tuple[tuple[Assignment, int], ...]:
    """Every dataset as an assignment, with its size; the run's own folder is left out."""
    names = {n for d in plan.datasets for n in (d.name, d.table or "", *_columns(d))}
    labels.learn(sorted(names))
    columns: dict[tuple[str, str | None], list[PlannedColumn]] = {}
    for column in plan.columns:
        columns.setdefault((column.dataset, column.table), []).append(column)
    found = []
    for dataset, size, rows in zip(plan.datasets, plan.sizes, plan.row_estimates, strict=True):
        location = plan.catalog.location(dataset)
        if isinstance(location, Path) and location.resolve().is_relative_to(directory.resolve()):
            continue
        rate = sample_rate(rows) if plan.options.sample == "quick" else 1.0
        tasks = _tasks(columns.get((dataset.name, dataset.table), []), labels)
        table = None if dataset.table is None else labels.label(dataset.table)
        place = Place(labels.label(dataset.name), table)
        found.append((Assignment(dataset, place, tasks, rate), size))
    return tuple(found)


def _columns(dataset: Dataset) -> list[str]:
    return [column.name for column in dataset.columns]


def _tasks(columns: list[PlannedColumn], labels: Labels) -> dict[str, ColumnTask]:
    return {c.column: ColumnTask(labels.label(c.column), c.context) for c in columns}


def _left(
    everything: tuple[tuple[Assignment, int], ...], totals: Totals
) -> Iterator[tuple[int, Assignment]]:
    """What is still to do, each with its number in the reading order."""
    for index, (assignment, _) in enumerate(everything):
        total = totals.datasets.get(assignment.place)
        if total is None:
            yield index, assignment
        elif not total.complete:
            yield index, replace(assignment, done=total.done)


def _document(
    plan: ScanPlan,
    everything: tuple[tuple[Assignment, int], ...],
    detector: Detector,
    labels: Labels,
    keys: Keyring,
    run_id: str,
) -> dict[str, Any]:
    """``run.json`` as it stands at the beginning."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {
        "id": run_id,
        "version": vitrail.__version__,
        "state": RunState.RUNNING.value,
        "started_at": now,
        "seconds": 0.0,
        "key": keys.check_value,
        "arguments": {
            "paths": [labels.label(place) for place in plan.places],
            **asdict(plan.options),
        },
        "languages": list(plan.languages),
        "recognizers": {k: list(v) for k, v in detector.coverage().items()},
        "models": dict(detector.versions()),
        "datasets": [_stamp(a, size, plan) for a, size in everything],
        "inputs": [],
    }


def _stamp(assignment: Assignment, size: int, plan: ScanPlan) -> dict[str, Any]:
    """By what a dataset is known again when a run goes on."""
    location = plan.catalog.location(assignment.dataset)
    modified = location.stat().st_mtime_ns if isinstance(location, Path) else None
    place = assignment.place
    return {"dataset": place.dataset, "table": place.table, "bytes": size, "modified": modified}


def _require_same(former: dict[str, Any], document: dict[str, Any]) -> None:
    """Refuse to go on with a run that would end as a mixture of two."""
    if former.get("key") != document["key"]:
        raise KeyMismatch(
            "This run was begun under another key.",
            "Restore that key, or start a new scan in another folder.",
        )
    if _fixed(former) != _fixed(document):
        raise UsageError(
            "This run was begun by another version or with other options.",
            "Repeat the options it was begun with (they stand in run.json), or start a new scan.",
        )
    if former["datasets"] != document["datasets"]:
        raise UsageError(
            "The inputs have changed since this run was begun.",
            "Start a new scan in another folder; parts of two states must not be mixed.",
        )


def _fixed(document: dict[str, Any]) -> dict[str, Any]:
    """What must not change between a run and its resumption, as JSON has it."""
    arguments = {k: v for k, v in document["arguments"].items() if k not in _FREE | {"paths"}}
    plain = {k: list(v) if isinstance(v, tuple) else v for k, v in arguments.items()}
    return {**plain, "version": document["version"], "models": document["models"]}


def _labelled(file: InputFile, labels: Labels) -> InputFile:
    """An unreadable input with its name as it may be written down."""
    sentence = labels.in_sentence
    name = labels.label(file.name)
    table = None if file.table is None else labels.label(file.table)
    reason = None if file.reason is None else sentence(file.reason)
    remedy = None if file.remedy is None else sentence(file.remedy)
    return replace(file, name=name, table=table, reason=reason, remedy=remedy)
