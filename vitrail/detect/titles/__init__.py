"""What a column's name says of its cells: the one home of every word list of column names.

A recogniser's own words (:mod:`vitrail.detect.vocabulary`) speak in columns' names too; here stand
those that no text needs, and those that speak against a type.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vitrail.detect.titles.addresses import calls_addresses, calls_parts
from vitrail.detect.titles.hint import Hint
from vitrail.detect.titles.numbers import PHONES
from vitrail.detect.titles.people import hint_of, with_siblings
from vitrail.detect.titles.spoken import spoken_name

__all__ = ["Hint", "Title", "hint_of", "spoken_name", "with_siblings"]

#: Words of a name that speak for an entity type, beside those of its recognisers.
_FOR: Final = {
    kind: frozenset(words.split())
    for kind, words in {
        "EMAIL_ADDRESS": "mel",
        "LOCATION": "city town ville stadt ciudad citta cidade stad country pays land pais state"
        " region province county location place",
        "IP_ADDRESS": "ipaddress remote host visitor",
        "MAC_ADDRESS": "hardware",
        "URL": "url link website href uri",
        "US_SSN": "social",
        "SECRET": "apikey",
        "PHONE_NUMBER": " ".join(PHONES),
    }.items()
}
#: What may stand in a text for a phone ("call", "reach") is no word of a phone column's name.
_OWN_WORDS_ALONE: Final = frozenset({"PHONE_NUMBER", "LOCATION"})

_NO_PLACE: Final = frozenset({
    "company", "product", "brand", "title", "description", "category", "status", "type", "event",
    "campaign", "model", "plan", "currency", "language", "name", "firstname", "lastname", "prenom",
    "nom", "genre", "album", "track", "film",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a column's name, and the entity types whose recognisers know one of them."""

    words: frozenset[str]
    spoken: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, name: str, siblings: Iterable[str] = (), spoken: frozenset[str] = frozenset()
    ) -> Title:
        """``siblings``: the names of the columns beside."""
        return cls(with_siblings(name, siblings), spoken)

    def hint(self, entity_type: str) -> Hint:
        """What the name says of such cells."""
        if entity_type == "PERSON":
            return hint_of(self.words)
        if entity_type == "STREET_ADDRESS":
            named = calls_addresses(self.words) or calls_parts(self.words)
            return Hint.LIKELY if named else Hint.SILENT
        plain = self.words.union(map(_plain, self.words))
        known = entity_type in self.spoken and entity_type not in _OWN_WORDS_ALONE
        if known or not plain.isdisjoint(_FOR.get(entity_type, frozenset())):
            return Hint.LIKELY
        against = entity_type == "LOCATION" and not plain.isdisjoint(_NO_PLACE)
        return Hint.AGAINST if against else Hint.SILENT

    def speaks_for(self, entity_type: str) -> bool:
        """Whether the name leads one to expect such values."""
        return self.hint(entity_type) in {Hint.LIKELY, Hint.CERTAIN}

    def speaks_against(self, entity_type: str) -> bool:
        """Whether it leads one to expect what is easily taken for such values."""
        return self.hint(entity_type) is Hint.AGAINST


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
