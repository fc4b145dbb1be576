"""The single list of what the scan looks for: each type's severity, plain words and family.

The names are Presidio's where it has one, else in the same style. Everything that shows, counts
or sorts an entity type reads it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from vitrail.model import Severity


class Family(StrEnum):
    """What kind of thing an entity type is; reports group by it."""

    CONTACT = "contact"
    PERSON = "person"
    FINANCE = "finance"
    ONLINE = "online"
    IDENTIFIER = "identifier"
    SECRET = "secret"  # noqa: S105 - the family's name


@dataclass(frozen=True, slots=True)
class EntityType:
    """One kind of personal data. ``words`` complete the sentence "it looks like a(n) …"."""

    name: str
    severity: Severity
    words: str
    family: Family


_LOW, _MEDIUM, _HIGH, _CRITICAL = Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL

_ALL: Final = (
    # how to reach a person
    EntityType("EMAIL_ADDRESS", _MEDIUM, "e-mail address", Family.CONTACT),
    EntityType("PHONE_NUMBER", _MEDIUM, "phone number", Family.CONTACT),
    EntityType("STREET_ADDRESS", _MEDIUM, "postal address", Family.CONTACT),
    EntityType("UK_POSTCODE", _LOW, "British postcode", Family.CONTACT),
    # who a person is
    EntityType("PERSON", _MEDIUM, "person's name", Family.PERSON),
    EntityType("LOCATION", _LOW, "place", Family.PERSON),
    EntityType("DATE_OF_BIRTH", _HIGH, "date of birth", Family.PERSON),
    # money
    EntityType("CREDIT_CARD", _CRITICAL, "payment card number", Family.FINANCE),
    EntityType("IBAN_CODE", _HIGH, "bank account (IBAN)", Family.FINANCE),
    EntityType("US_BANK_NUMBER", _HIGH, "US bank account number", Family.FINANCE),
    EntityType("CRYPTO", _MEDIUM, "crypto wallet address", Family.FINANCE),
    # traces on the network
    EntityType("IP_ADDRESS", _LOW, "IP address", Family.ONLINE),
    EntityType("MAC_ADDRESS", _MEDIUM, "hardware (MAC) address", Family.ONLINE),
    EntityType("URL", _MEDIUM, "link with personal parameters", Family.ONLINE),
    # keys to systems
    EntityType("SECRET", _CRITICAL, "live key or token", Family.SECRET),
    # numbers that a state or insurer gives a person
    EntityType("FR_NIR", _HIGH, "French social security number (NIR)", Family.IDENTIFIER),
    EntityType("FR_SPI", _HIGH, "French tax number (SPI)", Family.IDENTIFIER),
    EntityType("FR_SIREN", _LOW, "French company number (SIREN, SIRET)", Family.IDENTIFIER),
    EntityType("DE_TAX_ID", _HIGH, "German tax number (IdNr)", Family.IDENTIFIER),
    EntityType("DE_SOCIAL_SECURITY", _HIGH, "German pension insurance number", Family.IDENTIFIER),
    EntityType("DE_HEALTH_INSURANCE", _HIGH, "German health insurance number", Family.IDENTIFIER),
    EntityType("DE_ID_CARD", _HIGH, "German identity card number", Family.IDENTIFIER),
    EntityType("DE_PASSPORT", _HIGH, "German passport number", Family.IDENTIFIER),
    EntityType("DE_FUEHRERSCHEIN", _HIGH, "German driving licence number", Family.IDENTIFIER),
    EntityType("DE_TAX_NUMBER", _MEDIUM, "German tax office number", Family.IDENTIFIER),
    EntityType("DE_KFZ", _MEDIUM, "German number plate", Family.IDENTIFIER),
    EntityType("ES_NIF", _HIGH, "Spanish identity number (DNI, NIF)", Family.IDENTIFIER),
    EntityType("ES_NIE", _HIGH, "Spanish foreigner's number (NIE)", Family.IDENTIFIER),
    EntityType("ES_PASSPORT", _HIGH, "Spanish passport number", Family.IDENTIFIER),
    EntityType("IT_FISCAL_CODE", _HIGH, "Italian tax code", Family.IDENTIFIER),
    EntityType("IT_DRIVER_LICENSE", _HIGH, "Italian driving licence number", Family.IDENTIFIER),
    EntityType("IT_IDENTITY_CARD", _HIGH, "Italian identity card number", Family.IDENTIFIER),
    EntityType("IT_PASSPORT", _HIGH, "Italian passport number", Family.IDENTIFIER),
    EntityType("IT_VAT_CODE", _LOW, "Italian VAT number", Family.IDENTIFIER),
    EntityType("BE_NN", _HIGH, "Belgian national number", Family.IDENTIFIER),
    EntityType("BE_EID", _HIGH, "Belgian identity card number", Family.IDENTIFIER),
    EntityType("NL_BSN", _HIGH, "Dutch citizen number (BSN)", Family.IDENTIFIER),
    EntityType("NL_ONDERWIJSNUMMER", _HIGH, "Dutch pupil's number", Family.IDENTIFIER),
    EntityType("NL_PASSPORT", _HIGH, "Dutch passport or card number", Family.IDENTIFIER),
    EntityType("PT_NIF", _HIGH, "Portuguese tax number (NIF)", Family.IDENTIFIER),
    EntityType("PT_CC", _HIGH, "Portuguese citizen card number", Family.IDENTIFIER),
    EntityType("PL_PESEL", _HIGH, "Polish national number (PESEL)", Family.IDENTIFIER),
    EntityType("SE_PERSONNUMMER", _HIGH, "Swedish personal number", Family.IDENTIFIER),
    EntityType("FI_PERSONAL_IDENTITY_CODE", _HIGH, "Finnish personal code", Family.IDENTIFIER),
    EntityType("DK_CPR", _HIGH, "Danish personal number (CPR)", Family.IDENTIFIER),
    EntityType("NO_FODSELSNUMMER", _HIGH, "Norwegian birth number", Family.IDENTIFIER),
    EntityType("IS_KENNITALA", _HIGH, "Icelandic personal number", Family.IDENTIFIER),
    EntityType("AT_SVNR", _HIGH, "Austrian social insurance number", Family.IDENTIFIER),
    EntityType("AT_TIN", _HIGH, "Austrian tax number", Family.IDENTIFIER),
    EntityType("IE_PPS", _HIGH, "Irish personal public service number", Family.IDENTIFIER),
    EntityType("CZ_RC", _HIGH, "Czech or Slovak birth number", Family.IDENTIFIER),
    EntityType("RO_CNP", _HIGH, "Romanian personal number (CNP)", Family.IDENTIFIER),
    EntityType("BG_EGN", _HIGH, "Bulgarian personal number (EGN)", Family.IDENTIFIER),
    EntityType("BG_PNF", _HIGH, "Bulgarian foreigner's number", Family.IDENTIFIER),
    EntityType("EE_IK", _HIGH, "Estonian personal code", Family.IDENTIFIER),
    EntityType("LT_ASMENS", _HIGH, "Lithuanian personal code", Family.IDENTIFIER),
    EntityType("LV_PK", _HIGH, "Latvian personal code", Family.IDENTIFIER),
    EntityType("GR_AMKA", _HIGH, "Greek social security number (AMKA)", Family.IDENTIFIER),
    EntityType("GR_AFM", _HIGH, "Greek tax number (AFM)", Family.IDENTIFIER),
    EntityType("SI_EMSO", _HIGH, "Slovenian personal number (EMŠO)", Family.IDENTIFIER),
    EntityType("SI_TAX", _HIGH, "Slovenian tax number", Family.IDENTIFIER),
    EntityType("HR_OIB", _HIGH, "Croatian personal number (OIB)", Family.IDENTIFIER),
    EntityType("CH_AHV", _HIGH, "Swiss social security number (AHV)", Family.IDENTIFIER),
    EntityType("UK_NINO", _HIGH, "British national insurance number", Family.IDENTIFIER),
    EntityType("UK_NHS", _HIGH, "British health service number", Family.IDENTIFIER),
    EntityType("UK_UTR", _HIGH, "British taxpayer reference", Family.IDENTIFIER),
    EntityType("UK_UPN", _HIGH, "British pupil number", Family.IDENTIFIER),
    EntityType("UK_PASSPORT", _HIGH, "British passport number", Family.IDENTIFIER),
    EntityType("UK_DRIVING_LICENCE", _HIGH, "British driving licence number", Family.IDENTIFIER),
    EntityType("UK_VEHICLE_REGISTRATION", _MEDIUM, "British number plate", Family.IDENTIFIER),
    EntityType("US_SSN", _HIGH, "US social security number", Family.IDENTIFIER),
    EntityType("US_ITIN", _HIGH, "US taxpayer number (ITIN)", Family.IDENTIFIER),
    EntityType("US_PASSPORT", _HIGH, "US passport number", Family.IDENTIFIER),
    EntityType("US_DRIVER_LICENSE", _HIGH, "US driving licence number", Family.IDENTIFIER),
    EntityType("US_MBI", _HIGH, "US Medicare number", Family.IDENTIFIER),
)

ENTITIES: Final[Mapping[str, EntityType]] = MappingProxyType({e.name: e for e in _ALL})


def is_identifier(entity_type: str) -> bool:
    """Whether its values are codes, of which letters and digits count and gaps do not."""
    kind = ENTITIES.get(entity_type)
    return kind is not None and kind.family is Family.IDENTIFIER


def plain_words(entity_type: str) -> str:
    """The type in plain words: ``payment card number``; a user's own by its name."""
    kind = ENTITIES.get(entity_type)
    return kind.words if kind else entity_type.replace("_", " ").lower()


def with_article(words: str) -> str:
    """``an e-mail address``, ``a place``."""
    return f"{'an' if words[0] in 'aeioAEIO' else 'a'} {words}"
