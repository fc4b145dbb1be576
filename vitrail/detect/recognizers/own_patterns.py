"""A user's own patterns as a Presidio recogniser."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from presidio_analyzer import Pattern, PatternRecognizer

from vitrail.detect.digits import digits_of
from vitrail.detect.own.definition import OwnRecognizer


class OwnPatternRecognizer(PatternRecognizer):  # type: ignore[misc]
    """Regexes with their scores. ``column_words`` speak for a value in its column's name alone."""

    def __init__(self, own: OwnRecognizer, language: str) -> None:
        self.column_words = own.columns
        #: What the fast pass looks for in UTF-8 bytes, by regex; None: every cell is looked at.
        self.utf8_prefilter = {p.regex: p.wider for p in own.patterns}
        super().__init__(
            supported_entity=own.entity,
            name=own.name,
            supported_language=language,
            # " bare" at the end of a pattern's name has a meaning in the house
            patterns=[Pattern(f"{p.name} (own)", p.regex, p.score) for p in own.patterns],
            context=list(own.context),
            global_regex_flags=own.flags,
        )


class CheckedPatternRecognizer(OwnPatternRecognizer):
    """The same where a match holds only if one of the checks accepts it."""

    def __init__(self, own: OwnRecognizer, language: str) -> None:
        self._checks = own.checks
        super().__init__(own, language)

    def validate_result(self, pattern_text: str) -> bool:
        return any(is_valid(check, pattern_text) for check in self._checks)


def is_valid(check: str, text: str) -> bool:
    """Whether python-stdnum's module of this name (or ``luhn`` over the digits) accepts it."""
    if check == "luhn":
        digits = digits_of(text)
        return len(digits) > 1 and bool(_module("luhn").is_valid(digits))
    return bool(_module(check).is_valid(text))


@cache
def _module(name: str) -> Any:
    return import_module(f"stdnum.{name}")
