"""Columns of bytes in a scan and in a clean copy: what is text is judged, what is none is told."""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from vitrail import report
from vitrail.keys import Keyring
from vitrail.model import ScanRun
from vitrail.redaction import RedactOptions, operators_of, redact
from vitrail.scan import ScanOptions, findings, plan, run

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
MAIL = "a letter to zoe@example.org of last week"
OPTIONS = ScanOptions(names="off", jobs=1)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.sqlite"
    cells = [PICTURE, gzip.compress(MAIL.encode()), b"nothing", PICTURE, b"none", None]
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body BLOB)")
        database.executemany("INSERT INTO t (body) VALUES (?)", [(cell,) for cell in cells])
        database.commit()
    return path


@pytest.fixture
def scanned(shop: Path, keys: Keyring, tmp_path: Path) -> ScanRun:
    return run(plan([shop], OPTIONS), tmp_path / "out", keys, run_id="bytes")


def test_what_stands_in_packed_bytes_is_found_at_its_place_in_the_text(
    scanned: ScanRun, keys: Keyring
) -> None:
    (found,) = findings(Path(scanned.directory), keys=keys)
    assert (found.column, found.entity_type, found.cells) == ("body", "EMAIL_ADDRESS", 1)


def test_bytes_that_are_no_text_are_told_and_not_counted_as_looked_at(scanned: ScanRun) -> None:
    column = next(c for c in scanned.columns if c.column == "body")
    assert (column.non_null, column.examined, column.unread) == (5, 3, 2)
    said = "2 cells of body hold bytes that are no text and were not looked at."
    assert scanned.inputs[0].reason == said
    assert said in report.scan_html(scanned, ())
    assert report.scan_json(scanned, ())["run"]["unread_cells"] == 2
    written = json.loads((Path(scanned.directory) / "columns.json").read_text())
    assert [c["unread"] for c in written["columns"]] == [0, 2]


def test_a_clean_copy_packs_its_bytes_as_they_were_and_counts_those_it_could_not_read(
    shop: Path, keys: Keyring, tmp_path: Path
) -> None:
    done = redact([shop], tmp_path / "copy", keys, RedactOptions(*operators_of("tag"), OPTIONS))
    with closing(sqlite3.connect(tmp_path / "copy" / shop.name)) as database:
        cells = [cell for (cell,) in database.execute("SELECT body FROM t ORDER BY id")]
    assert gzip.decompress(cells[1]).decode() == MAIL.replace("zoe@example.org", "<EMAIL_ADDRESS>")
    assert cells[0] == cells[3] == PICTURE
    assert done.is_clean
    assert done.unread == done.to_json()["totals"]["unread"] == 2
