"""Portuguese identifiers. Spain's NIF (DNI), NIE and passport come from Presidio."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier

IDENTIFIERS: Final = (
    Identifier(
        "PT_NIF",
        "PtNif",
        ("pt.nif",),
        ("nif", "contribuinte", "número de contribuinte", "numero contribuinte", "tax id", "nipc"),
        formatted=(r"\bPT[ ]?[1-35689]\d{8}\b",),
        bare=(r"\b[1-35689]\d{2}[ .]?\d{3}[ .]?\d{3}\b",),
    ),
    Identifier(
        "PT_CC",
        "PtCc",
        ("pt.cc",),
        ("cartão de cidadão", "cartao cidadao", "cc", "cidadão", "cidadao", "bilhete identidade"),
        formatted=(r"\b\d{8}[ \-]?\d[ \-]?(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\d\b",),
    ),
)
