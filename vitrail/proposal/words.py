"""Exported words as those of a closed vocabulary: only words that are known ones are ever named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vitrail.proposal.vocabulary import plain, words_for


def translation(words: Iterable[str], vocabulary: Sequence[str]) -> tuple[dict[str, str], int]:
    """Exported → canonical, of words that are not canonical yet; how many stay unknown."""
    found: dict[str, str] = {}
    unknown = 0
    for word in sorted(words):
        if word.strip().lower() in vocabulary:
            continue
        meant = next((v for v in vocabulary if plain(word) in words_for(v)), None)
        if meant is None:
            unknown += 1
        else:
            found[word.strip().lower()] = meant
    return found, unknown
