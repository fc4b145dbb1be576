"""Where which kind of personal data stands: datasets down, kinds across."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from vitrail.detect.entities import plain_words
from vitrail.model import Finding
from vitrail.report.rendering import count

_SHADES: Final = 5
#: As many rows and columns as can be taken in at a glance and fit on paper.
ROWS: Final = 40
KINDS: Final = 16


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
    """The most severe kinds first, datasets by name. ``left_out`` says what found no room."""

    entities: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    left_out: str | None


Place = tuple[str, str | None]
Key = TypeVar("Key")


def heat_map(findings: Sequence[Finding]) -> HeatMap:
    """Gather findings by dataset and kind; where there are too many, the worst of each are kept."""
    grouped: dict[tuple[Place, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[(finding.dataset, finding.table), finding.entity_type].append(finding)
    kinds = _ranked((f.entity_type, f) for f in findings)
    places = _ranked(((f.dataset, f.table), f) for f in findings)
    shown = kinds[:KINDS]
    rows = sorted(places[:ROWS], key=lambda place: (place[0], place[1] or ""))
    return HeatMap(
        tuple(shown),
        tuple(HeatRow(_label(place), tuple(_cell(grouped, place, k) for k in shown))
              for place in rows),
        _left_out(len(places) - len(rows), kinds[KINDS:]),
    )  # fmt: skip


def _ranked(keyed: Iterable[tuple[Key, Finding]]) -> list[Key]:
    """Keys by their worst finding, then by how many cells; stray before declared."""
    worst: dict[Key, tuple[bool, int, int]] = {}
    for key, finding in keyed:
        stray, rank, cells = worst.get(key, (False, 0, 0))
        worst[key] = (
            stray or not finding.expected,
            max(rank, finding.severity.rank),
            cells + finding.cells,
        )
    return sorted(worst, key=lambda key: (*(-int(part) for part in worst[key]), str(key)))


def _label(place: Place) -> str:
    return place[0] if place[1] is None else f"{place[0]} · {place[1]}"


def _cell(
    grouped: dict[tuple[Place, str], list[Finding]], place: Place, kind: str
) -> HeatCell | None:
    group = grouped.get((place, kind))
    if group is None:
        return None
    return HeatCell(kind, sum(f.cells for f in group), all(f.expected for f in group))


def _left_out(places: int, kinds: Sequence[str]) -> str | None:
    told = [count(places, "dataset")] if places else []
    if kinds:
        names = ", ".join(plain_words(kind) for kind in kinds[:6])
        rest = f" and {len(kinds) - 6} more" if len(kinds) > 6 else ""
        told.append(f"{count(len(kinds), 'kind')} ({names}{rest})")
    return f"Not on the picture, for want of room: {' and '.join(told)}." if told else None
