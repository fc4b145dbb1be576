"""What a scan's report shows first, and how it sorts and words it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from vitrail.detect.entities import plain_words
from vitrail.model import Change, Finding, FindingStatus, InputFile, InputStatus, ScanRun, Severity
from vitrail.report.rendering import count

_UNDECIDED: Final = frozenset({FindingStatus.OPEN, FindingStatus.REGRESSED})
_SETTLED: Final = frozenset({FindingStatus.DISMISSED, FindingStatus.GONE, FindingStatus.VERIFIED})
_SHADES: Final = 5
_UNITS: Final = ("B", "KB", "MB", "GB", "TB")


def entity_words(entity_type: str) -> str:
    """The plain name of an entity type; one that the house does not know, by its own."""
    return plain_words(entity_type)


def place(finding: Finding) -> str:
    """Where a finding stands: ``crm.xlsx · Clients › email``."""
    inside = f" · {finding.table}" if finding.table else ""
    return f"{finding.dataset}{inside} › {finding.column}"


def change_words(finding: Finding) -> str:
    """What has become of it since last time: ``still there, 3 new values``."""
    if finding.change is Change.STILL_THERE and finding.new_values:
        return f"{finding.change.value}, {count(finding.new_values, 'new value')}"
    return finding.change.value


def worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Stray before declared, severe before mild, many cells before few."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (f.expected, -f.severity.rank, -f.cells, place(f), f.entity_type),
        )
    )


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The cells of one dataset that hold one kind; ``shade`` 1 to 5 grows tenfold a step."""

    entity: str
    cells: int
    declared: bool

    @property
    def shade(self) -> int:
        return min(_SHADES, 1 + int(math.log10(max(1, self.cells))))

    @property
    def short(self) -> str:
        """At most four characters: 7, 1.2k, 34k, 5.6M."""
        if self.cells < 1000:
            return str(self.cells)
        for size, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
            if self.cells >= size:
                amount = self.cells / size
                return f"{amount:.1f}{unit}" if amount < 9.95 else f"{amount:.0f}{unit}"
        return str(self.cells)


@dataclass(frozen=True, slots=True)
class HeatRow:
    label: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Datasets down, kinds of personal data across, the most severe kinds first."""

    entities: tuple[str, ...]
    rows: tuple[HeatRow, ...]


def heat_map(findings: Sequence[Finding]) -> HeatMap:
    """Gather findings by dataset and kind; those dismissed or gone are not there."""
    grouped: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if _stands(finding):
            label = place(finding).rpartition(" › ")[0]
            grouped[label, finding.entity_type].append(finding)
    rank = {f.entity_type: -f.severity.rank for f in findings}
    entities = sorted({entity for _, entity in grouped}, key=lambda e: (rank[e], entity_words(e)))
    cells = {
        key: HeatCell(key[1], sum(f.cells for f in group), all(f.expected for f in group))
        for key, group in grouped.items()
    }
    labels = sorted({label for label, _ in grouped})
    rows = (HeatRow(label, tuple(cells.get((label, e)) for e in entities)) for label in labels)
    return HeatMap(tuple(entities), tuple(rows))


def _stands(finding: Finding) -> bool:
    """Whether this scan found it and nobody has put it aside."""
    return finding.status not in _SETTLED and finding.change is not Change.NOT_EXAMINED


class ScanView:
    """A run and its findings, arranged in the order in which an auditor asks."""

    def __init__(self, run: ScanRun, findings: Sequence[Finding]) -> None:
        self._run = run
        self._findings = worst_first(findings)

    @cached_property
    def stray(self) -> tuple[Finding, ...]:
        return tuple(f for f in self._findings if not f.expected and _stands(f))

    @cached_property
    def urgent(self) -> tuple[Finding, ...]:
        """Stray, severe and undecided: what is read first."""
        return tuple(
            f
            for f in self.stray
            if f.status in _UNDECIDED and f.severity.rank >= Severity.HIGH.rank
        )

    @cached_property
    def expected(self) -> tuple[Finding, ...]:
        return tuple(f for f in self._findings if f.expected and _stands(f))

    @cached_property
    def settled(self) -> tuple[Finding, ...]:
        return tuple(f for f in self._findings if f.status in _SETTLED)

    @cached_property
    def unexamined(self) -> tuple[Finding, ...]:
        """Known from before, where this scan read less than what would have met them."""
        return tuple(
            f
            for f in self._findings
            if f.change is Change.NOT_EXAMINED and f.status not in _SETTLED
        )

    @cached_property
    def since(self) -> tuple[tuple[Change, int], ...]:
        """How many stray findings have changed how; empty where there was nothing before."""
        counts = Counter(f.change for f in self._findings if not f.expected)
        if not set(counts) - {Change.NEW}:
            return ()
        return tuple((change, counts[change]) for change in Change if counts[change])

    @cached_property
    def partly(self) -> tuple[InputFile, ...]:
        return tuple(i for i in self._run.inputs if i.status is InputStatus.SAMPLED)

    @cached_property
    def heat(self) -> HeatMap:
        return heat_map(self._findings)

    @property
    def datasets(self) -> int:
        return len(self._run.inputs)

    @property
    def rows(self) -> int:
        return sum(i.rows or 0 for i in self._run.inputs)

    @property
    def stray_cells(self) -> int:
        return sum(f.cells for f in self.stray)

    @property
    def answer(self) -> str:
        """The report in one or two sentences."""
        if not self._run.inputs:
            return "Nothing was read, so nothing can be said."
        if self.urgent:
            many = len({(f.dataset, f.table) for f in self.urgent})
            found = f"{count(len(self.urgent), 'serious finding')} in {count(many, 'dataset')}"
            said = f"{found} wait{'s' if len(self.urgent) == 1 else ''} for a decision."
        elif self.stray:
            said = f"{count(len(self.stray), 'stray finding')}, none of them serious and undecided."
        else:
            said = "No stray personal data was found in what was read."
        unread = len(self._run.unreadable)
        return f"{said} {count(unread, 'input')} could not be read." if unread else said

    words = staticmethod(entity_words)
    place = staticmethod(place)
    change = staticmethod(change_words)

    @staticmethod
    def size(file: InputFile) -> str:
        """Bytes in the largest fitting unit of 1000."""
        if file.bytes is None:
            return "–"
        power = min(len(_UNITS) - 1, int(math.log(max(1, file.bytes), 1000)))
        amount = file.bytes / 1000**power
        return f"{amount:.{0 if power < 2 or amount >= 100 else 1}f} {_UNITS[power]}"
