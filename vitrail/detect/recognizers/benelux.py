"""Belgium's national number and the Netherlands' BSN."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier

IDENTIFIERS: Final = (
    Identifier(
        "BE_NN",
        "BeNationalNumber",
        ("be.nn", "be.bis"),
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
        ),
        formatted=(r"\b\d{2}\.\d{2}\.\d{2}[\- ]\d{3}[. ]\d{2}\b",),
        bare=(r"\b\d{6}[ \-]?\d{3}[ \-]?\d{2}\b",),
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
        ),
        bare=(r"\b\d{4}\.?\d{2}\.?\d{3}\b", r"\b\d{3}[ .]\d{3}[ .]\d{3}\b"),
    ),
)
