"""The same seed gives the same bytes, on any day and in any process."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from vitrail.demo import DemoSummary, write_demo
from vitrail.errors import Unwritable, UsageError

_ELSEWHERE = """
import sys
from pathlib import Path
from vitrail.demo import write_demo
write_demo(Path(sys.argv[1]), accounts=150, seed=11)
"""


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_in_another_process_zone_and_hash_order(
    tmp_path: Path,
) -> None:
    write_demo(tmp_path / "here", accounts=150, seed=11)
    surroundings = os.environ | {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(
        [sys.executable, "-c", _ELSEWHERE, str(tmp_path / "there")], env=surroundings, check=True
    )
    assert tree(tmp_path / "here") == tree(tmp_path / "there")


def test_another_seed_gives_another_company(tmp_path: Path) -> None:
    write_demo(tmp_path / "a", accounts=60, seed=1)
    write_demo(tmp_path / "b", accounts=60, seed=2)
    one, other = tree(tmp_path / "a"), tree(tmp_path / "b")
    same = {name for name in one.keys() & other.keys() if one[name] == other[name]}
    assert same <= {
        "vitrail.toml", "allow/own_ibans.txt", "exports/governance/processors.csv",
        "truth/README.md", "truth/columns.json",
        # kept by date or by number; and in so small a company perhaps empty
        "exports/governance/dsar_packages.csv", "exports/governance/backups.csv",
        "exports/governance/restores.csv", "exports/governance/minor_cases.csv",
        "exports/governance/restrictions.csv", "exports/governance/objections.csv",
        "exports/crm/corrections.csv", "exports/mailchimp/list_history.csv",
        "exports/crm/prospects.csv", "exports/governance/notices.csv",
        # of the company, not of its people
        "exports/governance/disclosures.csv", "exports/governance/published_cells.csv",
        "exports/governance/policy_versions.csv", "exports/web/egress.csv",
        "exports/web/cookies.csv", "exports/governance/processor_notifications.csv",
    }  # fmt: skip


@pytest.mark.parametrize("as_of", [date(2025, 1, 2), date(2026, 3, 1), date(2028, 2, 29)])
def test_a_company_can_end_on_any_day(tmp_path: Path, as_of: date) -> None:
    written = write_demo(tmp_path / "company", accounts=60, as_of=as_of)
    assert f"asof = {as_of}" in (tmp_path / "company" / "vitrail.toml").read_text("utf-8")
    planted = {name for name, count in written.planted.items() if count}
    assert planted >= {"stray", "traps", "minors", "DSR-01", "MIN-01", "SHR-01", "TST-01"}


def test_two_thousand_accounts_take_seconds_and_a_hundred_thousand_events(
    summary: DemoSummary,
) -> None:
    assert summary.seconds < 30
    assert 90_000 < summary.product_events < 110_000
    assert summary.bytes < 40 << 20
    assert len(summary.files) > 50


def test_a_company_too_small_for_what_is_planted_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too small"):
        write_demo(tmp_path / "tiny", accounts=10)


def test_a_folder_that_holds_exports_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "ours.csv").write_text("a,b\n", "utf-8")
    with pytest.raises(UsageError, match="holds exports already"):
        write_demo(tmp_path, accounts=60)
    assert tree(tmp_path).keys() == {"exports/ours.csv"}


def test_a_place_that_cannot_be_written_is_told_in_a_sentence_and_nothing_is_left(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    with pytest.raises(Unwritable, match="cannot be written"):
        write_demo(tmp_path / "file" / "company", accounts=60)
    assert tree(tmp_path).keys() == {"file"}
