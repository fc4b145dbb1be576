"""True outcomes of campaigns and true orders, to hold published numbers against."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.marketing import ACTIONS
from vitrail.demo.seasonality import DAY


def campaign_table(company: Company) -> pa.Table:
    """Per campaign: recipients, and how many of them clicked, unsubscribed, ordered in time.

    ``ordered_*`` counts recipients with a paid order within that many whole days of their send.
    """
    rows = []
    sends, orders = company.marketing.sends, company.orders
    for number, campaign in enumerate(company.marketing.campaigns):
        mine = (sends["campaign"] == number) & (sends["account"] >= 0)
        to, sent = sends["account"][mine], sends["at"][mine]
        row: dict[str, object] = {
            "campaign_id": campaign.code,
            "recipients": int((sends["campaign"] == number).sum()),
        }
        for action in ("click", "unsub"):
            acted = company.marketing.activity
            chosen = (acted["campaign"] == number) & (acted["action"] == ACTIONS.index(action))
            row[action] = len(np.unique(acted["account"][chosen]))
        moment = np.full(len(company.people), -1, dtype=np.int64)
        moment[to] = sent
        since = orders.at - moment[orders.account]
        paid = (orders.state == 0) & (moment[orders.account] >= 0) & (since >= 0)
        for low, high in ((0, 2), (3, 7), (8, 30)):
            within = paid & (since >= low * DAY) & (since < (high + 1) * DAY)
            row[f"ordered_{low}_{high}"] = len(np.unique(orders.account[within]))
        rows.append(row)
    return pa.Table.from_pylist(rows)


def order_table(company: Company) -> pa.Table:
    """Per month and country: persons with orders, orders, and the sum in minor units."""
    orders = company.orders
    month = orders.at.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    country = company.people.country[orders.account]
    cell = month * len(COUNTRIES) + country
    cells, place = np.unique(cell, return_inverse=True)
    pairs = np.unique(place.astype(np.int64) * len(company.people) + orders.account)
    starts = (cells // len(COUNTRIES)).astype("datetime64[M]").astype("datetime64[D]")
    return pa.table({
        "month": pa.array(starts),
        "country": [COUNTRIES[int(c)].code for c in cells % len(COUNTRIES)],
        "persons": np.bincount(pairs // len(company.people), minlength=len(cells)),
        "rows": np.bincount(place, minlength=len(cells)),
        "amount": np.bincount(place, orders.amount, len(cells)).astype(np.int64),
    })  # fmt: skip
