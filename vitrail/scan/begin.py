"""How a run begins, or begins again: what is to be done, under which labels, from which row on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vitrail
from vitrail.detect.automaton import cache_folder
from vitrail.detect.detector import Detector
from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import Dataset, InputFile, RunState
from vitrail.scan.basis import require_same, stamp, versions
from vitrail.scan.documents import RUN, read_run, write_run, written_options
from vitrail.scan.feed import Assignment
from vitrail.scan.former import Former, is_finished, set_aside
from vitrail.scan.kernel import ColumnTask, Place
from vitrail.scan.known_values import known_digests
from vitrail.scan.labels import Labels
from vitrail.scan.named_files import named_files
from vitrail.scan.parts import Parts
from vitrail.scan.plan import PlannedColumn, ScanPlan
from vitrail.scan.sampling import sample_rate
from vitrail.scan.totals import Totals
from vitrail.scan.work import Setup


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
    former: Former
    finished: bool = False

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each dataset is, in reading order."""
        return tuple(assignment.place for assignment, _ in self.everything)


def begin(
    plan: ScanPlan,
    directory: Path,
    keys: Keyring,
    *,
    run_id: str,
    resume: bool,
    since: Sequence[Path] = (),
    fresh: bool = False,
    known: Iterable[str] = (),
) -> Begun:
    """Prepare ``directory`` and tell what is to do.

    Without ``resume`` a scan that stands there is replaced. With it, one is gone on with, and
    refused where options, inputs or key are not the same; where none stands it begins afresh.
    ``since``: folders of earlier runs; unless ``fresh``, a finished one in ``directory`` is one.
    ``known``: values whose hashes are looked for, beside those that the plan's options name.
    """
    _require_apart(plan, directory)
    digests = known_digests(plan.options.known, known, keys)
    options = replace(plan.detecting, known=digests)
    detector = Detector(options, keys, cache_folder())
    detector.prepare()  # once, before the workers want the same patterns
    labels = Labels(detector, keys)
    everything = _everything(plan, directory, labels)
    document = _document(plan, directory, everything, detector, labels, keys, run_id)
    former = read_run(directory) if resume and (directory / RUN).is_file() else None
    if former is not None:
        require_same(former, document)
        document["started_at"] = former["started_at"]
    finished = former is not None and is_finished(directory)
    aside = () if finished else set_aside(directory, keep=not fresh)
    parts = Parts(directory, secrets.token_hex(3))
    records = [] if finished else _cleared(directory, parts, document, going_on=former is not None)
    totals = Totals()
    for record in records:
        totals.add(record)
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
        former=Former([] if fresh or finished else [*since, *aside], document),
        finished=finished,
    )


def _require_apart(plan: ScanPlan, directory: Path) -> None:
    """What lies in the run's own folder is left out; that must not be what was to be scanned."""
    for place in plan.places:
        if Path(place).exists() and Path(place).resolve().is_relative_to(directory.resolve()):
            raise UsageError(
                f"{directory.resolve().name} is to take the results, and holds what is scanned.",
                "Name another folder for the results; one inside the scanned folder will do.",
            )


def _cleared(
    directory: Path, parts: Parts, document: dict[str, Any], *, going_on: bool
) -> list[dict[str, Any]]:
    """The records to go on from; ``run.json`` says that a run is under way.

    It comes last: a kill in between must leave neither a finished run without its hits nor the
    parts of one run under the name of another.
    """
    if not going_on:
        (directory / RUN).unlink(missing_ok=True)
    records = parts.prepare(keep=going_on)
    hits = sum(item["hits"] for record in records for item in record["items"])
    write_run(directory, {**document, "totals": {"hits": hits}})
    return records


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
        changed = plan.catalog.last_change(dataset)
        found.append((Assignment(dataset, place, tasks, rate, changed=changed), size))
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
    directory: Path,
    everything: tuple[tuple[Assignment, int], ...],
    detector: Detector,
    labels: Labels,
    keys: Keyring,
    run_id: str,
) -> dict[str, Any]:
    """``run.json`` as it stands at the beginning."""
    own_file, known_file = plan.options.recognizers, plan.options.known
    files = named_files(plan.options, directory, keys)
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
            **written_options(plan.options),
            "recognizers": own_file and labels.label(Path(own_file).name),
            "known": known_file and labels.label(Path(known_file).name),
        },
        "files": {k: {**f, "path": labels.label(f["path"])} for k, f in files.items()},
        "languages": list(plan.languages),
        "recognizers": {k: list(v) for k, v in detector.coverage().items()},
        "models": dict(detector.versions()),
        "recognizer_versions": versions(detector),
        "own_types": [asdict(kind) for kind in plan.detecting.own.types],
        "datasets": [stamp(a, size) for a, size in everything],
        "inputs": [],
    }


def _labelled(file: InputFile, labels: Labels) -> InputFile:
    """An unreadable input with its name as it may be written down."""
    sentence = labels.in_sentence
    name = labels.label(file.name)
    table = None if file.table is None else labels.label(file.table)
    reason = None if file.reason is None else sentence(file.reason)
    remedy = None if file.remedy is None else sentence(file.remedy)
    return replace(file, name=name, table=table, reason=reason, remedy=remedy)
