"""What one order cost, from the published cost and number of orders. No Streamlit here."""

from __future__ import annotations

from vitrail.gate import Quotient, quotient
from vitrail.model import HIDDEN, Cell
from vitrail.report.numbers import money
from vitrail.translation import N_, _

#: Where an order's cost has no figure.
NO_COST = N_("no cost can be told")


def cost_per_order(cost: Cell | None, orders: Cell | None, unit: str | None) -> tuple[str, str]:
    """``about €45`` and ``(€30 to €90)``; ``over €30`` where there may be no order at all."""
    if cost is None or orders is None:
        return _(HIDDEN), ""
    return _words(quotient(cost, orders), unit)


def _words(cost: Quotient | None, unit: str | None) -> tuple[str, str]:
    if cost is None:
        return _(NO_COST), ""
    low = money(cost.low, unit)
    if cost.value is None or cost.high is None:
        return _("over {low}", low=low), ""
    high = money(cost.high, unit)
    return _("about {cost}", cost=money(cost.value, unit)), _(
        "({low} to {high})", low=low, high=high
    )
