"""How much of a file is read is told in shares that add up, wherever the reading begins."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail.exports.catalog import Catalog

ROWS = 6_000


def _csv(path: Path) -> None:
    path.write_text("id,note\n" + "".join(f"{n},nothing to see\n" for n in range(ROWS)))


def _packed(path: Path) -> None:
    _csv(path)
    path.write_bytes(gzip.compress(path.read_bytes(), 1))


def _json(path: Path) -> None:
    path.write_text("".join(json.dumps({"id": n, "note": "nothing"}) + "\n" for n in range(ROWS)))


def _parquet(path: Path) -> None:
    pq.write_table(pa.table({"id": range(ROWS)}), path, row_group_size=ROWS // 3)


def _log(path: Path) -> None:
    path.write_text("".join(f"{n} started and ended well\n" for n in range(ROWS)))


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", _csv), ("a.csv.gz", _packed), ("a.ndjson", _json), ("a.parquet", _parquet),
     ("a.txt", _log)],
)  # fmt: skip
@pytest.mark.parametrize("start", [ROWS // 7, ROWS // 2])
def test_what_is_skipped_is_not_counted_as_read(
    tmp_path: Path, name: str, write: Callable[[Path], None], start: int
) -> None:
    write(tmp_path / name)
    catalog = Catalog.discover([tmp_path])
    (dataset,) = catalog.datasets
    reader = catalog.open(dataset)
    batches = list(reader.batches(start_row=start))
    rows = sum(batch.rows for batch in batches)
    assert rows > ROWS // 3
    read = sum(batch.bytes for batch in batches)
    assert read == pytest.approx(reader.size * rows / (rows + start), rel=0.05)
