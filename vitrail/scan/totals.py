"""The records of all parts added up: what became of each input, what each column holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vitrail.detect.bounds import unseen_in_10000
from vitrail.detect.detector import ColumnContext
from vitrail.detect.titles import Title
from vitrail.model import ColumnVerdict, InputFile, InputStatus
from vitrail.scan.kernel import ColumnTask, Place
from vitrail.scan.limits import bytes_unread, names_sampled
from vitrail.scan.profile import ColumnProfile
from vitrail.scan.verdicts import verdict


@dataclass(slots=True)
class DatasetTotal:
    """One dataset: what was read of it so far, and how it ended if it did."""

    rows: int = 0
    examined_rows: int = 0
    bytes: int = 0
    seconds: float = 0.0
    hits: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)
    profiles: dict[str, ColumnProfile] = field(default_factory=dict)
    end: dict[str, Any] | None = None
    faults: list[str] = field(default_factory=list)

    def add(self, item: Mapping[str, Any]) -> None:
        """Take in an item's record."""
        self.rows += item["rows"]
        self.bytes += item["bytes"]
        self.seconds += item["seconds"]
        self.hits += item["hits"]
        self.examined_rows += item["examined_rows"]
        if item["rows"]:
            self.ranges.append((item["first_row"], item["first_row"] + item["rows"]))
        for label, record in item["columns"].items():
            profile = self.profiles.setdefault(label, ColumnProfile())
            profile.add(ColumnProfile.from_json(record))
        if item["fault"]:
            self.faults.append(item["fault"])
        self.end = item["end"] or self.end

    @property
    def done(self) -> tuple[tuple[int, int], ...]:
        """The half-open row ranges that are done, joined and in order."""
        joined: list[tuple[int, int]] = []
        for start, stop in sorted(self.ranges):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
            else:
                joined.append((start, stop))
        return tuple(joined)

    @property
    def limits(self) -> str | None:
        """What was not looked at though the dataset was read to its end."""
        unread = {label: p.unread for label, p in sorted(self.profiles.items()) if p.unread}
        sampled = [label for label, p in sorted(self.profiles.items()) if p.notes]
        said = [bytes_unread(sum(unread.values()), tuple(unread))] if unread else []
        said += [names_sampled(sampled)] if sampled else []
        return " ".join(said) or None

    @property
    def complete(self) -> bool:
        """Whether the dataset was read to its end without a gap."""
        if self.end is None:
            return False
        return self.done == (((0, self.end["rows"]),) if self.end["rows"] else ())


class Totals:
    """All datasets of a run."""

    def __init__(self) -> None:
        self.datasets: dict[Place, DatasetTotal] = {}
        self.rows = self.cells = self.hits = self.bytes = 0
        self.elapsed = 0.0

    def add(self, record: Mapping[str, Any]) -> None:
        """Take in the record of a finished task."""
        self.elapsed = max(self.elapsed, record.get("elapsed", 0.0))
        for item in record["items"]:
            place = Place(item["dataset"], item["table"])
            self.datasets.setdefault(place, DatasetTotal()).add(item)
            self.rows += item["rows"]
            self.cells += item["cells"]
            self.hits += item["hits"]
            self.bytes += item["bytes"]

    def input_file(self, place: Place, size: int) -> InputFile | None:
        """What became of a dataset; None while it is not done."""
        total = self.datasets.get(place)
        if total is None or total.end is None:
            return None
        file = InputFile(
            name=place.dataset,
            table=place.table,
            sha256=total.end["sha256"],
            rows=total.rows,
            bytes=size,
            seconds=round(total.seconds, 3),
            status=InputStatus(total.end["status"]),
            reason=total.end["reason"],
            remedy=total.end["remedy"],
        )
        if file.reason is None:
            file = replace(file, reason=total.limits)
        if total.faults:
            return replace(
                file,
                status=InputStatus.UNREADABLE,
                reason=" ".join(total.faults[:3]),
                remedy="The other rows were scanned. Please report the fault as it stands here.",
            )
        return file

    def columns(
        self,
        place: Place,
        planned: Iterable[ColumnTask],
        masked: frozenset[str] = frozenset(),
    ) -> list[ColumnVerdict]:
        """A verdict a column: those ``planned``, then those that turned up later."""
        total = self.datasets.get(place, DatasetTotal())
        tasks = {task.label: task for task in planned}
        for label in sorted(set(total.profiles) - set(tasks)):
            tasks[label] = ColumnTask(label, ColumnContext(label))
        return [_column(place, task, total, task.label in masked) for task in tasks.values()]


def _title(context: ColumnContext) -> Title:
    look = context.first_look
    spoken = frozenset[str]() if look is None else look.spoken
    return Title.of(context.name, context.siblings, spoken)


def _column(place: Place, task: ColumnTask, total: DatasetTotal, masked: bool) -> ColumnVerdict:
    profile = total.profiles.get(task.label, ColumnProfile())
    kind, confidence, reason = verdict(_title(task.context), profile)
    unread = [bytes_unread(profile.unread, ())] if profile.unread else []
    reason = " ".join([reason, *unread, *sorted(profile.notes)])
    if masked:
        reason += " The column's name itself holds personal data."
    if total.examined_rows < total.rows:
        reason += (
            f" {total.examined_rows:,} of {total.rows:,} rows were looked at: with 95 % confidence"
            f" fewer than {unseen_in_10000(total.examined_rows)} in 10,000 hold a type that is not"
            " counted here."
        )
    return ColumnVerdict(
        dataset=place.dataset,
        table=place.table,
        column=task.label,
        rows=total.rows,
        non_null=profile.non_null,
        distinct=min(profile.sketch.count, profile.examined),  # an estimate may err upwards
        examined=profile.examined,
        language=task.context.language,
        verdict=kind,
        confidence=confidence,
        hits=tuple(sorted(profile.hits.items())),
        reason=reason,
        unread=profile.unread,
    )
