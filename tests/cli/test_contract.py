"""What other programs may rely on: commands, exit codes, JSON on standard output."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.loaded import loaded


def vitrail(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command as other programs start it, but for the loading of libraries."""
    return loaded().run([*map(str, arguments)], {**os.environ, **environment}, 240)


COMMANDS = (
    "demo", "import", "scan", "check", "ask", "redact", "report", "app", "doctor", "ledger",
    "findings", "map", "minors", "people", "policy", "purge", "resolve", "settings", "cycle",
    "trace", "inventory", "register",
)  # fmt: skip


def test_help_names_every_command_and_no_stub() -> None:
    shown = vitrail("--help")
    assert shown.returncode == 0
    listed = set(re.findall(r"^[│ ]+([a-z]+)  ", shown.stdout, re.M))
    assert listed == set(COMMANDS)


@pytest.mark.parametrize("arguments", [["frobnicate"], ["scan", "--names", "some"], ["ask"]])
def test_wrong_usage_exits_2(arguments: list[str], demo_workspace: Path) -> None:
    assert vitrail(*arguments, VITRAIL_WORKSPACE=str(demo_workspace)).returncode == 2


def test_outside_a_workspace_the_way_in_is_told(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "vitrail", "import"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "vitrail demo" in done.stderr


def test_ask_answers_a_document_and_nothing_else(demo_workspace: Path) -> None:
    done = vitrail(
        "ask", "-C", demo_workspace, "--json",
        "SELECT country, count(DISTINCT person) FROM activity GROUP BY country",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert set(answer) == {
        "schema", "columns", "rows", "suppressed", "release", "epoch", "notes",
    }  # fmt: skip
    assert answer["columns"] == ["country", "persons"]
    assert any(row[1] and {"value", "privacy", "total"} <= set(row[1]) for row in answer["rows"])


def test_ask_takes_a_declared_question_too(demo_workspace: Path) -> None:
    one = vitrail("ask", "-C", demo_workspace, "--fact", "activity", "--by", "country", "--json")
    other = vitrail(
        "ask", "-C", demo_workspace, "--json",
        "select country, COUNT(DISTINCT person) from activity group by 1",
    )  # fmt: skip
    assert one.returncode == 0, one.stderr
    assert other.returncode in (0, 4)
    if other.returncode == 0:
        assert json.loads(one.stdout)["rows"] == json.loads(other.stdout)["rows"]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM activity",
        "SELECT country, count(*) FROM activity WHERE country IN ('FR', 'DE') GROUP BY country",
        "SELECT * FROM read_csv('/etc/passwd')",
        "DROP TABLE activity",
    ],
)
def test_a_refused_question_exits_4_with_a_sentence(sql: str, demo_workspace: Path) -> None:
    done = vitrail("ask", "-C", demo_workspace, sql)
    assert done.returncode == 4
    assert done.stderr.startswith("vitrail: ")
    assert "Traceback" not in done.stderr
    assert not done.stdout


def test_check_writes_what_the_contract_says(demo_workspace: Path, tmp_path: Path) -> None:
    done = vitrail("check", "-C", demo_workspace, "--out", tmp_path / "pack", "--json")
    assert done.returncode == 1, done.stderr  # the demo company breaks promises
    written = json.loads((tmp_path / "pack" / "assessments.json").read_text())
    assert written["schema"].startswith("vitrail.assessments/")
    for assessment in written["assessments"]:
        assert {
            "control", "section", "title", "verdict", "severity", "kind", "denominator",
            "violations", "rate", "first", "last", "keys", "inputs", "sql_sha256",
            "parameters", "reason",
        } <= set(assessment)  # fmt: skip
        assert assessment["verdict"] == assessment["verdict"].upper()


@pytest.mark.parametrize(
    "form", ["oscal", *(pytest.param(f, marks=pytest.mark.attack) for f in ("html", "pdf", "json"))]
)
def test_check_writes_each_format(form: str, demo_workspace: Path, tmp_path: Path) -> None:
    done = vitrail(
        "check", "-C", demo_workspace, "--only", "DSR-01", "--format", form, "--out", tmp_path
    )
    assert done.returncode in (0, 1), done.stderr
    assert (tmp_path / "assessments.json").exists()


def test_an_unknown_control_is_wrong_usage(demo_workspace: Path) -> None:
    done = vitrail("check", "-C", demo_workspace, "--only", "XYZ-99")
    assert done.returncode == 2
    assert "PAY-01" in done.stderr


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    lines = "\n".join(f"{n},note {n},person{n}@mail.example.org" for n in range(40))
    (folder / "clients.csv").write_text(f"id,note,contact\n{lines}\n")
    return folder


def test_scan_needs_no_workspace_and_writes_its_three_files(exports: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = vitrail("scan", exports, "--out", out, "--names", "off", "--json", HOME=str(tmp_path))
    assert done.returncode == 1, done.stderr
    hits = pq.read_table(out / "hits.parquet").to_pylist()
    assert {h["entity_type"] for h in hits} == {"EMAIL_ADDRESS"}
    assert [h["row"] for h in hits] == list(range(40))
    assert json.loads((out / "columns.json").read_text())["columns"]
    run = json.loads((out / "run.json").read_text())
    assert run["inputs"][0]["sha256"]
    assert "example.org" not in (out / "columns.json").read_text() + done.stdout + done.stderr


@pytest.mark.parametrize("form", ["table", "json", "sarif", "csv", "html"])
def test_scan_answers_in_each_format_and_never_with_a_value(
    form: str, exports: Path, tmp_path: Path
) -> None:
    done = vitrail("scan", exports, "--names", "off", "--format", form, HOME=str(tmp_path))
    assert done.returncode == 1, done.stderr
    assert done.stdout
    assert "person7@" not in done.stdout + done.stderr
    if form in ("json", "sarif"):
        json.loads(done.stdout)


@pytest.mark.parametrize(("level", "code"), [("low", 1), ("medium", 1), ("critical", 0),
                                             ("never", 0)])  # fmt: skip
def test_fail_on_sets_the_bar(level: str, code: int, exports: Path, tmp_path: Path) -> None:
    done = vitrail("scan", exports, "--names", "off", "--fail-on", level, HOME=str(tmp_path))
    assert done.returncode == code, done.stderr


def test_a_baseline_passes_what_is_known_and_fails_on_what_is_new(
    exports: Path, tmp_path: Path
) -> None:
    base = tmp_path / "baseline.json"
    common = ["--names", "off", "--out"]
    first = vitrail("scan", exports, *common, tmp_path / "a", "--write-baseline", base,
                    HOME=str(tmp_path))  # fmt: skip
    assert first.returncode == 1, first.stderr
    again = vitrail("scan", exports, *common, tmp_path / "b", "--baseline", base,
                    HOME=str(tmp_path))  # fmt: skip
    assert again.returncode == 0, again.stderr
    (exports / "more.csv").write_text("id,iban\n1,FR1420041010050500013M02606\n")
    new = vitrail("scan", exports, *common, tmp_path / "c", "--baseline", base,
                  HOME=str(tmp_path))  # fmt: skip
    assert new.returncode == 1, new.stderr
    other = vitrail("scan", exports, *common, tmp_path / "d", "--baseline", base,
                    HOME=str(tmp_path / "other"))  # fmt: skip
    assert other.returncode == 2, "another key's fingerprints are refused"


def test_an_unreadable_input_exits_3_and_the_rest_is_scanned(exports: Path, tmp_path: Path) -> None:
    (exports / "broken.parquet").write_bytes(b"PAR1 cut short")
    done = vitrail("scan", exports, "--names", "off", "--json", HOME=str(tmp_path))
    assert done.returncode == 3
    assert "broken.parquet" in done.stderr
    assert "EMAIL_ADDRESS" in done.stdout


def test_interrupted_exits_130_and_resumes(tmp_path: Path) -> None:
    folder, out = tmp_path / "files", tmp_path / "out"
    folder.mkdir()
    for part in range(24):
        rows = "\n".join(f"{n},user{n}.{part}@mail.example.org,text {n}" for n in range(20_000))
        (folder / f"part{part:02}.csv").write_text(f"id,mail,note\n{rows}\n")
    command = [sys.executable, "-m", "vitrail", "scan", str(folder), "--out", str(out),
               "--names", "off", "--format", "json"]  # fmt: skip
    environment = {**os.environ, "HOME": str(tmp_path)}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)  # fmt: skip
    end = time.monotonic() + 60
    while not list(out.glob("**/part-*.parquet")) and time.monotonic() < end:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) in (130, 1)  # 1 where it had finished before the signal came
    done = subprocess.run([*command, "--resume"], env=environment, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert pq.read_table(out / "hits.parquet").num_rows == 24 * 20_000


def test_the_ledger_tells_when_a_line_was_changed(unopened_demo: Path, tmp_path: Path) -> None:
    import sqlite3

    copy = tmp_path / "copy"
    shutil.copytree(unopened_demo, copy)
    assert vitrail("ledger", "verify", "-C", copy).returncode == 0
    with sqlite3.connect(copy / "ledger.db") as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE events SET actor = 'nobody' WHERE seq = 2")
    done = vitrail("ledger", "verify", "-C", copy)
    assert done.returncode == 1
    assert "2" in done.stderr


def test_a_lost_key_is_told_and_never_made_anew(unopened_demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(unopened_demo, copy)
    (copy / "key").unlink()
    done = vitrail("import", "-C", copy)
    assert done.returncode == 2
    assert "key is lost" in done.stderr
    assert not (copy / "key").exists()


def test_a_foreign_key_is_refused(unopened_demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(unopened_demo, copy)
    (copy / "key").write_text("ab" * 32)
    done = vitrail("import", "-C", copy)
    assert done.returncode == 2


@pytest.mark.parametrize("form", ["html", "json", "sarif", "csv", "pdf"])
def test_a_run_is_reported_again(form: str, demo_workspace: Path) -> None:
    scans = sorted((demo_workspace / "runs").glob("scan-*/run.json"))
    done = vitrail("report", scans[-1].parent.name, "-C", demo_workspace, "--format", form)
    assert done.returncode == 0, done.stderr


def test_doctor_says_what_is_covered(tmp_path: Path) -> None:
    done = vitrail("doctor", "--json", HOME=str(tmp_path))
    assert done.returncode == 0, done.stderr
    coverage = json.loads(done.stdout)["coverage"]
    assert {"en", "fr", "de", "es", "it", "pt", "nl"} <= set(coverage)
    assert all("CREDIT_CARD" in types for types in coverage.values())


def test_the_workbench_is_not_opened_to_other_machines(demo_workspace: Path) -> None:
    done = vitrail("app", "-C", demo_workspace, "--address", "0.0.0.0")
    assert done.returncode == 2
    assert "sign-in" in done.stderr


def test_the_access_log_is_written_out_whole(demo_workspace: Path) -> None:
    done = vitrail("ledger", "export", "-C", demo_workspace)
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["schema"] == "vitrail.access_log/1"
    assert document["chain"]["head"] == document["events"][-1]["hash"]
    assert len(document["events"]) == document["chain"]["length"] > 3


def test_ask_writes_the_report_that_its_page_offers(demo_workspace: Path, tmp_path: Path) -> None:
    told = {}
    for name, language in (("page.html", "fr"), ("again.html", "fr"), ("paper.pdf", "en")):
        done = vitrail(
            "ask", "-C", demo_workspace, "--fact", "activity", "--by", "country",
            "--report", tmp_path / name, "--language", language,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "±" in done.stdout
        told[name] = (tmp_path / name).read_bytes()
    assert told["page.html"] == told["again.html"], "the same question gives the same bytes"
    assert b"Tous les chiffres" in told["page.html"]
    assert told["paper.pdf"].startswith(b"%PDF-")
    for wrong in (["--report", "page.docx"], ["--report", "page.pdf", "--language", "xx"]):
        refused = vitrail("ask", "-C", demo_workspace, "--fact", "activity", *wrong)
        assert refused.returncode == 2, refused.stderr
        assert "Traceback" not in refused.stderr
