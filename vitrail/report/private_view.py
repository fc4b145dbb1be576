"""What the report of a private release shows, for readers who were never inside the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from vitrail import __version__
from vitrail.gate.private import LIMITS, best_guess, percent, promise
from vitrail.model import Bound, Cell, Guarantee, Release
from vitrail.report.rendering import day
from vitrail.translation import ngettext

#: Where the formulas stand, so that a reader can check them.
SOURCES: Final = (
    (
        "ρ",
        "Zero-concentrated differential privacy. Noise of standard deviation σ on numbers that one "
        "person moves by Δ costs ρ = Δ² / (2 σ²), and ρ adds up over measures and releases. "
        "Bun and Steinke 2016, arXiv 1605.02265.",
    ),
    (
        "Noise",
        "Whole numbers from the discrete Gaussian distribution, drawn by OpenDP from the system's "
        "randomness. Canonne, Kamath and Steinke 2020, arXiv 2004.00010.",
    ),
    (
        "ε at δ",
        "The least over α > 1 of α ρ + ln(1 − 1/α) + (ln(1/δ) − ln α) / (α − 1). "
        "The same paper, proposition 12.",
    ),
    (
        "Best guess",
        "Φ(√(2ρ) / 2): how often the best test tells whether one person is in the data, if both "
        "are as likely. Dong, Roth and Su 2019, arXiv 1905.02383.",
    ),
)


@dataclass(frozen=True, slots=True)
class PrivateView:
    """A private release in the order in which a reader asks. ``company`` is who publishes it."""

    #: The heads of :attr:`bounds`.
    BOUNDS: ClassVar = (
        "Measure",
        "One person brings to a row at most",
        "Noise, σ",
        "95 % error of a row",
        "ρ",
    )

    release: Release
    company: str

    @property
    def guarantee(self) -> Guarantee:
        if self.release.private is None:
            raise ValueError("only a release with a guarantee has such a report")
        return self.release.private

    @property
    def tool(self) -> str:
        return __version__

    @property
    def title(self) -> str:
        return f"{self.guarantee.about}: numbers published with a privacy guarantee"

    @property
    def answer(self) -> str:
        return promise(self.guarantee)

    @property
    def about(self) -> list[tuple[str, str]]:
        """Who, what, when."""
        query = self.release.query
        lines = [("Published by", self.company), ("Drawn", day(self.release.released_at))]
        if query.span is not None:
            lines.append(("Days", f"{query.span.first} to {query.span.last}, both included"))
        if query.filters:
            lines.append(("Only", ", ".join(f"{name} = {value}" for name, value in query.filters)))
        lines.append(("Rows", f"{rows_words(self.guarantee.cells)}, none of them left out"))
        return lines

    @property
    def tiles(self) -> list[tuple[str, str, str, bool]]:
        """The four figures: name, figure, words, whether it is bad."""
        g = self.guarantee
        return [
            (
                "Best guess about one person",
                f"{percent(g.guess)} %",
                "a coin: 50 %",
                False,
            ),
            ("ρ of this release", f"{g.rho:g}", f"ε = {g.epsilon:.2f} at δ = {g.delta:g}", False),
            (
                "95 % error",
                f"± {number(g.bounds[0].error)}",
                f"of {g.bounds[0].measure}, by noise",
                False,
            ),
            ("Budget left", f"{g.left:g}", f"of {g.total:g}, never refilled", False),
        ]

    @property
    def heads(self) -> list[str]:
        units = dict(self.release.units)
        measures = [m.label for m in self.release.query.measures]
        named = [f"{label} ({units[label]})" if label in units else label for label in measures]
        return [*self.release.query.dimensions, *named]

    @property
    def rows(self) -> list[list[str]]:
        """Labels, then each number with the half-width of its privacy interval."""
        return [
            [*row.labels, *(written(cell) for cell in row.cells if cell is not None)]
            for row in self.release.rows
        ]

    @property
    def labels(self) -> int:
        """How many columns of :attr:`rows` are labels."""
        return len(self.release.query.dimensions)

    @property
    def bounds(self) -> list[list[str]]:
        """Measure, clip, σ, error, ρ: how each column was made."""
        return [self._bound(bound) for bound in self.guarantee.bounds]

    def _bound(self, bound: Bound) -> list[str]:
        clip = f"{bound.clip:,}{f' {bound.unit}' if bound.unit else ''}"
        return [bound.measure, clip, number(bound.sigma), f"± {number(bound.error)}",
                f"{bound.rho:g}"]  # fmt: skip

    @property
    def contribution(self) -> str:
        """How much of a person counts, in a sentence."""
        g = self.guarantee
        rows = rows_words(g.cells)
        some = (
            f"can count in each of the {rows}"
            if g.cells_per_person == g.cells
            else f"counts in {g.cells_per_person:,} of the {rows} at most (of more, a random "
            "choice is kept)"
        )
        return (
            f"One person {some}, and brings to a row no more than the bound below, which was set "
            "without looking at the data. What lies beyond is cut off, so numbers come out rather "
            "too low; by how much is not told, for that would tell of those who did most."
        )

    @property
    def together(self) -> str:
        """What the promise comes to with all the rest that is published of these persons."""
        g = self.guarantee
        so_far, ever = (percent(best_guess(rho)) for rho in (g.spent_after, g.total))
        return (
            "That holds whatever else the reader knows. Many numbers together tell more than one: "
            f"with everything published up to this release such a guess is right at most {so_far}, "
            f"and with all that the budget will ever allow {ever} times in 100."
        )

    @property
    def budget(self) -> list[tuple[str, str]]:
        g = self.guarantee
        return [
            (
                "In all",
                f"ρ = {g.total:g}, for everything ever published about these {g.population}",
            ),
            ("Spent before", f"{g.spent_before:g}"),
            ("This release", f"{g.rho:g}"),
            ("Left after it", f"{g.left:g}"),
        ]

    @property
    def limits(self) -> Sequence[str]:
        return LIMITS

    @property
    def sources(self) -> Sequence[tuple[str, str]]:
        return SOURCES

    @property
    def notes(self) -> Sequence[str]:
        """What the fact itself says of its measures; the rest stands in the report's own words."""
        labels = tuple(f"{m.label}:" for m in self.release.query.measures)
        return [note for note in self.release.notes if note.startswith(labels)]


def rows_words(count: int) -> str:
    return ngettext("{count:,} row", "{count:,} rows", count)


def number(value: float) -> str:
    """Thousands by comma; decimals only where they matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,g}"


def written(cell: Cell) -> str:
    """A number with what the noise may have moved it by: ``1,240 ± 20``."""
    base = "" if cell.base is None else f" of {cell.base:,.0f}"
    return f"{cell.value:,.0f} ± {number(cell.privacy)}{base}"
