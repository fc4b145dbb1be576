"""What a scan says at the terminal: how far it is, what it left out, what a sample supports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from vitrail.cli.output import progress_words
from vitrail.model import (
    Finding,
    FindingStatus,
    InputFile,
    InputStatus,
    Progress,
    RunState,
    ScanRun,
    Severity,
)


def test_progress_tells_bytes_rows_rate_hits_and_the_time_left() -> None:
    half = Progress(12_500_000, 25_000_000, 81_000, 240_000, 310, 42.0, "orders.csv")
    assert progress_words(half) == (
        "12.5 of 25.0 MB, 81,000 rows, 5,714 cells/s, 310 hits, 0:00:42 left"
    )


def test_a_time_left_is_not_guessed_before_anything_is_done() -> None:
    assert "left" not in progress_words(Progress(0, 25_000_000, 0, 0, 0, 1.0))


def test_a_quick_scan_says_its_bound_and_an_unchanged_input_is_told(
    vitrail: Callable[..., Any], tmp_path: Path
) -> None:
    source = tmp_path / "orders.csv"
    source.write_text("id,note\n" + "".join(f"{n},order {n} is late\n" for n in range(30_000)))
    scan = ("scan", source, "--names", "off", "--sample", "quick", "--out", tmp_path / "out")
    first = vitrail(*scan, code=0)
    assert "fewer than 3 in 10,000 rows" in first.stderr
    assert "unchanged" not in first.stderr
    again = vitrail(*scan, code=0)
    assert "1 input unchanged since an earlier scan" in again.stderr


def test_of_thousands_of_findings_the_worst_are_listed_and_the_others_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from vitrail.cli.scan_answer import LISTED, print_scan

    inputs = (InputFile("a.csv", None, "0" * 64, 1, 1, 0.1, InputStatus.SCANNED),)
    at = datetime(2026, 11, 20, tzinfo=UTC)
    run = ScanRun("scan", "out", RunState.DONE, at, 1.0, inputs, (), 7_000)
    levels = [Severity.CRITICAL] * 3 + [Severity.HIGH] * 100 + [Severity.LOW] * 6_897
    found = tuple(
        Finding(f"{n:032x}", "a.csv", None, f"column{n}", "SECRET", level, 1, 1, 1.0, "Any", "",
                (), expected=False, status=FindingStatus.OPEN, run="scan")
        for n, level in enumerate(levels)
    )  # fmt: skip
    print_scan(run, tuple(reversed(found)), "table", "en")
    out, err = capsys.readouterr()
    assert out.count("SECRET") == LISTED
    assert out.count("critical") == 3
    assert "And 6,950 more (53 high, 6,897 low); --format html, csv or json has all." in err
    assert "7,000 findings." in err
