"""What files, tables, columns and JSON keys are called is looked at too, and told without it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from vitrail.keys import Keyring
from vitrail.model import Change, Finding, ScanRun
from vitrail.scan import compare_baseline, findings, plan, read_baseline, run, write_baseline
from vitrail.scan.options import ScanOptions

KEYS = Keyring(bytes(range(32)))
SECRETS = ("dupont", "33612345678", "jane.doe", "marchetti", "FR1420041010050500013M02606")
Scan = Callable[[], tuple[ScanRun, tuple[Finding, ...]]]


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "marie.dupont@example.org.csv").write_text("id,note\n1,fine\n")
    (folder / "+33612345678.csv").write_text("id,note\n1,fine\n")
    (folder / "orders_20240131_101530.csv").write_text("id,note\n1,fine\n")
    keys = {"jane.doe@example.org": {"n": 1, "m": 2}, "leo.marchetti@example.org": {"n": 3}}
    (folder / "by_user.json").write_text(json.dumps({"users": keys}))
    with sqlite3.connect(folder / "shop.sqlite") as shop:
        shop.execute('CREATE TABLE "FR1420041010050500013M02606" (id, "jane.doe@example.org")')
        shop.execute('INSERT INTO "FR1420041010050500013M02606" VALUES (1, 2)')
    return folder


@pytest.fixture
def scanned(exports: Path, tmp_path: Path) -> Scan:
    def scan() -> tuple[ScanRun, tuple[Finding, ...]]:
        options = ScanOptions(names="off", jobs=1)
        done = run(plan([exports], options, root=exports), tmp_path / "out", KEYS, run_id="scan")
        return done, findings(tmp_path / "out", keys=KEYS)

    return scan


def test_personal_data_in_a_name_is_a_finding_whose_place_does_not_tell_it(scanned: Scan) -> None:
    _, found = scanned()
    told = {(f.column, f.entity_type, f.cells) for f in found}
    assert told == {
        ("(file name)", "EMAIL_ADDRESS", 1),
        ("(file name)", "PHONE_NUMBER", 1),
        ("(table name)", "IBAN_CODE", 1),
        ("(column names)", "EMAIL_ADDRESS", 1),
        ("(column names)", "EMAIL_ADDRESS", 3),
    }
    assert all(secret not in str(finding) for finding in found for secret in SECRETS)
    file = next(f for f in found if f.column == "(file name)")
    assert "the file's own name" in file.explanation


def test_such_hits_lie_beside_those_in_cells_and_hold_no_name(
    scanned: Scan, tmp_path: Path
) -> None:
    done, _ = scanned()
    assert done.hits == 0, "no cell holds any"
    rows = pq.read_table(tmp_path / "out" / "names.parquet").to_pylist()
    assert len(rows) == 7
    assert all(row["row"] < 0 for row in rows)
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert all(secret.encode() not in content for secret in SECRETS), path.name


def test_a_baseline_knows_them_and_a_name_that_is_mended_is_told(
    scanned: Scan, exports: Path, tmp_path: Path
) -> None:
    _, first = scanned()
    base = tmp_path / "baseline.json"
    write_baseline(base, tmp_path / "out", first, KEYS)
    done, again = scanned()
    former = read_baseline(base, KEYS)
    compared = compare_baseline(former, done, again, KEYS)
    assert {f.change for f in compared.findings} == {Change.STILL_THERE}
    (exports / "by_user.json").write_text(json.dumps({"users": {"n": 1}}))
    done, fewer = scanned()
    gone = compare_baseline(former, done, fewer, KEYS).of(Change.GONE)
    assert [(f.dataset, f.column, f.cells) for f in gone] == [("by_user.json", "(column names)", 0)]
