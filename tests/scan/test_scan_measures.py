"""Counting distinct values, drawing samples, judging columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail import scan
from vitrail.detect.bounds import unseen_in_10000
from vitrail.detect.detector import ColumnContext, Detector, DetectorOptions
from vitrail.detect.titles import Title, spoken_name
from vitrail.keys import Keyring
from vitrail.model import InputStatus
from vitrail.scan.profile import ColumnProfile
from vitrail.scan.sampling import drawn, sample_rate
from vitrail.scan.sketch import SIZE, DistinctSketch, hash_values
from vitrail.scan.verdicts import verdict

KEY = "0123456789abcdef"


def sketch_of(values: list[str]) -> DistinctSketch:
    return DistinctSketch().merged(hash_values(pa.array(values, pa.string()), KEY))


@given(st.lists(st.text(max_size=4), max_size=200), st.lists(st.text(max_size=4), max_size=200))
def test_few_distinct_values_are_counted_exactly_however_they_were_split(
    first: list[str], second: list[str]
) -> None:
    merged = sketch_of(first).merged(sketch_of(second).hashes)
    assert merged.count == len(set(first) | set(second))
    assert DistinctSketch.from_text(merged.to_text()).count == merged.count


def test_many_distinct_values_are_estimated_within_a_tenth() -> None:
    sketch = DistinctSketch()
    for start in range(0, 200_000, 20_000):
        sketch = sketch.merged(hash_values(pa.array(map(str, range(start, start + 25_000))), KEY))
    assert sketch.count == pytest.approx(205_000, rel=0.1)
    assert len(sketch.hashes) == SIZE


def test_hashes_mean_nothing_under_another_key() -> None:
    values = pa.array(["a@example.org"])
    assert hash_values(values, KEY)[0] != hash_values(values, KEY[::-1])[0]


@given(st.integers(0, 10**12), st.integers(1, 400), st.floats(0.01, 0.99))
def test_a_row_is_drawn_or_not_whatever_the_batch(first: int, rows: int, rate: float) -> None:
    whole = drawn(first, rows, rate)
    cut = rows // 2
    halves = [drawn(first, cut, rate), drawn(first + cut, rows - cut, rate)]
    assert (np.concatenate(halves) == whole).all()


def test_about_the_wanted_share_of_rows_is_drawn_all_over_the_file() -> None:
    keep = drawn(0, 1_000_000, sample_rate(1_000_000))
    assert keep.sum() == pytest.approx(11_500, rel=0.05)
    tenths = keep.reshape(10, -1).sum(axis=1)
    assert tenths.min() > 850


def test_the_bound_is_what_a_binomial_sample_supports() -> None:
    assert unseen_in_10000(9_985) == 3
    assert unseen_in_10000(11_500) == 3
    assert unseen_in_10000(299) == 100
    assert unseen_in_10000(0) == 10_000
    for examined in (50, 1_000, 20_000):
        share = unseen_in_10000(examined) / 10_000
        assert (1 - share) ** examined <= 0.05


def test_a_quick_scan_says_how_much_it_saw_and_what_that_supports(
    tmp_path: Path, keys: Keyring, big_csv: Callable[[Path, int], Path]
) -> None:
    source = big_csv(tmp_path / "in" / "orders.csv", 60_000)
    options = scan.ScanOptions(names="off", sample="quick")
    run = scan.run(scan.plan([source], options), tmp_path / "out", keys, run_id="scan-1")
    (file,) = run.inputs
    assert (file.status, file.rows) == (InputStatus.SAMPLED, 60_000)
    note = next(c for c in run.columns if c.column == "note")
    assert note.rows == note.non_null == 60_000
    assert 9_000 < note.examined < 12_000
    assert "with 95 % confidence fewer than 3 in 10,000" in note.reason or (
        "with 95 % confidence fewer than 4 in 10,000" in note.reason
    )
    whole = scan.ScanOptions(names="off")
    scan.run(scan.plan([source], whole), tmp_path / "all", keys, run_id="scan-2")
    every = {tuple(h.items()) for h in _places(tmp_path / "all")}
    seen = {tuple(h.items()) for h in _places(tmp_path / "out")}
    assert seen < every
    assert len(seen) / len(every) == pytest.approx(11_500 / 60_000, rel=0.25)


def _places(directory: Path) -> list[dict[str, object]]:
    return scan.read_hits(directory, ["column", "row", "start", "entity_type"]).to_pylist()


def profile(examined: int, distinct: int = 500, **whole: int) -> ColumnProfile:
    sketch = sketch_of([str(n) for n in range(distinct)])
    return ColumnProfile(
        rows=examined, non_null=examined, examined=examined,
        hits=Counter(whole), whole=Counter(whole), sketch=sketch,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "counts", "expected"),
    [
        ("x", profile(1000, EMAIL_ADDRESS=990), "EMAIL_ADDRESS"),
        ("x", profile(1000, EMAIL_ADDRESS=490), None),
        ("Email Address", profile(1000, EMAIL_ADDRESS=250), "EMAIL_ADDRESS"),
        ("x", profile(1000, PHONE_NUMBER=550), None),
        ("téléphone", profile(1000, PHONE_NUMBER=550), "PHONE_NUMBER"),
        ("customers[].lastName", profile(1000, PERSON=300), "PERSON"),
        ("product", profile(1000, PERSON=600), None),
        ("status", profile(10_000, distinct=3, PERSON=9_000), None),
        ("x", profile(2, CREDIT_CARD=2), None),
        ("card_number", profile(1, CREDIT_CARD=1), "CREDIT_CARD"),
        ("x", profile(0), None),
    ],
)
def test_a_column_is_what_most_of_its_cells_are_and_its_name_does_not_deny(
    column: str, counts: ColumnProfile, expected: str | None
) -> None:
    kind, confidence, reason = verdict(_title(column), counts)
    assert kind == expected
    assert 0 <= confidence <= 1
    assert reason


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("burgerservicenummer", "NL_BSN"),
        ("doctor", "PERSON"),
        ("imię", "PERSON"),
        ("telefoon", "PHONE_NUMBER"),
        ("data urodzenia", "DATE_OF_BIRTH"),
        ("Second Address", "STREET_ADDRESS"),
    ],
)
def test_one_cell_is_enough_where_the_columns_name_says_what_it_is(column: str, kind: str) -> None:
    found, _, reason = verdict(_title(column), profile(1, **{kind: 1}))
    assert found == kind
    assert reason.endswith("and the column's name says so.")


@cache
def _detector() -> Detector:
    return Detector(DetectorOptions(names="off"), Keyring(bytes(32)))


def _title(column: str) -> Title:
    """With the entity types whose recognisers a scan would find in the name."""
    look = _detector().first_look(pa.array(["a"]), ColumnContext(column), 1)
    return Title.of(column, spoken=look.spoken)


def test_confidence_grows_with_the_cells_and_with_a_name_that_agrees() -> None:
    few = verdict(Title.of("x"), profile(10, EMAIL_ADDRESS=10))[1]
    many = verdict(Title.of("x"), profile(1000, EMAIL_ADDRESS=1000))[1]
    named = verdict(_title("email"), profile(10, EMAIL_ADDRESS=10))[1]
    assert few < many
    assert few < named


def test_profiles_of_parts_add_up_and_come_back_from_disk() -> None:
    first, second = profile(10, EMAIL_ADDRESS=3), profile(20, distinct=700, EMAIL_ADDRESS=4)
    first.add(ColumnProfile.from_json(second.to_json()))
    assert (first.rows, first.hits["EMAIL_ADDRESS"], first.sketch.count) == (30, 7, 700)


@pytest.mark.parametrize(
    ("column", "table", "spoken"),
    [
        ("Name", "Tracks", "Track Name"),
        ("email", "Tracks", "email"),
        ("issuing.cardholder.status", "document", "status"),
        ("issuing.cardholder.name", "document", "cardholder name"),
        ("messages[].body", "crisp", "message body"),
        ("Dr.", "x", "Dr"),
    ],
)
def test_a_bare_name_is_read_with_what_it_is_the_name_of(
    column: str, table: str, spoken: str
) -> None:
    assert spoken_name(column, table) == spoken
