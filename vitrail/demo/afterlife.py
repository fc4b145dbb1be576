"""Erased accounts of which something is left, or happens, all the same."""

from __future__ import annotations

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import erased_at
from vitrail.demo.requests import requesters
from vitrail.demo.rights import chosen
from vitrail.demo.seasonality import DAY


def _free(company: Company, *, anonymised: bool) -> list[int]:
    """Erased accounts that no register speaks of."""
    busy = requesters(company) | set(chosen(company).gone)
    fates = company.fates
    of_kind = fates.erased & (fates.anonymised == anonymised)
    return [a for a in np.flatnonzero(of_kind).tolist() if a not in busy]


def still_named(company: Company) -> list[int]:
    """One account that was made anonymous, but for the telephone number in the CRM."""
    return _free(company, anonymised=True)[: company.truth.some(1, "RET-04")]


def active_afterwards(company: Company) -> dict[int, int]:
    """Two accounts under whose number something happens in the product days after their erasure."""
    gone = erased_at(company)
    late = company.timeline.end - 10 * DAY
    free = [a for a in _free(company, anonymised=False) if gone[a] < late]
    found = free[: company.truth.some(2, "RET-09")]
    for account in found:
        company.truth.breaks("RET-09", str(company.people.ids[account]), "used after its erasure")
    return {account: int(gone[account]) + 3 * DAY for account in found}
