"""Findings counted without being read: all by one index, corrected by the few that were touched.

A finding on which nobody has done anything has no row in ``standings``; a million of them are
counted from an index alone, and those with a row are then taken away and put where they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from heapq import nlargest
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, and_, case, func, select, true

from vitrail.ledger.finding_pages import (
    described_by,
    may_be_untouched,
    standing_by,
    touched,
)
from vitrail.ledger.presence import TAKEN_IN
from vitrail.ledger.tables import EVENTS, FINDINGS, REASONS
from vitrail.model import Change, FindingFilter, FindingTally, Pile, Severity, Where

#: Severity, entity type, dataset → findings, and the cells in them.
_Place = tuple[str, str, str]
_Cube = Counter[_Place]
#: Findings, the cells in them, and those that are new.
_Cubes = tuple[_Cube, _Cube, _Cube]

#: Datasets on the map, those with the most cells.
MAPPED: Final = 24
#: By what a filter asks of a finding itself: the chain's line when it was counted, and the counts.
_Counts = dict[tuple[Where, bool], tuple[tuple[Any, ...], _Cubes]]
_COUNTS: Final[WeakKeyDictionary[Engine, _Counts]] = WeakKeyDictionary()
_GROUP = (FINDINGS.c.severity, FINDINGS.c.entity_type, FINDINGS.c.dataset)
_NEW = case((FINDINGS.c.change == Change.NEW.value, 1), else_=0)
_COUNTED = (
    func.count().label("n"),
    func.sum(FINDINGS.c.cells).label("in_cells"),
    func.sum(_NEW).label("n_new"),
)


def tally(connection: Connection, chosen: FindingFilter, today: date) -> FindingTally:
    """Count what ``chosen`` leaves, in all and by severity, kind, dataset and owner."""
    broad = replace(chosen, severity=None, entity_type=None, dataset=None)
    by_hand = _touched(connection, broad, today)
    matching = [row for row in by_hand if row.matches]
    everything = _Cube(), _Cube(), _Cube()
    if may_be_untouched(chosen):
        everything = _all_described(connection, broad)
        _add(everything, by_hand, sign=-1)
    _add(everything, matching)
    found, cells, new = everything
    offered = [place for place, number in found.items() if number]
    narrow = chosen != broad
    kept = [place for place in offered if _is_chosen(place, chosen)] if narrow else offered
    total = Pile(sum(found[place] for place in kept), sum(cells[place] for place in kept))
    kinds, datasets = {kind for _, kind, _ in offered}, {dataset for _, _, dataset in offered}
    severities = _piles(kept, found, cells, 0)
    by_dataset = _piles(kept, found, cells, 2)
    return FindingTally(
        total=total,
        new=sum(new[place] for place in kept),
        severities={Severity(name): pile for name, pile in severities.items()},
        kinds=_piles(kept, found, cells, 1),
        datasets=by_dataset,
        places=_places(kept, cells, by_dataset),
        worst=_worst({(severity, kind) for severity, kind, _ in kept}),
        owners=_owners([row for row in matching if _is_chosen(tuple(row)[:3], chosen)], total),
        offered_kinds=tuple(sorted(kinds)),
        offered_datasets=tuple(sorted(datasets)),
        known=connection.execute(select(FINDINGS.c.id).limit(1)).first() is not None,
    )


def _is_chosen(place: Sequence[str], chosen: FindingFilter) -> bool:
    wanted = (chosen.severity, chosen.entity_type, chosen.dataset)
    return all(want in (None, has) for want, has in zip(wanted, place, strict=True))


def _touched(connection: Connection, chosen: FindingFilter, today: date) -> list[Row[Any]]:
    """The touched findings, counted by owner too, and by whether they stand as it is asked."""
    owner = func.coalesce(REASONS.c.words, "").label("owner")
    matches = case((and_(true(), *standing_by(chosen, today)), 1), else_=0).label("matches")
    question = touched(chosen, *_GROUP, owner, matches, *_COUNTED)
    return list(connection.execute(question.group_by(*_GROUP, owner, matches)))


def _all_described(connection: Connection, chosen: FindingFilter) -> _Cubes:
    """What scans described, counted once for each scan that was taken in, by whatever process.

    Only a scan changes it, and leaves its line in the chain in the same transaction: the number
    and the hash of that line, read in this one, say whether the count still holds.
    """
    taken_in = (
        select(EVENTS.c.seq, EVENTS.c.hash)
        .where(EVENTS.c.kind == TAKEN_IN)
        .order_by(EVENTS.c.seq.desc())
        .limit(1)
    )
    state = tuple(connection.execute(taken_in).one_or_none() or ())
    held = _COUNTS.setdefault(connection.engine, {})
    key = chosen.where, chosen.new
    if key not in held or held[key][0] != state:
        question = select(*_GROUP, *_COUNTED).where(*described_by(chosen)).group_by(*_GROUP)
        counted = _Cube(), _Cube(), _Cube()
        _add(counted, connection.execute(question))
        held[key] = state, counted
    found, cells, new = held[key][1]
    return found.copy(), cells.copy(), new.copy()


def _add(cubes: _Cubes, rows: Iterable[Row[Any]], sign: int = 1) -> None:
    found, cells, new = cubes
    for row in rows:
        place = (row.severity, row.entity_type, row.dataset)
        found[place] += sign * row.n
        cells[place] += sign * row.in_cells
        new[place] += sign * row.n_new


def _piles(kept: Iterable[_Place], found: _Cube, cells: _Cube, part: int) -> dict[str, Pile]:
    """Findings and cells by one part of the place."""
    numbers: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for place in kept:
        name = place[part]
        numbers[name] = numbers.get(name, 0) + found[place]
        sizes[name] = sizes.get(name, 0) + cells[place]
    return {name: Pile(number, sizes[name]) for name, number in numbers.items()}


def _places(
    kept: Iterable[_Place], cells: _Cube, datasets: Mapping[str, Pile]
) -> dict[tuple[str, str], int]:
    """Cells by kind and dataset, of the datasets with the most."""
    largest = set(nlargest(MAPPED, datasets, key=lambda name: (datasets[name].cells, name)))
    places: dict[tuple[str, str], int] = {}
    for place in kept:
        if place[2] in largest:
            places[place[1:]] = places.get(place[1:], 0) + cells[place]
    return places


def _worst(met: Iterable[tuple[str, str]]) -> Mapping[str, Severity]:
    worst: dict[str, Severity] = {}
    for severity, kind in met:
        worst[kind] = max(worst.get(kind, Severity.LOW), Severity(severity), key=_rank)
    return worst


def _rank(severity: Severity) -> int:
    return severity.rank


def _owners(touched: Iterable[Row[Any]], total: Pile) -> dict[str, Pile]:
    """Findings and cells by owner; the rest of all has none."""
    piles: dict[str, Pile] = {}
    left = total
    for row in touched:
        if row.owner:
            before = piles.get(row.owner, Pile())
            piles[row.owner] = Pile(before.findings + row.n, before.cells + row.in_cells)
            left = Pile(left.findings - row.n, left.cells - row.in_cells)
    return {**piles, **({"": left} if left.findings else {})}
