"""True outcomes of campaigns and true orders, to hold published numbers against."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from vitrail.demo.cells import cells, month_of
from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.marketing import ACTIONS
from vitrail.demo.returns import returns
from vitrail.demo.seasonality import DAY
from vitrail.demo.trade import STATES, Ints

#: Outcome, action, days after the send within which it counts.
_ACTIONS: Final = (
    ("bounced", "bounce", 2), ("clicked_2d", "click", 2), ("clicked", "click", 7),
    ("unsubscribed", "unsub", 30),
)  # fmt: skip


def campaign_table(company: Company) -> pa.Table:
    """Per campaign: recipients, and how many of them did what within how many days of their send.

    Erased accounts are in none of the numbers, for their sends are no longer in the exports. An
    order counts unless it failed, whatever led to it.
    """
    return pa.Table.from_pylist(
        [_outcomes(company, number) for number in range(len(company.marketing.campaigns))]
    )


def _outcomes(company: Company, number: int) -> dict[str, str | int]:
    sends, orders, acted = company.marketing.sends, company.orders, company.marketing.activity
    mine = sends["campaign"] == number
    to, sent = sends["account"][mine], sends["at"][mine]
    known = (to >= 0) & ~company.fates.erased[to]
    since = np.full(len(company.people), np.iinfo(np.int64).max)
    since[to[known]] = sent[known]
    row: dict[str, str | int] = {
        "campaign_id": company.marketing.campaigns[number].code,
        "name": company.marketing.campaigns[number].name,
        "cost": company.marketing.campaigns[number].cost,
        "recipients": int(known.sum()) + int((to < 0).sum()),
    }
    for name, action, days in _ACTIONS:
        chosen = acted["action"] == ACTIONS.index(action)
        if action != "unsub":  # leaving counts for every mailing shortly before
            chosen &= acted["campaign"] == number
        row[name] = _within(since, acted["account"][chosen], acted["at"][chosen], days)
    kept = orders.state != STATES.index("failed")
    for name, days in (("ordered_2d", 2), ("ordered_7d", 7), ("ordered", 30)):
        row[name] = _within(since, orders.account[kept], orders.at[kept], days)
    return row


def _within(since: Ints, account: Ints, at: Ints, days: int) -> int:
    """How many accounts did it at or after their send and within so many days."""
    start = since[account]
    soon = (at >= start) & (at <= start + np.minimum(days * DAY, np.iinfo(np.int64).max - start))
    return len(np.unique(account[soon]))


def order_table(company: Company) -> pa.Table:
    """Per month and country: persons, orders, their sum, and revenue: euros that were paid.

    ``returned`` is in euros too: what came back within 30 days, under the month of the order.
    Orders of erased accounts are in none of the numbers, for they leave the facts.
    """
    orders = company.orders
    country = company.people.country[orders.account]
    euros = np.array([c.currency == "EUR" for c in COUNTRIES])[country]
    back = returns(orders, company.timeline, company.streams)
    soon = back.at - orders.at[back.order] <= 30 * DAY
    returned = np.zeros(len(orders), dtype=np.int64)
    returned[back.order] = np.where(soon & euros[back.order], back.amount, 0)
    table = pa.table({
        "account": orders.account, "month": month_of(orders.at),
        "country": [COUNTRIES[c].code for c in country.tolist()],
        "rows": np.ones(len(orders), dtype=np.int64), "amount": orders.amount,
        "revenue": np.where(euros & (orders.state == 0), orders.amount, 0), "returned": returned,
    }).filter(pa.array(~company.fates.erased[orders.account]))  # fmt: skip
    columns = {name: table[name] for name in table.column_names}
    return cells(columns, ("month", "country"), ("rows", "amount", "revenue", "returned"), ())
