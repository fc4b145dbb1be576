"""Spark does the same work with the same kernel: every hit, every count is the local engine's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vitrail import scan
from vitrail.keys import Keyring

OPTIONS = {"names": "off", "jobs": 2}


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_spark_finds_what_the_local_engine_finds(
    exports: Path, tmp_path: Path, keys: Keyring, big_csv: Callable[[Path, int], Path]
) -> None:
    pytest.importorskip("pyspark")
    big_csv(exports / "orders.csv", 20_000)
    for engine in ("local", "spark"):
        plan = scan.plan([exports], scan.ScanOptions(**OPTIONS, engine=engine))
        scan.run(plan, tmp_path / engine, keys, run_id=engine, fresh=True, block_bytes=128 << 10)
    local, spark = tmp_path / "local", tmp_path / "spark"
    assert scan.read_hits(spark).num_rows > 500
    assert scan.read_hits(spark).equals(scan.read_hits(local))
    assert (spark / "columns.json").read_bytes() == (local / "columns.json").read_bytes()


@pytest.mark.attack
@pytest.mark.timeout(600)
def test_a_run_that_was_cut_short_goes_on_with_another_engine(
    tmp_path: Path, keys: Keyring, big_csv: Callable[[Path, int], Path]
) -> None:
    pytest.importorskip("pyspark")
    source = big_csv(tmp_path / "exports" / "orders.csv", 20_000)
    out = tmp_path / "out"

    def some_done() -> bool:
        return len(list((out / "journal").glob("*.json"))) >= 2

    plan = scan.plan([source], scan.ScanOptions(**OPTIONS, engine="spark"))
    cut = scan.run(plan, out, keys, run_id="s", cancelled=some_done, block_bytes=64 << 10)
    assert cut.state.value == "cancelled"
    plan = scan.plan([source], scan.ScanOptions(**OPTIONS))
    scan.run(plan, out, keys, run_id="s", resume=True)
    scan.run(plan, tmp_path / "whole", keys, run_id="w")
    assert scan.read_hits(out).equals(scan.read_hits(tmp_path / "whole"))


def refused(environment: dict[str, str], tmp_path: Path, *before: str) -> str:
    (tmp_path / "a.csv").write_text("id,mail\n1,a@example-mail.org\n")
    start = "import sys; {} from vitrail.cli import main; sys.exit(main())".format(*before or ("",))
    done = subprocess.run(
        [sys.executable, "-c", start, "scan", str(tmp_path / "a.csv"), "--engine", "spark",
         "--names", "off"],
        env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_without_pyspark_the_remedy_is_told(tmp_path: Path) -> None:
    told = refused({}, tmp_path, "sys.modules['pyspark'] = None;")
    assert "PySpark" in told
    assert "vitrail[spark]" in told


@pytest.mark.attack
def test_without_java_the_remedy_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in ("bash", "sh", "dirname", "env"):
        (folder / program).symlink_to(shutil.which(program) or "")
    told = refused({"PATH": str(folder), "JAVA_HOME": ""}, tmp_path)
    assert "Java 17" in told
