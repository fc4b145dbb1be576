"""The back-office database in SQLite: accounts, orders, feedback, testimonials, deletions."""

from __future__ import annotations

from typing import Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.crm import utm
from vitrail.demo.erasure import Rows, erased_at, moment, write_erasure
from vitrail.demo.feedback import write_feedback
from vitrail.demo.files import SqliteFile
from vitrail.demo.minors import Case
from vitrail.demo.people import PLANS
from vitrail.demo.planting import Writer
from vitrail.demo.returning import deleted_minors
from vitrail.demo.returns import REASONS, returns
from vitrail.demo.seasonality import DAY, iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import PRODUCTS, STATES, Ints
from vitrail.demo.truth import Column
from vitrail.demo.versions import version_at

FILE: Final = "accounts.sqlite"

_ACCOUNTS: Final = (
    "account_id TEXT PRIMARY KEY", "email TEXT", "created_at TEXT", "status TEXT", "closed_at TEXT",
    "deleted_at TEXT", "last_activity_at TEXT", "country TEXT", "language TEXT", "plan TEXT",
    "policy_version TEXT",
)  # fmt: skip
_ORDERS: Final = (
    "order_id TEXT PRIMARY KEY", "account_id TEXT", "created_at TEXT", "status TEXT",
    "amount INTEGER", "currency TEXT", "product TEXT", "category TEXT", "utm_campaign TEXT",
    "note TEXT",
)  # fmt: skip
_RETURNS: Final = (
    "return_id TEXT PRIMARY KEY", "order_id TEXT", "account_id TEXT", "created_at TEXT",
    "amount INTEGER", "currency TEXT", "reason TEXT",
)  # fmt: skip
_TESTIMONIALS: Final = (
    "testimonial_id TEXT PRIMARY KEY", "account_id TEXT", "display_name TEXT", "text TEXT",
    "published_from TEXT", "published_until TEXT", "removed_at TEXT", "last_seen_at TEXT",
    "consent_id TEXT",
)  # fmt: skip
_ASIDE: Final = "telephone_orders"
#: The columns that no table may have: control, name, cells.
_ASKED_FOR: Final = (
    ("PAY-06", "card_number", ("**** 4242",) * 3), ("PAY-02", "cvv", ("400", "437", "474")),
)  # fmt: skip


def write_backoffice(company: Company, cases: tuple[Case, ...]) -> None:
    """Write the database, table by table."""
    base = SqliteFile(company.place(FILE))
    base.table("accounts", _ACCOUNTS, _accounts(company))
    base.table("orders", _ORDERS, _orders(company))
    base.table("returns", _RETURNS, _returns(company))
    write_feedback(base, company, FILE)
    base.table("testimonials", _TESTIMONIALS, _testimonials(company))
    _by_telephone(base, company)
    write_erasure(base, company, cases, deleted_minors(company))
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
    for index in _idle(company):
        last[index] = people.created[index] + 5 * DAY
    columns = [iso(moments) for moments in (people.created, people.closed, gone, last)]
    for index, (created, closed, deleted, active) in enumerate(zip(*columns, strict=True)):
        place = COUNTRIES[int(people.country[index])]
        yield (
            people.ids[index], None if fates.erased[index] else people.email[index], created,
            _status(company, index), closed, deleted, active, place.code, place.language,
            PLANS[int(people.plan[index])], version_at(company, int(people.created[index])),
        )  # fmt: skip


def _idle(company: Company) -> Ints:
    """Two of the first accounts, not used again after their first days."""
    people, limit = company.people, company.timeline.end - 780 * DAY
    open_ = (people.closed < 0) & ~company.fates.erased
    found = np.flatnonzero(open_ & (people.created < limit))[: company.truth.some(2, "RET-03")]
    company.truth.control("RET-03")["denominator"] = int((people.closed < 0).sum())
    for index in found.tolist():
        company.truth.breaks("RET-03", str(people.ids[index]), "idle", level="warnings")
    return found


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
    sowing = Sowing.over(company, rng, len(orders), strays=0.004, traps=0.006, least=12)
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
            COUNTRIES[int(people.country[account])].currency, *PRODUCTS[product][:2],
            names[campaign] if campaign >= 0 else None,
            None if text is None else company.truth.cell(place, row, text),
        )  # fmt: skip


def _returns(company: Company) -> Rows:
    orders, people = company.orders, company.people
    back = returns(orders, company.timeline, company.streams)
    ids, at = orders.ids(), iso(back.at)
    for number, order in enumerate(back.order.tolist()):
        account = int(orders.account[order])
        yield (
            f"RET-{400_000 + number}", ids[order], people.ids[account], at[number],
            int(back.amount[number]), COUNTRIES[int(people.country[account])].currency,
            REASONS[int(back.reason[number])],
        )  # fmt: skip


def _by_telephone(base: SqliteFile, company: Company) -> None:
    """A table that somebody made on the side for orders by telephone: it asks for what no table may
    hold. Nothing maps it, and a scan finds it all the same."""
    asked = [column for column in _ASKED_FOR if company.truth.plants(column[0])]
    for control, name, _ in asked:
        company.truth.breaks(control, f"{FILE}|{_ASIDE}|{name}", "a column made for it")
    if asked:
        rows = zip(company.orders.ids()[:3], *(cells for *_, cells in asked), strict=True)
        base.table(_ASIDE, ("order_id TEXT", *(f"{name} TEXT" for _, name, _ in asked)), rows)


def _testimonials(company: Company) -> Rows:
    gone = [one.number for one in company.testimonials if one.until >= 0]
    company.truth.control("TST-02")["denominator"] = len(gone)
    for one in company.testimonials:
        seen = one.until - DAY if one.until >= 0 else company.timeline.end - DAY
        if one.number in gone[: company.truth.some(1, "TST-02")]:
            seen = one.until + 10 * DAY
            company.truth.breaks("TST-02", f"tst-{one.number:05d}", "found after it was taken down")
        yield (
            f"tst-{one.number:05d}", company.people.ids[one.account], one.display, one.text,
            moment(one.published), moment(one.until), moment(one.until), moment(seen),
            one.consent_id,
        )  # fmt: skip
