"""The consent log and the cookie banner's log, as NDJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import tokens, write_lines
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.truth import Column

LOG: Final = "consents/consent_log.ndjson"
COOKIES: Final = "consents/cookie_consents.ndjson"

#: Shares of the browsers that allow each.
ANALYTICS: Final = 0.72
ADS: Final = 0.41

Entry = tuple[int, str, int, str, str, str]


def write_consents(company: Company) -> None:
    """Write both logs, each by time."""
    write_lines(company.place(LOG), _log(company))
    write_lines(company.place(COOKIES), _cookies(company))
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
    older = {entry[1] for entry in entries[30:32]}
    at = iso(np.array([e[0] for e in entries], dtype=np.int64), "T", "Z")
    for moment, (_, key, account, purpose, status, source) in zip(at, entries, strict=True):
        yield json.dumps({
            "consent_id": key, "email": company.people.email[account], "purpose": purpose,
            "channel": "email" if purpose == "marketing" else "web", "status": status,
            "ts": moment, "source": source, "wording_version": "w3",
            "policy_version": _version(company, key, key in older),
            "proof_ref": f"form/{key}", "preticked": key in ticked,
        }, ensure_ascii=False)  # fmt: skip


def _version(company: Company, key: str, is_older: bool) -> str:
    """Of the policy that a consent was given to; twice one that was never published."""
    if is_older:
        company.truth.breaks("POL-01", key, "a version that there never was")
    return "V202399" if is_older else "V202406"


def _preticked(company: Company, entries: list[Entry]) -> set[str]:
    """The consents of three people, given by a box that was ticked for them."""
    given = [e[1] for e in entries if e[3] == "marketing" and e[4] == "granted"]
    company.truth.control("MKT-10")["denominator"] = len(given)
    for key in given[40:43]:
        company.truth.breaks("MKT-10", key, "given by a box ticked beforehand")
    return set(given[40:43])


def devices(company: Company) -> list[str]:
    """The browser's own identifier of each account, as Google Analytics writes it."""
    rng = company.streams.of("devices")
    left = rng.integers(100_000_000, 2_000_000_000, len(company.people)).tolist()
    return [f"{a}.{b}" for a, b in zip(left, company.people.created.tolist(), strict=True)]


#: The account whose choice on the banner cannot be proven.
_UNPROVEN: Final = 7


def cookie_choices(company: Company) -> npt.NDArray[np.float64]:
    """One draw an account: below :data:`ANALYTICS` it allows that, below :data:`ADS` both."""
    return company.streams.of("cookie choices").random(len(company.people))


def _cookies(company: Company) -> Iterator[str]:
    people, rng = company.people, company.streams.of("cookies")
    ids = tokens(rng, len(people), 20)
    draw = cookie_choices(company)
    at = people.created - 120
    texts, ends = iso(at, "T", "Z"), iso(at + 180 * DAY, "T", "Z")
    keys = devices(company)
    for index in range(len(people)):
        unproven = index == _UNPROVEN
        if unproven:
            company.truth.breaks("COO-03", ids[index], "without the banner's version")
        analytics, ads = bool(draw[index] < ANALYTICS), bool(draw[index] < ADS)
        action = "accept_all" if ads else ("custom" if analytics else "reject_all")
        entry: dict[str, Any] = {
            "consent_id": ids[index], "device_key": keys[index], "ts": texts[index],
            "banner_version": None if unproven else "2024-05",
            "categories": {"analytics": analytics, "ads": ads},
            "action": action, "country": COUNTRIES[int(people.country[index])].code,
            "expires_at": ends[index],
        }  # fmt: skip
        yield json.dumps(entry)
