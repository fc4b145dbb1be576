"""Bank accounts: Presidio's IBAN recogniser, and the writings that it leaves out.

Presidio takes capitals in groups of four. People also write small letters, a bank's own groups,
dots, and words right behind; there the country tells how long the number is, and the check digits
(ISO 7064, modulo 97-10) and the country's form whether it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import Any, Final

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.predefined_recognizers import IbanRecognizer
from stdnum import iban, numdb

from vitrail.detect.vocabulary.money import ACCOUNT

_SIZE: Final = re.compile(r"(\d+)!")


def _lengths() -> dict[str, int]:
    """How many characters a country's numbers have, by python-stdnum's copy of the registry."""
    registry = numdb.get("iban")
    codes = (first + second for first in ascii_uppercase for second in ascii_uppercase)
    forms = {code: registry.info(code)[0][1].get("bban", "") for code in codes}
    return {code: 4 + sum(map(int, _SIZE.findall(form))) for code, form in forms.items() if form}


LENGTHS: Final = _lengths()
_COUNTRIES: Final = "|".join(LENGTHS)
_HEAD: Final = re.compile(rf"(?<![^\W_])(?:{_COUNTRIES})[0-9]{{2}}(?=[ .\-]?[A-Z0-9])", re.I)
_REST: Final = re.compile(r"(?:[ .\-]?[A-Za-z0-9]){11,30}")


class AccountRecognizer(IbanRecognizer):  # type: ignore[misc]
    """Finds IBANs; named as Presidio's, whose verdicts stand where the length is right."""

    # In any letters; in capitals also right behind a small letter, as Presidio takes it.
    prefilter = (
        rf"(?i)(?:\b|_)(?:{_COUNTRIES})\d\d(?:[ .\-]?[A-Z0-9]){{11}}",
        rf"(?:[a-z]|[^\x00-\x7F])(?:{_COUNTRIES})\d\d(?:[ .\-]?[A-Z0-9]){{11}}",
    )

    def __init__(self, language: str) -> None:
        super().__init__(supported_language=language, name="IbanRecognizer", context=list(ACCOUNT))

    def analyze(
        self,
        text: str,
        entities: list[str],
        nlp_artifacts: Any = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        results = [
            result
            for result in super().analyze(text, entities, nlp_artifacts, regex_flags)
            if _is_whole(text, result.start, result.end)
        ]
        sure = [(r.start, r.end) for r in results if r.score == EntityRecognizer.MAX_SCORE]
        for start, end in _written(text):
            if not any(first <= start and end <= last for first, last in sure):
                results.append(self._result(start, end))
        return results

    def _result(self, start: int, end: int) -> RecognizerResult:
        return RecognizerResult(
            entity_type="IBAN_CODE",
            start=start,
            end=end,
            score=EntityRecognizer.MAX_SCORE,
            recognition_metadata={
                RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            },
        )


def _is_whole(text: str, start: int, end: int) -> bool:
    """Not so where check digits fit by chance with a word behind, or without the last letter."""
    size = sum(map(str.isalnum, text[start:end]))
    return size == LENGTHS.get(text[start : start + 2], size) and not text[end : end + 1].isalnum()


def _written(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each valid number, in whatever groups and letters."""
    last = 0
    for head in _HEAD.finditer(text):
        rest = _REST.match(text, head.end()) if head.start() >= last else None
        if rest is None:
            continue
        end = _end(text, head.end(), rest.end(), LENGTHS[head.group()[:2].upper()])
        if end and iban.is_valid(text[head.start() : end], check_country=False):
            last = end
            yield head.start(), end


def _end(text: str, place: int, limit: int, length: int) -> int | None:
    """Where ``length`` letters and digits end, four of them before ``place``."""
    left = length - 4
    while place < limit and left:
        left -= text[place].isalnum()
        place += 1
    if left or (place < len(text) and text[place].isalnum()):
        return None
    return place
