"""Which cells of a column get something planted, and what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vitrail.demo.broken import Broken
from vitrail.demo.company import Company
from vitrail.demo.planting import Text, Writer


@dataclass(frozen=True, slots=True)
class Sowing:
    """Cell number → the kind of what is planted there: strays, traps or minors."""

    cells: dict[int, str]
    broken: Broken

    @classmethod
    def over(
        cls, company: Company, rng: np.random.Generator, size: int, *, strays: float, traps: float,
        ages: float = 0.0, least: int = 24,
    ) -> Sowing:  # fmt: skip
        """Choose cells: shares of ``size``, but ``least`` of each kind where there is room.

        Where nothing strays, traps alone; ages where MIN-01 is not kept.
        """
        cells: dict[int, str] = {}
        order = iter(rng.permutation(size).tolist())
        broken = company.truth.broken
        strays, ages = strays * broken.strays(), ages * broken.any("MIN-01")
        for kind, share in (("strays", strays), ("traps", traps), ("minors", ages)):
            wanted = max(int(size * share), min(least, size // 8)) if share > 0 else 0
            for _ in range(wanted):
                cells[next(order)] = kind
        return cls(cells, broken)

    def at(self, cell: int, writer: Writer, language: str, person: int) -> Text | None:
        """What to write into a cell beside the ordinary, or None."""
        if cell not in self.cells:
            return None
        kind = self.cells[cell]
        entry = writer.next(kind, language)
        while kind == "strays" and not self.broken.allows(entry):
            entry = writer.next(kind, language)
        if kind == "minors":
            return writer.age_statement(entry)
        return writer.fill(entry, language, person)
