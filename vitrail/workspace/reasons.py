"""People's own words that are kept: they may tell why, but name nobody by a number or address."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa

from vitrail.detect.entities import ENTITIES
from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import ColumnType

if TYPE_CHECKING:
    from vitrail.detect.detector import Detector


def require_impersonal(words: str, keys: Keyring, what: str = "reason") -> str:
    """The words, trimmed; a :class:`UsageError` where they are empty or hold personal data.

    ``what`` they are: the ``reason`` of a decision, the ``name`` of a saved view.
    """
    from vitrail.detect.detector import ColumnContext

    kept = words.strip()
    if not kept:
        raise UsageError(f"A {what} is missing.", "Say it in a few words.")
    context = ColumnContext(what, ColumnType.TEXT, None)
    found = _detector(keys).judge(pa.array([kept]), context).entity_type
    if len(found):
        kind = ENTITIES[str(found[0])].words
        raise UsageError(
            f"The {what} holds what looks like personal data ({kind}).",
            "Say it without: it is kept, and others read it.",
        )
    return kept


@lru_cache(maxsize=1)
def _detector(keys: Keyring) -> Detector:
    from vitrail.detect.automaton import cache_folder
    from vitrail.detect.detector import Detector, DetectorOptions

    return Detector(DetectorOptions(names="off"), keys, cache_folder())
