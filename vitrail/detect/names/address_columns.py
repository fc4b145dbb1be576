"""Columns of addresses: by the column's name, and by cells that are written as addresses are.

Street names are without number, so a cell of a column called ``street`` need not be of a street
that a recogniser knows: a number and a word are enough, where most of its column are so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean
from typing import Final

_NAMED: Final = frozenset({
    "street", "street address", "streetaddress", "address", "address1", "address 1", "line1",
    "address line", "address line 1", "addr", "adresse", "rue", "strasse", "straße", "anschrift",
    "dirección", "direccion", "domicilio", "calle", "indirizzo", "morada", "endereço", "endereco",
    "rua", "adres", "straat", "residence", "domicile", "adresse1", "adresse 1",
})  # fmt: skip
_OTHER: Final = frozenset({
    "email", "mail", "courriel", "correo", "ip", "ipv4", "ipv6", "mac", "url", "web", "website",
    "wallet", "crypto", "bitcoin", "btc", "eth", "memory", "host", "network", "contract", "type",
    "id", "city", "town", "ville", "stadt", "ciudad", "città", "cidade", "plaats", "state", "zip",
    "postcode", "zipcode", "county", "country", "status", "verified", "valid", "count", "line2",
    "address2", "address 2", "line 2", "phone", "name", "hash", "distance", "date",
})  # fmt: skip
_MOST: Final = 0.6

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"(?<![^\W_])\d{1,6}[A-Za-z]?(?![^\W_])")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_NO_ADDRESS: Final = re.compile(r"@|://|\d[:]\d\d|[=<>{}\[\]|]")


def is_address_column(sample: Sequence[str], words: frozenset[str]) -> bool:
    """Whether the column is called by a word for addresses and most of its cells look like one."""
    if words.isdisjoint(_NAMED) or not words.isdisjoint(_OTHER):
        return False
    return mean(map(is_address_like, sample)) >= _MOST


def is_address_like(text: str) -> bool:
    """Whether the cell has a word and a number apart from one another, as addresses have."""
    return (
        5 < len(text) <= _LONGEST
        and _NUMBER.search(text) is not None
        and _LETTERS.search(text) is not None
        and len(text.split()) > 1
        and _NO_ADDRESS.search(text) is None
    )
