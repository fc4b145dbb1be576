"""How a published number is written, and what may be said of a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from vitrail import gate
from vitrail.model import HIDDEN, Cell
from vitrail.model.releases import rate_words, to_the_noise
from vitrail.translation import N_, _, number, retold, signed

_SYMBOLS: Final = {"EUR": "€", "USD": "$", "GBP": "£"}
WITHHELD: Final = N_("Small, or withheld to protect others.")


@dataclass(frozen=True, slots=True)
class Change:
    """A change between two published numbers, or that none can be told.

    ``share`` is of the earlier value (0.12 is +12 %); None where nothing can be said.
    """

    words: str
    share: float | None


def scale(unit: str | None) -> tuple[float, str]:
    """What to divide by and the sign to write before: ``EUR cents`` is (100, "€")."""
    if unit and unit.endswith(" cents"):
        code = unit.removesuffix(" cents")
        return 100.0, _SYMBOLS.get(code, code + " ")
    return 1.0, ""


def money(amount: float, unit: str | None) -> str:
    """An amount in a fact's ``unit``, without decimals: ``€45``."""
    divisor, sign = scale(unit)
    return with_sign(number(amount / divisor, ",.0f"), sign)


def with_sign(amount: str, sign: str) -> str:
    """The amount with the sign of its currency, if it has one."""
    return signed(amount, sign) if sign else amount


def published(cell: Cell | None, unit: str | None = None) -> str:
    """``≈ 1,240 ± 8``, an outcome as its rate, or the mark of a hidden number."""
    if cell is None:
        return _(HIDDEN)
    value, error = parts(cell, unit)
    return f"{value} {error}"


def parts(cell: Cell, unit: str | None = None) -> tuple[str, str]:
    """The same in two, to be set apart: ``≈ 1,240`` and ``± 8`` with its base."""
    if cell.is_outcome:
        return rate(cell)
    _divisor, sign = scale(unit)
    value, privacy, spec = _legible(cell.value, cell.privacy, unit)
    beside = f"± {number(privacy, spec)}"
    if cell.base is not None:
        beside += " " + _("of {base:,.0f}", base=cell.base)
    return f"≈ {with_sign(number(value, spec), sign)}", beside


def wider(cell: Cell, unit: str | None = None) -> str:
    """The error of privacy and chance together: ``± 70``."""
    _value, error, spec = _legible(cell.value, cell.total, unit)
    return f"± {with_sign(number(error, spec), scale(unit)[1])}"


def _legible(value: float, error: float, unit: str | None) -> tuple[float, float, str]:
    """Both as far as the error lets one say, and the format; money has two decimals or none."""
    divisor, sign = scale(unit)
    value, error, digits = to_the_noise(value / divisor, error / divisor)
    return value, error, f",.{2 if sign and digits else digits}f"


def bare(cell: Cell, unit: str | None = None) -> str:
    """The number alone, for where there is no room for its ± and many stand side by side."""
    if cell.is_outcome and cell.base:
        return f"{number(min(100.0, max(0.0, 100 * cell.value / cell.base)), '.0f')} %"
    return parts(cell, unit)[0].removeprefix("≈ ")


def rate(outcome: Cell) -> tuple[str, str]:
    """An outcome as its rate and what bounds it, by privacy and chance, with its base.

    ``about 12 %`` and ``(9 to 15 %) of 300``; where it may be nothing ``about 2 %`` and
    ``(under 5 %) of 300``; where nothing was counted ``under 4 %`` and ``of 300``.
    """
    bounds, base = rate_words(outcome), _("of {base:,.0f}", base=outcome.base or 0)
    if outcome.value <= 0 or not outcome.base or not any(sign.isdigit() for sign in bounds):
        return retold(bounds), base
    share = min(100.0, 100 * outcome.value / outcome.base)  # both are blurred, each for itself
    digits = 1 if share < 1 or "." in bounds else 0
    rate = number(share, f".{digits}f")
    return _("about {rate} %", rate=rate), f"({retold(bounds)}) {base}"


def drawn(cell: Cell, unit: str | None = None) -> tuple[float, float, float]:
    """Where a chart puts the low end of a number, itself and its high end (privacy and chance).

    An outcome is drawn as percent of its base; what was counted below zero is drawn as nothing.
    """
    divisor, _ = scale(unit)
    if cell.is_outcome:
        divisor = max(cell.base or 0.0, 1.0) / 100
    ends = (cell.value - cell.total, cell.value, cell.value + cell.total)
    low, middle, high = (max(0.0, end) / divisor for end in ends)
    return low, middle, high


def drowned(cell: Cell) -> bool:
    """Whether the ± is larger than the value itself; an outcome has its bound instead."""
    return cell.privacy > abs(cell.value) and not cell.is_outcome


def change(now: Cell | None, before: Cell | None, unit: str | None = None) -> Change:
    """The change, if it lies outside what privacy and chance alone would make, and from what."""
    if now is None or before is None:
        return Change(_("nothing to compare"), None)
    base = parts(before, unit)[0].replace(" ", "\N{NO-BREAK SPACE}")
    share = gate.told_change(now, before)
    words = retold(gate.change_words(now, before))
    return Change(
        _("{change} from {base}", change=words, base=base),
        share.value if share is not None else None,
    )
