"""Accounts that ended and were not erased, which other systems still know by their address."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Final

from vitrail.demo.company import Company

_TICKETS: Final = "support/zendesk_tickets.json"
_CHATS: Final = "support/crisp_conversations.json"
_CUSTOMERS: Final = "stripe/customers.csv"


def note_leftovers(company: Company) -> None:
    """Read from what was written: whom a hold keeps in one table is not kept in the others."""
    known = {address.casefold() for address in _addresses(company)}
    fates, people = company.fates, company.people
    # kept as promised, the hold is on all that is left
    kept = (fates.held,) if company.truth.plants("RET-02") else ()
    for who in (fates.forgotten, fates.hold_over, *kept):
        for account in who.tolist():
            if str(people.email[account]).casefold() in known:
                company.truth.breaks(
                    "RET-02", str(people.ids[account]), "ended, and still in another system"
                )


def _addresses(company: Company) -> Iterator[str]:
    exports = company.exports
    for archive in sorted((exports / "mailchimp").glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                with opened.open(name) as member:
                    rows = csv.DictReader(TextIOWrapper(member, "utf-8", newline=""))
                    yield from (row["Email Address"] for row in rows)
    with (exports / _CUSTOMERS).open(encoding="utf-8", newline="") as file:
        yield from (row["Email"] for row in csv.DictReader(file))
    with (exports / _TICKETS).open(encoding="utf-8") as file:
        yield from (json.loads(line)["requester"]["email"] or "" for line in file)
    talks = json.loads((exports / _CHATS).read_text("utf-8"))
    yield from (talk["meta"]["email"] or "" for talk in talks)
