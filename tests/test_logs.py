"""What the program logs, and what it never does."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from vitrail import logs

PLANTED = "jeanne.martin@example.org"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Path]:
    logs.configure(tmp_path)
    yield tmp_path
    structlog.contextvars.clear_contextvars()


def written(workspace: Path) -> str:
    return "".join(file.read_text() for file in sorted((workspace / "logs").glob("*.jsonl")))


def lines(workspace: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(workspace).splitlines()]


def test_a_line_is_json_with_its_time_level_and_fields(workspace: Path) -> None:
    logs.log("scan_begun", run="scan-1", files=3, seconds=0.5)
    (line,) = lines(workspace)
    assert line["event"] == "scan_begun"
    assert (line["run"], line["files"], line["seconds"]) == ("scan-1", 3, 0.5)
    assert line["level"] == "info"
    assert datetime.fromisoformat(line["timestamp"]).tzinfo is not None


def test_a_field_that_is_not_on_the_list_is_dropped_and_the_line_says_so(workspace: Path) -> None:
    logs.log("scan_begun", run="scan-1", email=PLANTED, cell="x")
    (line,) = lines(workspace)
    assert line["dropped"] == 2
    assert PLANTED not in written(workspace)


@pytest.mark.parametrize("field", sorted(logs.FIELDS))
def test_an_email_passes_in_no_field(workspace: Path, field: str) -> None:
    for value in (PLANTED, [PLANTED], {"a": PLANTED}, PLANTED.encode(), f"{PLANTED}:3"):
        logs.log("scan_begun", **{field: value})
    assert PLANTED not in written(workspace)
    assert all(line["dropped"] == 1 for line in lines(workspace))


def test_an_email_in_an_events_name_or_bound_context_does_not_reach_the_file(
    workspace: Path,
) -> None:
    structlog.contextvars.bind_contextvars(user=PLANTED, run="scan-1")
    logs.log(f"scanned {PLANTED}")
    (line,) = lines(workspace)
    assert PLANTED not in written(workspace)
    assert (line["event"], line["dropped"], line["run"]) == ("unnamed", 2, "scan-1")


@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.binary(), max_size=5))
def test_whatever_fields_are_given_only_listed_ones_are_kept(fields: dict[str, Any]) -> None:
    kept = logs._allow_listed(None, "info", {"event": "made", **fields})
    assert kept.keys() - {"event", "dropped"} <= logs.FIELDS


def test_a_fault_is_logged_by_type_module_and_line_and_never_by_its_message(
    workspace: Path,
) -> None:
    try:
        try:
            int(PLANTED)
        except ValueError as cause:
            raise RuntimeError(f"cannot read {PLANTED}") from cause
    except RuntimeError as error:
        reference = logs.fault(error)
    (line,) = lines(workspace)
    assert PLANTED not in written(workspace)
    assert line["reference"] == reference
    assert len(reference) == 8
    assert (line["event"], line["level"], line["error"]) == ("fault", "error", "RuntimeError")
    assert line["module"].endswith("test_logs")
    assert line["trace"][-1] == f"{line['module']}:{line['line']}"
    assert "dropped" not in line


def test_a_fault_without_a_traceback_still_has_a_reference(workspace: Path) -> None:
    reference = logs.fault(ValueError(PLANTED))
    assert lines(workspace)[0]["reference"] == reference


def test_files_older_than_thirty_days_are_removed_when_a_day_begins(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    today = datetime.now(UTC).date()
    for age in (1, 29, 30, 31, 400):
        (folder / f"{(today - timedelta(days=age)).isoformat()}.jsonl").write_text("{}\n")
    (folder / "note.txt").write_text("not ours")
    logs.configure(tmp_path)
    logs.log("opened")
    ages = {
        (today - datetime.fromisoformat(file.stem).date()).days for file in folder.glob("*.jsonl")
    }
    assert ages == {0, 1, 29}
    assert (folder / "note.txt").exists()


def test_log_files_are_for_their_owner_alone(workspace: Path) -> None:
    logs.log("opened")
    (file,) = (workspace / "logs").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_log_that_cannot_be_written_is_told_once_and_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("a file where the folder should be")
    logs.configure(tmp_path)
    logs.log("opened")
    logs.log("closed")
    assert capsys.readouterr().err.count("cannot be written") == 1


def test_several_processes_write_one_day_and_lose_no_line(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from vitrail import logs\n"
        "logs.configure(Path(sys.argv[1]))\n"
        "for n in range(200): logs.log('counted', count=n, pid=int(sys.argv[2]))\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(n)]) for n in range(4)
    ]
    assert [writer.wait() for writer in writers] == [0] * 4
    assert {(line["pid"], line["count"]) for line in lines(tmp_path)} == {
        (pid, count) for pid in range(4) for count in range(200)
    }
