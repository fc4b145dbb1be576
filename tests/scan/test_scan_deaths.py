"""What brings a scanning process down costs the one row that does it, and is told."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import vitrail
from vitrail import scan
from vitrail.keys import Keyring
from vitrail.model import RunState

#: Stands for a fault of a library that ends the process: no Python sees it coming.
FATAL = """
import os, signal
import pyarrow.compute as pc
from vitrail.detect.detector import Detector
judge = Detector.judge

def fatal(self, values, *rest, **more):
    if pc.any(pc.match_substring(values, "fatal")).as_py():
        os.kill(os.getpid(), signal.SIGKILL)
    return judge(self, values, *rest, **more)

Detector.judge = fatal
"""


@pytest.fixture
def fatal_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers die of a cell with the word ``fatal``."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(FATAL)
    house = Path(vitrail.__file__).parents[1]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(house)]))


@pytest.mark.usefixtures("fatal_cells")
def test_a_cell_that_kills_every_process_costs_its_row_and_is_told(
    tmp_path: Path, keys: Keyring, big_csv: Callable[[Path, int], Path]
) -> None:
    source = big_csv(tmp_path / "exports" / "orders.csv", 15_000)
    plan = scan.plan([source], scan.ScanOptions(names="off", jobs=1))
    whole = scan.run(plan, tmp_path / "whole", keys, run_id="whole")
    lines = source.read_text().splitlines()
    lines[1 + 7_050] = lines[1 + 7_050].replace("answer", "fatal answer")
    source.write_text("\n".join(lines))
    plan = scan.plan([source], scan.ScanOptions(names="off", jobs=2))
    run = scan.run(plan, tmp_path / "out", keys, run_id="out")
    assert run.state is RunState.DONE
    (told,) = run.unreadable
    assert "row 7,050" in (told.reason or "")
    assert told.rows == 15_000
    expected = [h for h in scan.read_hits(tmp_path / "whole").to_pylist() if h["row"] != 7_050]
    assert len(expected) == whole.hits - 1
    assert scan.read_hits(tmp_path / "out").to_pylist() == expected
