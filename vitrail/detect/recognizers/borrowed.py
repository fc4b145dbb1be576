"""Presidio's own recognisers that Vitrail uses, each with words that name it in seven languages.

Presidio matches its words as parts of words ("us" in "status"); here whole words and phrases
count, so the single words that name too much ("account", "license", "security") are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from presidio_analyzer import EntityRecognizer
from presidio_analyzer import predefined_recognizers as presidio

from vitrail.detect.vocabulary.documents import IDENTITY_CARD, LICENCE, NUMBER_PLATE, PASSPORT
from vitrail.detect.vocabulary.identity import COMPANY, HEALTH, IDENTITY, SOCIAL, TAX
from vitrail.detect.vocabulary.money import DOMESTIC_ACCOUNT
from vitrail.detect.vocabulary.network import IP, MAC
from vitrail.detect.vocabulary.places import POSTCODE
from vitrail.detect.vocabulary.words import Words

#: By recogniser: what the number is called where it is given, and what seven languages call such.
_CALLED: Final[dict[str, tuple[tuple[str, ...], tuple[Words, ...]]]] = {
    "IpRecognizer": ((), (IP,)),
    "MacAddressRecognizer": ((), (MAC,)),
    "DeTaxIdRecognizer": (("steuer id", "idnr", "steueridentifikationsnummer"), (TAX,)),
    "DeSocialSecurityRecognizer": (
        ("rentenversicherungsnummer", "rvnr", "rentenversicherung", "versicherungsnummer"),
        (SOCIAL,),
    ),
    "DeHealthInsuranceRecognizer": (("krankenversicherungsnummer", "kvnr"), (HEALTH,)),
    "DeIdCardRecognizer": (IDENTITY_CARD.of("de"), (IDENTITY_CARD,)),
    "DePassportRecognizer": (PASSPORT.of("de"), (PASSPORT,)),
    "DeFuehrerscheinRecognizer": (LICENCE.of("de"), (LICENCE,)),
    "DeTaxNumberRecognizer": (("finanzamt", "st nr", "stnr"), (TAX,)),
    "DeKfzRecognizer": (NUMBER_PLATE.of("de"), (NUMBER_PLATE,)),
    "EsNifRecognizer": (
        ("dni", "nif", "documento nacional de identidad", "identificación"),
        (IDENTITY_CARD, IDENTITY, TAX),
    ),
    "EsNieRecognizer": (
        ("nie", "número de identidad de extranjero", "extranjero"),
        (IDENTITY_CARD, IDENTITY, TAX),
    ),
    "EsPassportRecognizer": (PASSPORT.of("es"), (PASSPORT,)),
    "ItDriverLicenseRecognizer": (LICENCE.of("it"), (LICENCE,)),
    "ItIdentityCardRecognizer": (IDENTITY_CARD.of("it"), (IDENTITY_CARD,)),
    "ItPassportRecognizer": (PASSPORT.of("it"), (PASSPORT,)),
    "ItVatCodeRecognizer": (("partita iva", "piva", "p iva"), (COMPANY,)),
    "FiPersonalIdentityCodeRecognizer": (
        ("hetu", "henkilötunnus", "personbeteckning"),
        (IDENTITY,),
    ),
    "UkNinoRecognizer": (
        ("national insurance", "ni number", "nino", "insurance number"),
        (SOCIAL,),
    ),
    "NhsRecognizer": (
        ("nhs", "nhs number", "national health service", "health authority"),
        (HEALTH,),
    ),
    "UkPassportRecognizer": (PASSPORT.of("en"), (PASSPORT,)),
    "UkPostcodeRecognizer": ((), (POSTCODE,)),
    "UsSsnRecognizer": (("ssn", "ssns"), (SOCIAL,)),
    "UsItinRecognizer": (("itin", "individual taxpayer"), (TAX,)),
    "UsPassportRecognizer": (PASSPORT.of("en"), (PASSPORT,)),
    "UsLicenseRecognizer": (LICENCE.of("en"), (LICENCE,)),
    "UsBankRecognizer": ((), (DOMESTIC_ACCOUNT,)),
    "UsMbiRecognizer": (
        ("medicare", "mbi", "beneficiary", "medicaid", "medicare number"),
        (HEALTH,),
    ),
}


def recognizers(language: str) -> Iterator[EntityRecognizer]:
    """A fresh set, for one language; a German number can stand in any language's text."""
    for name, (called, kinds) in _CALLED.items():
        words = [*called, *(word for kind in kinds for word in kind)]
        recognizer = getattr(presidio, name)(supported_language=language, context=words)
        recognizer.called = called
        yield recognizer
