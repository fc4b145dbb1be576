"""Ethereum addresses; Bitcoin's come from Presidio."""

from __future__ import annotations

from presidio_analyzer import Pattern, PatternRecognizer

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
