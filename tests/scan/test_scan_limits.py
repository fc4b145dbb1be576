"""What the models did not read is told in every report, in one sentence an input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vitrail.detect.names import budget
from vitrail.keys import Keyring
from vitrail.model import InputStatus
from vitrail.report import scan_html, scan_json, scan_sarif
from vitrail.scan import ScanOptions, plan, run

ROWS = [f"Maria Lindgren asked about parcel {n} and its late delivery" for n in range(40)]


@pytest.mark.parametrize("names", ["auto", "all"])
def test_texts_that_the_models_did_not_read_are_told_in_every_report(
    names: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(budget, "TEXTS_A_COLUMN", 5)
    (tmp_path / "tickets.csv").write_text("\n".join(["message", *ROWS]))
    options = ScanOptions(names=names, languages=("en",), jobs=1)
    done = run(plan([tmp_path / "tickets.csv"], options), tmp_path / "out", Keyring(bytes(32)),
               run_id="scan")  # fmt: skip
    (file,) = done.inputs
    assert file.status is InputStatus.SCANNED
    reports = [
        scan_html(done, ()),
        json.dumps(scan_json(done, ())),
        json.dumps(scan_sarif(done, ())),
    ]
    if names == "all":
        assert file.reason is None
    else:
        assert file.reason is not None
        assert file.reason.startswith("Of the texts of message the models that know names read")
        assert "the models read" in done.columns[0].reason
    assert all(("Of the texts of message" in report) == (names == "auto") for report in reports)
