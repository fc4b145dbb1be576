"""The access log to take away: whole, checkable without Vitrail, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from vitrail.ledger import Ledger
from vitrail.report.access_log import access_log_csv, access_log_json


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.db", "5ca1ab1e5ca1ab1e") as opened:
        opened.append("denied", '=HYPERLINK("http://example.org")', {"action": "ask"})
        opened.append("denied", "amélie", {"action": "trace"})
        yield opened


def test_whoever_has_the_file_walks_the_chain_without_vitrail(ledger: Ledger) -> None:
    document = json.loads(access_log_json(ledger.events(), ledger.verify()))
    head = "0" * 64
    for number, line in enumerate(document["events"], 1):
        parts = [number, *(line[key] for key in ("at", "kind", "actor", "payload")), head]
        text = json.dumps(parts, separators=(",", ":"), ensure_ascii=False)
        assert line["hash"] == sha256(text.encode()).hexdigest()
        head = line["hash"]
    assert document["chain"] == {"ok": True, "length": 3, "head": head, "problem": None}


def test_a_name_that_is_a_formula_is_text_in_the_spreadsheet(ledger: Ledger) -> None:
    rows = list(csv.DictReader(io.StringIO(access_log_csv(ledger.events()))))
    assert [row["actor"] for row in rows][1:] == ['\'=HYPERLINK("http://example.org")', "amélie"]
    assert [row["seq"] for row in rows] == ["1", "2", "3"]
