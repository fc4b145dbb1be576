"""Stripe's dashboard exports: payments and customers, under the headers that Stripe writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from vitrail.demo.company import Company
from vitrail.demo.countries import COUNTRIES
from vitrail.demo.files import tokens, write_csv
from vitrail.demo.planting import Text, Writer
from vitrail.demo.seasonality import iso
from vitrail.demo.sowing import Sowing
from vitrail.demo.trade import PRODUCTS, STATES
from vitrail.demo.truth import Column

PAYMENTS: Final = "stripe/payments.csv"
CUSTOMERS: Final = "stripe/customers.csv"

_PAYMENTS: Final = (
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured",
    "Converted Amount", "Converted Currency", "Decline Reason", "Description", "Fee",
    "PaymentIntent ID", "Payment Source Type", "Refunded date (UTC)", "Statement Descriptor",
    "Status", "Seller Message", "Card ID", "Card Brand", "Card Funding", "Card Last4",
    "Card Issue Country", "Customer ID", "Customer Description", "Customer Email",
    "order_id (metadata)", "account_id (metadata)",
)  # fmt: skip
_CUSTOMERS: Final = (
    "id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Card ID", "Card Brand",
    "Card Last4", "Account Balance", "Currency", "Total Spend", "Payment Count",
    "account_id (metadata)",
)  # fmt: skip
_STATUS: Final = {"paid": "Paid", "refunded": "Refunded", "failed": "Failed"}
_MESSAGE: Final = {
    "paid": "Payment complete.", "refunded": "Payment complete.",
    "failed": "The bank did not return any further details.",
}  # fmt: skip
#: The payment that somebody typed in.
_BY_HAND: Final = 5
_BRANDS: Final = ("Visa", "MasterCard", "American Express")


def write_stripe(company: Company) -> None:
    """Write both files. Free-text columns (Description) get their strays like any other."""
    buyers = np.unique(company.orders.account)
    references = tokens(company.streams.of("customers"), len(buyers), 14, "cus_")
    customer = dict(zip(buyers.tolist(), references, strict=True))
    write_csv(company.place(PAYMENTS), _PAYMENTS, _payments(company, customer))
    write_csv(company.place(CUSTOMERS), _CUSTOMERS, _customers(company, customer))
    for dataset, column, entity_type in (
        (PAYMENTS, "Customer Email", "EMAIL_ADDRESS"), (CUSTOMERS, "Email", "EMAIL_ADDRESS"),
        (CUSTOMERS, "Name", "PERSON"),
    ):  # fmt: skip
        company.truth.declare(Column(dataset, None, column), entity_type)


def _payments(company: Company, customer: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    orders, people = company.orders, company.people
    rng = company.streams.of("payments")
    size = len(orders)
    charges, intents, cards = (tokens(rng, size, 24, p) for p in ("ch_3", "pi_3", "card_1"))
    brand = rng.choice(len(_BRANDS), size, p=(0.55, 0.38, 0.07)).tolist()
    last4 = rng.integers(0, 10_000, size).tolist()
    for row in range(size)[_BY_HAND : _BY_HAND + company.truth.some(1, "PAY-04")]:
        charges[row] = "MANUAL-0001"
        company.truth.breaks("PAY-04", charges[row], "no number of Stripe's")
    writer = Writer(rng, people, company.turns)
    sowing = Sowing.over(company, rng, size, strays=0.002, traps=0.004, least=10)
    place = Column(PAYMENTS, None, "Description")
    paid, astray, skipped = iso(orders.at + 4), _astray(company), 0
    columns = zip(orders.ids(), orders.account.tolist(), orders.state.tolist(),
                  orders.amount.tolist(), orders.product.tolist(), strict=True)  # fmt: skip
    for row, (order_id, account, number, amount, product) in enumerate(columns):
        if astray.get(row) == "no payment":
            skipped += 1
            continue
        state, land = STATES[number], COUNTRIES[int(people.country[account])]
        money = f"{(amount + (100 if row in astray else 0)) / 100:.2f}"
        text = Text(f"{PRODUCTS[product][0]} ({order_id})")
        planted = sowing.at(row, writer, people.language(account), account)
        if planted is not None:
            text = text + Text(" - ") + planted
        email = None if company.fates.erased[account] else people.email[account]
        yield (
            charges[row], paid[row], money, money if state == "refunded" else "0.00",
            land.currency.lower(), "false" if state == "failed" else "true", money,
            land.currency.lower(), "card_declined" if state == "failed" else None,
            company.truth.cell(place, row - skipped, text), f"{amount * 0.00015 + 0.25:.2f}",
            intents[row], "card", paid[row] if state == "refunded" else None, "LANTERNE LEADS",
            _STATUS[state], _MESSAGE[state], cards[row], _BRANDS[brand[row]], "credit",
            f"{last4[row]:04d}", land.code, customer[account], None, email, order_id,
            people.ids[account],
        )  # fmt: skip


def _astray(company: Company) -> dict[int, str]:
    """Two paid orders, by their row: one without a payment, one paid another amount."""
    paid = np.flatnonzero(company.orders.state == 0)[10:].tolist()
    whys = ("no payment", "another amount")[: company.truth.some(2, "PAY-05")]
    found = dict(zip(paid, whys, strict=False))
    ids = company.orders.ids()
    for row, why in found.items():
        company.truth.breaks("PAY-05", ids[row], why)
    return found


def _customers(company: Company, customer: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    people, orders = company.people, company.orders
    paid = orders.state == 0
    spent = np.bincount(orders.account[paid], orders.amount[paid], len(people))
    count = np.bincount(orders.account[paid], minlength=len(people))
    created = iso(people.created + 60)
    for account, reference in customer.items():
        erased = bool(company.fates.erased[account])
        yield (
            reference, None if erased else people.firm[account],
            None if erased else people.email[account], None if erased else people.name(account),
            created[account], "false", None, None, None, "0.00",
            COUNTRIES[int(people.country[account])].currency.lower(), f"{spent[account] / 100:.2f}",
            int(count[account]), people.ids[account],
        )  # fmt: skip
