"""A copy holds nothing of what was found, everything else, and is scanned to prove it."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import fastavro
import pyarrow.parquet as pq
import pytest

from vitrail import scan
from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.redaction import Redaction

Copies = Callable[[str], Redaction]

ROWS = 40
SCAN = scan.ScanOptions(names="off", jobs=1)
#: What no byte of a copy may hold.
PLANTED = ("marchetti", "4111 1111", "4111111111111111", "3000 6000", "6 39 98", "33639981234")
MIXED = "mask,EMAIL_ADDRESS=pseudonym,CREDIT_CARD=redact"
OPERATORS = pytest.mark.parametrize(
    "operator",
    [*(pytest.param(one, marks=pytest.mark.attack) for one in ("tag", "pseudonym")), MIXED],
)


@OPERATORS
def test_a_second_scan_of_the_copy_finds_nothing(
    copies: Copies, keys: Keyring, tmp_path: Path, operator: str
) -> None:
    made = copies(operator)
    assert made.is_clean
    assert made.left_out == ()
    again = scan.run(scan.plan([made.directory], SCAN), tmp_path / "run", keys, run_id="again")
    assert (again.hits, again.unreadable) == (0, ())


@OPERATORS
def test_no_byte_of_the_copy_holds_a_planted_value(copies: Copies, operator: str) -> None:
    for path in copies(operator).directory.rglob("*"):
        if path.is_file():
            text = _unpacked(path).decode("utf-8", "replace")
            assert not [value for value in PLANTED if value in text], path.name


def _unpacked(path: Path) -> bytes:
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix in {".zip", ".xlsx"}:
        with zipfile.ZipFile(path) as archive:
            return b"".join(map(archive.read, archive.namelist()))
    if path.suffix == ".parquet":
        return repr(pq.read_table(path).to_pylist()).encode() + path.read_bytes()
    return path.read_bytes()


@OPERATORS
def test_the_copy_has_the_same_tables_columns_and_rows(
    copies: Copies, company: Path, operator: str
) -> None:
    assert _shape(copies(operator).directory) == _shape(company)


def _shape(folder: Path) -> dict[str, tuple[list[str], int]]:
    catalog = Catalog.discover([folder])
    assert not catalog.unreadable
    return {
        d.label: ([c.name for c in d.columns], sum(b.rows for b in catalog.open(d).batches()))
        for d in catalog.datasets
        if d.name != "redaction.json"
    }


def test_a_pseudonym_keeps_joins_across_files_columns_and_formats(copies: Copies) -> None:
    folder = copies("pseudonym").directory
    with (folder / "people.csv").open(encoding="utf-8-sig") as file:
        mails = [row["mail"] for row in csv.DictReader(file, delimiter=";")]
    assert len(set(mails)) == ROWS
    assert all(mail.startswith("EMAIL_ADDRESS_") for mail in mails)
    with closing(sqlite3.connect(folder / "people.sqlite")) as database:
        found = database.execute("SELECT mail FROM people ORDER BY id").fetchall()
        assert [mail for (mail,) in found] == mails
    with duckdb.connect(str(folder / "people.duckdb")) as database:
        assert [m for (m,) in database.execute("SELECT mail FROM people").fetchall()] == mails
    with (folder / "people.avro").open("rb") as file:
        assert [record["mail"] for record in fastavro.reader(file)] == mails
    assert pq.read_table(folder / "people.parquet")["mail"].to_pylist() == mails
    links = gzip.decompress((folder / "links.csv.gz").read_bytes()).decode().splitlines()[1:]
    assert [parse_qs(urlsplit(link).query)["mail"] for link in links] == [[m] for m in mails]
    events = (folder / "events.ndjson").read_text().splitlines()
    inner = [json.loads(json.loads(event)["raw"]) for event in events]
    assert inner == [{"to": mail, "n": 1.1} for mail in mails]


def test_whole_numbers_become_whole_numbers_that_join_or_nothing(copies: Copies) -> None:
    phones = pq.read_table(copies("pseudonym").directory / "people.parquet")["phone"].to_pylist()
    assert len(set(phones)) == ROWS
    assert all(9 * 10**18 <= phone < 1 << 63 for phone in phones)
    made = copies("tag")
    assert pq.read_table(made.directory / "people.parquet")["phone"].null_count == ROWS
    assert made.emptied == ROWS


def test_a_column_under_a_unique_rule_keeps_its_values_apart_whatever_is_asked(
    copies: Copies,
) -> None:
    folder = copies("tag").directory
    with closing(sqlite3.connect(folder / "people.sqlite")) as database:
        mails = [mail for (mail,) in database.execute("SELECT mail FROM people")]
    assert len(set(mails)) == ROWS
    document = json.loads((folder / "redaction.json").read_text())
    file = next(f for f in document["files"] if f["copy"] == "people.sqlite")
    assert file["tables"][0]["kept_apart"] == ["mail"]


def test_text_around_a_hit_stays_to_the_byte(copies: Copies, company: Path) -> None:
    before = (company / "people.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    after = (copies("tag").directory / "people.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert after[0] == before[0]
    assert after[1] == '0;"<EMAIL_ADDRESS>";"call <PHONE_NUMBER> please"'
    assert after[4] == '3;"<EMAIL_ADDRESS>";"nothing here"'
    chats = (copies("tag").directory / "deep" / "chats.json").read_text()
    assert chats.splitlines()[:8] == (company / "deep" / "chats.json").read_text().splitlines()[:8]


def test_each_type_can_have_its_own_operator_and_a_mask_keeps_the_shape(copies: Copies) -> None:
    lines = (copies(MIXED).directory / "people.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith('0;"EMAIL_ADDRESS_')
    assert lines[1].endswith('"call +** * ** ** ** ** please"')
    assert lines[2].endswith('"card  was refused"')


def test_the_report_counts_and_proves_without_a_value(copies: Copies, company: Path) -> None:
    made = copies("tag")
    text = (made.directory / "redaction.json").read_text()
    document = json.loads(text)
    assert document["schema"] == "vitrail.redaction/1"
    files = {file["copy"]: file for file in document["files"]}
    assert set(files) == {
        path.relative_to(company).as_posix() for path in company.rglob("*") if path.is_file()
    }
    columns = files["people.csv"]["tables"][0]["columns"]
    assert {"column": "mail", "entity_type": "EMAIL_ADDRESS", "operator": "tag",
            "replaced": ROWS} in columns  # fmt: skip
    for name, file in files.items():
        assert file["source_sha256"] == _sha256(company / name)
        assert file["copy_sha256"] == _sha256(made.directory / name)
    assert document["remaining"] == []
    assert document["scans_of_the_copy"][-1] == {"hits": 0, "files": 0}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
