"""The registers kept by hand of recipients: processors, and what was shared with them."""

from __future__ import annotations

from typing import Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.files import write_csv
from vitrail.demo.seasonality import DAY, iso

PROCESSORS: Final = "governance/processors.csv"
SHARES: Final = "governance/processor_shares.csv"

#: Domains of the Internet that are each recipient's.
_HOSTS: Final = {
    "prc-01": "google-analytics.com;googletagmanager.com", "prc-02": "stripe.com",
    "prc-03": "mailchimp.com", "prc-04": "zendesk.com", "prc-05": "crisp.chat",
}  # fmt: skip

#: Key, name, purposes, categories, country, transfer basis, named in the policy.
_REGISTER: Final = (
    ("prc-01", "Google Analytics", "audience measurement", "usage;device", "IE", "", True),
    ("prc-02", "Stripe", "payment", "payment;contact", "IE", "", True),
    ("prc-03", "Mailchimp", "e-mail delivery", "contact;usage", "US", "DPF", False),
    ("prc-04", "Zendesk", "customer support", "contact;messages", "US", "DPF", False),
    ("prc-05", "Crisp", "customer support", "contact;messages", "FR", "", False),
    ("prc-06", "Nordic Hosting", "hosting", "all", "FI", "", False),
    ("prc-07", "Old Mailer", "e-mail delivery", "contact", "FR", "", False),
    ("prc-08", "Far Storage", "backup", "contact", "US", "", False),
)  # fmt: skip
_NAMED: Final = ("prc-01", "prc-02")
_SHARED_MONTHLY: Final = ("prc-01", "prc-02", "prc-03", "prc-04", "prc-05", "prc-06")


def write_governance(company: Company) -> None:
    """Write both registers."""
    _processors(company)
    _shares(company)


# --- recipients -----------------------------------------------------------------------------


def _processors(company: Company) -> None:
    start, end = company.timeline.start, company.timeline.end
    header = ("processor_id", "name", "purposes", "data_categories", "country", "transfer_basis",
              "dpa_ref", "active_from", "active_to", "named_in_policy", "hosts")  # fmt: skip
    rows = []
    for key, name, purposes, categories, country, basis, named in _REGISTER:
        until = end - 200 * DAY if name == "Old Mailer" else -1
        first, last = iso(np.array([start - 30 * DAY, until]))
        rows.append((key, name, purposes, categories, country, basis, f"DPA-{key[-2:]}", first,
                     last, str(named).lower(), _HOSTS.get(key, "")))  # fmt: skip
    write_csv(company.place(PROCESSORS), header, rows)


def _share_log(company: Company) -> list[tuple[int, str, str]]:
    """(moment, recipient, what is wrong) of each share, by time: one a recipient and month."""
    start, end = company.timeline.start, company.timeline.end
    shared = company.truth.plants("SHR-01")
    monthly = _SHARED_MONTHLY if shared else _NAMED
    log = [
        (at + number * 3600, key, "")
        for at in range(start + 20 * DAY, end, 30 * DAY)
        for number, key in enumerate(monthly)
    ]
    old = range(start + 25 * DAY, end - 230 * DAY, 90 * DAY) if shared else ()
    log += [(at, "prc-07", "") for at in old]
    faults = [
        (end - 120 * DAY, "prc-99", "recipient is in no register"),
        (end - 45 * DAY, "mirage-ads", "recipient is in no register"),
        (end - 60 * DAY, "prc-07", "recipient was no longer active"),
        (end - 70 * DAY, "prc-03", "used for another purpose"),
        (end - 75 * DAY, "prc-05", "for a price"),
        (end - 80 * DAY, "prc-08", "out of the EEA on no ground"),
    ]
    log += [fault for fault in faults if company.truth.plants(_control(fault[2]))]
    return sorted(log)


#: Purposes and considerations that are other than the recipient's own, by what is wrong.
_OTHERWISE: Final = {
    "used for another purpose": ("SHR-02", "advertising", ""),
    "for a price": ("SHR-04", "", "sale"),
    "out of the EEA on no ground": ("SHR-06", "", ""),
}


def _control(why: str) -> str:
    return _OTHERWISE.get(why, ("SHR-01",))[0]


def _shares(company: Company) -> None:
    rng, log = company.streams.of("shares"), _share_log(company)
    at = iso(np.array([moment for moment, _, _ in log]))
    subjects = rng.integers(10, max(11, len(company.people)), len(log)).tolist()
    purposes = {key: purpose for key, _, purpose, *_ in _REGISTER}
    measured = {key for key, _, _, categories, *_ in _REGISTER if categories == "usage;device"}
    lines = []
    for number, (_, key, why) in enumerate(log):
        share = f"shr-{number:05d}"
        control = _control(why)
        _, purpose, paid = _OTHERWISE.get(why, (control, "", ""))
        if why:
            company.truth.breaks(control, share, why)
        if control != "SHR-01" or (not why and key not in _NAMED):
            company.truth.breaks("SHR-01", share, "registered, not named", level="warnings")
        purpose = purpose or purposes.get(key, "advertising")
        category = "usage" if key in measured else "contact"
        lines.append((share, key, at[number], purpose, category, subjects[number], paid))
    company.truth.control("SHR-01")["denominator"] = len(lines)
    write_csv(company.place(SHARES), _SHARE_HEADER, lines)


_SHARE_HEADER: Final = (
    "share_id", "processor_id", "shared_at", "purpose", "data_category", "subjects",
    "consideration",
)  # fmt: skip
