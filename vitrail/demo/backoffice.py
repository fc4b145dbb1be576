"""The back-office database in SQLite: accounts, orders, feedback, testimonials, deletions."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.crm import utm
from vitrail.demo.erasure import Rows, erased_at, moment, write_erasure
from vitrail.demo.files import SqliteFile
from vitrail.demo.minors import Case
from vitrail.demo.people import PLANS
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import PRODUCTS, STATES
from vitrail.demo.truth import Column

FILE: Final = "accounts.sqlite"

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
    write_erasure(base, company, cases)
    base.close()
    for table, column, entity_type in (
        ("accounts", "email", "EMAIL_ADDRESS"), ("feedback_requests", "email", "EMAIL_ADDRESS"),
        ("guardian_authorisations", "guardian_email", "EMAIL_ADDRESS"),
        ("testimonials", "display_name", "PERSON"),
    ):  # fmt: skip
        company.truth.declare(Column(FILE, table, column), entity_type)


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
        yield f"fbr-{number:06d}", people.email[account], moment(sent)


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
        yield f"fbk-{row:06d}", people.ids[account], rating, said, moment(at)


def _testimonials(company: Company) -> Rows:
    for one in company.testimonials:
        yield (
            f"tst-{one.number:05d}", company.people.ids[one.account], one.display, one.text,
            moment(one.published), moment(one.until), one.consent_id,
        )  # fmt: skip
