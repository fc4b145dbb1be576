"""Tickets that support files for another desk: some are acted upon there, some forgotten."""

from __future__ import annotations

from typing import Final

from vitrail.demo.company import Company, Heeded
from vitrail.demo.opposition import opposed
from vitrail.demo.requests import requesters
from vitrail.demo.rights import chosen
from vitrail.demo.seasonality import DAY
from vitrail.demo.talks import Talks

#: Topics under which support files what another desk has to act upon, and what forgetting breaks.
_FILED: Final = (("unsubscribe", "MKT-03"), ("gdpr", "DSR-07"), ("minor_report", "MIN-06"))


def ticket_id(row: int) -> str:
    """The number of a ticket."""
    return str(20_000 + row)


def message_id(row: int, index: int) -> str:
    """The number of a ticket's comment."""
    return str(7_000_000 + row * 8 + index)


def file_tickets(company: Company, spoken: Talks) -> dict[int, str]:
    """Old tickets that support files apart, one a topic for a desk that acts, and two that are
    forgotten: row → control of the latter."""
    marketing, known = company.marketing, chosen(company)
    busy = {*requesters(company), *known.mailed, *known.quiet, *known.gone, *opposed(company)}
    free = [
        row for row, account in enumerate(spoken.account.tolist())
        if spoken.at[row] < company.timeline.end - 20 * DAY and account not in busy
    ]  # fmt: skip
    stays = marketing.granted & (marketing.left < 0) & (marketing.withdrew < 0)
    yes = [row for row in free if stays[spoken.account[row]]]
    no = [row for row in free if not marketing.granted[spoken.account[row]]]
    # who writes to be left alone and had never agreed is left alone already
    for row, topic in zip(
        (*no[:1], *yes[-2:]), ("unsubscribe", "gdpr", "minor_report"), strict=False
    ):
        spoken.topic[row] = topic
        company.heeded[topic] = Heeded(
            int(spoken.account[row]), int(spoken.at[row]), ticket_id(row)
        )
    filed, left = {}, [entry for entry in _FILED if company.truth.plants(entry[1])]
    for number, row in enumerate(yes[:-2][: 2 * len(left)]):
        spoken.topic[row], filed[row] = left[number % len(left)]
    return filed
