"""Why a hit was flagged, in one plain sentence."""

from __future__ import annotations

from typing import Final

from vitrail.detect.entities import ENTITIES
from vitrail.detect.evidence import NEEDS_WORD
from vitrail.detect.judgement import Judge

#: What a validator looks at, where it is not check digits.
_VALIDATED: Final = {
    "EMAIL_ADDRESS": "its form and a public domain",
    "URL": "its form and a public domain",
    "PHONE_NUMBER": "its form and a number range in use",
    "IP_ADDRESS": "its form",
    "DATE_OF_BIRTH": "its form and a day that exists",
}


def explanation(entity_type: str, judge: Judge | None, recognizer: str) -> str:
    """The sentence: what it looks like, who says so, and what that rests on."""
    kind = ENTITIES.get(entity_type)
    words = kind.words if kind else entity_type
    if judge is None:
        return f"It looks like a {words}; {recognizer} says so."
    grounds = "its form"
    if judge.validates:
        grounds = _VALIDATED.get(entity_type, "its form and its check digits")
    if recognizer in NEEDS_WORD:
        grounds += ", with a word nearby or a column that speaks for it"
    article = "an" if words[0] in "aeioAEIO" else "a"
    return f"It looks like {article} {words}: {recognizer} found {grounds}."
