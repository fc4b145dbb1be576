"""Belgium's and the Netherlands' numbers of persons, identity cards and pupils."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.documents import IDENTITY_CARD, PASSPORT
from vitrail.detect.vocabulary.identity import IDENTITY, SCHOOL, SOCIAL, TAX

IDENTIFIERS: Final = (
    Identifier(
        "BE_NN",
        "BeNationalNumber",
        ("be.ssn",),
        (
            "rijksregisternummer",
            "rijksregister",
            "insz",
            "niss",
            "registre national",
            "numéro national",
            "numero national",
            "nationalregisternummer",
            "national number",
            "nrn",
            "numéro de registre national",
            "bisnummer",
        ),
        (IDENTITY, SOCIAL),
        formatted=(r"\b\d{2}\.\d{2}\.\d{2}[\- ]\d{3}[. ]\d{2}\b",),
        bare=(r"\b\d{6}[ \-]?\d{3}[ \-]?\d{2}\b",),
    ),
    Identifier(
        "BE_EID",
        "BeIdentityCard",
        ("be.eid",),
        ("eid",),
        (IDENTITY_CARD, IDENTITY),
        bare=(r"\b\d{3}[ \-]?\d{7}[ \-]?\d{2}\b",),
    ),
    Identifier(
        "NL_BSN",
        "NlBsn",
        ("nl.bsn",),
        (
            "bsn",
            "burgerservicenummer",
            "sofinummer",
            "sofi",
            "citizen service number",
            "service nummer",
            "persoonsgebonden nummer",
        ),
        (IDENTITY, SOCIAL, TAX),
        bare=(r"\b\d{4}\.?\d{2}\.?\d{3}\b", r"\b\d{3}[ .]\d{3}[ .]\d{3}\b"),
    ),
    Identifier(
        "NL_ONDERWIJSNUMMER",
        "NlOnderwijsnummer",
        ("nl.onderwijsnummer",),
        ("onderwijsnummer", "pgn", "persoonsgebonden nummer"),
        (SCHOOL,),
        bare=(r"\b1\d{3}[ .]?\d{2}[ .]?\d{3}\b",),
    ),
    Identifier(
        "NL_PASSPORT",
        "NlPassport",
        ("nl.identiteitskaartnummer",),
        PASSPORT.of("nl"),
        (PASSPORT, IDENTITY_CARD),
        bare=(r"\b[A-NP-Z]{2}[A-NP-Z0-9]{6}\d\b",),
    ),
)
