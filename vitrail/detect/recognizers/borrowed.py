"""Presidio's own recognisers that Vitrail uses, each with words that name it in seven languages.

Presidio matches its words as parts of words ("us" in "status"); here whole words and phrases
count, so the single words that name too much ("account", "license", "security") are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from presidio_analyzer import EntityRecognizer
from presidio_analyzer import predefined_recognizers as presidio

_DE_CARD = ("personalausweis", "ausweis", "ausweisnummer", "personalausweisnummer", "npa",
            "identity card", "id card", "national id", "seriennummer")  # fmt: skip
_PASSPORT = ("passport", "passport number", "passport no", "passeport", "reisepass",
             "reisepassnummer", "passnummer", "pasaporte", "passaporto", "paspoort", "passaporte",
             "passnr")  # fmt: skip
_LICENCE = ("driver license", "drivers license", "driver s license", "driving license",
            "driving licence", "driving license number", "driver licence", "dl number", "dln",
            "licence number", "license number", "dvla")  # fmt: skip

CONTEXT: Final[dict[str, tuple[str, ...]]] = {
    "IpRecognizer": ("ip", "ipv4", "ipv6", "ip address", "remote addr", "client ip", "adresse ip"),
    "MacAddressRecognizer": ("mac", "mac address", "hardware address", "physical address",
                             "ethernet", "bssid", "wlan"),
    "CryptoRecognizer": ("wallet", "btc", "bitcoin", "crypto"),
    "DeTaxIdRecognizer": ("steueridentifikationsnummer", "steuer id", "steuerid", "idnr", "tax id",
                          "steuer idnr", "steuerliche identifikationsnummer", "steuernummer",
                          "tin"),
    "DeSocialSecurityRecognizer": ("rentenversicherungsnummer", "sozialversicherungsnummer", "rvnr",
                                   "versicherungsnummer", "svnr", "sv nummer",
                                   "rentenversicherung"),
    "DeHealthInsuranceRecognizer": ("krankenversicherungsnummer", "kvnr", "versichertennummer",
                                    "krankenversichertennummer", "krankenkasse", "egk",
                                    "gesundheitskarte", "krankenversicherung"),
    "DeIdCardRecognizer": _DE_CARD,
    "DePassportRecognizer": _PASSPORT,
    "DeFuehrerscheinRecognizer": ("führerschein", "fuehrerschein", "führerscheinnummer",
                                  "fahrerlaubnis", *_LICENCE),
    "DeTaxNumberRecognizer": ("steuernummer", "steuer nr", "st nr", "finanzamt", "stnr"),
    "DeKfzRecognizer": ("kennzeichen", "kfz", "kfz kennzeichen", "nummernschild", "fahrzeug",
                        "amtliches kennzeichen", "number plate", "license plate"),
    "EsNifRecognizer": ("dni", "nif", "documento nacional de identidad", "identificación",
                        "identificacion", "documento identidad"),
    "EsNieRecognizer": ("nie", "número de identidad de extranjero", "extranjero"),
    "EsPassportRecognizer": _PASSPORT,
    "ItDriverLicenseRecognizer": ("patente", "patente di guida", "licenza di guida"),
    "ItIdentityCardRecognizer": ("carta identità", "carta identita", "carta d identità",
                                 "carta d identita", "cie", "carta di identità"),
    "ItPassportRecognizer": _PASSPORT,
    "ItVatCodeRecognizer": ("piva", "partita iva", "p iva", "vat"),
    "FiPersonalIdentityCodeRecognizer": ("hetu", "henkilötunnus", "personbeteckning"),
    "UkNinoRecognizer": ("national insurance", "ni number", "nino", "insurance number"),
    "NhsRecognizer": ("nhs", "nhs number", "national health service", "health authority"),
    "UkPassportRecognizer": _PASSPORT,
    "UkDrivingLicenceRecognizer": _LICENCE,
    "UkVehicleRegistrationRecognizer": ("vehicle", "registration", "number plate", "vrn", "reg",
                                        "licence plate", "license plate", "dvla", "v5c"),
    "UkPostcodeRecognizer": ("postcode", "post code", "postal code", "zip", "address"),
    "UsSsnRecognizer": ("ssn", "ssns", "social security", "social security number", "ss number"),
    "UsItinRecognizer": ("itin", "taxpayer", "tax id", "taxid", "individual taxpayer", "tin"),
    "UsPassportRecognizer": _PASSPORT,
    "UsLicenseRecognizer": _LICENCE,
    "UsBankRecognizer": ("bank account", "account number", "acct", "bank", "checking account",
                         "savings account", "account no", "bank account number"),
    "UsMbiRecognizer": ("medicare", "mbi", "beneficiary", "medicaid", "medicare number"),
}  # fmt: skip


def recognizers(language: str) -> Iterator[EntityRecognizer]:
    """A fresh set, for one language; a German number can stand in any language's text."""
    for name, context in CONTEXT.items():
        yield getattr(presidio, name)(supported_language=language, context=list(context))
