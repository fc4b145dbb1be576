"""What one order cost, from the published cost and number of orders. No Streamlit here."""

from __future__ import annotations

from vitrail.gate import Quotient, quotient
from vitrail.model import HIDDEN, Cell
from vitrail.ui.numbers import scale

#: Where an order's cost has no figure.
NO_COST = "no cost can be told"


def cost_per_order(cost: Cell | None, orders: Cell | None, unit: str | None) -> tuple[str, str]:
    """``about €45`` and ``(€30 to €90)``; ``over €30`` where there may be no order at all."""
    if cost is None or orders is None:
        return HIDDEN, ""
    return _words(quotient(cost, orders), unit)


def _words(cost: Quotient | None, unit: str | None) -> tuple[str, str]:
    if cost is None:
        return NO_COST, ""
    divisor, sign = scale(unit)
    low = f"{sign}{cost.low / divisor:,.0f}"
    if cost.value is None or cost.high is None:
        return f"over {low}", ""
    return (
        f"about {sign}{cost.value / divisor:,.0f}",
        f"({low} to {sign}{cost.high / divisor:,.0f})",
    )
