"""Minors whose accounts were deleted, and one who came back under the same address."""

from __future__ import annotations

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import erased_at
from vitrail.demo.rights import chosen
from vitrail.demo.seasonality import DAY


def deleted_minors(company: Company) -> dict[int, str]:
    """Each such account with the address that is kept of it."""
    people, gone = company.people, erased_at(company)
    known = chosen(company)
    kept = {account: str(people.email[account]) for account in known.gone}
    company.truth.control("MIN-07")["denominator"] = len(kept)
    first = min(known.gone, key=lambda account: int(gone[account]), default=None)
    if first is None or not company.truth.plants("MIN-07"):
        return kept
    busy = {*known.mailed, *known.quiet, *known.asked}
    later = (people.created > gone[first] + DAY) & (people.closed < 0)
    for account in [a for a in np.flatnonzero(later).tolist() if a not in busy][-1:]:
        kept[first] = str(people.email[account])
        why = "a new account under the same address"
        company.truth.breaks("MIN-07", str(people.ids[first]), why)
    return kept
