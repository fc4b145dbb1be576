"""What a scan exits with: every level of ``--fail-on`` beside every state of a baseline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import vitrail.scan as scanning
from vitrail.cli.scanning import exit_code
from vitrail.keys import Keyring

LEVELS = ("never", "low", "medium", "high", "critical")
MAIL, IBAN = "1,ann.lee@example.org", "2,FR1420041010050500013M02606"
OTHER = "3,bo.ng@example.org"

KEYS = Keyring(bytes(range(32)))
Scan = Callable[..., str]


@pytest.fixture
def codes(tmp_path: Path) -> Scan:
    """Scans a file of these lines; the exit codes at each level, from ``never`` to ``critical``."""
    folder, out = tmp_path / "exports", tmp_path / "out"
    folder.mkdir()

    def codes(
        *lines: str, baseline: Path | None = None, write: Path | None = None, broken: bool = False
    ) -> str:
        (folder / "a.csv").write_text("\n".join(["id,note", "0,nothing", *lines]) + "\n")
        if broken:
            (folder / "broken.parquet").write_bytes(b"PAR1 cut short")
        plan = scanning.plan([folder], scanning.ScanOptions(names="off", jobs=1), root=folder)
        run = scanning.run(plan, out, KEYS, run_id="scan")
        found = scanning.findings(out, keys=KEYS)
        former = None if baseline is None else scanning.read_baseline(baseline, KEYS)
        if former is not None:
            found = scanning.compare_baseline(former, run, found, KEYS).findings
        if write is not None:
            scanning.write_baseline(write, out, found, KEYS, former)
        beside = former is not None
        return "".join(str(exit_code(run, found, level, beside=beside)) for level in LEVELS)

    return codes


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return tmp_path / "baseline.json"


def test_without_a_baseline_whatever_is_bad_enough_counts(codes: Scan) -> None:
    assert codes() == "00000"
    assert codes(MAIL) == "01100"
    assert codes(MAIL, IBAN) == "01110"


def test_what_is_new_to_a_baseline_counts(codes: Scan, base: Path) -> None:
    codes(write=base)
    assert codes(MAIL, IBAN, baseline=base) == "01110"
    codes(IBAN, write=base)
    assert codes(MAIL, IBAN, baseline=base) == "01100"


def test_what_is_still_there_does_not_count_and_a_new_value_of_it_does(
    codes: Scan, base: Path
) -> None:
    codes(MAIL, IBAN, write=base)
    assert codes(MAIL, IBAN, baseline=base) == "00000"
    assert codes(MAIL, IBAN, OTHER, baseline=base) == "01100"


def test_what_is_gone_does_not_count(codes: Scan, base: Path) -> None:
    codes(MAIL, IBAN, write=base)
    assert codes(baseline=base) == "00000"
    assert codes(MAIL, baseline=base) == "00000"


def test_what_was_gone_and_is_found_again_counts(codes: Scan, base: Path) -> None:
    codes(MAIL, IBAN, write=base)
    codes(MAIL, baseline=base, write=base)
    assert codes(MAIL, IBAN, baseline=base) == "01110"
    codes(IBAN, baseline=base, write=base)
    assert codes(MAIL, IBAN, baseline=base) == "01100"


def test_an_input_that_could_not_be_read_outranks_findings_at_every_level(
    codes: Scan, base: Path
) -> None:
    codes(MAIL, write=base)
    assert codes(MAIL, baseline=base, broken=True) == "33333"
    assert codes(MAIL, IBAN, broken=True) == "33333"
    assert codes(MAIL, IBAN, "4,too,many") == "33333"
