"""What a column as a whole holds: one entity type, or none, with the evidence in a sentence.

The share that counts is that of *whole* cells: those that are such a value rather than a text
that mentions one. A column holds a type when

- at least half of its non-null cells are whole hits of it (60 % for phone numbers, which numbers
  of other kinds resemble; 50 % for all else), or
- its name speaks for the type and at least a fifth are, or
- its name speaks against the type (a ``product`` column of person-like names): then at least 80 %.

Fewer than three cells decide nothing unless the name speaks for the type. A person's name or a
place in a column with next to no distinct values (two in a thousand rows and fewer) is a code.
Confidence is the lower end of Wilson's 95 % interval of that share; where the name agrees, half of
what is missing to 1 is made good. Over the sets of ``bench/scan_labels.py`` these values were the
best compromise of precision and recall; the figures stand in ``bench/README.md``.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from vitrail.detect.entities import plain_words, with_article
from vitrail.scan.column_names import speaks_against, speaks_for
from vitrail.scan.profile import ColumnProfile

_USUAL: Final = 0.5
_PHONE: Final = 0.6
_NAMED: Final = 0.2
_AGAINST: Final = 0.8
_FEW: Final = 3
_CODES: Final = 2 / 1000
_WORDY: Final = frozenset({"PERSON", "LOCATION"})


def verdict(column: str, profile: ColumnProfile) -> tuple[str | None, float, str]:
    """(entity type or None, confidence from 0 to 1, the reason as a sentence)."""
    held = [kind for kind in profile.whole if _holds(column, kind, profile)]
    if not held:
        return None, _none_confidence(profile), _mentions(profile)
    kind = max(held, key=lambda k: (speaks_for(column, k), profile.whole[k], k))
    share = profile.whole[kind] / profile.examined
    confidence = _wilson_low(profile.whole[kind], profile.examined)
    named = speaks_for(column, kind)
    if named:
        confidence += (1 - confidence) / 2
    words = _words(kind)
    reason = f"{share:.0%} of {profile.examined:,} cells are each {words}"
    reason += " and the column's name says so." if named else "."
    return kind, round(confidence, 3), reason


def _holds(column: str, kind: str, profile: ColumnProfile) -> bool:
    cells, examined = profile.whole[kind], profile.examined
    named = speaks_for(column, kind)
    if not examined or (cells < _FEW and not named):
        return False
    if kind in _WORDY and not named and profile.sketch.count <= _CODES * examined:
        return False
    if named:
        needed = _NAMED
    elif speaks_against(column, kind):
        needed = _AGAINST
    else:
        needed = _PHONE if kind == "PHONE_NUMBER" else _USUAL
    return cells >= needed * examined


def _none_confidence(profile: ColumnProfile) -> float:
    """How sure it is that the column is none of them: what the likeliest type leaves over."""
    if not profile.examined:
        return 0.0
    most = max(profile.whole.values(), default=0)
    return round(_wilson_low(profile.examined - most, profile.examined), 3)


def _mentions(profile: ColumnProfile) -> str:
    if not profile.non_null:
        return "The column is empty."
    if not profile.hits:
        return f"None of {profile.examined:,} cells holds any."
    parts = [
        f"{cells:,} with {_words(kind)}"
        for kind, cells in sorted(profile.hits.items(), key=lambda item: (-item[1], item[0]))[:3]
    ]
    return f"Of {profile.examined:,} cells {', '.join(parts)}; too few to be what the column is."


def _words(kind: str) -> str:
    """The type with its article: an e-mail address."""
    return with_article(plain_words(kind))


def _wilson_low(hits: int, of: int) -> float:
    """The lower end of Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927)."""
    z = 1.96
    p = hits / of
    centre = p + z * z / (2 * of)
    margin = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (centre - margin) / (1 + z * z / of))
