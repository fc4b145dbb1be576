"""Words, numbers and days in the language of who reads. English stands in the code.

Faces and reports speak: what a person reads goes through :func:`_`, :func:`ngettext` or, where a
lower floor or a file made the sentence, :func:`retold`. Lower floors do not: what they store,
log and cache is English, and is told anew to each reader. A language is a catalogue in
``catalogues/``; docs/languages.md says how to add one.
"""

from vitrail.translation.figures import (
    DAY,
    LONG_DAY,
    MONTH,
    SHORT_DAY,
    SHORT_MONTH,
    day,
    moment,
    months,
    number,
    separators,
    signed,
)
from vitrail.translation.retelling import retold
from vitrail.translation.speaking import (
    LANGUAGES,
    SOURCE,
    in_this_language,
    language,
    offered,
    said_by,
    speaking,
)
from vitrail.translation.words import N_, _, ngettext

__all__ = [
    "DAY",
    "LANGUAGES",
    "LONG_DAY",
    "MONTH",
    "N_",
    "SHORT_DAY",
    "SHORT_MONTH",
    "SOURCE",
    "_",
    "day",
    "in_this_language",
    "language",
    "moment",
    "months",
    "ngettext",
    "number",
    "offered",
    "retold",
    "said_by",
    "separators",
    "signed",
    "speaking",
]
