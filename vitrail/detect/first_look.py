"""What some of a column's values tell of the column as a whole.

Some verdicts rest on the column: a number's check counts where nearly all cells pass it, a short
cell is a name where the column is one of names. Told once and handed on, they make the verdict on
a value depend on that value alone: the same in every batch and process, and after a restart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vitrail.detect.codes import Codes

NamesKind = Literal["names", "addresses", "text", "other"]


@dataclass(frozen=True, slots=True)
class FirstLook:
    """``fitting``: recognisers whose check nearly every cell passes; ``chance``: those whose
    passes chance explains; ``codes``: shapes of cells that are codes; ``spoken``:
    the entity types whose recognisers know a word of the column's name.

    ``names``: what the cells are in the search for names. ``read`` and ``read_possible``: of the
    texts that likely and that possibly name somebody, the shares that the models are to read, from
    0 to 1; ``texts_read``: about how many those are of the kind that is read in part.
    """

    fitting: frozenset[str] = frozenset()
    chance: frozenset[str] = frozenset()
    codes: Codes = frozenset()
    spoken: frozenset[str] = frozenset()
    names: NamesKind = "other"
    read: float = 1.0
    read_possible: float = 1.0
    texts_read: int = 0
