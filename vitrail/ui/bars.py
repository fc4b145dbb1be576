"""One measure by one dimension as bars: their lengths, errors and words. No Streamlit here."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from vitrail.model import Release, ReleaseRow
from vitrail.report.numbers import drawn, drowned, published
from vitrail.report.release_shape import OTHER, label_words

#: Words of so many letters stand above their bar; beside it, a phone would cut them off.
LONG: Final = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and the ends of its error, in the units of the axis; hidden, it has no length.

    ``surely`` is what is sure of it, which for a count is its number.
    """

    value: str
    label: str
    words: str
    low: float
    middle: float
    high: float
    quiet: bool
    surely: float

    @property
    def has_name(self) -> bool:
        """Whether it can be asked for: what is gathered under ``other`` has no name."""
        return self.value != OTHER

    @property
    def is_hidden(self) -> bool:
        return self.middle < 0


def bars_of(release: Release) -> tuple[Bar, ...]:
    """The bars of a release of one dimension, the longest first and ``other`` below all."""
    unit = dict(release.units).get(release.query.measures[0].label)
    bars = (_bar(row, unit) for row in release.rows)
    return tuple(sorted(bars, key=lambda b: (b.has_name, b.surely, b.middle), reverse=True))


def words_are_long(bars: tuple[Bar, ...]) -> bool:
    """Whether any of the words has no room beside its bar."""
    return max((len(bar.words) for bar in bars), default=0) >= LONG


def _bar(row: ReleaseRow, unit: str | None) -> Bar:
    (cell,) = row.cells
    value, words = row.labels[0], published(cell, unit)
    label = shorten(label_words(value), 28, placeholder="…")
    if cell is None:
        return Bar(value, label, words, 0.0, -1.0, 0.0, True, -1.0)
    low, middle, high = drawn(cell, unit)
    surely = low if cell.is_outcome else middle
    return Bar(value, label, words, max(0.0, low), middle, high, drowned(cell), surely)
