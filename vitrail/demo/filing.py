"""Tickets that support files for another desk, and that nobody there acts upon."""

from __future__ import annotations

from typing import Final

from vitrail.demo.company import Company
from vitrail.demo.requests import requesters
from vitrail.demo.rights import chosen
from vitrail.demo.seasonality import DAY
from vitrail.demo.talks import Talks

#: Topics under which support files what another desk has to act upon, and what forgetting breaks.
_FILED: Final = (("unsubscribe", "MKT-03"), ("gdpr", "DSR-07"), ("minor_report", "MIN-06"))


def message_id(row: int, index: int) -> str:
    """The number of a ticket's comment."""
    return str(7_000_000 + row * 8 + index)


def file_tickets(company: Company, spoken: Talks) -> dict[int, str]:
    """Two old tickets for each topic that support files apart and then forgets: row → control."""
    marketing, known = company.marketing, chosen(company)
    stays = marketing.granted & (marketing.left < 0) & (marketing.withdrew < 0)
    busy = {*requesters(company), *known.mailed, *known.quiet, *known.gone}
    old = spoken.at < company.timeline.end - 20 * DAY
    free = [
        row for row, account in enumerate(spoken.account.tolist())
        if old[row] and stays[account] and account not in busy
    ]  # fmt: skip
    filed = {}
    for number, row in enumerate(free[: 2 * len(_FILED)]):
        spoken.topic[row], filed[row] = _FILED[number % len(_FILED)]
    return filed
