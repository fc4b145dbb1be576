"""Backups, what was restored of them, and the history of the mailing list."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.erasure import erased_at, moment
from vitrail.demo.files import write_csv
from vitrail.demo.mailchimp import LIST
from vitrail.demo.seasonality import DAY

BACKUPS: Final = "governance/backups.csv"
RESTORES: Final = "governance/restores.csv"
HISTORY: Final = "mailchimp/list_history.csv"

_BACKUPS: Final = (
    "backup_id", "system", "created_at", "expires_at", "encrypted", "isolated", "purged_at",
)  # fmt: skip
_RESTORES: Final = ("restore_id", "backup_id", "restored_at", "reerasure_at")
_HISTORY: Final = ("list_id", "account_id", "from_status", "to_status", "changed_at", "source")

#: Days ago, days until the end (None: no end), encrypted, set apart, what is wrong.
_FAULTY: Final = (
    (120, 60, True, True, "past its end and not purged"),
    (12, None, True, True, "without an end"),
    (19, 60, False, True, "not encrypted"),
    (26, 200, True, True, "with an end too far away"),
    (33, 60, True, False, "not set apart"),
)

Row = tuple[Any, ...]


def write_safekeeping(company: Company) -> None:
    """Write the three files and note what is wrong in them."""
    write_csv(company.place(BACKUPS), _BACKUPS, _backups(company))
    write_csv(company.place(RESTORES), _RESTORES, _restores(company))
    write_csv(company.place(HISTORY), _HISTORY, _history(company))


def _days(company: Company) -> list[int]:
    """Moments at which somebody's data was erased: the three that restores came after."""
    gone = erased_at(company)
    return [int(at) for at in np.sort(gone[gone >= 0])[-9::3][:3]]


def _backups(company: Company) -> list[Row]:
    end, truth = company.timeline.end, company.truth
    rows: list[Row] = []
    for week in range(8):
        at = end - 7 * DAY * week - DAY // 2
        rows.append((f"bkp-{len(rows):03d}", "backoffice", moment(at), moment(at + 60 * DAY),
                     "true", "true", None))  # fmt: skip
    for ago, days, encrypted, isolated, why in _FAULTY[: truth.some(len(_FAULTY), "RET-05")]:
        truth.breaks("RET-05", f"bkp-{len(rows):03d}", why)
        at = end - ago * DAY
        until = None if days is None else moment(at + days * DAY)
        rows.append((f"bkp-{len(rows):03d}", "backoffice", moment(at), until,
                     str(encrypted).lower(), str(isolated).lower(), None))  # fmt: skip
    truth.control("RET-05")["denominator"] = len(rows)
    for number, gone in enumerate(_days(company)):
        rows.append((f"bkp-old{number}", "backoffice", moment(gone - 2 * DAY),
                     moment(gone + 58 * DAY), "true", "true", moment(gone + 2 * DAY)))  # fmt: skip
    return rows


def _restores(company: Company) -> list[Row]:
    """Each of a backup older than an erasure; the last time nobody erased again."""
    rows: list[Row] = []
    days, forgotten = _days(company), company.truth.some(1, "RET-06")
    for number, gone in enumerate(days):
        at = gone + DAY
        again = at + 5 * 3600 if number < len(days) - forgotten else -1
        rows.append((f"rst-{number}", f"bkp-old{number}", moment(at), moment(again)))
    if rows and forgotten:
        company.truth.breaks("RET-06", rows[-1][0], "erased persons came back")
    company.truth.control("RET-06")["denominator"] = len(rows)
    return rows


def _history(company: Company) -> list[Row]:
    """Who left, who came back by themselves, and two whom an import put back."""
    marketing, people = company.marketing, company.people
    left = np.flatnonzero((marketing.left >= 0) & ~company.fates.erased)
    stayed = [a for a in left.tolist() if marketing.back[a] < 0 and people.closed[a] < 0]
    rows: list[Row] = []
    for account in left.tolist():
        name, back = people.ids[account], int(marketing.back[account])
        rows.append((LIST, name, "subscribed", "unsubscribed",
                     moment(int(marketing.left[account])), "unsubscribe_link"))  # fmt: skip
        if back >= 0:
            rows.append((LIST, name, "unsubscribed", "subscribed", moment(back),
                         "preference_centre"))  # fmt: skip
        elif account in stayed[: company.truth.some(2, "MKT-05")]:
            company.truth.breaks("MKT-05", f"{HISTORY}|{len(rows)}", "put back by an import")
            at = moment(int(marketing.left[account]) + 5 * DAY)
            rows.append((LIST, name, "unsubscribed", "subscribed", at, "import"))
    company.truth.control("MKT-05")["denominator"] = sum(r[3] == "subscribed" for r in rows)
    return rows
