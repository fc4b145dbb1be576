"""What a column's name says about whether its cells are people's names."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Hint(Enum):
    """How a column's name speaks: for names beyond doubt, for them, not at all, against."""

    CERTAIN = "certain"
    LIKELY = "likely"
    SILENT = "silent"
    AGAINST = "against"


_CERTAIN: Final = frozenset({
    "firstname", "first name", "fname", "forename", "given name", "givenname", "middle name",
    "middlename", "lastname", "last name", "lname", "surname", "family name", "familyname",
    "full name", "fullname", "maiden name", "cardholder", "cardholder name", "person name",
    "prenom", "prénom", "prenoms", "prénoms", "nom famille", "nom de famille", "nom complet",
    "nom prenom", "nom prénom", "prenom nom", "nom naissance", "vorname", "nachname",
    "familienname", "vollständiger name", "apellido", "apellidos", "primer apellido",
    "nombre completo", "nombre apellidos", "cognome", "nome cognome", "nome completo",
    "sobrenome", "apelido", "voornaam", "achternaam", "volledige naam", "customer name",
    "contact name", "client name", "user full name", "employee name", "patient name",
    "guest name", "passenger name", "recipient name", "author name", "owner name",
    "name on card", "nom client", "nom contact",
})  # fmt: skip
_LIKELY: Final = frozenset({
    "name", "nom", "nombre", "nome", "naam", "contact", "customer", "client", "author", "owner",
    "user", "recipient", "sender", "assignee", "agent", "employee", "patient", "guest", "passenger",
    "member", "subscriber", "signatory", "signature", "representative", "manager", "guardian",
    "parent", "tutor", "beneficiary", "holder", "attendee", "reporter", "requester", "submitter",
    "advisor", "auteur", "destinataire", "expediteur", "responsable", "titulaire",
    "kunde",
    "ansprechpartner", "autor", "cliente", "contacto", "contatto", "klant", "display name",
    "real name",
    "by", "actor", "director", "artist", "composer", "written by",
})  # fmt: skip
_AGAINST: Final = frozenset({
    "product", "company", "city", "country", "status", "campaign", "file", "filename", "event",
    "host", "hostname", "domain", "sku", "category", "brand", "model", "plan", "page", "template",
    "segment", "list", "tag", "state", "region", "title", "subject", "currency", "language",
    "browser", "device", "os", "bank", "societe", "société", "firma", "empresa", "azienda",
    "bedrijf", "org", "organization", "organisation", "store", "shop", "team", "department",
    "role", "job", "song", "track", "album", "genre", "playlist", "media", "film", "street",
    "address", "town", "ville", "pays", "stadt", "land", "ciudad", "pais", "país", "città", "paese",
    "cidade", "plaats", "produit", "produkt", "producto", "prodotto", "produto", "entreprise",
    "table", "column", "type", "source", "medium", "channel", "platform", "app", "site", "supplier",
    "vendor", "processor", "merchant", "group", "species", "color", "colour", "unit", "service",
    "feature", "action", "industry", "sector", "school", "university", "hotel",
    "airport", "ship", "vessel", "province", "county", "district", "territory", "username",
    "storm", "adresse", "indirizzo", "login", "handle", "slug", "locale", "timezone", "theme",
    "font", "icon", "key", "id",
})  # fmt: skip


def hint_of(words: frozenset[str]) -> Hint:
    """The strongest thing that the words of a column's name say; "against" yields to certain."""
    if not words.isdisjoint(_CERTAIN) and words.isdisjoint({"company", "product", "file"}):
        return Hint.CERTAIN
    if not words.isdisjoint(_AGAINST):
        return Hint.AGAINST
    return Hint.SILENT if words.isdisjoint(_LIKELY) else Hint.LIKELY
