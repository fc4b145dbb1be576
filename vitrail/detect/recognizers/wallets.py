"""Wallets: Ethereum's by our own pattern, Bitcoin's by Presidio's, in capitals too."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer
from presidio_analyzer.predefined_recognizers import CryptoRecognizer

from vitrail.detect.vocabulary.money import WALLET


class EthereumRecognizer(PatternRecognizer):  # type: ignore[misc]
    """``0x`` and forty hexadecimal digits."""

    def __init__(self, language: str) -> None:
        super().__init__(
            supported_entity="CRYPTO",
            name="EthereumRecognizer",
            supported_language=language,
            patterns=[Pattern("Ethereum address", r"\b0x[0-9a-f]{40}\b", 0.6)],
            context=list(WALLET),
        )


class BitcoinRecognizer(CryptoRecognizer):  # type: ignore[misc]
    """Presidio's, for ``BC1…`` too: BIP 173 lets an address be in capitals, as QR codes have it."""

    called = ("bitcoin", "btc")

    def __init__(self, language: str) -> None:
        words = [*self.called, *WALLET]
        super().__init__(supported_language=language, context=words, name="CryptoRecognizer")

    def validate_result(self, pattern_text: str) -> bool:
        capitals = pattern_text.startswith("BC1") and pattern_text.isupper()
        return bool(super().validate_result(pattern_text.lower() if capitals else pattern_text))
