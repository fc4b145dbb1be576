"""The form that every national identifier here takes: patterns, a checksum, words that name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.vocabulary.words import Words

BARE = "bare"
"""Marks a pattern of digits alone: its checksum is no evidence without a word that names it."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier. ``formatted``: writings that nothing else has; ``bare``: digits alone.

    ``checks`` are python-stdnum modules, or our own by their whole name; the number holds when one
    of them accepts it.
    ``called``: its names where it is given. ``kinds``: what seven languages call such numbers.
    """

    entity: str
    name: str
    checks: tuple[str, ...]
    called: tuple[str, ...]
    kinds: tuple[Words, ...]
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
        self.called = identifier.called
        super().__init__(
            supported_entity=identifier.entity,
            name=f"{identifier.name}Recognizer",
            supported_language=language,
            patterns=list(identifier.patterns()),
            context=[*self.called, *(word for kind in identifier.kinds for word in kind)],
        )

    def validate_result(self, pattern_text: str) -> bool:
        return any(_holds(check, pattern_text) for check in self._checks)


def _holds(check: str, written: str) -> bool:
    """Some of python-stdnum's checks look digits up in a list, in which other scripts' are not."""
    try:
        return bool(_module(check).is_valid(written))
    except (ValueError, LookupError):
        return False


@cache
def _module(name: str) -> Any:
    return import_module(name if name.startswith("vitrail.") else f"stdnum.{name}")
