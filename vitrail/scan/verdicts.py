"""What a column as a whole holds: one entity type, or none, with the evidence in a sentence.

Only cells that hold something count: blanks, dashes, "n/a" and their like speak neither for a type
nor against it. The share that counts is that of *whole* cells: those that are such a value rather
than a text that mentions one. A column holds a type when

- at least half of its filled cells are whole hits of it (60 % for numbers of phones and cards,
  which numbers of other kinds resemble; 50 % for all else), or
- its name speaks for the type and at least a fifth are (of types of one country, as a postcode or
  a tax number, half: the name says the kind, not the country), or
- its name speaks against the type (a ``product`` column of person-like names): then at least 80 %.

Fewer than three cells decide where the column's name speaks for the type, or where all are values
that nothing else resembles: an e-mail address, an IBAN. A person's name or a place in a column
with next to no distinct values (two in a thousand rows and fewer) is a code.
Confidence is the lower end of Wilson's 95 % interval of that share; where the name agrees, half of
what is missing to 1 is made good. Over the sets of ``bench/scan_labels.py`` these values were the
best compromise of precision and recall; the figures stand in ``bench/README.md``.
"""

from __future__ import annotations

from math import sqrt
from typing import Final

from vitrail.detect.entities import ENTITIES, Family, plain_words, with_article
from vitrail.detect.titles import Title
from vitrail.scan.profile import ColumnProfile

_USUAL: Final = 0.5
_NUMBER: Final = 0.6
_NAMED: Final = 0.2
_AGAINST: Final = 0.8
_FEW: Final = 3
_CODES: Final = 2 / 1000
_NUMBERS: Final = frozenset({"PHONE_NUMBER", "CREDIT_CARD"})
_WORDY: Final = frozenset({"PERSON", "LOCATION"})
_UNMISTAKABLE: Final = frozenset(
    {"EMAIL_ADDRESS", "IBAN_CODE", "MAC_ADDRESS", "SECRET", "URL", "CRYPTO"}
)


def verdict(title: Title, profile: ColumnProfile) -> tuple[str | None, float, str]:
    """(entity type or None, confidence from 0 to 1, the reason as a sentence or two)."""
    held = [kind for kind in profile.whole if _refusal(title, kind, profile) is None]
    if not held:
        return None, _none_confidence(profile), _said(_why_none(title, profile), profile)
    kind = max(held, key=lambda k: (title.speaks_for(k), profile.whole[k], k))
    confidence = _wilson_low(profile.whole[kind], profile.filled)
    if named := title.speaks_for(kind):
        confidence += (1 - confidence) / 2
    return kind, round(confidence, 3), _said(_why(kind, named, profile), profile)


def _refusal(title: Title, kind: str, profile: ColumnProfile) -> str | None:
    """What is missing for the column to be one of this type; None where nothing is."""
    cells, filled = profile.whole[kind], profile.filled
    named = title.speaks_for(kind)
    if cells < _FEW and not named and not (kind in _UNMISTAKABLE and 0 < cells == filled):
        if 2 * cells > filled:
            return "so few cells decide nothing where the column's name does not say so"
        return _too_few(kind, _USUAL, profile)
    if kind in _WORDY and not named and profile.sketch.count <= _CODES * profile.examined:
        return "so few different values in so many cells are codes"
    if named and not _is_of_one_country(kind):
        needed = _NAMED
    elif title.speaks_against(kind):
        needed = _AGAINST
    else:
        needed = _NUMBER if kind in _NUMBERS else _USUAL
    if cells >= needed * filled:
        return None
    if needed == _AGAINST and cells >= _USUAL * filled:
        return "the column's name says something else"
    return _too_few(kind, needed, profile)


def _is_of_one_country(kind: str) -> bool:
    """Whether a name that speaks for the kind may mean that of any other country."""
    known = ENTITIES.get(kind)
    identifier = known is not None and known.family is Family.IDENTIFIER
    return identifier or kind in {"UK_POSTCODE", "US_BANK_NUMBER"}


def _too_few(kind: str, needed: float, profile: ColumnProfile) -> str:
    longer = profile.hits[kind] >= needed * profile.filled
    return "within longer texts" if longer else "too few to be what the column is"


def _why(kind: str, named: bool, profile: ColumnProfile) -> str:
    words, filled = with_article(plain_words(kind)), profile.filled
    if filled == 1:
        reason = f"The only cell that holds something is {words}"
    elif profile.whole[kind] == filled:
        reason = f"All {filled:,} cells are {words} each"
    else:
        reason = f"{_percent(profile.whole[kind] / filled)} of {filled:,} cells are {words} each"
    return f"{reason}, and the column's name says so." if named else f"{reason}."


def _why_none(title: Title, profile: ColumnProfile) -> str:
    if not profile.non_null:
        return "The column is empty."
    if profile.unread == profile.non_null:
        return "Nothing can be said of the column."
    if not profile.filled:
        return "No cell holds anything."
    if not profile.hits:
        if profile.filled == 1:
            return "The only cell holds none of what is looked for."
        return f"None of {profile.filled:,} cells holds any of what is looked for."
    return _why_so_few(title, profile)


def _why_so_few(title: Title, profile: ColumnProfile) -> str:
    """What some cells hold, the two likeliest, and what is missing for the column to be it."""
    most = sorted(profile.hits.items(), key=lambda item: (-item[1], item[0]))[:2]
    held, *other = (_held(kind, cells, _refusal(title, kind, profile)) for kind, cells in most)
    if profile.filled == 1:
        return f"Of 1 cell {held}."
    if other:
        return f"Of {profile.filled:,} cells {held}, while {other[0]}."
    return f"Of {profile.filled:,} cells {held}."


def _held(kind: str, cells: int, why: str | None) -> str:
    what = with_article(plain_words(kind))
    return f"{cells:,} holds {what} – {why}" if cells == 1 else f"{cells:,} hold {what} – {why}"


def _said(reason: str, profile: ColumnProfile) -> str:
    """The reason, and what there is to say of the cells that do not count."""
    return f"{reason} {_blanks(profile)}".rstrip()


def _blanks(profile: ColumnProfile) -> str:
    blank = profile.blank if profile.non_null else 0
    if not blank:
        return ""
    if not profile.filled:
        if blank == 1:
            return '1 cell is blank or stands for nothing, as "n/a" does.'
        return f'{blank:,} cells are blank or stand for nothing, as "n/a" does.'
    if blank == 1:
        return '1 more cell is blank or stands for nothing, as "n/a" does.'
    return f'{blank:,} more cells are blank or stand for nothing, as "n/a" does.'


def _percent(share: float) -> str:
    """Never 100 % where one is missing."""
    return f"{min(share, 0.99):.0%}"


def _none_confidence(profile: ColumnProfile) -> float:
    """How sure it is that the column is none of them: what the likeliest type leaves over."""
    if not profile.filled:
        return 0.0
    most = max(profile.whole.values(), default=0)
    return round(_wilson_low(profile.filled - most, profile.filled), 3)


def _wilson_low(hits: int, of: int) -> float:
    """The lower end of Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927)."""
    z = 1.96
    p = hits / of
    centre = p + z * z / (2 * of)
    margin = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (centre - margin) / (1 + z * z / of))
