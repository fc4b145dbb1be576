"""Personal data in what datasets, tables and columns are called, as hits beside those in cells.

They lie in ``names.parquet``, for they are in no row: there ``row`` is negative, one a name, and
``column`` says what kind of name it is. The name itself is masked like a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from vitrail.scan.feed import Assignment
from vitrail.scan.hits import HITS_SCHEMA
from vitrail.scan.labels import Labels
from vitrail.scan.parts import write_atomically

NAMES: Final = "names.parquet"

#: What stands for a column where the value is in a name.
FILE_NAME: Final = "(file name)"
TABLE_NAME: Final = "(table name)"
COLUMN_NAMES: Final = "(column names)"
#: Each with how a finding says where it stands.
KINDS_OF_NAME: Final = {
    FILE_NAME: "It stands in the file's own name or path, which is shown masked.",
    TABLE_NAME: "It stands in the table's own name, which is shown masked.",
    COLUMN_NAMES: "It stands in names of columns or JSON keys; columns.json says of which.",
}


def write_name_hits(
    directory: Path, assignments: Iterable[Assignment], labels: Labels, types: frozenset[str]
) -> None:
    """Write what names of these datasets hold of ``types``; no file where they hold nothing."""
    rows = [row for a in assignments for row in _of(a, labels) if row["entity_type"] in types]
    if not rows:
        (directory / NAMES).unlink(missing_ok=True)
        return
    table = pa.Table.from_pylist(rows, schema=HITS_SCHEMA)
    write_atomically(directory / NAMES, lambda half: pq.write_table(table, half))


def name_parts(directory: Path) -> tuple[Path, ...]:
    """The file of such hits; none in a run without."""
    path = directory / NAMES
    return (path,) if path.is_file() else ()


def _of(assignment: Assignment, labels: Labels) -> Iterator[dict[str, Any]]:
    dataset, place = assignment.dataset, assignment.place
    named = [(FILE_NAME, -1, dataset.name), (TABLE_NAME, -1, dataset.table or "")]
    named += [(COLUMN_NAMES, -1 - n, column.name) for n, column in enumerate(dataset.columns)]
    for column, row, name in named:
        for found in labels.found(name):
            yield {
                "dataset": place.dataset,
                "table": place.table,
                "column": column,
                "path": [],
                "row": row,
                "entity_type": found.entity_type,
                "start": found.start,
                "end": found.end,
                "score": found.score,
                "recognizer": found.recognizer,
                "fingerprint": found.fingerprint,
                "masked": found.masked,
            }
