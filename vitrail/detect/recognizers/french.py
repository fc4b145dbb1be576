"""French identifiers: social security (NIR), tax (SPI), companies (SIREN, SIRET)."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import COMPANY, IDENTITY, SOCIAL, TAX

_NIR: Final = (
    r"\b[1-478][ .\-]?\d{2}[ .\-]?(?:0[1-9]|1[0-2]|[2-9]\d)[ .\-]?"
    r"(?:\d{2}|2[AB])[ .\-]?\d{3}[ .\-]?\d{3}[ .\-/]?\d{2}\b"
)

IDENTIFIERS: Final = (
    Identifier(
        "FR_NIR",
        "FrNir",
        ("fr.nir",),
        ("nir", "sécu", "insee", "num secu", "no secu", "carte vitale"),
        (SOCIAL, IDENTITY),
        formatted=(_NIR,),
    ),
    Identifier(
        "FR_SPI",
        "FrSpi",
        ("fr.nif",),
        ("spi", "fiscal", "impôts", "nif"),
        (TAX,),
        bare=(r"\b[0-3]\d(?:[ .]\d{2}[ .]\d{3}[ .]\d{3}[ .]\d{3}|\d{11})\b",),
    ),
    Identifier(
        "FR_SIREN",
        "FrSiren",
        ("fr.siren", "fr.siret"),
        ("siren", "siret", "insee", "numero siren", "no siret"),
        (COMPANY,),
        bare=(r"\b\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5})?\b",),
    ),
)
