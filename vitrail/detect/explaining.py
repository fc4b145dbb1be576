"""Why a hit was flagged, in plain sentences."""

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

#: Patterns and words that a sentence names.
_TOLD: Final = 3


def explanation(
    entity_type: str,
    judge: Judge | None,
    recognizer: str,
    kinds: Mapping[str, EntityType] = ENTITIES,
) -> str:
    """What it looks like, who says so, and what that rests on: pattern, validator, context."""
    kind = kinds.get(entity_type)
    what = with_article(kind.words if kind else plain_words(entity_type))
    if recognizer == KNOWN_HASH:
        return f"It is the hash of {what} that is known here: whoever knows it can make the same."
    if judge is None:
        return f"It looks like {what}; {recognizer} says so."
    grounds = "an entry of its list" if hasattr(judge.source, "candidates") else "its form"
    if judge.validates:
        grounds = _VALIDATED.get(entity_type, "its form and its check digits")
    said = f"It looks like {what}: {recognizer} found {grounds}."
    if recognizer in NEEDS_WORD:
        said = (
            f"It looks like {what}: {recognizer} found {grounds}, with a word nearby or a column "
            "that speaks for it."
        )
    return " ".join(filter(None, (said, _patterns(judge), _context(judge))))


def best(score: float) -> str:
    """How sure it is at most, of all the cells of a finding."""
    return f"Its best score here is {score:.2f}."


def of_the_fullest() -> str:
    """Said before why a column is what it is, where a finding is of several files."""
    return "Judged by the file that holds most of them."


def _patterns(judge: Judge) -> str:
    """The names of its patterns, as far as they fit into a sentence."""
    patterns = getattr(judge.source, "patterns", None) or ()
    names = list(dict.fromkeys(pattern.name for pattern in patterns))
    if not names:
        return ""
    if len(names) == 1:
        return f"Pattern: {names[0]}."
    told, more = ", ".join(names[:_TOLD]), len(names) - _TOLD
    return f"Patterns: {told} and {more} more." if more > 0 else f"Patterns: {told}."


def _context(judge: Judge) -> str:
    words = list(dict.fromkeys(judge.source.context or ()))[:_TOLD]
    if not words:
        return ""
    return f"Words such as {', '.join(words)} nearby, or in the column's name, raise its score."
