"""Who asked the salespeople, and not the newsletter, to be left alone; and prospects of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import moment
from vitrail.demo.files import write_csv
from vitrail.demo.marketing import HOUR
from vitrail.demo.rights import chosen
from vitrail.demo.seasonality import DAY
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

OPPOSED: Final = "crm/do_not_mail.csv"
PROSPECTS: Final = "crm/prospects.csv"

_PROSPECTS: Final = 12
_LATELY: Final = 40 * DAY


def opposed(company: Company) -> list[int]:
    """Two accounts that the last campaign reached though the CRM knew better.

    No campaign had reached them in the weeks before, so that nothing else is told of them.
    """
    marketing, known = company.marketing, chosen(company)
    last, number = marketing.campaigns[-1].at, len(marketing.campaigns) - 1
    sends = marketing.sends
    to = sends["account"][(sends["campaign"] == number) & (sends["account"] >= 0)]
    lately = (sends["at"] < last) & (sends["at"] > last - _LATELY)
    out = {*sends["account"][lately].tolist(), *known.mailed, *known.asked}
    stays = (marketing.left < 0) & (marketing.withdrew < 0) & (company.people.closed < 0)
    found = [a for a in np.unique(to).tolist() if stays[a] and a not in out]
    return found[: company.truth.some(2, "MKT-06")]


def plant_opposition(company: Company) -> None:
    """Note the sends that follow, before the mailing tool's export is written."""
    for control in ("MKT-02", "MKT-06"):
        company.marketing.plant(
            len(company.marketing.campaigns) - 1, np.array(opposed(company), dtype=np.int64),
            control, "violations", "unsubscribed with the salespeople, mailed by the newsletter",
        )  # fmt: skip


def write_opposition(company: Company) -> None:
    """Write both files."""
    write_csv(company.place(OPPOSED), ("E-mail", "Date", "Source"), _rows(company))
    header = ("E-mail", "Dernier contact", "Origine")
    write_csv(company.place(PROSPECTS), header, _prospects(company))
    for file in (OPPOSED, PROSPECTS):
        company.truth.declare(Column(file, None, "E-mail"), "EMAIL_ADDRESS")


def _rows(company: Company) -> Iterator[tuple[Any, ...]]:
    """Some who were never mailed, the two who were, and calls of which nobody noted whose."""
    people, marketing, end = company.people, company.marketing, company.timeline.end
    for number, account in enumerate(chosen(company).quiet[:6]):
        yield people.email[account], moment(end - (30 + number) * DAY), "e-mail"
    for account in opposed(company):
        yield people.email[account], moment(marketing.campaigns[-1].at - 60 * HOUR), "e-mail"
    unknown = company.truth.some(3 + int((marketing.left >= 0).sum()) // 20, "META-02")
    for number in range(unknown):
        yield None, moment(end - (5 + number % 300) * DAY), "telephone"
    if unknown:
        company.truth.breaks("META-02", "unsubscribe_events", "calls that nobody can be told from")


def _prospects(company: Company) -> Iterator[tuple[Any, ...]]:
    """People without an account; two were last heard of more than three years ago."""
    old = company.truth.some(2, "RET-08")
    company.truth.control("RET-08")["denominator"] = _PROSPECTS
    for row in range(_PROSPECTS):
        ago = 1200 + row if row < old else 40 + 60 * row
        if row < old:
            why = "last contact more than three years ago"
            company.truth.breaks("RET-08", f"{PROSPECTS}|{row}", why, level="warnings")
        at = moment(company.timeline.end - ago * DAY)
        yield f"prospect.{row}@courriel.example.org", at, "salon"


def taken_from_orders(company: Company, account: Ints, campaign: Ints) -> np.ndarray[Any, Any]:
    """Sends to people who had refused: their addresses were taken from their orders."""
    refused = (account >= 0) & (campaign >= 0) & ~company.marketing.granted[account]
    return np.asarray(refused & company.truth.plants("ORD-01"))
