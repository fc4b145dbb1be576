"""How many texts the models read, and what may be said of those that they do not read.

The list of first names judges every text. The models take milliseconds a text, so of each column
they read so many as the budget allows: first those in which a first name or a form of address
stands, then those with other capitals. A text is drawn by a hash of itself, so that it is read in
every batch and process or in none.
"""

from __future__ import annotations

from math import sqrt
from typing import Final
from zlib import crc32

import numpy as np

from vitrail.detect.bounds import unseen_in_10000
from vitrail.detect.first_look import FirstLook
from vitrail.detect.names.calls import LIKELY, POSSIBLY, Flags

TEXTS_A_COLUMN: Final = 2_000
"""Texts of a column that the models read: about ten seconds of one core."""
TEXTS_A_CALL: Final = 300
"""The same where values are judged without a first look at their column."""

_CHANCE: Final = 3.0
"""Standard deviations by which a draw may fall short of what is expected of it."""


def shares(called: Flags, distinct: int) -> tuple[float, float, int]:
    """The shares of likely and of possible texts to read, by the calls of some of a column's
    ``distinct`` values; and about how many a whole column then has of the kind read in part."""
    every = distinct / max(1, len(called))
    likely = every * np.count_nonzero(called == LIKELY)
    possible = every * np.count_nonzero(called == POSSIBLY)
    read = min(1.0, TEXTS_A_COLUMN / max(1.0, likely))
    if read < 1:
        return read, 0.0, TEXTS_A_COLUMN
    left = max(0.0, TEXTS_A_COLUMN - likely)
    return read, min(1.0, left / max(1.0, possible)), round(left)


def drawn(text: str, called: int, look: FirstLook) -> bool:
    """Whether the models are to read a text of a column with this first look."""
    share = look.read if called == LIKELY else look.read_possible
    return share >= 1 or crc32(text.encode("utf-8", "surrogatepass")) < int(share * 2**32)


def sentence(look: FirstLook) -> str | None:
    """What is said of a column whose texts were not all read; None where they were."""
    if look.read >= 1 and look.read_possible >= 1:
        return None
    n = look.texts_read
    bound = unseen_in_10000(int(n - _CHANCE * sqrt(n)))
    said = (
        f"Names: every text that was looked at was held against the list of first names; of those "
        f"where one stands the models read {look.read:.0%}, of those with other capitals "
        f"{look.read_possible:.0%}."
    )
    if n:
        kind = "where a first name stands" if look.read < 1 else "with other capitals"
        said += (
            f" Where the column was read to its end, that is about {n:,} different texts {kind}: "
            f"if these show none, with 95 % confidence fewer than {bound} in 10,000 of their kind "
            f"hold any."
        )
    if look.read_possible == 0:
        said += " What the texts with other capitals hold beyond the list is not known."
    return said
