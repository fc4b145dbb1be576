"""People's own words that are kept: they may tell why, but name nobody by a number or address."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa

from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.entities import ENTITIES
from vitrail.errors import UsageError
from vitrail.keys import Keyring
from vitrail.model import ColumnType
from vitrail.scan.plan import cache_folder


def require_impersonal(words: str, keys: Keyring) -> str:
    """The reason, trimmed; a :class:`UsageError` where it is empty or holds personal data."""
    reason = words.strip()
    if not reason:
        raise UsageError("A decision needs a reason.", "Say in a few words why.")
    context = ColumnContext("reason", ColumnType.TEXT, None)
    found = _detector(keys).judge(pa.array([reason]), context).entity_type
    if len(found):
        what = ENTITIES[str(found[0])].words
        raise UsageError(
            f"The reason holds what looks like personal data ({what}).",
            "Say it without: a reason is kept as long as the finding.",
        )
    return reason


@lru_cache(maxsize=1)
def _detector(keys: Keyring) -> Detector:
    return Detector(DetectorOptions(names="off"), keys, cache_folder())
