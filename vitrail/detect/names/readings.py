"""What the models say of a piece of text: Rampart of every piece, spaCy where it is at home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from vitrail.detect.models import PIPELINES, pipelines, rampart
from vitrail.detect.models.pipelines import Entity
from vitrail.detect.models.rampart import Word

_CHUNK: Final = 256
"""Pieces that are read together; as many answers are held at a time."""


class Reading(NamedTuple):
    """A piece and both models' answers; ``entities`` is None where spaCy was not asked."""

    text: str
    words: list[Word]
    entities: list[Entity] | None


def readings(texts: Sequence[str], language: str | None) -> Iterator[Reading]:
    """The answers for each text, in order. Where the language cannot be told it may be English."""
    pipeline = language or "en"
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        words = rampart.words(chunk)
        if pipeline not in PIPELINES:
            yield from (Reading(text, row, None) for text, row in zip(chunk, words, strict=True))
            continue
        entities = pipelines.entities(chunk, pipeline)
        for text, row, named in zip(chunk, words, entities, strict=True):
            yield Reading(text, row, named)
