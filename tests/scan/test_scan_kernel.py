"""The kernel: what is found does not depend on how the rows were cut."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.detect.detector import ColumnContext, Detector
from vitrail.detect.first_look import FirstLook
from vitrail.exports.reader import Batch, ColumnChunk
from vitrail.model import InputStatus
from vitrail.scan.feed import _follows
from vitrail.scan.kernel import ColumnTask, Place, scan_batch
from vitrail.scan.memory import Memory
from vitrail.scan.profile import ColumnProfile
from vitrail.scan.tasks import End, Item, Task, keep_rows, without

PLACE = Place("a.csv", None)
COLUMNS = {"note": ColumnTask("note", ColumnContext("note", first_look=FirstLook()))}
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "", "nothing", "ünï ©ödé", "a@example.org", "b@example.org and c@example.org",
            "4111 1111 1111 1111", "card 4111111111111111 é", "+33 6 39 98 12 34", "192.168.10.3",
            "FR76 3000 6000 0112 3456 7890 189", "line\nbreak d@example.org",
        ]
    ),
)  # fmt: skip


def batch_of(cells: list[str | None], first_row: int = 0) -> Batch:
    chunk = ColumnChunk("note", pa.array(cells, pa.string()))
    return Batch(first_row, len(cells), 10 * len(cells), (chunk,))


def hits_of(batches: list[Batch], memory: Memory) -> list[dict[str, object]]:
    tables = [scan_batch(b, PLACE, COLUMNS, memory, "0" * 16).hits for b in batches]
    return pa.concat_tables(tables).to_pylist()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cells=st.lists(CELLS, min_size=1, max_size=60), cuts=st.sets(st.integers(1, 59)))
def test_hits_do_not_depend_on_where_batches_end(
    cells: list[str | None], cuts: set[int], detector: Detector
) -> None:
    whole = hits_of([batch_of(cells)], Memory(detector))
    edges = [0, *sorted(c for c in cuts if c < len(cells)), len(cells)]
    pieces = [batch_of(cells[a:b], a) for a, b in pairwise(edges)]
    assert hits_of(pieces, Memory(detector)) == whole


@settings(max_examples=40, deadline=None)
@given(first=st.lists(CELLS, max_size=40), second=st.lists(CELLS, max_size=40))
def test_a_value_remembered_gives_the_same_hits_as_one_judged(
    first: list[str | None], second: list[str | None], detector: Detector
) -> None:
    memory = Memory(detector)
    hits_of([batch_of(first * 3)], memory)
    assert hits_of([batch_of(second)], memory) == hits_of([batch_of(second)], Memory(detector))


@given(
    rows=st.integers(1, 50),
    done=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
def test_what_is_left_of_a_batch_is_what_was_not_done(
    rows: int, done: list[tuple[int, int]]
) -> None:
    cells = [str(n) for n in range(5, 5 + rows)]
    left = without(batch_of(cells, 5), done)
    seen = [int(v) for b in left for c in b.chunks for v in c.values.to_pylist()]
    covered = {n for start, stop in done for n in range(start, stop)}
    assert seen == [n for n in range(5, 5 + rows) if n not in covered]
    assert all(b.first_row == int(b.chunks[0].values[0].as_py()) for b in left)


def test_offsets_are_code_points_of_the_cell(detector: Detector) -> None:
    text = "😀 é https: a@example.org"
    (hit,) = hits_of([batch_of([text])], Memory(detector))
    assert text[hit["start"] : hit["end"]] == "a@example.org"


def test_cells_are_counted_once_however_many_hits_they_hold(detector: Detector) -> None:
    batch = batch_of(["a@example.org b@example.org", "a@example.org", None, "no"] * 2)
    scanned = scan_batch(batch, PLACE, COLUMNS, Memory(detector), "0" * 16)
    profile: ColumnProfile = scanned.profiles["note"]
    assert profile.hits == {"EMAIL_ADDRESS": 4}
    assert profile.whole == {"EMAIL_ADDRESS": 2}
    assert (profile.rows, profile.non_null, profile.examined) == (8, 6, 6)
    assert profile.sketch.count == 3
    assert len(scanned.hits) == 6


def test_a_task_survives_the_way_to_another_process() -> None:
    nested = ColumnChunk(
        "m[].b",
        pa.array(["x", "y", "z"]).slice(1),
        np.array([4, 6]),
        pa.array([[0], [0], [1]], pa.list_(pa.int32())).slice(1),
    )
    batch = Batch(4, 3, 30, (nested,))
    end = End("scanned", 7, "00")  # type: ignore[arg-type]
    task = Task("n", (Item(PLACE, 4, 3, 3, 30, {"m[].b": 2}, batch, {}, 0.5, end),), 1, 2.5)
    back = Task.from_bytes(task.to_bytes())
    (item,) = back.items
    (chunk,) = item.batch.chunks
    assert (back.name, back.attempt, back.elapsed, item.end) == ("n", 1, 2.5, end)
    assert chunk.values.to_pylist() == ["y", "z"]
    assert chunk.rows is not None
    assert chunk.rows.tolist() == [4, 6]
    assert chunk.paths.to_pylist() == [[0], [1]]


def test_rows_that_are_kept_keep_their_number() -> None:
    kept = keep_rows(batch_of(["a", "b", "c"], 10), np.array([True, False, True]))
    (chunk,) = kept.chunks
    assert chunk.values.to_pylist() == ["a", "c"]
    assert chunk.rows is not None
    assert chunk.rows.tolist() == [10, 12]


def _item(first_row: int, rows: int, total: int | None = None) -> Item:
    end = None if total is None else End(InputStatus.SCANNED, total)
    return Item(PLACE, first_row, rows, rows, rows, {}, batch_of([]), {}, end=end)


def test_only_what_lies_side_by_side_shares_a_part() -> None:
    assert _follows(_item(0, 10), _item(10, 5), 0)
    assert not _follows(_item(0, 10), _item(20, 5), 0)  # rows 10 to 20 are another part's
    assert _follows(_item(0, 10, total=10), _item(0, 5), 1)
    assert not _follows(_item(0, 10, total=30), _item(0, 5), 1)
    assert not _follows(_item(0, 10, total=10), _item(0, 5), 2)
    assert not _follows(_item(0, 10, total=10), _item(5, 5), 1)
