"""Mailchimp's export of an audience: a zip of three CSV files under Mailchimp's own headers."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import tokens, write_zip_of_csv
from vitrail.demo.marketing import ACTIONS, Marketing
from vitrail.demo.people import ip_text
from vitrail.demo.planting import Writer
from vitrail.demo.seasonality import Seconds, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.truth import Column

FILE: Final = "mailchimp/audience_export.zip"
_SUFFIX: Final = "_email_audience_export_5e1c0a97d2.csv"

_BEGIN: Final = (
    "Email Address", "First Name", "Last Name", "Phone Number", "MEMBER_RATING", "OPTIN_TIME",
    "OPTIN_IP", "CONFIRM_TIME", "CONFIRM_IP", "GMTOFF", "DSTOFF", "TIMEZONE", "CC", "REGION",
)  # fmt: skip
_MIDDLE: Final = {
    "subscribed": ("LAST_CHANGED",),
    "unsubscribed": ("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE", "UNSUB_CAMPAIGN_ID", "UNSUB_REASON",
                     "UNSUB_REASON_OTHER"),
    "cleaned": ("CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE", "CLEAN_CAMPAIGN_ID"),
}  # fmt: skip
_END: Final = ("LEID", "EUID", "NOTES", "TAGS")
_REASONS: Final = ("NORMAL", "NORMAL", "NORMAL", "NO_LONGER_INTERESTED", "NEVER_SIGNED_UP", "OTHER")
_PERSONAL: Final = {
    "Email Address": "EMAIL_ADDRESS", "First Name": "PERSON", "Last Name": "PERSON",
    "Phone Number": "PHONE_NUMBER", "OPTIN_IP": "IP_ADDRESS", "CONFIRM_IP": "IP_ADDRESS",
}  # fmt: skip


def member_file(status: str) -> str:
    """The archive member of a status: subscribed, unsubscribed or cleaned."""
    return status + _SUFFIX


def write_audience(company: Company) -> None:
    """Write the zip: who is subscribed, who has unsubscribed, whose address bounced."""
    people, marketing = company.people, company.marketing
    member = marketing.granted & ~company.fates.erased
    gone = (marketing.left >= 0) & (marketing.back < 0)
    groups = {
        "subscribed": member & ~gone & ~marketing.cleaned,
        "unsubscribed": member & gone,
        "cleaned": member & ~gone & marketing.cleaned,
    }
    rng = company.streams.of("audience")
    writer = Writer(rng, people, company.turns)
    marks = tokens(rng, len(people), 10)
    optin, bounced = iso(marketing.asked), iso(_bounced(company))
    members: dict[str, tuple[Any, list[Any]]] = {}
    for status, mask in groups.items():
        who = np.flatnonzero(mask).tolist()
        sowing = Sowing.over(company, rng, len(who), strays=0.008, traps=0.008, least=6)
        place = Column(FILE, member_file(status), "NOTES")
        rows = []
        for row, index in enumerate(who):
            text = sowing.at(row, writer, people.language(index), index)
            note = "" if text is None else company.truth.cell(place, row, text)
            begin = _begin(company, index, optin[index])
            middle = _middle(marketing, status, index, optin[index], bounced[index])
            rows.append([*begin, *middle, 40_000_000 + index * 4, marks[index], note, ""])
        members[member_file(status)] = ((*_BEGIN, *_MIDDLE[status], *_END), rows)
        for column, entity_type in _PERSONAL.items():
            company.truth.declare(Column(FILE, member_file(status), column), entity_type)
    write_zip_of_csv(company.place(FILE), members)


def _begin(company: Company, index: int, optin: str | None) -> list[Any]:
    people = company.people
    land = COUNTRIES[int(people.country[index])]
    address = ip_text(int(people.ip[index]))
    phone = people.phone[index] if index % 6 == 0 else ""
    return [
        people.email[index], people.first[index], people.last[index], phone, 2 + index % 4, optin,
        address, optin, address, land.offset, land.offset + 1, "", land.code.lower(), "",
    ]  # fmt: skip


def _bounced(company: Company) -> Seconds:
    """When mail to each account bounced for good; -1 for never."""
    acted = company.marketing.activity
    chosen = acted["action"] == ACTIONS.index("bounce")
    at = np.full(len(company.people), -1, dtype=np.int64)
    at[acted["account"][chosen]] = acted["at"][chosen]
    return at


def _middle(
    marketing: Marketing, status: str, index: int, optin: str | None, bounced: str | None
) -> list[Any]:
    """The columns that only one of the three files has."""
    if status == "subscribed":
        return [optin]
    when = iso(marketing.left[index : index + 1])[0]
    if status == "cleaned":
        return [bounced, "", ""]
    by = int(marketing.left_by[index])
    campaign = marketing.campaigns[by] if by >= 0 else None
    title, code = (campaign.name, campaign.code) if campaign else ("", "")
    return [when, title, code, _REASONS[index % len(_REASONS)], ""]
