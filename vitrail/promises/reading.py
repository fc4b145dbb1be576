"""What several controls read of the exports, so that it is read once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from vitrail.exports.references import named_columns, named_tables
from vitrail.model import Control


def columns_read(controls: Iterable[Control]) -> Mapping[str, frozenset[str]]:
    """Of each canonical table that more than one control names, every word that may be a column
    of it."""
    readers: Counter[str] = Counter()
    words: dict[str, set[str]] = {}
    for control in controls:
        named = named_columns(control.sql) or frozenset[str]()
        for table in named_tables(control.sql):
            readers[table] += 1
            words.setdefault(table, set()).update(named)
    return {table: frozenset(words[table]) for table, count in readers.items() if count > 1}
