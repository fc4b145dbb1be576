"""Payment cards of every network: Presidio's recogniser with the ranges that it leaves out."""

from __future__ import annotations

from typing import Final

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CreditCardRecognizer

# ISO/IEC 7812 ranges absent from Presidio's pattern: Mastercard 2221-2720, Maestro 50 and 56-58,
# Maestro of 12, JCB 2131, and numbers of 17 to 19 digits (UnionPay, Maestro, Visa).
_MORE: Final = (
    Pattern(
        "Mastercard 2-series",
        r"\b(?:222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}\b",
        0.3,
    ),
    Pattern("Maestro", r"\b(?:50|5[6-8])\d{2}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}\b", 0.3),
    Pattern(
        "Maestro of twelve digits", r"\b(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8}\b", 0.3
    ),
    Pattern("JCB of fifteen digits", r"\b2131\d{11}\b", 0.3),
    Pattern(
        "Seventeen to nineteen digits",
        r"\b(?:4\d|62|81|50|5[6-8]|6\d)\d{2}[- ]?\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{1,3}\b",
        0.3,
    ),
)


class PaymentCardRecognizer(CreditCardRecognizer):  # type: ignore[misc]
    """All networks; the Luhn check decides."""

    def __init__(self, language: str) -> None:
        super().__init__(
            patterns=[*CreditCardRecognizer.PATTERNS, *_MORE],
            supported_language=language,
            name="PaymentCardRecognizer",
            context=[
                "card", "credit", "visa", "mastercard", "amex", "maestro", "carte", "cb", "pan",
                "carte bancaire", "karte", "kreditkarte", "kartennummer", "tarjeta", "carta",
                "cartão", "cartao", "kaart", "creditcard", "cardnumber", "card number", "cc",
            ],
        )  # fmt: skip


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
            context=[
                "credit card", "card number", "cardnumber", "creditcard", "ccn", "cc number",
                "pan", "carte bancaire", "numero carte", "numéro de carte", "kreditkarte",
                "kartennummer", "numero tarjeta", "numero carta", "kaartnummer", "card no",
            ],
        )  # fmt: skip
