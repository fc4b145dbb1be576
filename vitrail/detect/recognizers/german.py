"""German-speaking identifiers that Presidio lacks: Austria's and Switzerland's.

Germany's own come from Presidio; they are chosen and labelled in the registry.
"""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import IDENTITY, SOCIAL, TAX

IDENTIFIERS: Final = (
    Identifier(
        "AT_SVNR",
        "AtSvnr",
        ("at.vnr",),
        ("svnr", "sv nr", "versicherungsnummer", "vsnr", "e card"),
        (SOCIAL,),
        bare=(r"\b[1-9]\d{3}[ \-/]?(?:[0-2]\d|3[01])(?:0\d|1[0-5])\d{2}\b",),
    ),
    Identifier(
        "AT_TIN",
        "AtTin",
        ("at.tin",),
        ("abgabenkontonummer", "abgabenkonto", "finanzamt", "st nr", "stnr"),
        (TAX,),
        bare=(r"\b\d{2}[ \-]?\d{3}[ /]?\d{4}\b",),
    ),
    Identifier(
        "CH_AHV",
        "ChAhv",
        ("ch.ssn",),
        ("ahv", "avs", "ahv nummer", "ahv nr", "numéro avs", "numero avs", "oasi"),
        (SOCIAL, IDENTITY),
        formatted=(r"\b756\.\d{4}\.\d{4}\.\d{2}\b",),
        bare=(r"\b756\d{10}\b",),
    ),
)
