"""The form that every national identifier here takes: patterns, a checksum, words that name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Final

from presidio_analyzer import Pattern, PatternRecognizer

IDENTITY: Final = (
    "national id", "national id number", "national identity number",
    "national identification number", "personal identification number", "personal id number",
    "numéro d identité", "numéro d identification national", "identifiant national",
    "personenkennziffer", "personenkennzahl", "personennummer", "identifikationsnummer",
    "documento de identidad", "número de identidad", "número de identificación",
    "documento d identità", "documento di identità", "numero di identità",
    "documento de identidade", "número de identidade", "número de identificação",
    "identiteitsnummer", "persoonsnummer", "identificatienummer",
)  # fmt: skip
"""What seven languages call the number that a state gives a person."""

TAX: Final = (
    "tax id", "tax identification number", "tax number", "tin", "taxpayer number",
    "numéro fiscal", "identifiant fiscal", "numéro d identification fiscale",
    "steuernummer", "steuer id", "steueridentifikationsnummer",
    "número de identificación fiscal", "identificación fiscal", "número fiscal",
    "codice fiscale", "numero fiscale",
    "número de identificação fiscal",
    "fiscaal nummer", "belastingnummer",
)  # fmt: skip
"""The number that a tax office gives."""

SOCIAL: Final = (
    "social security", "social security number", "social insurance", "social insurance number",
    "sécurité sociale", "numéro de sécurité sociale", "assuré social",
    "sozialversicherung", "sozialversicherungsnummer",
    "seguridad social", "número de seguridad social",
    "previdenza sociale", "sicurezza sociale", "segurança social",
    "sociale zekerheid", "socialezekerheidsnummer",
)  # fmt: skip
"""The number that a social insurance gives."""

BARE = "bare"
"""Marks a pattern of digits alone: its checksum is no evidence without a word that names it."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier. ``formatted``: writings that nothing else has; ``bare``: digits alone.

    ``checks`` are python-stdnum modules; the number holds when one of them accepts it.
    """

    entity: str
    name: str
    checks: tuple[str, ...]
    context: tuple[str, ...]
    formatted: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()

    def patterns(self) -> Iterator[Pattern]:
        for regex in self.formatted:
            yield Pattern(f"{self.name} as written", regex, 0.5)
        for regex in self.bare:
            yield Pattern(f"{self.name} {BARE}", regex, 0.2)


class NationalRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Finds one identifier and asks python-stdnum whether it can exist."""

    def __init__(self, identifier: Identifier, language: str) -> None:
        self._checks = identifier.checks
        super().__init__(
            supported_entity=identifier.entity,
            name=f"{identifier.name}Recognizer",
            supported_language=language,
            patterns=list(identifier.patterns()),
            context=list(identifier.context),
        )

    def validate_result(self, pattern_text: str) -> bool:
        return any(_module(check).is_valid(pattern_text) for check in self._checks)


@cache
def _module(name: str) -> Any:
    return import_module(f"stdnum.{name}")
