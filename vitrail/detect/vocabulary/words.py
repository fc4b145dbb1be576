"""What holds the words of seven languages together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words and phrases, parted by commas, as people write them beside a value or as the name of
    its column: "f. nac.", "n° de tél". No language may be left out; ``also``: what belongs to
    none of them.
    """

    en: str
    fr: str
    de: str
    es: str
    it: str
    nl: str
    pt: str
    also: str = ""

    def of(self, language: str) -> tuple[str, ...]:
        """The words of one language."""
        return tuple(word.strip() for word in str(getattr(self, language)).split(",") if word)

    def __iter__(self) -> Iterator[str]:
        """Each word once, English first."""
        yield from dict.fromkeys(word for field in fields(self) for word in self.of(field.name))
