"""Which recognisers run: one Presidio registry, the same set for every scanned language.

Presidio ties most recognisers to one language and leaves whole countries out; here each is
registered for each language, and :func:`build` refuses to start with a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from vitrail.detect.entities import ENTITIES
from vitrail.detect.offline import keep_offline
from vitrail.errors import UsageError, VitrailError

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, RecognizerRegistry

BY_MODEL: Final = frozenset({"PERSON", "LOCATION"})
"""Types that no pattern finds; :mod:`vitrail.detect.names` does."""


def recognizers(language: str) -> list[EntityRecognizer]:
    """A fresh recogniser of each kind, for ``language``."""
    keep_offline()
    from vitrail.detect.recognizers import (
        addresses,
        benelux,
        borrowed,
        cards,
        dates,
        eastern,
        emails,
        french,
        german,
        iberian,
        italian,
        links,
        nordic,
        phones,
        secrets,
        wallets,
    )
    from vitrail.detect.recognizers.national import NationalRecognizer

    countries = (french, german, iberian, italian, benelux, nordic, eastern)
    return [
        *borrowed.recognizers(language),
        *(NationalRecognizer(i, language) for module in countries for i in module.IDENTIFIERS),
        emails.AddressRecognizer(language),
        phones.EuropeanPhoneRecognizer(language),
        cards.PaymentCardRecognizer(language),
        cards.NamedCardRecognizer(language),
        secrets.SecretRecognizer(language),
        links.PersonalLinkRecognizer(language),
        wallets.EthereumRecognizer(language),
        dates.DateOfBirthRecognizer(language),
        addresses.StreetAddressRecognizer(language),
        addresses.NamedAddressRecognizer(language),
    ]


def chosen(entities: Iterable[str] | None) -> frozenset[str]:
    """The entity types asked for; all where None. An unknown name is refused."""
    if entities is None:
        return frozenset(ENTITIES)
    wanted = frozenset(entities)
    unknown = sorted(wanted - ENTITIES.keys())
    if unknown:
        raise UsageError(
            f"No such entity type: {', '.join(unknown)}.",
            f"Choose among {', '.join(sorted(ENTITIES))}.",
        )
    return wanted


def build(languages: Iterable[str], entities: Iterable[str] | None = None) -> RecognizerRegistry:
    """Presidio's registry with every recogniser in every language, coverage asserted."""
    from presidio_analyzer import RecognizerRegistry

    wanted = chosen(entities)
    languages = list(languages)
    kept = [
        recognizer
        for language in languages
        for recognizer in recognizers(language)
        if wanted.intersection(recognizer.supported_entities)
    ]
    registry = RecognizerRegistry(recognizers=kept, supported_languages=languages)
    for language, found in coverage(registry).items():
        missing = sorted(wanted - BY_MODEL - set(found))
        if missing:
            raise VitrailError(f"No recogniser for {', '.join(missing)} in {language}.")
    return registry


def coverage(registry: RecognizerRegistry) -> Mapping[str, tuple[str, ...]]:
    """Language -> the entity types that some recogniser finds in it."""
    found: dict[str, set[str]] = {language: set() for language in registry.supported_languages}
    for recognizer in registry.recognizers:
        found[recognizer.supported_language].update(recognizer.supported_entities)
    return {language: tuple(sorted(types)) for language, types in found.items()}
