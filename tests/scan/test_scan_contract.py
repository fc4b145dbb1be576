"""What a scan writes is what other programs were promised."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail import scan
from vitrail.keys import Keyring
from vitrail.model import InputStatus, RunState, ScanRun

EMAIL = "zoe.marchetti@example-mail.org"
CARD = "4111 1111 1111 1111"
OPTIONS = scan.ScanOptions(names="off")


@pytest.fixture
def run(exports: Path, tmp_path: Path, keys: Keyring) -> ScanRun:
    return scan.run(scan.plan([exports], OPTIONS), tmp_path / "out", keys, run_id="scan-1")


def test_hits_have_the_columns_and_types_that_are_promised(run: ScanRun) -> None:
    table = pq.read_table(Path(run.directory) / "hits.parquet")
    assert table.schema.remove_metadata().equals(
        pa.schema(
            [
                pa.field("dataset", pa.string(), nullable=False),
                pa.field("table", pa.string()),
                pa.field("column", pa.string(), nullable=False),
                pa.field("path", pa.list_(pa.int32()), nullable=False),
                pa.field("row", pa.int64(), nullable=False),
                pa.field("entity_type", pa.string(), nullable=False),
                pa.field("start", pa.int32(), nullable=False),
                pa.field("end", pa.int32(), nullable=False),
                pa.field("score", pa.float32(), nullable=False),
                pa.field("recognizer", pa.string(), nullable=False),
                pa.field("fingerprint", pa.string(), nullable=False),
                pa.field("masked", pa.string(), nullable=False),
            ]
        )
    )
    assert table.num_rows == run.hits == scan.read_hits(Path(run.directory)).num_rows


def test_hits_come_in_the_order_of_dataset_row_column_and_start(run: ScanRun) -> None:
    rows = scan.read_hits(Path(run.directory)).to_pylist()
    order = [(r["dataset"], r["table"] or "", r["row"], r["column"], r["start"]) for r in rows]
    assert order == sorted(order)


def test_a_nested_hit_knows_its_column_path_row_and_code_points(run: ScanRun) -> None:
    rows = scan.read_hits(Path(run.directory)).to_pylist()
    nested = {r["entity_type"]: r for r in rows if r["dataset"] == "crisp.json"}
    card, email = nested["CREDIT_CARD"], nested["EMAIL_ADDRESS"]
    assert (card["column"], card["path"], card["row"]) == ("messages[].body", [1], 0)
    assert (email["column"], email["path"], email["row"]) == ("messages[].body", [0], 2)
    body = f"é my card is {CARD}, thanks"
    assert body[card["start"] : card["end"]] == CARD
    assert f"write to {EMAIL}"[email["start"] : email["end"]] == EMAIL


def test_columns_json_says_of_every_column_what_it_holds(run: ScanRun) -> None:
    document = json.loads((Path(run.directory) / "columns.json").read_text())
    assert document["schema"] == "vitrail.columns/1"
    columns = {(c["dataset"], c["column"]): c for c in document["columns"]}
    promised = {"dataset", "table", "column", "rows", "non_null", "distinct", "examined",
                "language", "verdict", "confidence", "hits"}  # fmt: skip
    assert all(promised <= c.keys() for c in document["columns"])
    email = columns["contacts.csv", "email"]
    assert email["verdict"] == "EMAIL_ADDRESS"
    assert email["confidence"] > 0.9
    assert email["hits"] == {"EMAIL_ADDRESS": 40}
    assert (email["rows"], email["non_null"], email["distinct"], email["examined"]) == (40,) * 4
    note = columns["contacts.csv", "note"]
    assert (note["verdict"], note["hits"]) == (None, {"PHONE_NUMBER": 1})
    assert columns["contacts.csv", "colour"]["distinct"] == 2


def test_run_json_proves_what_was_read_and_with_what(run: ScanRun, exports: Path) -> None:
    from hashlib import sha256

    document = json.loads((Path(run.directory) / "run.json").read_text())
    assert document["schema"] == "vitrail.run/1"
    assert document["state"] == "done"
    assert document["arguments"]["names"] == "off"
    assert document["models"]["presidio-analyzer"]
    assert "EMAIL_ADDRESS" in document["recognizers"]["fr"]
    inputs = {i["name"]: i for i in document["inputs"]}
    contacts = inputs["contacts.csv"]
    assert contacts["sha256"] == sha256((exports / "contacts.csv").read_bytes()).hexdigest()
    assert (contacts["rows"], contacts["status"]) == (40, "scanned")
    assert contacts["bytes"] == (exports / "contacts.csv").stat().st_size
    assert document["totals"]["rows"] == 44
    assert document["totals"]["hits"] == run.hits


def test_unreadable_inputs_are_told_with_reason_and_remedy_and_the_rest_is_scanned(
    run: ScanRun,
) -> None:
    assert run.state is RunState.DONE
    told = {i.name: i for i in run.unreadable}
    assert told.keys() == {"empty.csv", "cut.parquet"}
    assert all(i.reason and i.remedy for i in told.values())


def test_a_path_that_holds_an_address_is_masked_like_a_value(run: ScanRun) -> None:
    names = [i.name for i in run.inputs if i.status is InputStatus.SCANNED]
    masked = [name for name in names if "•" in name]
    assert len(masked) == 1
    assert "marchetti" not in masked[0]


def test_what_a_scan_writes_holds_none_of_the_values_that_it_found(run: ScanRun) -> None:
    written = b"".join(p.read_bytes() for p in Path(run.directory).rglob("*") if p.is_file())
    hits = json.dumps(scan.read_hits(Path(run.directory)).to_pylist()).encode()
    for value in (EMAIL, "marchetti", CARD, "person7@", "39 98 12 34", "4111111111111111"):
        assert value.encode() not in written + hits


def test_a_scan_of_a_scan_s_own_output_finds_no_value_again(
    run: ScanRun, tmp_path: Path, keys: Keyring
) -> None:
    again = scan.run(scan.plan([run.directory], OPTIONS), tmp_path / "again", keys, run_id="scan-2")
    first = set(scan.read_hits(Path(run.directory))["fingerprint"].to_pylist())
    second = set(scan.read_hits(Path(again.directory))["fingerprint"].to_pylist())
    assert first
    assert first.isdisjoint(second)


def test_a_run_reads_back_as_it_was(run: ScanRun) -> None:
    assert scan.load(Path(run.directory)) == run


def test_columns_read_back_as_a_table(run: ScanRun) -> None:
    table = scan.read_columns(Path(run.directory)).to_pylist()
    assert {r["verdict"] for r in table if r["column"] == "email"} == {"EMAIL_ADDRESS"}


def test_a_run_without_hits_still_leaves_a_table_of_hits(tmp_path: Path, keys: Keyring) -> None:
    (tmp_path / "dull.csv").write_text("a,b\n1,x\n2,y\n")
    run = scan.run(
        scan.plan([tmp_path / "dull.csv"], OPTIONS), tmp_path / "out", keys, run_id="scan-1"
    )
    assert pq.read_table(tmp_path / "out" / "hits.parquet").num_rows == run.hits == 0


def test_a_plan_tells_what_it_will_read_before_it_reads(exports: Path) -> None:
    plan = scan.plan([exports], OPTIONS)
    assert {d.name for d in plan.datasets} == {"contacts.csv", "crisp.json", f"{EMAIL}.csv"}
    assert {u.name for u in plan.unreadable} == {"empty.csv", "cut.parquet"}
    assert "messages[].body" in {c.column for c in plan.columns}
    assert plan.rows == pytest.approx(44, abs=6)
    assert plan.bytes >= (exports / "contacts.csv").stat().st_size
    assert {"EMAIL_ADDRESS", "CREDIT_CARD"} <= set(plan.entities)


def test_the_same_exports_give_the_same_hits_twice(
    run: ScanRun, exports: Path, tmp_path: Path, keys: Keyring
) -> None:
    scan.run(scan.plan([exports], OPTIONS), tmp_path / "twice", keys, run_id="scan-2")
    assert scan.read_hits(tmp_path / "twice").equals(scan.read_hits(Path(run.directory)))


def test_options_that_an_earlier_version_did_not_know_are_at_their_default(run: ScanRun) -> None:
    file = Path(run.directory) / "run.json"
    document = json.loads(file.read_text())
    del document["arguments"]["known"]
    file.write_text(json.dumps(document))
    assert scan.read_options(Path(run.directory)) == OPTIONS
