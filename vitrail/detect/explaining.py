"""Why a hit was flagged, in one plain sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from vitrail.detect.entities import ENTITIES, EntityType, plain_words, with_article
from vitrail.detect.evidence import NEEDS_WORD
from vitrail.detect.judgement import Judge
from vitrail.detect.known import RECOGNIZER as KNOWN_HASH

#: What a validator looks at, where it is not check digits.
_VALIDATED: Final = {
    "EMAIL_ADDRESS": "its form and a public domain",
    "URL": "its form and a public domain",
    "PHONE_NUMBER": "its form and a number range in use",
    "IP_ADDRESS": "its form",
    "DATE_OF_BIRTH": "its form and a day that exists",
}


def explanation(
    entity_type: str,
    judge: Judge | None,
    recognizer: str,
    kinds: Mapping[str, EntityType] = ENTITIES,
) -> str:
    """The sentence: what it looks like, who says so, and what that rests on."""
    kind = kinds.get(entity_type)
    what = with_article(kind.words if kind else plain_words(entity_type))
    if recognizer == KNOWN_HASH:
        return f"It is the hash of {what} that is known here: whoever knows it can make the same."
    if judge is None:
        return f"It looks like {what}; {recognizer} says so."
    grounds = "an entry of its list" if hasattr(judge.source, "candidates") else "its form"
    if judge.validates:
        grounds = _VALIDATED.get(entity_type, "its form and its check digits")
    if recognizer in NEEDS_WORD:
        grounds += ", with a word nearby or a column that speaks for it"
    return f"It looks like {what}: {recognizer} found {grounds}."
