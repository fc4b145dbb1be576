"""Columns of short cells: whether they are people's names, by votes and by the column as a whole.

The column's name, the first names in its cells and the model each have a say; two must agree, so
that cities, products, companies and statuses are not taken for people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from statistics import mean, median
from typing import Final

from vitrail.detect.models import rampart
from vitrail.detect.names.address_columns import is_address_column, read_as_addresses
from vitrail.detect.names.firms import has_legal_form, sounds_like_a_house
from vitrail.detect.names.words import Lists
from vitrail.detect.titles import Hint, hint_of

_PART: Final = r"['’]?[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?,?"
_DEGREE: Final = r"(?:[^\W\d_]{1,5}\.-?){1,3}(?:[^\W\d_]{1,4}\.?)?,?"
_NAME_LIKE: Final = re.compile(
    rf"\s*(?:{_DEGREE}[ \u00a0]){{0,3}}{_PART}(?:[ \u00a0](?:{_PART}|{_DEGREE})){{0,6}}"
    rf"(?:/{_PART}(?:[ \u00a0]{_PART})?)?\s*"
)
#: What a program calls itself: RFC 9110's product and version, as user agents begin with.
_PRODUCT: Final = re.compile(r"[\w!#$%&'*+.^`|~\-]+/v?\d")
#: Initials or a form of address before a last name.
_FORMAL: Final = re.compile(
    r"\s*(?:(?:[^\W\d_]\. ?){1,3}[^\W\d_]{2}|(?i:mr|mrs|ms|dr|dra|prof|herr|frau|mme|mlle|sr|sra|"
    r"srta|sig|sig\.ra|dott|dott\.ssa|dhr|mevr|mevrouw)\.?[ \u00a0][^\W\d_]{2})"
)
#: What programs and countries are called for short: EUR, FR, en-GB.
_CODE: Final = re.compile(r"[A-Z]{1,3}|[a-z]{2}[-_][A-Z]{2}")
#: What programs call things: page_view.
_TOKEN: Final = re.compile(r"[a-z]+(?:_[a-z]+)+")
_TOKENS: Final = 0.3
_INITIAL_LAST: Final = re.compile(r"(.*[^\W\d_]{2},?) ((?:[^\W\d_]\. ?){1,3})")
_HOUSES, _HOUSES_NAMED = 0.1, 0.5
"""The share of firms from which on a column is one of firms, where its name is silent and where
it speaks for people."""
_MODEL_SAMPLE: Final = 120
_SURE: Final = 0.5
_NAMED, _UNNAMED = 0.4, 0.7
"""The share of cells that must be like a name, where the column's name says so and where not."""
_SINGLE, _BOTH, _SEVERAL = 0.7, 1.5, 12
"""What makes a column with a silent name one of first names alone: the least share of those that
the list knows and of those that the model does, their sum, and the least number of values."""

NOBODY: Final = frozenset({
    "unknown", "n/a", "na", "none", "null", "anonymous", "test", "admin", "user", "guest", "root",
    "customer", "inconnu", "anonyme", "unbekannt", "desconocido", "sconosciuto", "deleted",
    "system", "other", "total", "yes", "no", "true", "false",
})  # fmt: skip


class Kind(Enum):
    """What a column's cells are, for the search for names."""

    NAMES = "names"
    ADDRESSES = "addresses"
    TEXT = "text"
    OTHER = "other"


def kind_of(sample: Sequence[str], words: frozenset[str], lists: Lists) -> Kind:
    """What the cells are, by some of them and the words of the column's name."""
    sizes = [len(text.split()) for text in sample]
    if not sizes or _are_programs_or_codes(sample):
        return Kind.OTHER
    hint = hint_of(words)
    silent = hint is Hint.SILENT and read_as_addresses(sample)
    if silent or is_address_column(sample, words):
        return Kind.ADDRESSES
    if median(sizes) > 4 or (mean(sizes) > 4 and hint is not Hint.CERTAIN):
        # An address or a product's name runs to eight words and is no text about somebody.
        return Kind.OTHER if hint is Hint.AGAINST and median(sizes) <= 8 else Kind.TEXT
    like = [text for text in sample if is_name_like(text)]
    needed = _NAMED if hint is Hint.CERTAIN else _UNNAMED
    if hint is Hint.AGAINST or len(like) < needed * len(sample):
        return Kind.OTHER
    houses = mean(map(sounds_like_a_house, sample))
    if houses >= (_HOUSES if hint is Hint.SILENT else _HOUSES_NAMED):
        return Kind.OTHER
    people = hint is Hint.CERTAIN or _are_people(like, hint, lists)
    return Kind.NAMES if people else Kind.OTHER


def _are_programs_or_codes(sample: Sequence[str]) -> bool:
    programs = mean(_PRODUCT.match(text) is not None for text in sample) > 0.5
    tokens = mean(_TOKEN.fullmatch(text) is not None for text in sample) >= _TOKENS
    return (
        programs or tokens or mean(_CODE.fullmatch(text) is not None for text in sample) >= _UNNAMED
    )


def is_name_like(text: str) -> bool:
    """Whether the cell is up to six words of letters and could be somebody's name."""
    return (
        1 < len(text) <= 60
        and _NAME_LIKE.fullmatch(text) is not None
        and text.casefold().strip() not in NOBODY
        and not has_legal_form(text)
    )


def _straight(text: str) -> str:
    """``Last, First`` and ``LAST/FIRST`` as ``First Last``, ``Last F.`` as ``F. Last``: so the
    model and the list know it better."""
    if match := _INITIAL_LAST.fullmatch(text):
        return f"{match[2]} {match[1].rstrip(',')}"
    last, comma, first = text.partition("/" if "/" in text else ", ")
    return f"{first} {last}" if comma else text


def _are_people(like: Sequence[str], hint: Hint, lists: Lists) -> bool:
    """By votes, whether cells that are like names are people's."""
    like = [_straight(text) for text in like]
    known = mean(lists.has_first_name(text) for text in like)
    formal = mean(_FORMAL.match(text) is not None for text in like) >= _SINGLE
    if known < 0.2 and not formal:
        return False
    few = like[:_MODEL_SAMPLE]
    persons = mean(
        _share_of_names(text, row) >= 0.6 for text, row in zip(few, rampart.words(few), strict=True)
    )
    if formal:  # initials and last names are on no list
        return persons >= 0.5
    if hint is Hint.LIKELY:
        return known + persons >= 0.7
    if sum(len(text.split()) > 1 for text in like) >= 0.6 * len(like):
        return min(known, persons) >= 0.5
    return len(like) >= _SEVERAL and min(known, persons) >= _SINGLE and known + persons >= _BOTH


def _share_of_names(text: str, words: Sequence[rampart.Word]) -> float:
    """The share of the cell's letters that the model gives to a name."""
    letters = sum(map(str.isalpha, text))
    named = sum(w.end - w.start for w in words if w.name >= _SURE)
    return named / max(1, letters)
