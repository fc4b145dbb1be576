"""What the back-office notes of deletions, of data held back, and of guardians' authorisations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.files import SqliteFile
from vitrail.demo.minors import Case
from vitrail.demo.seasonality import DAY, Seconds, iso

#: Where else a person stands while a hold is in force.
_HELD: Final = ("marketing_contacts", "payment_customers", "support_messages")

Rows = Iterator[tuple[Any, ...]]

_GUARDIANS: Final = (
    "auth_id TEXT PRIMARY KEY", "account_id TEXT", "guardian_email TEXT", "method TEXT",
    "granted_at TEXT", "withdrawn_at TEXT", "valid_until TEXT", "scope TEXT",
)  # fmt: skip
_DELETIONS: Final = (
    "account_id TEXT", "email TEXT", "reason TEXT", "requested_at TEXT", "completed_at TEXT",
    "mode TEXT", "systems TEXT",
)  # fmt: skip
_ARCHIVES: Final = (
    "account_id TEXT", "table_name TEXT", "columns TEXT", "reason TEXT", "hold_from TEXT",
    "hold_until TEXT",
)  # fmt: skip


def write_erasure(
    base: SqliteFile, company: Company, cases: tuple[Case, ...], minors: dict[int, str]
) -> None:
    """Add the three tables to the back-office database.

    ``minors``: erased accounts of people under age, and the address that is kept of each so that a
    return is noticed.
    """
    base.table("guardian_authorisations", _GUARDIANS, _guardians(company, cases))
    base.table("deletions", _DELETIONS, _deletions(company, minors))
    base.table("archives", _ARCHIVES, _archives(company))


def moment(moment: int) -> str | None:
    return iso(np.array([moment]))[0]


def erased_at(company: Company) -> Seconds:
    """When the data of an erased account went; -1 for the others."""
    rng = company.streams.of("erasure")
    after = rng.integers(2, 26, len(company.people)) * DAY
    return np.where(company.fates.erased, company.people.closed + after, -1)


def _guardians(company: Company, cases: tuple[Case, ...]) -> Rows:
    people = company.people
    for number, case in enumerate(c for c in cases if c.leave is not None):
        granted = int(people.created[case.account])
        end = company.timeline.end
        withdrawn = granted + DAY if case.leave == "withdrawn" else -1
        company.truth.counts("MIN-04")
        if case.leave != "valid":
            company.truth.breaks("MIN-04", f"auth-{number:04d}", f"{case.leave}, still in use")
        until = granted + 2 * DAY if case.leave == "expired" else end + 400 * DAY
        yield (
            f"auth-{number:04d}", people.ids[case.account], f"parent{number}@inbox.example.com",
            "signed form", moment(granted), moment(withdrawn), moment(until), "account",
        )  # fmt: skip


def _deletions(company: Company, minors: dict[int, str]) -> Rows:
    gone = erased_at(company)
    for index in np.flatnonzero(company.fates.erased).tolist():
        mode = "anonymise" if company.fates.anonymised[index] else "delete"
        asked = int(company.people.closed[index])
        yield (
            company.people.ids[index], minors.get(index),
            "minor" if index in minors else "account closed", moment(asked),
            moment(int(gone[index])), mode, "crm;mailchimp;backoffice",
        )  # fmt: skip


def _archives(company: Company) -> Rows:
    people, end = company.people, company.timeline.end
    for who, until in (
        (company.fates.held, end + 300 * DAY),
        (company.fates.hold_over, end - 40 * DAY),
    ):
        for index in who.tolist():
            company.truth.counts("RET-07")
            # kept as promised, a hold is on all that is left, not on the profile alone
            for table in _HELD if until > end and not company.truth.plants("RET-02") else ():
                yield (
                    people.ids[index], table, "name;email", "dispute",
                    moment(int(people.closed[index])), moment(until),
                )  # fmt: skip
            if until < end:
                key = f"{people.ids[index]}|profiles"
                company.truth.breaks("RET-07", key, "kept after the hold had ended")
            yield (
                people.ids[index], "profiles", "name;email;phone;address_line", "dispute",
                moment(int(people.closed[index])), moment(until),
            )  # fmt: skip
