"""``minors.parquet``: every cell of a scan that speaks of a minor; never the cell's text.

It is written after the hits, in a second reading of the columns that matter. What speaks for an
adult is not written down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vitrail.detect.minors import KINDS, judge
from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog
from vitrail.model import ColumnType, ColumnVerdict
from vitrail.scan.ages import AgeColumns, guessed
from vitrail.scan.feed import Assignment
from vitrail.scan.hits import read_hits
from vitrail.scan.minor_cells import Identifier, told_in
from vitrail.scan.parts import write_atomically

MINORS: Final = "minors.parquet"
_TEXT: Final = pa.string()

#: One row a signal, in the order of reading. ``start``, ``end``: code points in the cell.
MINORS_SCHEMA: Final = pa.schema(
    [
        pa.field("dataset", _TEXT, nullable=False),
        pa.field("table", _TEXT),
        pa.field("column", _TEXT, nullable=False),
        pa.field("row", pa.int64(), nullable=False),
        pa.field("level", _TEXT, nullable=False),
        pa.field("signal", _TEXT, nullable=False),
        pa.field("age_low", pa.int32()),
        pa.field("age_high", pa.int32()),
        pa.field("as_of", pa.date32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("score", pa.float32(), nullable=False),
    ]
)
_Place = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class MinorsLook:
    """How to look for likely minors: on which day, under which age, and in which columns.

    ``columns``: by dataset and table as the catalog names them, what a mapping says; the others
    are judged by their verdicts and names.
    """

    as_of: date
    adult: int = 18
    columns: Mapping[_Place, AgeColumns] = field(default_factory=dict)


def read_minors(directory: Path) -> pa.Table:
    """All signals of a run; none where it did not look."""
    path = directory / MINORS
    return (
        pq.read_table(path).cast(MINORS_SCHEMA) if path.is_file() else MINORS_SCHEMA.empty_table()
    )


def write_minors(
    directory: Path,
    catalog: Catalog,
    assignments: Iterable[Assignment],
    verdicts: Sequence[ColumnVerdict],
    look: MinorsLook,
) -> None:
    """Look through every dataset; an input that breaks on the way keeps what was found before."""
    identifiers = _identifiers(directory, verdicts)
    tables = []
    for assignment in assignments:
        dataset, place = assignment.dataset, assignment.place
        here = [v for v in verdicts if (v.dataset, v.table) == (place.dataset, place.table)]
        columns = look.columns.get((dataset.name, dataset.table)) or guessed(dataset, here)
        found = identifiers.get((place.dataset, place.table), {})
        rows = list(_of(assignment, catalog, columns, found, look))
        tables.append(pa.Table.from_pylist(rows, schema=MINORS_SCHEMA))
    table = pa.concat_tables(tables) if tables else MINORS_SCHEMA.empty_table()
    write_atomically(directory / MINORS, lambda half: pq.write_table(table, half))


def _of(
    assignment: Assignment,
    catalog: Catalog,
    columns: AgeColumns,
    identifiers: Mapping[str, Mapping[int, list[Identifier]]],
    look: MinorsLook,
) -> Iterator[dict[str, Any]]:
    labels = {name: task.label for name, task in assignment.columns.items()}
    by_name = {name: identifiers[label] for name, label in labels.items() if label in identifiers}
    wanted = _wanted(assignment, columns, by_name)
    if not wanted:
        return
    try:
        for batch in catalog.open(assignment.dataset).batches(columns=wanted):
            for told in told_in(batch, columns, by_name, look.as_of):
                judged = judge(told.signal, look.as_of, look.adult)
                if judged.level is not None:
                    yield {
                        "dataset": assignment.place.dataset,
                        "table": assignment.place.table,
                        "column": labels.get(told.column, told.column),
                        "row": told.row,
                        "level": judged.level.value,
                        "signal": told.signal.family.value,
                        "age_low": judged.age_low,
                        "age_high": judged.age_high,
                        "as_of": look.as_of,
                        "start": told.signal.start,
                        "end": told.signal.end,
                        "score": judged.score,
                    }
    except InputUnreadable:
        return  # the scan itself has told of it


def _wanted(
    assignment: Assignment, columns: AgeColumns, identifiers: Mapping[str, Any]
) -> list[str]:
    """The columns to read again: those of age and identifiers, every text, and who and when."""
    texts = {c.name for c in assignment.dataset.columns if c.type is ColumnType.TEXT}
    special = {*columns.documented, columns.said_on, columns.author, columns.guardians}
    known = [c.name for c in assignment.dataset.columns]
    return [c for c in known if c in texts or c in special or c in identifiers]


def _identifiers(
    directory: Path, verdicts: Sequence[ColumnVerdict]
) -> dict[_Place, dict[str, dict[int, list[Identifier]]]]:
    """The national identifiers with a birth in them that the scan found, by place and row."""
    columns = ["dataset", "table", "column", "row", "entity_type", "start", "end"]
    hits = read_hits(directory, columns)
    hits = hits.filter(pc.is_in(hits["entity_type"], pa.array(sorted(KINDS))))
    whole = {(v.dataset, v.table, v.column): v.verdict for v in verdicts}
    found: dict[_Place, dict[str, dict[int, list[Identifier]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for hit in hits.to_pylist():
        place = (hit["dataset"], hit["table"])
        kind = hit["entity_type"]
        named = whole.get((*place, hit["column"])) == kind
        one = Identifier(kind, hit["start"], hit["end"], named)
        found[place][hit["column"]][hit["row"]].append(one)
    return found
