"""The PDF report of a scan: the same bytes for the same scan, and what stands in it."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from vitrail.detect.entities import ENTITIES
from vitrail.model import Finding, ScanRun
from vitrail.report import scan_pdf

Make = Callable[..., Finding]


def test_the_same_scan_gives_the_same_bytes(run: ScanRun, findings: tuple[Finding, ...]) -> None:
    first = scan_pdf(run, findings)
    assert first.startswith(b"%PDF-")
    assert first == scan_pdf(run, findings)
    assert first != scan_pdf(run, findings[:-1])


def test_a_scan_of_nothing_is_a_report_all_the_same(make_run: Callable[..., ScanRun]) -> None:
    assert scan_pdf(make_run(()), ()).startswith(b"%PDF-")


def test_marks_of_its_typesetter_in_a_name_stay_text(run: ScanRun, make_finding: Make) -> None:
    hostile = '#panic("x") $ * _ [ ] \\ " @here <label> // /*'
    made = replace(make_finding(1), dataset=hostile, column=hostile, samples=(hostile,))
    assert scan_pdf(run, [made]).startswith(b"%PDF-")


def test_three_hundred_datasets_of_forty_kinds_are_a_report_one_can_sign(
    run: ScanRun, make_finding: Make
) -> None:
    kinds = sorted(ENTITIES)[:40]
    many = [
        make_finding(100 * d + k, kind, dataset=f"d{d:03}.csv", severity=ENTITIES[kind].severity)
        for d in range(300)
        for k, kind in enumerate(kinds)
    ]
    content = scan_pdf(run, many)
    assert len(re.findall(rb"/Type\s*/Page\b", content)) < 40


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_it_reads_as_the_page_does_and_has_room_to_sign(
    run: ScanRun, findings: tuple[Finding, ...], tmp_path: Path
) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan_pdf(run, findings))
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "scan.pdf", "-"], capture_output=True, check=True
    )
    text = re.sub(r"\s+", " ", done.stdout.decode())
    order = [
        "4 serious findings in 3 datasets wait for a decision.",
        "What was not read",
        "Serious and undecided",
        "Where what stands",
        "All stray findings",
        "Name and signature",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
