"""Where which kind of personal data stands: datasets down, kinds across."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from vitrail.detect.entities import plain_words
from vitrail.model import Finding
from vitrail.report.plain import named
from vitrail.translation import _, ngettext, number

_SHADES: Final = 5
#: As many rows and columns as can be taken in at a glance and fit on paper.
ROWS: Final = 40
KINDS: Final = 15


@dataclass(frozen=True, slots=True)
class HeatCell:
    """The cells of a row that hold what its column is of; ``shade`` 1 to 5 grows tenfold a step."""

    words: str
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
                return f"{number(amount, '.1f' if amount < 9.95 else '.0f')}{unit}"
        return str(self.cells)


@dataclass(frozen=True, slots=True)
class HeatRow:
    label: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The most severe kinds first, datasets by name. ``heads``: the kinds in words. Where there
    are too many, the others stand together in a last row, a last column; ``left_out`` names them.
    """

    heads: tuple[str, ...]
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
    across = [(_(plain_words(kind)), [kind]) for kind in kinds[:KINDS]]
    down = [(_label(place), [place]) for place in sorted(places[:ROWS], key=_by_name)]
    if other_kinds := kinds[KINDS:]:
        many = len(other_kinds)
        words = ngettext("{count:,} other kind", "{count:,} other kinds", many)
        across.append((words, other_kinds))
    if other_places := places[ROWS:]:
        many = len(other_places)
        words = ngettext("{count:,} other dataset", "{count:,} other datasets", many)
        down.append((words, other_places))
    return HeatMap(
        tuple(head for head, _ in across),
        tuple(
            HeatRow(label, tuple(_cell(grouped, some, head, of) for head, of in across))
            for label, some in down
        ),
        _left_out(len(other_places), other_kinds),
    )


def _by_name(place: Place) -> tuple[str, str]:
    return place[0], place[1] or ""


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
    return named(*place)


def _cell(
    grouped: dict[tuple[Place, str], list[Finding]],
    places: Sequence[Place],
    head: str,
    kinds: Sequence[str],
) -> HeatCell | None:
    group = [f for place in places for kind in kinds for f in grouped.get((place, kind), ())]
    if not group:
        return None
    return HeatCell(head, sum(f.cells for f in group), all(f.expected for f in group))


def _left_out(places: int, kinds: Sequence[str]) -> str | None:
    told = []
    if places:
        told.append(
            ngettext(
                "the {count:,} dataset with the least",
                "the {count:,} datasets with the least",
                places,
            )
        )
    if kinds:
        names = [_(plain_words(kind)) for kind in kinds[:6]]
        if len(kinds) > 6:
            names.append(_("{count:,} more", count=len(kinds) - 6))
        told.append(
            ngettext(
                "{count:,} kind ({names})", "{count:,} kinds ({names})", len(kinds),
                names=", ".join(names),
            )
        )  # fmt: skip
    if not told:
        return None
    return _("Taken together, for want of room: {what}.", what=_(" and ").join(told))
