"""Mailchimp's sends and activity, as its API gives them: gzipped CSV, by time."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from vitrail.demo.company import Company
from vitrail.demo.files import moments, strings, write_csv_gz
from vitrail.demo.marketing import ACTIONS
from vitrail.demo.opposition import taken_from_orders
from vitrail.demo.people import ip_text
from vitrail.demo.rights import confirmed_minors
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.trade import Ints
from vitrail.demo.truth import Column

SENDS: Final = "mailchimp/sends.csv.gz"
ACTIVITY: Final = "mailchimp/activity.csv.gz"
_WAY_OUT: Final = "https://lanterne-leads.example.com/u"
LIST: Final = "a1b2c3d4e5"


def write_mailchimp(company: Company) -> None:
    """Write both; note which sends were planted."""
    write_csv_gz(company.place(SENDS), _sends(company))
    write_csv_gz(company.place(ACTIVITY), _activity(company))
    for dataset in (SENDS, ACTIVITY):
        company.truth.declare(Column(dataset, None, "email_address"), "EMAIL_ADDRESS")
    company.truth.declare(Column(ACTIVITY, None, "ip"), "IP_ADDRESS")


# --- sends ----------------------------------------------------------------------------------


def _sends(company: Company) -> pa.Table:
    """Mailings, receipts of orders and requests for feedback, by time."""
    marketing, orders = company.marketing, company.orders
    left = _told_after_leaving(company)
    account = np.concatenate([marketing.sends["account"], orders.account, left])
    receipts = np.full(len(orders) + len(left), -1)
    campaign = np.concatenate([marketing.sends["campaign"], receipts])
    at = np.concatenate([marketing.sends["at"], orders.at + 90, marketing.left[left] + 5 * DAY])
    extra = np.arange(len(at)) >= len(at) - len(left)
    kept = _kept(company, account, at)
    account, campaign, at, extra = account[kept], campaign[kept], at[kept], extra[kept]
    size = len(at)
    _note_planted(company, account, campaign, at)
    advertised = _advertised(company, extra)
    codes = np.array([c.code for c in marketing.campaigns] + [""], dtype=object)
    mailing = campaign >= 0
    unlabelled = ~mailing & ~extra & (np.arange(size) % 97 == 13)
    ordered = taken_from_orders(company, account, campaign)
    _note_ordered(company, ordered)
    purpose = np.where(mailing, "marketing", np.where(unlabelled, "", "service")).astype(object)
    linked = mailing & ~_without_link(campaign, company.truth.some(4, "MKT-04"))
    _note_attributes(company, account, campaign, linked)
    return pa.table({
        "send_id": strings(send_ids(size)),
        "campaign_id": strings(codes[np.where(advertised, _PROMOTION, campaign)]),
        "list_id": strings(np.where(mailing, LIST, "").astype(object)),
        "email_address": strings(_addresses(company, account)),
        "channel": strings(["email"] * size),
        "purpose": strings(purpose),
        "sent_at": moments(at),
        "sender_org": strings(np.where(account < 0, PARTNER, "Lanterne Leads").astype(object)),
        "list_source": strings(_sources(account, mailing & ~ordered)),
        "has_unsub_link": pa.array(linked),
        "list_unsubscribe": strings(np.where(linked, _WAY_OUT, "").astype(object)),
    })  # fmt: skip


#: The last campaign, whose offer went out as a service message too (the last code is empty).
_PROMOTION: Final = -2


def _told_after_leaving(company: Company) -> Ints:
    """Three who had unsubscribed and were sent a service message afterwards."""
    marketing, known = company.marketing, company.people.closed < 0
    soon = marketing.left < company.timeline.end - 10 * DAY
    gone = (marketing.left >= 0) & marketing.told & (marketing.back < 0) & known & soon
    return np.flatnonzero(gone)[:3]


def _advertised(company: Company, extra: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Two of those messages carried an offer."""
    rows = np.flatnonzero(extra)[: company.truth.some(2, "MKT-09")]
    for row in rows.tolist():
        company.truth.breaks("MKT-09", f"snd-{row:08d}", "an offer", level="warnings")
    found = np.zeros(len(extra), dtype=bool)
    found[rows] = True
    return found


def _note_ordered(company: Company, ordered: np.ndarray[Any, Any]) -> None:
    for row in np.flatnonzero(ordered).tolist():
        why = "mailed from a list of orders, without consent"
        company.truth.breaks("ORD-01", f"snd-{row:08d}", why)


def _kept(company: Company, account: Ints, at: Ints) -> Ints:
    """Indexes by time, without those of erased accounts, whose history went with them."""
    by_time = np.argsort(at, kind="stable")
    gone = (account >= 0) & company.fates.erased[account]
    return np.asarray(by_time[~gone[by_time]])


def send_ids(size: int) -> list[str]:
    return [f"snd-{i:08d}" for i in range(size)]


#: The campaign whose first messages went out without a way to unsubscribe.
_UNLINKED: Final = 5

#: Who mailed the bought list: an organisation that is in no register.
PARTNER: Final = "Toit et Moi Media"


def _without_link(campaign: np.ndarray[Any, Any], some: int) -> np.ndarray[Any, Any]:
    found = np.zeros(len(campaign), dtype=bool)
    found[np.flatnonzero(campaign == _UNLINKED)[:some]] = True
    return found


def _note_attributes(
    company: Company, account: Ints, campaign: Ints, linked: np.ndarray[Any, Any]
) -> None:
    """Planted sends without a link, and those of a partner that nobody registered."""
    ids, mailing = send_ids(len(account)), campaign >= 0
    for control, rows, why in (
        ("MKT-04", np.flatnonzero(mailing & ~linked), "without a link to unsubscribe"),
        ("MKT-07", np.flatnonzero(account < 0), "sent by a partner that is in no register"),
    ):
        company.truth.control(control)["denominator"] = int(mailing.sum())
        for row in rows.tolist():
            company.truth.breaks(control, ids[row], why)


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
    truth.control("MKT-08")["denominator"] = len(place)
    for who, confirmed in confirmed_minors(company).items():
        for number in range(len(marketing.campaigns)):
            if (row := place.get((number, who), -1)) >= 0:
                level = "violations" if at[row] > confirmed else "warnings"
                truth.breaks("MKT-08", ids[row], "to a confirmed minor", level=level)
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
