"""Names of columns of postal addresses."""

from __future__ import annotations

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
_FURTHER: Final = frozenset({
    "address2", "address 2", "address3", "address 3", "line2", "line 2", "second address",
    "adresse2", "adresse 2", "complément adresse", "complement adresse", "complément d'adresse",
    "adresszusatz", "adresszeile 2", "dirección 2", "direccion 2", "indirizzo 2", "adres 2",
})  # fmt: skip


def calls_addresses(words: frozenset[str]) -> bool:
    """Whether the words of a column's name call its cells addresses, and those of no machine."""
    return not words.isdisjoint(_NAMED) and words.isdisjoint(_OTHER)


def calls_parts(words: frozenset[str]) -> bool:
    """Whether they call its cells the further lines of addresses."""
    return not words.isdisjoint(_FURTHER)
