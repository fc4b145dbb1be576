"""What a column's name says about whether its cells are people's names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from vitrail.detect.titles.hint import Hint
from vitrail.detect.wording import column_words, last_in_name

_CERTAIN: Final = frozenset({
    "firstname", "first name", "fname", "forename", "given name", "givenname", "middle name",
    "middlename", "lastname", "last name", "lname", "surname", "family name", "familyname",
    "full name", "fullname", "maiden name", "maiden", "cardholder", "cardholder name",
    "person name",
    "prenom", "prénom", "prenoms", "prénoms", "nom famille", "nom de famille", "nom complet",
    "nom prenom", "nom prénom", "prenom nom", "nom naissance", "vorname", "nachname",
    "familienname", "vollständiger name", "apellido", "apellidos", "primer apellido",
    "segundo apellido", "nombre completo", "nombre apellidos", "cognome", "nome cognome",
    "nome completo",
    "sobrenome", "apelido", "voornaam", "achternaam", "volledige naam", "customer name",
    "contact name", "client name", "user full name", "employee name", "patient name",
    "guest name", "passenger name", "recipient name", "author name", "owner name",
    "name on card", "nom client", "nom contact",
    # what the scan does not read in texts, but exports are called by
    "imię", "imie", "imiona", "nazwisko", "imię i nazwisko", "imie i nazwisko", "jméno",
    "příjmení", "prijmeni", "förnamn", "efternamn", "fornamn", "fornavn", "etternavn", "efternavn",
    "etunimi", "sukunimi", "keresztnév", "vezetéknév", "prenume", "nume de familie",
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
    "by", "actor", "director", "artist", "composer", "written by", "first", "last", "legal name",
    "adviser", "counsellor", "supervisor", "assigned to", "account manager", "accountmanager",
    "sales rep", "conseiller", "conseillère", "gestionnaire", "interlocuteur", "betreuer",
    "sachbearbeiter", "bearbeiter", "zuständig", "verantwortlicher", "comercial", "encargado",
    "asesor", "gestor", "referente", "nominativo", "intestatario", "beneficiario", "beneficiaire",
    "bénéficiaire", "responsabile", "responsável", "titular", "contactpersoon",
    "medewerker", "behandelaar", "begünstigter", "kontoinhaber", "empfänger", "mitarbeiter",
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
    "prefix", "suffix", "salutation", "honorific", "anrede", "civilité", "civilite", "tratamiento",
    "item", "institution", "hurricane", "typhoon", "cyclone", "book", "movie", "show", "game",
    "recipe", "dish", "drink", "pet", "dog", "horse", "breed", "restaurant", "venue", "stadium",
    "club", "fund", "project", "road", "square", "station", "river", "lake", "mountain", "island",
    "museum", "church", "park", "bridge", "car", "make", "aircraft", "element", "drug", "medicine",
    "disease", "diagnosis", "symptom", "procedure", "religion", "ethnicity", "race", "holiday",
    "month", "weekday", "season", "artikel", "articolo", "artículo",
    "storm", "adresse", "indirizzo", "login", "handle", "slug", "locale", "timezone", "theme",
    "font", "icon", "key", "id", "manufacturer", "maker", "hersteller", "fabricant", "fabricante",
    "produttore", "fabrikant", "producent", "marque", "marke", "marca", "merk", "marka", "titre",
    "titel", "título", "titulo", "titolo", "tytuł", "catégorie", "categorie", "kategorie",
    "categoría", "categoria", "kategoria", "état", "zustand", "estado", "stato", "toestand",
    "école", "ecole", "schule", "escuela", "scuola", "escola", "szkoła", "farbe", "couleur",
    "colore", "kleur", "kolor", "employer", "employeur", "arbeitgeber", "shade", "variant",
    "fournisseur", "lieferant", "proveedor", "fornitore", "leverancier", "dostawca", "verein",
    "équipe", "equipe", "mannschaft", "equipo", "squadra", "firm", "beruf", "profession",
    "métier", "profesión", "professione", "beroep", "zawód", "occupation", "miasto", "kraj",
    "ulica",
})  # fmt: skip

_PEOPLE: Final = frozenset({
    "manager", "owner", "contact", "author", "director", "agent", "employee", "patient", "guest",
    "passenger", "member", "assignee", "reporter", "requester", "advisor", "adviser", "recipient",
    "sender", "supervisor", "representative", "rep", "coordinator", "organizer", "organiser",
    "leader", "buyer", "seller", "tenant", "landlord", "driver", "doctor", "physician", "nurse",
    "teacher", "student", "pupil", "coach", "captain", "judge", "attorney", "lawyer", "spouse",
    "child", "mother", "father", "partner", "witness", "suspect", "victim", "signatory", "approver",
    "reviewer", "editor", "creator", "uploader", "payee", "payer", "holder", "person", "applicant",
    "candidate", "technician", "inspector", "officer", "investigator", "interviewer", "speaker",
    "winner", "donor", "visitor", "caller", "kin", "attendee", "participant", "respondent",
    "arzt", "ärztin", "lehrer", "lehrerin", "schüler", "mieter", "vermieter", "fahrer", "zeuge",
    "médecin", "medecin", "élève", "locataire", "chauffeur", "témoin", "parrain", "tuteur",
    "médico", "medico", "profesor", "profesora", "alumno", "inquilino", "conductor", "testigo",
    "dottore", "insegnante", "studente", "autista", "arts", "leraar", "huurder", "getuige",
    "lekarz", "nauczyciel", "uczeń", "kierowca", "opiekun", "klient", "właściciel",
})  # fmt: skip
"""What people are called by their part in something; as a name's last word it says who is meant:
a ``team manager`` is no team, though a ``manager team`` is one."""

_OF_A_NAME: Final = frozenset({
    "company", "product", "file", "verified", "status", "type", "hash", "count", "flag", "valid",
    "score", "length", "language", "origin",
})  # fmt: skip
"""What makes of ``first name`` something that is no name itself: ``first name verified``."""

_FIRST: Final = frozenset({
    "first name", "firstname", "fname", "forename", "given name", "givenname", "prenom", "prénom",
    "vorname", "voornaam", "nome próprio",
})  # fmt: skip
_LAST: Final = frozenset({
    "last name", "lastname", "lname", "surname", "family name", "apellido", "apellidos", "cognome",
    "sobrenome", "apelido", "nachname", "achternaam",
})  # fmt: skip
_BARE: Final = frozenset({"name", "nom", "nombre", "nome", "naam"})
_OTHER_HALF: Final = {"first": "last", "last": "first"}


def with_siblings(name: str, siblings: Iterable[str]) -> frozenset[str]:
    """The words of a column's name, with those that the other columns lend it: a ``Nom`` beside a
    ``Prénom`` is a last name, a ``first`` beside a ``last`` a first name."""
    words = frozenset(column_words(name))
    alone = name.rpartition(" ")[2].casefold()
    if alone not in {*_BARE, *_OTHER_HALF} or hint_of(words) is not Hint.LIKELY:
        return words
    others = [frozenset(column_words(sibling)) for sibling in siblings]
    if frozenset({alone}) not in others:  # it is the last word of a longer name
        return words
    if (half := _OTHER_HALF.get(alone)) is not None:
        return words | {f"{alone} name"} if frozenset({half}) in others else words
    first = any(not other.isdisjoint(_FIRST) for other in others)
    last = any(not other.isdisjoint(_LAST) for other in others)
    return words if first == last else words | {"last name" if first else "first name"}


def hint_of(words: frozenset[str]) -> Hint:
    """The strongest thing that the words of a column's name say; "against" yields to certain."""
    if not words.isdisjoint(_CERTAIN) and words.isdisjoint(_OF_A_NAME):
        return Hint.CERTAIN
    if any(last_in_name(word, words) for word in words & _PEOPLE):
        return Hint.LIKELY
    if not words.isdisjoint(_AGAINST):
        return Hint.AGAINST
    return Hint.SILENT if words.isdisjoint(_LIKELY) else Hint.LIKELY
