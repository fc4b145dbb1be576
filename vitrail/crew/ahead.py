"""Workers that load while a scan is still being planned."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from vitrail.crew.crew import Crew

#: Below so many bytes the work takes less time than processes take to start.
HERE_BYTES: Final = 512 << 10
#: So many files are weighed before it is taken for granted that they are more than that.
_WEIGHED: Final = 10_000


def crew_for(places: Sequence[str | Path]) -> Crew:
    """Where the workers of a scan of ``places`` come from: hand it to the scan and close it
    after. Where they hold enough to be handed out, loading begins at once.
    """
    crew = Crew()
    if _is_much(places):
        crew.start()
    return crew


def _is_much(places: Sequence[str | Path]) -> bool:
    total = 0
    for number, size in enumerate(size for place in places for size in _sizes(Path(place))):
        total += size
        if total >= HERE_BYTES or number >= _WEIGHED:
            return True
    return False


def _sizes(place: Path) -> Iterator[int]:
    """Bytes of each file; what is no file is a database's address, and enough."""
    if not place.is_dir():
        yield place.stat().st_size if place.is_file() else HERE_BYTES
    for folder, _, names in os.walk(place):
        for path in (Path(folder, name) for name in names):
            yield path.stat().st_size if path.is_file() else 0
