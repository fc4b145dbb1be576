"""The consent log and the cookie banner's log, as NDJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.company import Company
from vitrail.demo.files import write_lines
from vitrail.demo.seasonality import iso
from vitrail.demo.truth import Column
from vitrail.demo.versions import version_at

LOG: Final = "consents/consent_log.ndjson"

#: Shares of the browsers that allow each.
ANALYTICS: Final = 0.72
ADS: Final = 0.41

Entry = tuple[int, str, int, str, str, str]


def write_consents(company: Company) -> None:
    """Write the log of what people agreed to, by time."""
    write_lines(company.place(LOG), _log(company))
    company.truth.declare(Column(LOG, None, "email"), "EMAIL_ADDRESS")


def _entries(company: Company) -> Iterator[Entry]:
    """(moment, id, account, purpose, status, source) of every change of consent."""
    marketing = company.marketing
    for index in np.flatnonzero(~company.fates.erased).tolist():
        said = "granted" if marketing.granted[index] else "refused"
        left = marketing.left[index] if marketing.told[index] else -1
        for moment, letter, status, source in (
            (marketing.asked[index], "a", said, "signup_form"),
            (left, "b", "withdrawn", "unsubscribe_link"),
            (marketing.back[index], "c", "granted", "preference_centre"),
            (marketing.withdrew[index], "d", "withdrawn", "account_settings"),
        ):
            if moment >= 0:
                yield int(moment), f"cst-{index:07d}{letter}", index, "marketing", status, source
    _note_used(company)
    for one in company.testimonials:
        key = str(one.consent_id)
        if one.agreed >= 0:
            yield one.agreed, key, one.account, "testimonial", "granted", "email_reply"
        if one.withdrew >= 0:
            yield one.withdrew, f"{key}w", one.account, "testimonial", "withdrawn", "support"


def _note_used(company: Company) -> None:
    """Withdrawals that a use followed, as planted for other controls."""
    for _, account, control, _, why in company.marketing.planted:
        if control == "MKT-01" and "withdrawn" in why:
            company.truth.breaks("CNS-01", f"cst-{account:07d}d", why)
    for one in company.testimonials:
        if one.withdrew >= 0 and not 0 <= one.until <= one.withdrew:
            company.truth.breaks("CNS-01", f"{one.consent_id}w", "testimonial still published")


def _log(company: Company) -> Iterator[str]:
    entries = sorted(_entries(company))
    ticked = _preticked(company, entries)
    older = {entry[1] for entry in entries[30 : 30 + company.truth.some(2, "POL-01")]}
    at = iso(np.array([e[0] for e in entries], dtype=np.int64), "T", "Z")
    for moment, (when, key, account, purpose, status, source) in zip(at, entries, strict=True):
        yield json.dumps({
            "consent_id": key, "email": company.people.email[account], "purpose": purpose,
            "channel": "email" if purpose == "marketing" else "web", "status": status,
            "ts": moment, "source": source, "wording_version": "w3",
            "policy_version": _version(company, key, when, is_unknown=key in older),
            "proof_ref": f"form/{key}", "preticked": key in ticked,
        }, ensure_ascii=False)  # fmt: skip


def _version(company: Company, key: str, at: int, *, is_unknown: bool) -> str:
    """Of the policy that a consent was given to; twice one that was never published."""
    if is_unknown:
        company.truth.breaks("POL-01", key, "a version that there never was")
    return "V202399" if is_unknown else version_at(company, at)


def _preticked(company: Company, entries: list[Entry]) -> set[str]:
    """The consents of three people, given by a box that was ticked for them."""
    given = [e[1] for e in entries if e[3] == "marketing" and e[4] == "granted"]
    company.truth.control("MKT-10")["denominator"] = len(given)
    ticked = given[40 : 40 + company.truth.some(3, "MKT-10")]
    for key in ticked:
        company.truth.breaks("MKT-10", key, "given by a box ticked beforehand")
    return set(ticked)


def devices(company: Company) -> list[str]:
    """The browser's own identifier of each account, as Google Analytics writes it."""
    rng = company.streams.of("devices")
    left = rng.integers(100_000_000, 2_000_000_000, len(company.people)).tolist()
    return [f"{a}.{b}" for a, b in zip(left, company.people.created.tolist(), strict=True)]


def cookie_choices(company: Company) -> npt.NDArray[np.float64]:
    """One draw an account: below :data:`ANALYTICS` it allows that, below :data:`ADS` both."""
    return company.streams.of("cookie choices").random(len(company.people))
