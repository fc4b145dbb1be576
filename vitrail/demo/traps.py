"""Things that look like personal data and are none: the scan should leave them alone."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Final

import numpy as np
from stdnum import ean, luhn

#: What each kind of trap may be mistaken for.
MISTAKEN_FOR: Final = {
    "ORDER_NUMBER": "PHONE_NUMBER",
    "EAN": "CREDIT_CARD",
    "TRACKING": "CREDIT_CARD",
    "EPOCH_MS": "PHONE_NUMBER",
    "VERSION": "IP_ADDRESS",
    "TEST_CARD": "CREDIT_CARD",
    "BAD_CARD": "CREDIT_CARD",
    "COMPANY": "PERSON",
    "UUID": "SECRET",
    "OWN_IBAN": "IBAN_CODE",
}

#: The demo company's own accounts; they stand in the allow-list ``allow/own_ibans.txt``.
OWN_IBANS: Final = ("FR7630006000011234567890189", "DE89370400440532013000")

_COMPANIES: Final = (
    "Northwind Roofing Ltd", "Solar Meyer GmbH & Co. KG", "Toitures Martin SARL",
    "Cocinas García S.L.", "Baker & Finch LLP", "Groupe Leroy-Chauffage",
)  # fmt: skip
#: Published by processors for testing; no card has them.
_TEST_CARDS: Final = (
    "4242 4242 4242 4242",
    "4111111111111111",
    "5555 5555 5555 4444",
    "378282246310005",
)


def _digits(rng: np.random.Generator, count: int) -> str:
    return "".join(str(d) for d in rng.integers(0, 10, count))


def _order_number(rng: np.random.Generator) -> str:
    return f"ORD-2025-{rng.integers(100_000, 999_999)}"


def _ean(rng: np.random.Generator) -> str:
    body = "40" + _digits(rng, 10)
    return f"{body}{ean.calc_check_digit(body)}"


def _tracking(rng: np.random.Generator) -> str:
    return f"1Z{_digits(rng, 3)}AA1{_digits(rng, 10)}"


def _epoch_ms(rng: np.random.Generator) -> str:
    return str(int(rng.integers(1_718_000_000_000, 1_760_000_000_000)))


def _version(rng: np.random.Generator) -> str:
    return f"{rng.integers(3, 6)}.0.{rng.integers(1, 4)}.{rng.integers(1, 10)}"


def _bad_card(rng: np.random.Generator) -> str:
    body = "4971" + _digits(rng, 11)
    return body + str((int(luhn.calc_check_digit(body)) + 3) % 10)


def _uuid(rng: np.random.Generator) -> str:
    return str(uuid.UUID(bytes=rng.bytes(16), version=4))


_MAKE: Final[dict[str, Callable[[np.random.Generator], str]]] = {
    "ORDER_NUMBER": _order_number,
    "EAN": _ean,
    "TRACKING": _tracking,
    "EPOCH_MS": _epoch_ms,
    "VERSION": _version,
    "BAD_CARD": _bad_card,
    "UUID": _uuid,
    "TEST_CARD": lambda rng: _TEST_CARDS[int(rng.integers(0, len(_TEST_CARDS)))],
    "COMPANY": lambda rng: _COMPANIES[int(rng.integers(0, len(_COMPANIES)))],
    "OWN_IBAN": lambda rng: OWN_IBANS[int(rng.integers(0, len(OWN_IBANS)))],
}


def trap(kind: str, rng: np.random.Generator) -> str:
    """One trap of a kind of :data:`MISTAKEN_FOR`."""
    return _MAKE[kind](rng)
