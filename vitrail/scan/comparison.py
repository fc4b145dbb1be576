"""Two runs side by side: what is new, what is still there, what is gone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vitrail.model import Change
from vitrail.scan.coverage import covered
from vitrail.scan.documents import load
from vitrail.scan.tally import Group, values


@dataclass(frozen=True, slots=True)
class Compared:
    """One kind of data in one column of one source, in two runs.

    ``values``: different ones in the later run; ``new`` and ``gone``: those that only the later,
    or only the earlier, has. Values are compared by their keyed fingerprints.
    """

    place: Group
    change: Change
    values: int
    new: int
    gone: int


def compare_runs(earlier: Path, later: Path) -> tuple[Compared, ...]:
    """Every place that either run found something in; what the later did not read in full says
    that it was not examined again, never that it is gone."""
    before, now = values(earlier), values(later)
    was_read = covered(load(later))
    found = []
    nothing = np.empty(0, np.uint64)
    for place in sorted(before.keys() | now.keys(), key=lambda p: tuple(part or "" for part in p)):
        old, fresh = before.get(place, nothing), now.get(place, nothing)
        if place not in before:
            change = Change.NEW
        elif place in now:
            change = Change.STILL_THERE
        else:
            change = Change.GONE if was_read(place) else Change.NOT_EXAMINED
        new = len(np.setdiff1d(fresh, old, assume_unique=True))
        gone = len(np.setdiff1d(old, fresh, assume_unique=True))
        found.append(Compared(place, change, len(fresh), new, gone))
    return tuple(found)
