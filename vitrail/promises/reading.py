"""What controls read of the exports and of a scan, so that it is read once, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

import pyarrow.compute as pc

from vitrail.exports.canonical import CANONICAL
from vitrail.exports.references import named_columns, named_tables
from vitrail.model import Control

if TYPE_CHECKING:
    from vitrail.exports.store import CanonicalStore

_HITS: Final = "scan_hits"
#: What the engine may take for a check, so that the whole stays under 2 GB; more spills to disk.
ENGINE_BYTES: Final = 1_200_000_000


def columns_read(controls: Iterable[Control]) -> Mapping[str, frozenset[str]]:
    """Of each canonical table that more than one control names, every word that may be a column
    of it and that more than one of them names."""
    readers: dict[str, Counter[str]] = {}
    for control in controls:
        named = named_columns(control.sql) or frozenset[str]()
        for table in named_tables(control.sql):
            readers.setdefault(table, Counter()).update(named | {table})
    return {
        table: frozenset(word for word, count in words.items() if count > 1)
        for table, words in readers.items()
        if words[table] > 1
    }


def hits_read(controls: Iterable[Control], store: CanonicalStore) -> pc.Expression | None:
    """Which of a scan's hits these controls may ask for; None where it may be any.

    A scan of millions of rows has millions of hits, nearly all of addresses where addresses are
    meant to be. A control that judges hits names their ``entities``; one that judges the rows of a
    table looks into that table's exports alone, and at no type of its ``left_aside``.
    """
    wanted: list[pc.Expression] = [pc.scalar(False)]
    for control in controls:
        if not any(table == _HITS for table, _ in control.needs):
            continue
        parameters, judged = dict(control.parameters), control.needs[0][0]
        if judged == _HITS and "entities" in parameters:
            wanted.append(pc.field("entity_type").isin(parameters["entities"]))
        elif judged in store.tables:
            looked_at = ~pc.field("entity_type").isin(parameters.get("left_aside", []))
            files = sorted({d.name for d in store.tables[judged].datasets})
            wanted.append(pc.field("dataset").isin(files) & looked_at)
        elif judged not in CANONICAL:  # a table that nothing feeds is not looked into
            return None
    return reduce(or_, wanted)
