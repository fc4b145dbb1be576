"""The command line as a user meets it: a process of its own, its exit code, its two streams."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.loaded import loaded

#: Stands in cells that break; no stream and no log may ever show it.
RAW = "zzqraw"

#: Without these rights root meets the same closed doors as anyone else.
AS_ANYONE: tuple[str, ...] = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)

Done = subprocess.CompletedProcess[str]
Vitrail = Callable[..., Done]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's home of our own: with its key and its caches, made at first use."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def vitrail(home: Path) -> Vitrail:
    """Runs ``vitrail`` and holds every run to what no failure may do."""

    def run(
        *arguments: str | Path, before: Sequence[str] = (), code: int | None = None, **env: str
    ) -> Done:
        environment = {**os.environ, "HOME": str(home), **env}
        if before:
            done = subprocess.run(
                [*before, sys.executable, "-m", "vitrail", *map(str, arguments)],
                capture_output=True,
                text=True,
                errors="backslashreplace",
                env=environment,
                stdin=subprocess.DEVNULL,
                timeout=200,
            )
        else:
            done = loaded().run([*map(str, arguments)], environment, 200)
        assert_in_order(done, home)
        assert code is None or done.returncode == code, done.stderr
        return done

    return run


def assert_in_order(done: Done, home: Path) -> None:
    """No fault of our own, no traceback, no raw value on a stream or in a log."""
    said = done.stdout + done.stderr
    assert done.returncode != 70, done.stderr
    assert "Traceback" not in said
    assert RAW not in said
    logs = home.glob(".local/state/vitrail/**/*.jsonl")
    assert not any(RAW in log.read_text() for log in logs)


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo company of 60 accounts, not imported yet. Tests take copies of it."""
    from vitrail.demo import write_demo

    place = tmp_path_factory.mktemp("company") / "company"
    write_demo(place, accounts=60)
    return place


@pytest.fixture
def workspace(company: Path, tmp_path: Path) -> Path:
    """A copy of the company, for this test alone."""
    return Path(shutil.copytree(company, tmp_path / "workspace"))


@pytest.fixture(scope="session")
def imported(company: Path, tmp_path_factory: pytest.TempPathFactory, vitrail: Vitrail) -> Path:
    """A company that was imported once. Tests take copies of it, or leave it as it was."""
    place = tmp_path_factory.mktemp("imported") / "company"
    shutil.copytree(company, place)
    vitrail("import", "-C", place, code=0)
    return place


@pytest.fixture
def settled(imported: Path, tmp_path: Path) -> Path:
    """A copy of the imported company, for this test alone."""
    return Path(shutil.copytree(imported, tmp_path / "settled"))
