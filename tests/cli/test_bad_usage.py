"""Options, outputs, pipes and interrupts: whatever is typed ends in a sentence and its code."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from vitrail.cli.commands import application
from vitrail.cli.exits import run as run_application

RAW = "zzqraw"


@pytest.fixture(scope="module")
def exports(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    lines = "".join(f"{n},{RAW}{n}@lanterne.fr\n" for n in range(40))
    (folder / "clients.csv").write_text("id,mail\n" + lines)
    return folder


@pytest.fixture
def typed(monkeypatch, capfd, home):
    """The command line run in this process, through the one door that gives exit codes."""
    monkeypatch.setenv("HOME", str(home))

    def run(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["vitrail", *map(str, arguments)])
        code = run_application(application)
        out, err = capfd.readouterr()
        assert code != 70, err
        assert RAW not in out + err
        return code, err

    return run


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--jobs", "0"), ("--jobs", "-3"), ("--jobs", "9" * 20), ("--jobs", "two"),
        ("--min-score", "nan"), ("--min-score", "-1"), ("--min-score", "1e400"),
        ("--max-cell", "-1"), ("--max-cell", "9" * 30),
        ("--lang", "xx"), ("--lang", ""), ("--lang", "en,xx"),
        ("--entities", "NOPE"), ("--entities", ""),
        ("--fail-on", "huge"), ("--sample", "some"), ("--names", "some"), ("--format", "xml"),
        ("--no-such-option", "1"),
    ],
)  # fmt: skip
def test_an_option_out_of_range_is_told_and_nothing_is_scanned(
    option, value, exports, tmp_path, typed
):
    code, said = typed("scan", exports, "--out", tmp_path / "out", option, value)
    assert code == 2
    assert said.startswith("vitrail: ")
    assert option in said or (option == "--entities" and "entity type" in said)
    assert not (tmp_path / "out" / "run.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"], ["ledger", "frobnicate"], ["scan", ""], ["ask"],
        ["ask", "--fact", "activity", "--from", "9999-99-99", "--to", "2026-01-01"],
        ["ask", "--fact", "activity", "--from", "2026-01-05"],
        ["ask", "--fact", "activity", "--measure", "mode"],
        ["ask", "--fact", "activity", "--where", "country"],
        ["check", "--as-of", "yesterday"], ["app", "--port", "0"], ["app", "--port", "99999999"],
        ["demo", "x", "--accounts", "0"], ["demo", "x", "--accounts", "9" * 24],
        ["demo", "x", "--seed", "-9"], ["demo", "x", "--as-of", "9999-12-31"],
        ["demo", "x", "--as-of", "0001-01-01"], ["demo", "x", "--broken", "MKT-99"],
        ["demo", "x", "--broken", "all", "--clean"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_usage_is_told(arguments, imported, tmp_path, typed, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(imported))
    code, said = typed(*arguments)
    assert code == 2
    assert said.startswith("vitrail: ")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--fact", "activity", "--from", "0001-01-01", "--to", "9999-12-31"],
        ["--fact", "activity", "--by", "week", "--from", "0001-01-01", "--to", "9999-12-31"],
        ["--fact", "activity", "--epoch", "../../facts"],
        ["--fact", "nothing"],
        ["SELECT " + "(" * 5000],
        ["SELECT '" + RAW],
    ],
    ids=["far span", "far weeks", "path as epoch", "no fact", "nested", "open quote"],
)
def test_an_absurd_question_is_refused(arguments, imported, typed):
    code, said = typed("ask", "-C", imported, *arguments)
    assert code == 4
    assert said.startswith("vitrail: ")


def test_an_output_that_is_a_file_or_nowhere_is_told(exports, tmp_path, typed):
    (tmp_path / "file").write_text("kept")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/no-such-folder")):
        code, said = typed("scan", exports, "--names", "off", "--out", place)
        assert code == 2
        assert place.name in said
    code, said = typed("demo", tmp_path / "file")
    assert code == 2
    assert (tmp_path / "file").read_text() == "kept"


def test_a_check_whose_output_is_a_file_is_told(imported, tmp_path, typed):
    (tmp_path / "file").write_text("kept")
    code, said = typed("check", "-C", imported, "--only", "DSR-01", "--out", tmp_path / "file")
    assert code == 2
    assert "file" in said
    assert (tmp_path / "file").read_text() == "kept"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "There is no baseline"),
        ("not json", "is no baseline"),
        ('{"a": 1}', "is no baseline"),
        ("[1]", "is no baseline"),
        (json.dumps({"schema": "vitrail.baseline/2", "key": "0" * 16, "findings": []}),
         "written under another key"),
    ],
    ids=["absent", "text", "other json", "a list", "another key"],
)  # fmt: skip
def test_a_baseline_that_is_none_of_ours_is_told(content, words, exports, tmp_path, typed):
    place = tmp_path / "baseline.json"
    if content is not None:
        place.write_text(content)
    code, said = typed("scan", exports, "--names", "off", "--baseline", place)
    assert code == 2
    assert words in said


def test_a_folder_as_baseline_is_told(exports, tmp_path, typed):
    assert typed("scan", exports, "--names", "off", "--baseline", tmp_path)[0] == 2
    assert typed("scan", exports, "--names", "off", "--write-baseline", tmp_path)[0] == 2


@pytest.mark.parametrize("run", ["nothing", "../../etc", "check-nothing", ""])
def test_a_report_of_a_run_that_is_not_there_is_told(run, imported, typed):
    code, said = typed("report", run, "-C", imported)
    assert code == 2
    assert "There is no" in said


# --- pipes and signals ------------------------------------------------------------------------


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "vitrail", *map(str, arguments)]


def test_a_reader_that_goes_away_ends_it_in_silence(exports, home):
    running = subprocess.Popen(
        _command("scan", exports, "--names", "off", "--format", "html"),
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    running.stdout.close()
    said = running.stderr.read().decode()
    assert running.wait(100) in (0, 1, 3)
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_an_output_on_a_full_disk_is_told(exports, home):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            _command("scan", exports, "--names", "off", "--json"),
            env={**os.environ, "HOME": str(home)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=100,
        )
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.attack
@pytest.mark.parametrize("name", ["scan", "import"])
def test_an_interrupt_at_any_moment_leaves_all_whole(name, settled, home, vitrail):
    """Two moments by a seed, from the first module to the last word."""
    arguments = {
        "scan": ["scan", "-C", settled, "--names", "off"],
        "import": ["import", "-C", settled],
    }
    epoch = (settled / "facts" / "CURRENT").read_text()
    dice = random.Random(11)
    for _ in range(2):
        running = subprocess.Popen(
            _command(*arguments[name]),
            env={**os.environ, "HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        time.sleep(dice.uniform(0.3, 3.0))
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1].decode()
        assert running.returncode in (130, 0, 1, -signal.SIGINT), said
        assert running.returncode == -signal.SIGINT or "Traceback" not in said, said
    vitrail("ledger", "verify", "-C", settled, code=0)
    assert (settled / "facts" / "CURRENT").read_text() == epoch
    assert not list((settled / "facts").glob(".*duckdb*"))
    vitrail(*arguments[name], "-C", settled, code=1 if name == "scan" else 0)


@pytest.mark.parametrize("out", [".", ".."])
def test_results_do_not_go_where_they_would_hide_what_is_scanned(vitrail, tmp_path, out):
    """A run leaves out what lies in its own folder: this would have found nothing in nothing."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "notes.csv").write_text("a,b\n1,zoe@example-mail.org\n")
    done = vitrail("scan", folder, "--out", folder / out, "--names", "off", code=2)
    assert "holds what is scanned" in done.stderr
    assert [p.name for p in folder.iterdir()] == ["notes.csv"]
    vitrail("scan", folder, "--out", folder / "results", "--names", "off", code=1)


def test_a_folder_without_anything_to_read_is_told(vitrail, tmp_path):
    done = vitrail("scan", tmp_path, code=0)
    assert "nothing to scan" in done.stderr


def test_a_missing_baseline_is_told_before_anything_is_read(vitrail, tmp_path):
    (tmp_path / "a.csv").write_text("a\nzoe@example-mail.org\n")
    out = tmp_path / "out"
    done = vitrail("scan", tmp_path / "a.csv", "--baseline", "none", "--out", out, code=2)
    assert "no baseline none" in done.stderr
    assert not out.exists()


def test_entity_types_may_be_named_in_small_letters(vitrail, tmp_path):
    (tmp_path / "a.csv").write_text("a\nzoe@example-mail.org\n")
    vitrail("scan", tmp_path / "a.csv", "--entities", "email_address", "--names", "off", code=1)
