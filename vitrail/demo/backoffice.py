"""The back-office database in SQLite: accounts, orders, feedback, testimonials, deletions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.crm import utm
from vitrail.demo.files import SqliteFile
from vitrail.demo.minors import Case
from vitrail.demo.people import PLANS
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, Seconds, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import PRODUCTS, STATES
from vitrail.demo.truth import Column

FILE: Final = "accounts.sqlite"

Rows = Iterator[tuple[Any, ...]]

_ACCOUNTS: Final = (
    "account_id TEXT PRIMARY KEY", "email TEXT", "created_at TEXT", "status TEXT", "closed_at TEXT",
    "deleted_at TEXT", "last_activity_at TEXT", "country TEXT", "language TEXT", "plan TEXT",
    "policy_version TEXT",
)  # fmt: skip
_ORDERS: Final = (
    "order_id TEXT PRIMARY KEY", "account_id TEXT", "created_at TEXT", "status TEXT",
    "amount INTEGER", "currency TEXT", "product TEXT", "utm_campaign TEXT", "note TEXT",
)  # fmt: skip
_FEEDBACK: Final = (
    "id TEXT PRIMARY KEY", "account_id TEXT", "rating INTEGER", "text TEXT", "created_at TEXT",
)  # fmt: skip
_TESTIMONIALS: Final = (
    "testimonial_id TEXT PRIMARY KEY", "account_id TEXT", "display_name TEXT", "text TEXT",
    "published_from TEXT", "published_until TEXT", "consent_id TEXT",
)  # fmt: skip
_GUARDIANS: Final = (
    "auth_id TEXT PRIMARY KEY", "account_id TEXT", "guardian_email TEXT", "method TEXT",
    "granted_at TEXT", "withdrawn_at TEXT", "valid_until TEXT", "scope TEXT",
)  # fmt: skip
_DELETIONS: Final = (
    "account_id TEXT", "reason TEXT", "requested_at TEXT", "completed_at TEXT", "mode TEXT",
    "systems TEXT",
)  # fmt: skip
_ARCHIVES: Final = (
    "account_id TEXT", "table_name TEXT", "columns TEXT", "reason TEXT", "hold_from TEXT",
    "hold_until TEXT",
)  # fmt: skip


def write_backoffice(company: Company, cases: tuple[Case, ...]) -> None:
    """Write the database, table by table."""
    base = SqliteFile(company.place(FILE))
    base.table("accounts", _ACCOUNTS, _accounts(company))
    base.table("orders", _ORDERS, _orders(company))
    base.table(
        "feedback_requests",
        ("id TEXT PRIMARY KEY", "email TEXT", "sent_at TEXT"),
        _requests(company),
    )
    base.table("feedback", _FEEDBACK, _feedback(company))
    base.table("testimonials", _TESTIMONIALS, _testimonials(company))
    base.table("guardian_authorisations", _GUARDIANS, _guardians(company, cases))
    base.table("deletions", _DELETIONS, _deletions(company))
    base.table("archives", _ARCHIVES, _archives(company))
    base.close()
    for table, column, entity_type in (
        ("accounts", "email", "EMAIL_ADDRESS"), ("feedback_requests", "email", "EMAIL_ADDRESS"),
        ("guardian_authorisations", "guardian_email", "EMAIL_ADDRESS"),
        ("testimonials", "display_name", "PERSON"),
    ):  # fmt: skip
        company.truth.declare(Column(FILE, table, column), entity_type)


def _text(moment: int) -> str | None:
    return iso(np.array([moment]))[0]


def erased_at(company: Company) -> Seconds:
    """When the data of an erased account went; -1 for the others."""
    rng = company.streams.of("erasure")
    after = rng.integers(2, 26, len(company.people)) * DAY
    return np.where(company.fates.erased, company.people.closed + after, -1)


def _accounts(company: Company) -> Rows:
    people, fates = company.people, company.fates
    rng = company.streams.of("accounts")
    gone = erased_at(company)
    idle = rng.exponential(12.0, len(people)) * DAY
    last = np.maximum(people.created, (people.until(company.timeline) - idle).astype(np.int64))
    columns = [iso(moments) for moments in (people.created, people.closed, gone, last)]
    for index, (created, closed, deleted, active) in enumerate(zip(*columns, strict=True)):
        place = COUNTRIES[int(people.country[index])]
        yield (
            people.ids[index], None if fates.erased[index] else people.email[index], created,
            _status(company, index), closed, deleted, active, place.code, place.language,
            PLANS[int(people.plan[index])], "V202406",
        )  # fmt: skip


def _status(company: Company, index: int) -> str:
    if company.fates.anonymised[index]:
        return "anonymised"
    if company.fates.erased[index]:
        return "deleted"
    if company.people.closed[index] >= 0:
        return "closed"
    return "deactivated" if company.people.deactivated[index] else "active"


def _orders(company: Company) -> Rows:
    orders, people = company.orders, company.people
    rng = company.streams.of("order notes")
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(rng, len(orders), strays=0.004, traps=0.006, least=12)
    place = Column(FILE, "orders", "note")
    spoken = rng.random(len(orders)) < 0.08
    names = [utm(c) for c in company.marketing.campaigns]
    columns = zip(
        orders.ids(), orders.account.tolist(), iso(orders.at), orders.state.tolist(),
        orders.amount.tolist(), orders.product.tolist(), orders.campaign.tolist(), strict=True,
    )  # fmt: skip
    for row, (key, account, at, state, amount, product, campaign) in enumerate(columns):
        language = people.language(account)
        text = sowing.at(row, writer, language, account)
        if text is None and spoken[row]:
            text = writer.ordinary("notes", language)
        yield (
            key, people.ids[account], at, STATES[state], amount,
            COUNTRIES[int(people.country[account])].currency, PRODUCTS[product][0],
            names[campaign] if campaign >= 0 else None,
            None if text is None else company.truth.cell(place, row, text),
        )  # fmt: skip


def _asked(company: Company) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Who was asked for feedback: one open account in six."""
    rng = company.streams.of("feedback")
    people = company.people
    able = (people.closed < 0) & (people.created < company.timeline.end - 40 * DAY)
    return np.flatnonzero(able & (rng.random(len(people)) < 0.17))


def _requests(company: Company) -> Rows:
    people = company.people
    for number, account in enumerate(_asked(company).tolist()):
        sent = int(people.created[account]) + 30 * DAY
        yield f"fbr-{number:06d}", people.email[account], _text(sent)


def _feedback(company: Company) -> Rows:
    people, rng = company.people, company.streams.of("feedback texts")
    asked = _asked(company)
    answered = asked[rng.random(len(asked)) < 0.45]
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(rng, len(answered), strays=0.03, traps=0.03, ages=0.02)
    place = Column(FILE, "feedback", "text")
    for row, account in enumerate(answered.tolist()):
        language = people.language(account)
        text = writer.ordinary("feedback", language)
        planted = sowing.at(row, writer, language, account)
        if planted is not None:
            text = text + Text(" ") + planted
        at = int(people.created[account]) + 31 * DAY + int(rng.integers(0, 6 * DAY))
        said = company.truth.cell(place, row, text, account=str(people.ids[account]))
        rating = int(rng.choice(5, p=(0.06, 0.09, 0.19, 0.36, 0.30))) + 1
        yield f"fbk-{row:06d}", people.ids[account], rating, said, _text(at)


def _testimonials(company: Company) -> Rows:
    for one in company.testimonials:
        yield (
            f"tst-{one.number:05d}", company.people.ids[one.account], one.display, one.text,
            _text(one.published), _text(one.until), one.consent_id,
        )  # fmt: skip


def _guardians(company: Company, cases: tuple[Case, ...]) -> Rows:
    people = company.people
    for number, case in enumerate(c for c in cases if c.leave is not None):
        granted = int(people.created[case.account])
        end = company.timeline.end
        withdrawn = granted + DAY if case.leave == "withdrawn" else -1
        until = granted + 2 * DAY if case.leave == "expired" else end + 400 * DAY
        yield (
            f"auth-{number:04d}", people.ids[case.account], f"parent{number}@inbox.example.com",
            "signed form", _text(granted), _text(withdrawn), _text(until), "account",
        )  # fmt: skip


def _deletions(company: Company) -> Rows:
    gone = erased_at(company)
    for index in np.flatnonzero(company.fates.erased).tolist():
        mode = "anonymise" if company.fates.anonymised[index] else "delete"
        asked = int(company.people.closed[index])
        yield (
            company.people.ids[index], "account closed", _text(asked), _text(int(gone[index])),
            mode, "crm;mailchimp;backoffice",
        )  # fmt: skip


def _archives(company: Company) -> Rows:
    people, end = company.people, company.timeline.end
    for who, until in (
        (company.fates.held, end + 300 * DAY),
        (company.fates.hold_over, end - 40 * DAY),
    ):
        for index in who.tolist():
            yield (
                people.ids[index], "profiles", "name;email;phone;address_line", "dispute",
                _text(int(people.closed[index])), _text(until),
            )  # fmt: skip
