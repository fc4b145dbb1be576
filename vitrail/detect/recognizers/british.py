"""Britain's taxpayer and pupil numbers; its other identifiers come from Presidio."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import SCHOOL, TAX

IDENTIFIERS: Final = (
    Identifier(
        "UK_UTR",
        "UkUtr",
        ("gb.utr",),
        ("utr", "unique taxpayer reference", "taxpayer reference", "hmrc"),
        (TAX,),
        bare=(r"\b\d{5}[ ]?\d{5}\b",),
    ),
    Identifier(
        "UK_UPN",
        "UkUpn",
        ("gb.upn",),
        ("upn", "unique pupil number"),
        (SCHOOL,),
        bare=(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b",),
    ),
)
