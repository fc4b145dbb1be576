"""True numbers for each fact beyond activity, campaigns and orders: what happened, not what was
exported of it. Erased accounts are in none of them, for no fact may hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from vitrail.demo.cells import cells, cells_by_value, month_of
from vitrail.demo.company import Company
from vitrail.demo.people import PLANS
from vitrail.demo.talks import Talks
from vitrail.demo.trade import Ints
from vitrail.demo.visits import NAMES, SOURCES, Visits, sections


def web_table(seen: Sequence[Visits]) -> pa.Table:
    """By month and by landing section or source: visitors, sessions, views, who converted."""
    joined = {name: np.concatenate([getattr(v, name) for v in seen]) for name in Visits.__slots__}
    start = np.unique(joined["account"] << 34 | joined["session"], return_index=True)[1]
    first = np.zeros(len(joined["at"]), dtype=np.int64)
    first[start] = 1
    columns: dict[str, Any] = {
        "account": joined["account"], "month": month_of(joined["at"]),
        "landing": sections()[joined["landing"]].tolist(),
        "source": [SOURCES[s][0] for s in joined["source"].tolist()],
        "sessions": first, "views": (joined["name"] == 0).astype(np.int64),
        "converted": (joined["name"] >= NAMES.index("sign_up")).astype(np.int64),
    }  # fmt: skip
    return cells_by_value(columns, ("landing", "source"), ("sessions", "views"), ("converted",))


def support_table(spoken: Sequence[tuple[Talks, list[int]]]) -> pa.Table:
    """By month and by channel or topic: writers, conversations, messages, minutes waited."""
    parts = [pa.table(talks.seen(messages)) for talks, messages in spoken]
    table = pa.concat_tables(parts)
    columns: dict[str, Any] = {name: table[name] for name in table.column_names}
    columns["month"] = month_of(table["at"].to_numpy())
    sums = ("conversations", "messages", "response_minutes")
    return cells_by_value(columns, ("channel", "topic"), sums, ("answered_1d",))


def feedback_table(company: Company, account: Ints, at: Ints, rating: Ints) -> pa.Table:
    """By month and plan: who answered, the sum of their ratings, who gave four or more."""
    columns: dict[str, Any] = {
        "account": account, "month": month_of(at),
        "account_type": [PLANS[p] for p in company.people.plan[account]],
        "rating": rating, "satisfied": (rating >= 4).astype(np.int64),
    }  # fmt: skip
    return cells(columns, ("month", "account_type"), ("rating",), ("satisfied",))


def accounts_table(company: Company, active: tuple[Ints, Ints]) -> pa.Table:
    """By month, cohort and change: how many accounts were made, used (``active``: month as a
    moment in it, account) or closed."""
    people = company.people
    there = np.flatnonzero(~company.fates.erased)
    gone = there[people.closed[there] >= 0]
    moments = np.concatenate([people.created[there], people.closed[gone], active[0]])
    account = np.concatenate([there, gone, active[1]])
    change = ["created"] * len(there) + ["closed"] * len(gone) + ["active"] * len(active[0])
    columns: dict[str, Any] = {
        "account": account, "month": month_of(moments), "change": change,
        "cohort": month_of(people.created[account]).cast(pa.string()),
    }  # fmt: skip
    return cells(columns, ("month", "cohort", "change"), (), ())
