"""What the report of a private release shows, for readers who were never inside the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from vitrail import __version__
from vitrail.gate.private import LIMITS, best_guess, percent, promise
from vitrail.model import Bound, Cell, Guarantee, Release
from vitrail.report.rendering import day
from vitrail.translation import N_, _, ngettext, retold
from vitrail.translation import number as told_number

#: Where the formulas stand, so that a reader can check them.
SOURCES: Final = (
    (
        "ρ",
        N_(
            "Zero-concentrated differential privacy. Noise of standard deviation σ on numbers that "
            "one person moves by Δ costs ρ = Δ² / (2 σ²), and ρ adds up over measures and "
            "releases. Bun and Steinke 2016, arXiv 1605.02265."
        ),
    ),
    (
        N_("Noise"),
        N_(
            "Whole numbers from the discrete Gaussian distribution, drawn by OpenDP from the "
            "system's randomness. Canonne, Kamath and Steinke 2020, arXiv 2004.00010."
        ),
    ),
    (
        N_("ε at δ"),
        N_(
            "The least over α > 1 of α ρ + ln(1 − 1/α) + (ln(1/δ) − ln α) / (α − 1). "
            "The same paper, proposition 12."
        ),
    ),
    (
        N_("Best guess"),
        N_(
            "Φ(√(2ρ) / 2): how often the best test tells whether one person is in the data, if "
            "both are as likely. Dong, Roth and Su 2019, arXiv 1905.02383."
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class PrivateView:
    """A private release in the order in which a reader asks. ``company`` is who publishes it."""

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
        about = _(self.guarantee.about)
        return _("{about}: numbers published with a privacy guarantee", about=about)

    @property
    def answer(self) -> str:
        return retold(promise(self.guarantee))

    @property
    def about(self) -> list[tuple[str, str]]:
        """Who, what, when."""
        query = self.release.query
        lines = [
            (_("Published by"), self.company),
            (_("Drawn"), day(self.release.released_at)),
        ]
        if (span := query.span) is not None:
            days = _("{first} to {last}, both included", first=span.first, last=span.last)
            lines.append((_("Days"), days))
        if query.filters:
            only = ", ".join(f"{name} = {value}" for name, value in query.filters)
            lines.append((_("Only"), only))
        rows = _("{rows}, none of them left out", rows=rows_words(self.guarantee.cells))
        return [*lines, (_("Rows"), rows)]

    @property
    def tiles(self) -> list[tuple[str, str, str, bool]]:
        """The four figures: name, figure, words, whether it is bad."""
        g = self.guarantee
        least = g.bounds[0]
        at = _("ε = {epsilon:.2f} at δ = {delta:g}", epsilon=g.epsilon, delta=g.delta)
        off = _("of {measure}, by noise", measure=least.measure)
        left = _("of {total:g}, never refilled", total=g.total)
        return [
            (
                _("Best guess about one person"),
                f"{hundredths(g.guess)} %",
                _("a coin: 50 %"),
                False,
            ),
            (_("ρ of this release"), plainly(g.rho), at, False),
            (_("95 % error"), f"± {number(least.error)}", off, False),
            (_("Budget left"), plainly(g.left), left, False),
        ]

    @property
    def heads(self) -> list[str]:
        units = dict(self.release.units)
        measures = [m.label for m in self.release.query.measures]
        named = [f"{label} ({_(units[label])})" if label in units else label for label in measures]
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
    def numbers_note(self) -> str:
        """How the numbers are to be read."""
        return _(
            "Each with what the added noise may have moved it by: 95 of 100 true numbers lie "
            "within ±. Noise was added to every row, empty ones too, so a small number may be "
            "nobody at all, one below zero means “none or few”, and parts do not add up to a whole "
            "exactly."
        )

    @property
    def bound_heads(self) -> list[str]:
        """The heads of :attr:`bounds`."""
        return [
            _("Measure"),
            _("One person brings to a row at most"),
            _("Noise, σ"),
            _("95 % error of a row"),
            "ρ",
        ]

    @property
    def bounds(self) -> list[list[str]]:
        """Measure, clip, σ, error, ρ: how each column was made."""
        return [self._bound(bound) for bound in self.guarantee.bounds]

    def _bound(self, bound: Bound) -> list[str]:
        clip = told_number(bound.clip) + (f" {_(bound.unit)}" if bound.unit else "")
        error = f"± {number(bound.error)}"
        return [bound.measure, clip, number(bound.sigma), error, plainly(bound.rho)]

    @property
    def contribution(self) -> str:
        """How much of a person counts, in a sentence."""
        g = self.guarantee
        rows = rows_words(g.cells)
        if g.cells_per_person == g.cells:
            most = _("One person can count in each of the {rows}.", rows=rows)
        else:
            most = _(
                "One person counts in {most:,} of the {rows} at most (of more, a random choice "
                "is kept).",
                most=g.cells_per_person,
                rows=rows,
            )
        cut = _(
            "Nobody brings to a row more than the bound below, which was set without looking at "
            "the data. What lies beyond is cut off, so numbers come out rather too low; by how "
            "much is not told, for that would tell of those who did most."
        )
        return f"{most} {cut}"

    @property
    def together(self) -> str:
        """What the promise comes to with all the rest that is published of these persons."""
        g = self.guarantee
        return _(
            "That holds whatever else the reader knows. Many numbers together tell more than one: "
            "with everything published up to this release such a guess is right at most {so_far}, "
            "and with all that the budget will ever allow {ever} times in 100.",
            so_far=hundredths(best_guess(g.spent_after)),
            ever=hundredths(best_guess(g.total)),
        )

    @property
    def budget_note(self) -> str:
        """Why there is a budget."""
        return _(
            "Every published number tells a little of everyone in it, and many numbers together "
            "tell more. So there is a budget for all of them. It was fixed before the first was "
            "published; when it is spent, nothing more is published about these persons."
        )

    @property
    def budget(self) -> list[tuple[str, str]]:
        g = self.guarantee
        whole = _("ρ = {total:g}, for everything ever published about these persons", total=g.total)
        return [
            (_("In all"), whole),
            (_("Spent before"), plainly(g.spent_before)),
            (_("This release"), plainly(g.rho)),
            (_("Left after it"), plainly(g.left)),
        ]

    @property
    def limits(self) -> Sequence[str]:
        return list(map(retold, LIMITS))

    @property
    def sources(self) -> Sequence[tuple[str, str]]:
        return [(_(name), _(words)) for name, words in SOURCES]

    @property
    def notes(self) -> Sequence[str]:
        """What the fact itself says of its measures; the rest stands in the report's own words."""
        labels = tuple(f"{m.label}:" for m in self.release.query.measures)
        return [retold(note) for note in self.release.notes if note.startswith(labels)]


def rows_words(count: int) -> str:
    return ngettext("{count:,} row", "{count:,} rows", count)


def number(value: float) -> str:
    """Thousands apart; decimals only where they matter."""
    return told_number(value, ",.0f" if value >= 100 else ",g")


def plainly(value: float) -> str:
    """A figure of the budget: ``0.1``."""
    return told_number(value, "g")


def hundredths(share: float) -> str:
    """A share in hundredths, rounded up, for it is a bound: ``58.9``."""
    return plainly(float(percent(share)))


def written(cell: Cell) -> str:
    """A number with what the noise may have moved it by: ``1,240 ± 20``."""
    base = "" if cell.base is None else " " + _("of {base:,.0f}", base=cell.base)
    return f"{told_number(cell.value, ',.0f')} ± {number(cell.privacy)}{base}"
