"""All that an answer shows, as numbers: values, both errors, what is hidden, every sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tests.gate.attacks.classifier import Seen
from vitrail.model import Cell, Release


@dataclass
class Sight:
    """Names what was seen while learning, and looks for the same when it counts."""

    names: dict[str, int] = field(default_factory=dict)
    _open: bool = True

    def of(self, releases: Sequence[Release], ends: tuple[str, ...] = ("",)) -> dict[str, float]:
        """What is shown, by name; with ``ends``, only what is named so."""
        seen = {
            f"{i} {name}": value
            for i, release in enumerate(releases)
            for name, value in _shown_by(release)
            if name.endswith(ends)
        }
        if self._open:
            for name in seen:
                self.names.setdefault(name, len(self.names))
        return seen

    def close(self) -> None:
        self._open = False

    def table(self, rows: Sequence[Mapping[str, float]]) -> Seen:
        """A row a look, a column a name; nothing seen is 0, and what never came up is left out."""
        if self._open or any(name.startswith("compared") for name in rows[0]):
            for name in rows[0]:
                self.names.setdefault(name, len(self.names))
        found = np.zeros((len(rows), len(self.names)))
        for at, row in enumerate(rows):
            for name, value in row.items():
                if name in self.names:
                    found[at, self.names[name]] = value
        return found


def _shown_by(release: Release) -> Iterator[tuple[str, float]]:
    yield "hidden rows", float(release.suppressed)
    for sentence in (*release.notes, *release.touched):
        yield f"says {sentence}", 1.0
    for row in release.rows:
        for dropped in row.same_without:
            yield f"{row.labels} without {dropped}", 1.0
        for place, cell in enumerate(row.cells):
            if cell is not None:
                yield from _numbers(f"{row.labels} {place}", cell)


def _numbers(name: str, cell: Cell) -> Iterator[tuple[str, float]]:
    yield f"{name} shown", 1.0
    yield f"{name} value", cell.value
    yield f"{name} privacy", cell.privacy
    yield f"{name} total", cell.total
