"""Portuguese identifiers, and Spain's NIF of minors and of foreigners.

Spain's DNI, NIE and passport come from Presidio.
"""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.documents import IDENTITY_CARD
from vitrail.detect.vocabulary.identity import IDENTITY, TAX

IDENTIFIERS: Final = (
    Identifier(
        "PT_NIF",
        "PtNif",
        ("pt.nif",),
        ("nif", "contribuinte", "número de contribuinte", "numero contribuinte", "nipc"),
        (TAX,),
        formatted=(r"\bPT[ ]?[1-35689]\d{8}\b",),
        bare=(r"\b[1-35689]\d{2}[ .]?\d{3}[ .]?\d{3}\b",),
    ),
    Identifier(
        "PT_CC",
        "PtCc",
        ("pt.cc",),
        ("cartão de cidadão", "cartão cidadão", "cc", "cidadão"),
        (IDENTITY_CARD, IDENTITY),
        formatted=(r"\b\d{8}[ \-]?\d[ \-]?(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d\b",),
    ),
    Identifier(
        "ES_NIF",
        "EsSpecialNif",
        ("es.nif",),
        ("nif", "dni"),
        (IDENTITY, TAX),
        bare=(r"\b[KLM]\d{7}[A-Z]\b",),
    ),
)
