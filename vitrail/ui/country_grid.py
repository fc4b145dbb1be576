"""Where each country's tile stands in a map of equal tiles. No Streamlit here.

Outlines of countries would have to be fetched from the network; tiles need none, and a small
country is seen as well as a large one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Rows from the north, columns from the west; ISO 3166 codes.
_EUROPE: Final = (
    "IS .  .  .  NO SE FI .  . ",
    ".  .  .  .  DK .  EE .  . ",
    "IE GB .  NL DE PL LV BY . ",
    ".  .  BE LU CZ SK LT UA . ",
    ".  .  FR CH AT HU RO MD . ",
    "PT ES LI IT SI HR RS BG . ",
    ".  .  .  MT BA ME AL GR TR",
    ".  .  .  .  .  .  MK .  CY",
)
COLUMNS: Final = 9
ROWS: Final = len(_EUROPE)

#: By code, the row and the column of its tile.
PLACES: Final[dict[str, tuple[int, int]]] = {
    code: (row, column)
    for row, line in enumerate(_EUROPE)
    for column, code in enumerate(line.split())
    if code != "."
}


def placed(countries: Iterable[str]) -> dict[str, tuple[int, int]]:
    """A tile for each country; those that have none on the map stand in rows below it."""
    elsewhere = sorted(set(countries) - set(PLACES))
    below = ROWS + 1
    return PLACES | {
        code: (below + place // COLUMNS, place % COLUMNS) for place, code in enumerate(elsewhere)
    }
