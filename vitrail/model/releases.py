"""What the gate lets out: published numbers, and how they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any, Final

from vitrail.model.guarantees import Guarantee
from vitrail.model.queries import Query, Span

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


#: The most decimals that a published number is written with.
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """A published number with the half-widths of its two 95 % intervals.

    ``privacy``: what the gate added. ``total``: privacy and chance, what another sample of such
    people would have given; every comparison uses this one. ``base``: for an outcome or an
    average, the published number of persons it is of; ``base_privacy``, for an outcome alone, is
    what the gate added to that. Outcomes, sums and averages are not cut at zero, so that many of
    them add up right.
    """

    value: float
    privacy: float
    total: float
    base: float | None = None
    base_privacy: float | None = None

    @property
    def is_outcome(self) -> bool:
        """Whether it counts those of a base who did something."""
        return self.base_privacy is not None

    def __str__(self) -> str:
        """``≈ 1,240 ± 8``, ``≈ 5 ± 12 of 300: under 7 %``: how a published number is written."""
        value, privacy, digits = to_the_noise(self.value, self.privacy)
        base = "" if self.base is None else f" of {self.base:,.0f}"
        rate = f": {rate_words(self)}" if self.is_outcome else ""
        value = max(0.0, value) if self.is_outcome else value
        return f"≈ {value:,.{digits}f} ± {privacy:,.{digits}f}{base}{rate}"


def to_the_noise(value: float, error: float) -> tuple[float, float, int]:
    """A number and its error, both to the second digit of the error, and the decimals that leaves.

    What stands behind that digit is noise and tells nobody anything. A whole number stays whole.
    """
    if error <= 0:
        return value, error, 0 if abs(value) >= 100 or float(value).is_integer() else 2
    place = max(math.floor(math.log10(error)) - 1, -_DECIMALS)
    if float(value).is_integer():
        place = max(place, 0)
    # adding nothing makes a minus nought a nought
    return round(value, -place) + 0.0, round(error, -place), max(0, -place)


def rate_words(outcome: Cell) -> str:
    """What an outcome says of the rate, by privacy and chance: ``under 4 %``, ``2 to 8 %``."""
    if not outcome.base or outcome.base <= 0:
        return "no rate can be told"
    low = (outcome.value - outcome.total) / outcome.base
    high = (outcome.value + outcome.total) / outcome.base
    if low < 0.005 and high >= 1:
        return "no rate can be told"
    if low < 0.005:
        return f"under {max(1, math.ceil(100 * high))} %"
    if high >= 1:
        return f"over {min(99, math.floor(100 * low))} %"
    digits = 0 if high - low >= 0.05 else 1
    return f"{100 * low:.{digits}f} to {100 * high:.{digits}f} %"


#: The one way a number that was withheld is written.
HIDDEN: Final = "◌ hidden for privacy"


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One row of a release: dimension labels, then one cell a measure; None is suppressed.

    ``same_without`` names dimensions and conditions whose label makes so little difference to
    this row that it was left out: the numbers are about the row without it.
    """

    labels: tuple[str, ...]
    cells: tuple[Cell | None, ...]
    same_without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """A gated table: all that leaves the house for an analyst.

    ``id`` is the same for the same question about the same epoch. ``span`` holds the closed days
    that it is about. ``suppressed`` counts the rows
    withheld as far as that may be told. ``notes`` are sentences for the reader. ``units`` gives
    the unit of a measure by its label (``EUR cents``). ``touched`` says in words which
    protections took part, for ``--why``. ``private`` is there where the release carries a
    differential-privacy guarantee and may leave the house.
    """

    id: str
    epoch: str
    query: Query
    rows: tuple[ReleaseRow, ...]
    suppressed: int
    notes: tuple[str, ...] = ()
    units: tuple[tuple[str, str], ...] = ()
    touched: tuple[str, ...] = ()
    released_at: datetime | None = None
    span: Span | None = None
    private: Guarantee | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.query.dimensions, *(m.label for m in self.query.measures))

    def to_arrow(self) -> pa.Table:
        """The release as Arrow: each measure as ``m``, ``m ± privacy`` and ``m ± total``."""
        import pyarrow

        data: dict[str, list[Any]] = {d: [] for d in self.query.dimensions}
        for row in self.rows:
            for name, label in zip(self.query.dimensions, row.labels, strict=True):
                data[name].append(label)
        for index, measure in enumerate(self.query.measures):
            cells = [row.cells[index] for row in self.rows]
            data[measure.label] = [c and c.value for c in cells]
            data[f"{measure.label} ± privacy"] = [c and c.privacy for c in cells]
            data[f"{measure.label} ± total"] = [c and c.total for c in cells]
        return pyarrow.table(data)

    def to_pandas(self) -> pd.DataFrame:
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame

    def _repr_html_(self) -> str:
        """How a notebook shows a release: published numbers with their ±, hidden ones marked."""
        units = dict(self.units)
        heads = "".join(
            f"<th style='text-align:{'left' if at < len(self.query.dimensions) else 'right'}'>"
            f"{escape(name)}{f' ({escape(units[name])})' if name in units else ''}</th>"
            for at, name in enumerate(self.columns)
        )
        body = "".join(
            "<tr>"
            + "".join(f"<td style='text-align:left'>{escape(label)}</td>" for label in row.labels)
            + "".join(_written(cell) for cell in row.cells)
            + "</tr>"
            for row in self.rows
        )
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        foot = f"Release {escape(self.id)}, epoch {escape(self.epoch)}; ± is what privacy added."
        return (
            "<table style='font-variant-numeric:tabular-nums'>"
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
            f"<details><summary><small>{foot}</small></summary><small><ul>{notes}</ul></small>"
            "</details>"
        )


def _written(cell: Cell | None) -> str:
    """A number to the right; a hidden one, or one that its own ± drowns, is quiet."""
    quiet = cell is None or (cell.privacy > abs(cell.value) and not cell.is_outcome)
    style = "text-align:right;white-space:nowrap" + (";opacity:.6" if quiet else "")
    return f"<td style='{style}'>{escape(str(cell or HIDDEN))}</td>"
