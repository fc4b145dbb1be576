"""What a column's name says of its cells, for and against, in the languages of the scan."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+")

#: Words of a name that speak for an entity type. A phrase stands for words that follow each other.
_FOR: Final[dict[str, str]] = {
    "EMAIL_ADDRESS": "email mail emails mel courriel correo",
    "PHONE_NUMBER": "phone tel telephone mobile fax cell telefon telefono telefone handy portable"
    " phonenumber gsm msisdn",
    "PERSON": "name firstname lastname surname fullname forename nom prenom vorname nachname"
    " nombre apellido apellidos nome cognome sobrenome naam voornaam achternaam person contact"
    " author customer client patient employee assignee recipient sender cardholder holder alias",
    "STREET_ADDRESS": "address street addr adresse rue strasse direccion calle indirizzo via"
    " endereco rua adres straat address1 address2",
    "LOCATION": "city town ville stadt ciudad citta cidade stad country pays land pais state"
    " region province county location place",
    "CREDIT_CARD": "card pan cc creditcard ccnumber carte kreditkarte tarjeta carta cardnumber",
    "IBAN_CODE": "iban",
    "IP_ADDRESS": "ip ipaddress ipv4 ipv6 remote host",
    "MAC_ADDRESS": "mac macaddress hardware",
    "URL": "url link website href uri",
    "DATE_OF_BIRTH": "birth dob birthdate birthday naissance geburtsdatum nacimiento nascita"
    " nascimento geboortedatum",
    "US_SSN": "ssn social",
    "CRYPTO": "wallet crypto bitcoin btc eth",
    "SECRET": "secret token password apikey key",
}

#: Words of a name that say that the cells are something else than a person's name or a place.
_AGAINST: Final[dict[str, str]] = {
    "PERSON": "company product brand title description category status type event campaign file"
    " table column field model plan currency language country city state region organization"
    " organisation department browser os device platform genre album track song artist film movie"
    " hostname domain code sku color colour make theme district site service app channel source"
    " url id uuid subject body major degree school university job",
    "LOCATION": "company product brand title description category status type event campaign"
    " model plan currency language name firstname lastname prenom nom genre album track film",
}

_WORDS: Final = {kind: frozenset(words.split()) for kind, words in _FOR.items()}
_OTHER: Final = {kind: frozenset(words.split()) for kind, words in _AGAINST.items()}


#: Names that say little by themselves: the name, the number, the text of what?
_BARE: Final = frozenset(
    {"name", "nom", "nombre", "nome", "naam", "title", "label", "value", "number", "code", "text",
     "body", "content", "data", "first", "last", "full", "line1", "line2", "address"}
)  # fmt: skip


def spoken_name(column: str, table: str) -> str:
    """The name as people would say it: a bare ``Name`` in a table ``Tracks`` is a track's name,
    ``cardholder.status`` a status, ``cardholder.name`` a cardholder's name."""
    *parents, leaf = [part for part in column.replace("[]", "").split(".") if part] or [column]
    if leaf.strip().casefold() not in _BARE:
        return leaf
    return f"{(parents[-1] if parents else table).strip().removesuffix('s')} {leaf}"


def words_of(column: str) -> frozenset[str]:
    """The words of a column's name, small, without accents: ``users[].FirstName`` → first, name."""
    leaf = column.rsplit(".", 1)[-1] if "." in column.strip(".") else column
    parts = [part.casefold() for part in _CAMEL.split(_plain(leaf)) if part]
    return frozenset([*parts, *(a + b for a, b in pairwise(parts))])


def speaks_for(column: str, entity_type: str) -> bool:
    """Whether the name leads one to expect such values."""
    return not words_of(column).isdisjoint(_WORDS.get(entity_type, frozenset()))


def speaks_against(column: str, entity_type: str) -> bool:
    """Whether the name leads one to expect something that is easily taken for such values."""
    return not words_of(column).isdisjoint(_OTHER.get(entity_type, frozenset()))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
