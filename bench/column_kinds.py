"""Kinds of columns, each with the verdict that is right for it, for ``bench.column_verdicts``.

A kind has three sorts of names: such as fit it, such as say nothing, and such as mislead. Cells are
right and the name is not: what the cells are decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bench import column_words as w
from bench import scan_values as v
from bench.column_makers import (
    Make,
    born,
    first,
    full,
    last,
    phone,
    street,
)

SILENT: Final = ("value", "col7", "field_3", "x", "data", "Spalte 4", "colonne2", "valor", "C")


@dataclass(frozen=True, slots=True)
class Case:
    """``verdict``: what the column is, None for nothing that is looked for. ``make``: a cell.

    ``names``: that fit it, by ``|``; ``misleading``: that do not. ``silent``: whether the cells say
    enough without a name.
    """

    kind: str
    verdict: str | None
    make: Make
    names: str
    misleading: str = ""
    silent: bool = True
    languages: str = "en fr de es it nl pl"


_PERSON: Final = "full_name|customer_name|contact name|nom_complet|Ansprechpartner|owner|name"

HELD: Final[Sequence[Case]] = (
    Case("full name", "PERSON", full, _PERSON, "reference|notes|team manager"),
    Case("Last, First", "PERSON", lambda r, g: f"{last(r, g)}, {first(r, g)}", _PERSON),
    Case("name in capitals", "PERSON", lambda r, g: full(r, g).upper(), _PERSON, silent=False),
    Case("first name", "PERSON", first, "first_name|FirstName|prenom|Vorname|nombre_pila|imię",
         silent=False),
    Case("last name", "PERSON", last, "last_name|surname|nom de famille|Nachname|apellidos|cognome"
         "|achternaam|nazwisko", silent=False),
    Case("e-mail", "EMAIL_ADDRESS", lambda r, _: v.email(r), "email|e_mail|Courriel|correo|login",
         "name|notes|phone|customer_id|email_verified|address|username"),
    Case("mobile", "PHONE_NUMBER", phone, "phone|mobile|Telefon|téléphone|teléfono|cellulare|gsm"
         "|telefoon|numer telefonu|contact_number"),
    Case("phone with +", "PHONE_NUMBER", lambda r, _: v.phone(r), "phone|tel",
         "contact|notes|info"),
    Case("IBAN", "IBAN_CODE", lambda r, _: v.iban(r), "iban|bank account|Kontoverbindung",
         "reference|notes|code|customer_id"),
    Case("card", "CREDIT_CARD", lambda r, _: v.card(r), "card_number|PAN|Kartennummer|carte",
         "reference|code|order_id"),
    Case("IPv4", "IP_ADDRESS", lambda r, _: v.ipv4(r), "ip|ip_address|remote_addr|client_ip",
         "host|visitor|login"),
    Case("MAC", "MAC_ADDRESS", lambda r, _: v._mac(r), "mac|mac_address", "device|id"),
    Case("street", "STREET_ADDRESS", street, "address|street|adresse|Straße|calle|indirizzo|straat"
         "|billing_address", silent=False),
    Case("address in a line", "STREET_ADDRESS",
         lambda r, g: f"{street(r, g)}, {r.randint(10000, 98999)} {r.choice(w.of(w.CITIES, g))}",
         "address|delivery address|adresse_complete|Anschrift|dirección|adres", silent=False),
    Case("birth date", "DATE_OF_BIRTH", born, "birth_date|dob|date_naissance|Geburtsdatum"
         "|nacimiento|data_nascita|geboortedatum|data urodzenia", silent=False),
    Case("NIR", "FR_NIR", lambda r, _: v._nir(r), "nir|numéro de sécurité sociale|numero_secu",
         languages="fr"),
    Case("NIF", "ES_NIF", lambda r, _: v._nif(r), "nif|dni|documento", languages="es"),
    Case("PESEL", "PL_PESEL", lambda r, _: v._pesel(r), "pesel|PESEL", languages="pl"),
    Case("BSN", "NL_BSN", lambda r, _: v._bsn(r), "bsn|burgerservicenummer", languages="nl"),
    Case("name with a degree", "PERSON", lambda r, g: f"{r.choice(('Dr.', 'Prof.'))} {full(r, g)}",
         "doctor|physician|Arzt|médecin|supervisor"),
    Case("small name", "PERSON", lambda r, g: full(r, g).lower(), "full_name|customer_name",
         silent=False),
    Case("IPv6", "IP_ADDRESS", lambda r, _: v._ipv6(r), "ip|ip_address|ipv6", "host"),
    Case("key", "SECRET", lambda r, _: v._secret(r), "api_key|token|secret", "notes|config"),
    Case("wallet", "CRYPTO", lambda r, _: "0x" + f"{r.getrandbits(160):040x}", "wallet|eth_address",
         "account", silent=False),
    Case("SSN", "US_SSN", lambda r, _: f"{r.randint(100, 665)}-{r.randint(10, 99)}-"
         f"{r.randint(1000, 9999)}", "ssn|social security number", languages="en"),
)  # fmt: skip
