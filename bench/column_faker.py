"""Faker's people, places, firms and phones for ``bench.column_makers``, where it is installed."""

from __future__ import annotations

from typing import Any

from bench import column_words as words

_LOCALES = {
    "en": "en_GB", "fr": "fr_FR", "de": "de_DE", "es": "es_ES", "it": "it_IT", "nl": "nl_NL",
    "pl": "pl_PL",
}  # fmt: skip


def use_faker(seed: int) -> None:
    """Put Faker's words in the place of the house's, three hundred of each."""
    from faker import Faker  # type: ignore[import-not-found]

    for language, locale in _LOCALES.items():
        fake: Any = Faker(locale)
        fake.seed_instance(seed)
        for table, make in (
            (words.FIRST, fake.first_name), (words.LAST, fake.last_name),
            (words.CITIES, fake.city), (words.STREETS, fake.street_name),
            (words.FIRMS, fake.company), (words.LANDS, fake.country), (words.WORK, fake.job),
            (words.NOTES, fake.paragraph), (words.PHONES, fake.phone_number),
        ):  # fmt: skip
            table[language] = "|".join(make().replace("|", " ") for _ in range(300))
