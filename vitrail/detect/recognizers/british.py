"""Britain's taxpayer and pupil numbers and its number plates; the others come from Presidio."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import UkVehicleRegistrationRecognizer

from vitrail.detect.recognizers.national import BARE, Identifier
from vitrail.detect.vocabulary.documents import NUMBER_PLATE
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

# As plates have it since 2001: capitals, a blank in the middle; the first letter is a region's.
_PLATE: Final = (
    r"(?<![\w\-])(?-i:[A-HK-PRSVWY][A-HJ-PR-Y](?:0[2-9]|[12]\d|5[1-9]|[67]\d) [A-HJ-PR-Z]{3})\b"
)


class NumberPlateRecognizer(UkVehicleRegistrationRecognizer):  # type: ignore[misc]
    """Finds number plates; named as Presidio's, whose patterns need a word, for they are any short
    code's."""

    called = NUMBER_PLATE.of("en")

    def __init__(self, language: str) -> None:
        weak = (Pattern(f"{p.name} {BARE}", p.regex, p.score) for p in self.PATTERNS)
        super().__init__(
            patterns=[Pattern("UK plate as written", _PLATE, 0.3), *weak],
            context=list(NUMBER_PLATE),
            supported_language=language,
            name="UkVehicleRegistrationRecognizer",
        )
