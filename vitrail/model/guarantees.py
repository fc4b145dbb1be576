"""What a private release promises, by numbers that say nothing of anyone in the data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """How one column of a private release was bounded and made noisy.

    ``clip``: what one person brings to one cell at most, in the measure's unit. ``rho``: this
    column's part of the release's ρ. ``sigma``: the standard deviation of the noise in every cell.
    ``error``: the half-width within which 95 % of the cells lie, by the noise alone.
    """

    measure: str
    clip: int
    rho: float
    sigma: float
    error: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Guarantee:
    """The promise of one private release: ρ-zCDP for one person and everything they did.

    ``epsilon`` belongs to ``delta``. ``guess`` is how often the best guess whether one person is
    in the data is right, where a coin is right in 0.5 and everyone else is known.
    ``cells_per_person`` of the table's ``cells`` is the most that one person counts in.
    ``total`` and ``spent_before`` are the budget of ``population``, in ρ.
    """

    about: str
    population: str
    rho: float
    delta: float
    epsilon: float
    guess: float
    cells: int
    cells_per_person: int
    bounds: tuple[Bound, ...]
    total: float = 0.0
    spent_before: float = 0.0

    @property
    def spent_after(self) -> float:
        return round(self.spent_before + self.rho, 6)

    @property
    def left(self) -> float:
        """What no release has spent yet; it is never refilled."""
        return round(self.total - self.spent_after, 6)
