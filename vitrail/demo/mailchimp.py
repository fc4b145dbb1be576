"""Mailchimp: the audience as a zip of three CSV files; sends and activity as the API gives them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import moments, strings, tokens, write_csv_gz, write_zip_of_csv
from vitrail.demo.marketing import ACTIONS, Marketing
from vitrail.demo.people import ip_text
from vitrail.demo.planting import Writer
from vitrail.demo.seasonality import iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

AUDIENCE: Final = "mailchimp/audience_export.zip"
SENDS: Final = "mailchimp/sends.csv.gz"
ACTIVITY: Final = "mailchimp/activity.csv.gz"
_SUFFIX: Final = "_email_audience_export_5e1c0a97d2.csv"
_WAY_OUT: Final = "https://lanterne-leads.example.com/u"
LIST: Final = "a1b2c3d4e5"

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


def write_mailchimp(company: Company) -> None:
    """Write the audience, the sends and the activity; note which sends were planted."""
    _audience(company)
    write_csv_gz(company.place(SENDS), _sends(company))
    write_csv_gz(company.place(ACTIVITY), _activity(company))
    for dataset in (SENDS, ACTIVITY):
        company.truth.declare(Column(dataset, None, "email_address"), "EMAIL_ADDRESS")
    company.truth.declare(Column(ACTIVITY, None, "ip"), "IP_ADDRESS")


# --- the audience ---------------------------------------------------------------------------


def _audience(company: Company) -> None:
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
    optin = iso(marketing.asked)
    members: dict[str, tuple[Any, list[Any]]] = {}
    for status, mask in groups.items():
        who = np.flatnonzero(mask).tolist()
        sowing = Sowing.over(rng, len(who), strays=0.008, traps=0.008, least=6)
        place = Column(AUDIENCE, member_file(status), "NOTES")
        rows = []
        for row, index in enumerate(who):
            text = sowing.at(row, writer, people.language(index), index)
            note = "" if text is None else company.truth.cell(place, row, text)
            begin = _begin(company, index, optin[index])
            middle = _middle(marketing, status, index, optin[index])
            rows.append([*begin, *middle, 40_000_000 + index * 4, marks[index], note, ""])
        members[member_file(status)] = ((*_BEGIN, *_MIDDLE[status], *_END), rows)
        for column, entity_type in _PERSONAL.items():
            company.truth.declare(Column(AUDIENCE, member_file(status), column), entity_type)
    write_zip_of_csv(company.place(AUDIENCE), members)


def _begin(company: Company, index: int, optin: str | None) -> list[Any]:
    people = company.people
    land = COUNTRIES[int(people.country[index])]
    address = ip_text(int(people.ip[index]))
    phone = people.phone[index] if index % 6 == 0 else ""
    return [
        people.email[index], people.first[index], people.last[index], phone, 2 + index % 4, optin,
        address, optin, address, land.offset, land.offset + 1, "", land.code.lower(), "",
    ]  # fmt: skip


def _middle(marketing: Marketing, status: str, index: int, optin: str | None) -> list[Any]:
    if status == "subscribed":
        return [optin]
    when = iso(marketing.left[index : index + 1])[0]
    if status == "cleaned":
        return [optin, "", ""]
    by = int(marketing.left_by[index])
    campaign = marketing.campaigns[by] if by >= 0 else None
    title, code = (campaign.name, campaign.code) if campaign else ("", "")
    return [when, title, code, _REASONS[index % len(_REASONS)], ""]


# --- sends ----------------------------------------------------------------------------------


def _sends(company: Company) -> pa.Table:
    """Mailings, receipts of orders and requests for feedback, by time."""
    marketing, orders = company.marketing, company.orders
    account = np.concatenate([marketing.sends["account"], orders.account])
    campaign = np.concatenate([marketing.sends["campaign"], np.full(len(orders), -1)])
    at = np.concatenate([marketing.sends["at"], orders.at + 90])
    kept = _kept(company, account, at)
    account, campaign, at = account[kept], campaign[kept], at[kept]
    size = len(at)
    _note_planted(company, account, campaign, at)
    codes = np.array([c.code for c in marketing.campaigns] + [""], dtype=object)
    mailing = campaign >= 0
    unlabelled = ~mailing & (np.arange(size) % 97 == 13)
    purpose = np.where(mailing, "marketing", np.where(unlabelled, "", "service")).astype(object)
    return pa.table({
        "send_id": strings(send_ids(size)),
        "campaign_id": strings(codes[campaign]),
        "list_id": strings(np.where(mailing, LIST, "").astype(object)),
        "email_address": strings(_addresses(company, account)),
        "channel": strings(["email"] * size),
        "purpose": strings(purpose),
        "sent_at": moments(at),
        "sender_org": strings(["Lanterne Leads"] * size),
        "list_source": strings(_sources(account, mailing)),
        "has_unsub_link": pa.array(mailing),
        "list_unsubscribe": strings(np.where(mailing, _WAY_OUT, "").astype(object)),
    })  # fmt: skip


def _kept(company: Company, account: Ints, at: Ints) -> Ints:
    """Indexes by time, without those of erased accounts, whose history went with them."""
    by_time = np.argsort(at, kind="stable")
    gone = (account >= 0) & company.fates.erased[account]
    return np.asarray(by_time[~gone[by_time]])


def send_ids(size: int) -> list[str]:
    return [f"snd-{i:08d}" for i in range(size)]


#: People outside the accounts who were mailed from a bought list.
STRANGERS: Final = (
    "kontakt.brandt@postfach.example.net", "p.ellis@inbox.example.com",
    "accueil.hamon@courriel.example.org",
)  # fmt: skip


def _addresses(company: Company, account: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    known = np.array([*company.people.email, *reversed(STRANGERS)], dtype=object)
    return np.asarray(known[account])  # -1 is the first stranger, -2 the second …


def _sources(account: np.ndarray[Any, Any], mailing: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    source = np.where(mailing, "signup", "orders").astype(object)
    source[account < 0] = "bought_list"
    return source


def _note_planted(
    company: Company, account: np.ndarray[Any, Any], campaign: np.ndarray[Any, Any],
    at: np.ndarray[Any, Any],
) -> None:  # fmt: skip
    truth, marketing = company.truth, company.marketing
    place = {
        (int(c), int(a)): i
        for i, (c, a) in enumerate(zip(campaign, account, strict=True))
        if c >= 0
    }
    ids = send_ids(len(at))
    moments_ = iso(at)
    for control in ("MKT-01", "MKT-02"):
        truth.control(control)["denominator"] = len(place)
    for number, who, control, level, why in marketing.planted:
        row = place[number, who]
        truth.breaks(control, ids[row], why, level=level, dataset=SENDS, table=None, row=row,
                     at=moments_[row])  # fmt: skip
    for who in np.flatnonzero(marketing.back >= 0).tolist():
        for number in range(len(marketing.campaigns)):
            row = place.get((number, who), -1)
            if row >= 0 and at[row] > marketing.back[who]:
                truth.breaks("MKT-02", ids[row], "unsubscribed, then agreed anew", level="edges")


# --- activity -------------------------------------------------------------------------------


def _activity(company: Company) -> pa.Table:
    """Opens, clicks, unsubscriptions (the whole history of them) and bounces, by time."""
    marketing = company.marketing
    account, campaign, action, at = (
        marketing.activity[n] for n in ("account", "campaign", "action", "at")
    )
    kept = _kept(company, account, at)
    account, campaign, action, at = account[kept], campaign[kept], action[kept], at[kept]
    addresses = [ip_text(int(i)) for i in company.people.ip]
    codes = np.array([c.code for c in marketing.campaigns], dtype=object)
    actions = np.array(ACTIONS, dtype=object)[action]
    click = action == ACTIONS.index("click")
    url = np.where(click, "https://lanterne-leads.example.com/offer?utm_source=mailchimp", "")
    return pa.table({
        "campaign_id": strings(codes[campaign]),
        "list_id": strings([LIST] * len(at)),
        "email_address": strings(_addresses(company, account)),
        "action": strings(actions),
        "timestamp": moments(at),
        "ip": strings(np.array(addresses, dtype=object)[account]),
        "url": strings(url.astype(object)),
    })  # fmt: skip
