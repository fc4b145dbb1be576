"""Payment cards of every network: Presidio's recogniser, and what it leaves out."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

from vitrail.detect.recognizers.networks import NOT_DIALLED, SIZES, written
from vitrail.detect.vocabulary.money import CARD, CARD_NUMBER


class PaymentCardRecognizer(CreditCardRecognizer):  # type: ignore[misc]
    """All networks, in one run or in groups; the Luhn check decides."""

    # Twelve digits; fourteen after a 1, with which no network but one begins, but epochs do; fewer
    # where something stands between, which in epochs does not.
    prefilter = (
        r"(?:\b|_)[2-689](?:[ .\-]{0,3}\d){11}",
        r"(?:\b|_)1(?:[ .\-]{0,3}\d){13}",
        r"\b1\d{3}[ .\-]\d{3}(?:[ .\-]?\d){6}",
        r"\b1\d{6,11}[ \-]\d{3}",
    )

    def __init__(self, language: str) -> None:
        super().__init__(
            patterns=[
                *(Pattern(p.name, NOT_DIALLED + p.regex, p.score) for p in self.PATTERNS),
                *(Pattern(f"card of {n} digits", written(n), 0.3) for n in SIZES),
            ],
            supported_language=language,
            name="PaymentCardRecognizer",
            context=list(CARD),
            replacement_pairs=[("-", ""), (" ", ""), (".", "")],
        )


class NamedCardRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Card-shaped numbers, whatever Luhn says, where a word calls them card numbers."""

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="CREDIT_CARD",
            name="NamedCardRecognizer",
            supported_language=language,
            patterns=[
                Pattern(
                    "card-shaped bare",
                    r"(?<![\w-])[1-9]\d{3}[- ]?(?:\d{4}[- ]?\d{4}[- ]?\d{1,7}|"
                    r"\d{6}[- ]?\d{4,5})(?![\w-])",
                    0.15,
                )
            ],
            context=list(CARD_NUMBER),
        )
