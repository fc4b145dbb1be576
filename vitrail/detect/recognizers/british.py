"""Britain's taxpayer and pupil numbers, number plates and driving licences; the others come from
Presidio."""

from __future__ import annotations

import re
from typing import Final

from presidio_analyzer import Pattern
from presidio_analyzer.predefined_recognizers import (
    UkDrivingLicenceRecognizer,
    UkVehicleRegistrationRecognizer,
)

from vitrail.detect.recognizers.national import BARE, Identifier
from vitrail.detect.vocabulary.documents import LICENCE, NUMBER_PLATE
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

# As plates have it since 2001: capitals, a blank in the middle. Wider than plates are, so that the
# other cells of a column are counted as none.
_AS_WRITTEN: Final = Pattern(
    "UK plate as written", r"(?<![\w\-])(?-i:[A-Z]{2}\d\d [A-Z]{3})\b", 0.3
)
_CURRENT: Final = re.compile(r"[A-Z]{2}\d\d[\- ]?[A-Z]{3}", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[A-HJ-PR-Y]{2}\d\d[\- ]?[A-HJ-PR-Z]{3}", re.IGNORECASE)


class NumberPlateRecognizer(UkVehicleRegistrationRecognizer):  # type: ignore[misc]
    """Finds number plates; named as Presidio's, whose patterns need a word, for they are any short
    code's."""

    called = NUMBER_PLATE.of("en")

    def __init__(self, language: str) -> None:
        weak = (Pattern(f"{p.name} {BARE}", p.regex, p.score) for p in self.PATTERNS)
        super().__init__(
            patterns=[_AS_WRITTEN, *weak],
            context=list(NUMBER_PLATE),
            supported_language=language,
            name="UkVehicleRegistrationRecognizer",
        )

    def validate_result(self, pattern_text: str) -> bool | None:
        """As Presidio's, and no letters that plates do not have."""
        if _CURRENT.fullmatch(pattern_text) and not _LETTERS.fullmatch(pattern_text):
            return False
        valid: bool | None = super().validate_result(pattern_text)
        return valid


_TOKEN: Final = re.compile(r"[0-9a-f]+")


class DrivingLicenceRecognizer(UkDrivingLicenceRecognizer):  # type: ignore[misc]
    """Finds driving licences; named as Presidio's. They have no check digit that is published, so
    one token of sixteen hexadecimal digits in some 300,000 looks like one; licences are printed in
    capitals."""

    called = LICENCE.of("en")

    def __init__(self, language: str) -> None:
        super().__init__(
            context=[*self.called, *LICENCE],
            supported_language=language,
            name="UkDrivingLicenceRecognizer",
        )

    def validate_result(self, pattern_text: str) -> bool | None:
        """As Presidio's, and no token."""
        if _TOKEN.fullmatch(pattern_text):
            return False
        valid: bool | None = super().validate_result(pattern_text)
        return valid
