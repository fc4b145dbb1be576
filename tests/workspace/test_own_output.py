"""Vitrail's own files, read by Vitrail's own scanner and for every planted value: nothing raw."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typst

import vitrail
from tests.loaded import loaded
from vitrail.exports.catalog import Catalog
from vitrail.model import Verdict
from vitrail.scan import ScanOptions
from vitrail.workspace import Workspace
from vitrail.workspace.packs import write_pack

OWN = ("facts", "runs", "reports", "logs", "ledger.db", "ledger.db-wal", "tmp")


@pytest.fixture
def house(small_workspace: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "house"
    shutil.copytree(small_workspace, copy)
    return copy


def _planted(house: Path) -> list[str]:
    """The planted values themselves, read from the exports at the places that truth/ names."""
    stray = pq.read_table(house / "truth" / "stray.parquet").to_pylist()
    exports = house / "exports"
    catalog = Catalog.discover([exports], root=exports)
    values = []
    wanted: dict[tuple[str, str | None], dict[tuple[str, int], list[tuple[int, int]]]] = {}
    for item in stray:
        cells = wanted.setdefault((item["dataset"], item["table"]), {})
        cells.setdefault((item["column"], item["row"]), []).append((item["start"], item["end"]))
    for dataset in catalog.datasets:
        cells = wanted.get((dataset.name, dataset.table), {})
        if not cells:
            continue
        for batch in catalog.open(dataset).batches():
            for chunk in batch.chunks:
                for (column, row), spans in cells.items():
                    if column != chunk.column or chunk.rows is not None:
                        continue
                    offset = row - batch.first_row
                    if 0 <= offset < len(chunk.values):
                        text = chunk.values[offset].as_py()
                        values += [text[a:b] for a, b in spans if text]
    return [value for value in values if len(value) >= 8]


def _report(house: Path, run: str, form: str) -> None:
    command = ["report", run, "-C", str(house), "--format", form]
    loaded().run(command, os.environ, 60).check_returncode()


def _own_bytes(house: Path) -> bytes:
    files = [f for name in OWN for f in ([house / name] if (house / name).is_file() else
             [p for p in (house / name).rglob("*") if p.is_file()])]  # fmt: skip
    return b"\n".join(f.read_bytes() for f in files)


def test_no_planted_value_lies_in_anything_that_vitrail_wrote(house: Path) -> None:
    with vitrail.open(house) as workspace:
        run = workspace.latest_check()
        assert run is not None
        for finding in workspace.findings()[:10]:
            workspace.samples(finding.id)
    for form in ("html", "pdf", "json"):
        _report(house, run.id, form)
    planted = _planted(house)
    assert len(planted) > 50
    content = _own_bytes(house)
    leaked = [value[:2] + "…" for value in planted if value.encode() in content]
    assert not leaked


@pytest.mark.attack
def test_vitrails_own_reports_hold_no_personal_data_by_its_own_scan(
    house: Path, tmp_path: Path
) -> None:
    scans = sorted((house / "runs").glob("scan-*/run.json"))
    checks = sorted((house / "runs").glob("check-*/assessments.json"))
    for run in (scans[-1].parent.name, checks[-1].parent.name):
        for form in ("html", "json"):
            _report(house, run, form)
    text = tmp_path / "text"
    text.mkdir()
    for page in (house / "reports").glob("*.html"):
        (text / f"{page.stem}.txt").write_text(page.read_text("utf-8"), "utf-8")
    for document in (house / "reports").glob("*.json"):
        shutil.copy(document, text)
    command = ["scan", str(text), "--names", "off", "--json", "--fail-on", "high"]
    done = loaded().run(command, os.environ, 100)
    found = {f["entity_type"] for f in json.loads(done.stdout)["findings"]}
    assert not found & {"EMAIL_ADDRESS", "CREDIT_CARD", "IBAN_CODE", "PHONE_NUMBER", "SECRET"}


def test_vitrails_own_files_pass_its_own_scan_and_ret_02_on_its_facts(house: Path) -> None:
    for run in list((house / "runs").glob("check-*"))[1:]:
        shutil.rmtree(run)
    with vitrail.open(house) as workspace:
        workspace.save_view("trends", "Orders in France", {"country": ["FR"]})
        workspace.annotate(date(2026, 11, 1), "New prices")
        _packed(workspace)
        own = workspace.scan_own()
        assert not own.stray, [(f.dataset, f.column, f.entity_type) for f in own.stray]
        assert not own.run.unreadable
        assert own.erased > 0
        assert (own.verdict, own.left) == (Verdict.PASS, 0)
        told = workspace.events()[-1]
        assert (told.kind, told.payload["findings"]) == ("own_files_checked", 0)
    scanned = {item.name.split("/")[0] for item in own.run.inputs}
    assert {"facts", "runs", "ledger.db", "views.json", "annotations.json"} <= scanned
    assert "reports/pack/report.pdf" in {item.name for item in own.run.inputs}


def _packed(workspace: Workspace) -> None:
    """The latest check as a pack among Vitrail's own files."""
    run = workspace.latest_check()
    assert run is not None
    tested = next(e for e in workspace.events() if e.payload.get("run") == run.id)
    write_pack(workspace, run, workspace.layout.reports / "pack", tested)


def test_what_a_pdf_among_its_own_files_tells_is_found(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text("")
    with vitrail.open(tmp_path) as workspace:
        text = b"#set page(width: 20cm)\nPaid with 4539 5787 6362 1486 by zoe.moor\\@firm-mail.org"
        (tmp_path / "reports" / "of a person.pdf").write_bytes(typst.compile(text))
        (tmp_path / "reports" / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
        own = workspace.scan_own()
    assert {(f.dataset, f.entity_type) for f in own.stray} == {
        ("reports/of a person.pdf", "CREDIT_CARD"), ("reports/of a person.pdf", "EMAIL_ADDRESS"),
    }  # fmt: skip
    assert own.unread == 1


def test_scan_options_reach_the_scan_process_as_they_were_chosen() -> None:
    from vitrail.workspace.scans import _arguments

    chosen = ScanOptions(languages=("en", "fr"), sample="quick", names="off", jobs=1)
    assert _arguments(chosen) == [
        "--lang", "en,fr", "--sample", "quick", "--names", "off", "--jobs", "1",
    ]  # fmt: skip
