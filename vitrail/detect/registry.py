"""Which recognisers run: one Presidio registry, the same set for every scanned language.

Presidio ties most recognisers to one language and leaves whole countries out; here each is
registered for each language, and :func:`build` refuses to start with a gap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from vitrail.detect.offline import keep_offline
from vitrail.detect.own.definition import OwnRecognizers
from vitrail.did_you_mean import did_you_mean
from vitrail.errors import UsageError, VitrailError

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer, RecognizerRegistry

BY_MODEL: Final = frozenset({"PERSON", "LOCATION"})
"""Types that no pattern finds; :mod:`vitrail.detect.names` does."""

NONE: Final = OwnRecognizers()


def recognizers(language: str) -> list[EntityRecognizer]:
    """A fresh recogniser of each kind, for ``language``."""
    keep_offline()
    from vitrail.detect.recognizers import (
        accounts,
        addresses,
        benelux,
        borrowed,
        british,
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

    countries = (french, german, iberian, italian, benelux, nordic, eastern, british)
    return [
        *borrowed.recognizers(language),
        *(NationalRecognizer(i, language) for module in countries for i in module.IDENTIFIERS),
        british.NumberPlateRecognizer(language),
        british.DrivingLicenceRecognizer(language),
        emails.AddressRecognizer(language),
        phones.EuropeanPhoneRecognizer(language),
        accounts.AccountRecognizer(language),
        cards.PaymentCardRecognizer(language),
        cards.NamedCardRecognizer(language),
        secrets.SecretRecognizer(language),
        links.PersonalLinkRecognizer(language),
        wallets.EthereumRecognizer(language),
        wallets.BitcoinRecognizer(language),
        dates.DateOfBirthRecognizer(language),
        addresses.StreetAddressRecognizer(language),
        addresses.NamedAddressRecognizer(language),
    ]


def own_recognizers(own: OwnRecognizers, language: str) -> list[EntityRecognizer]:
    """The user's own patterns and lists, for ``language``; their models are not of this kind."""
    from vitrail.detect.recognizers.own_lists import OwnListRecognizer
    from vitrail.detect.recognizers.own_patterns import (
        CheckedPatternRecognizer,
        OwnPatternRecognizer,
    )

    found: list[EntityRecognizer] = []
    for one in own.recognizers:
        patterns = CheckedPatternRecognizer if one.checks else OwnPatternRecognizer
        found.append((OwnListRecognizer if one.deny_list else patterns)(one, language))
    return found


def built_in_names() -> frozenset[str]:
    """What the house's recognisers are called."""
    columns = {"NameColumn", "AddressColumn"}
    return frozenset(r.name for r in recognizers("en")) | columns | {"SpacyRecognizer"}


def chosen(entities: Iterable[str] | None, own: OwnRecognizers = NONE) -> frozenset[str]:
    """The entity types asked for; all where None. An unknown name is refused."""
    known = frozenset(own.kinds)
    if entities is None:
        return known
    wanted = frozenset(entities)
    unknown = sorted(wanted - known)
    if unknown:
        raise UsageError(
            f"No such entity type: {', '.join(unknown)}.{did_you_mean(unknown[0], sorted(known))}",
            f"Choose among {', '.join(sorted(known))}.",
        )
    return wanted


def build(
    languages: Iterable[str], entities: Iterable[str] | None = None, own: OwnRecognizers = NONE
) -> RecognizerRegistry:
    """Presidio's registry with every recogniser in every language, coverage asserted."""
    from presidio_analyzer import RecognizerRegistry

    wanted = chosen(entities, own)
    languages = list(languages)
    kept = [
        recognizer
        for language in languages
        for recognizer in [*recognizers(language), *own_recognizers(own, language)]
        if wanted.intersection(recognizer.supported_entities)
    ]
    registry = RecognizerRegistry(recognizers=kept, supported_languages=languages)
    for language, found in coverage(registry).items():
        missing = sorted(wanted - BY_MODEL - own.model_types - set(found))
        if missing:
            raise VitrailError(f"No recogniser for {', '.join(missing)} in {language}.")
    return registry


def coverage(registry: RecognizerRegistry) -> Mapping[str, tuple[str, ...]]:
    """Language -> the entity types that some recogniser finds in it."""
    found: dict[str, set[str]] = {language: set() for language in registry.supported_languages}
    for recognizer in registry.recognizers:
        found[recognizer.supported_language].update(recognizer.supported_entities)
    return {language: tuple(sorted(types)) for language, types in found.items()}
