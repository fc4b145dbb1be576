"""The Italian tax code with python-stdnum's check; the other Italian ones come from Presidio."""

from __future__ import annotations

from typing import Final

from vitrail.detect.recognizers.national import Identifier
from vitrail.detect.vocabulary.identity import IDENTITY, TAX

IDENTIFIERS: Final = (
    Identifier(
        "IT_FISCAL_CODE",
        "ItCodiceFiscale",
        ("it.codicefiscale",),
        ("cf", "cod fisc", "codicefiscale", "fiscal code", "tax code"),
        (TAX, IDENTITY),
        formatted=(
            r"\b[A-Z]{6}[ ]?[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[ ]?"
            r"[A-Z][\dLMNP-V]{3}[A-Z]\b",
        ),
    ),
)
