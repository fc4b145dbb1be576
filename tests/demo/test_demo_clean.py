"""A company without faults: nothing is planted, and no control cries wolf."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.verdicts import CONTROLS, assessed, kept, planted, reads_a_scan
from vitrail.demo import NOTHING, write_demo
from vitrail.model import Control, Verdict

#: What cannot be tested where all is in order: nobody's birth date is known, as the policy has it.
UNTESTABLE = {"MIN-01"}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    write_demo(tmp_path / "company", accounts=400, broken=NOTHING)
    return tmp_path / "company"


def expected(control: Control) -> Verdict:
    return Verdict.NOT_TESTED if control.id in UNTESTABLE else kept(control)


def test_every_control_that_reads_exports_alone_finds_the_promise_kept(place: Path) -> None:
    assert planted(place) == set()
    controls = [c for c in CONTROLS if not reads_a_scan(c)]
    found = assessed(place, controls)
    told = {c.id: (found[c.id].verdict, found[c.id].reason) for c in controls}
    assert {c.id: told[c.id] for c in controls if told[c.id][0] is not expected(c)} == {}
    assert sum(found[c.id].warnings for c in controls) == 0


@pytest.mark.attack
def test_every_control_that_reads_a_scan_finds_the_promise_kept(place: Path) -> None:
    controls = [c for c in CONTROLS if reads_a_scan(c)]
    found = assessed(place, controls)
    told = {c.id: (found[c.id].verdict, found[c.id].reason) for c in controls}
    assert {c.id: told[c.id] for c in controls if told[c.id][0] is not expected(c)} == {}
