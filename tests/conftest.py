"""What several rooms' tests stand on: a demo workspace, made once for all workers."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import platformdirs
import pytest
from filelock import FileLock

_POSTGRES = ("initdb", "pg_ctl")


#: What takes longest goes first, so that neither worker waits for the other at the end. While one
#: makes the demo company for its browser, the other is at what needs none.
_FIRST = ("tests/e2e/test_every_page.py", "tests/test_house.py", "tests/e2e/")


def pytest_configure() -> None:
    """Whatever home a test gives a program, patterns are compiled once."""
    os.environ.setdefault("XDG_CACHE_HOME", str(platformdirs.user_cache_path()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def turn(item: pytest.Item) -> int:
        begins = (n for n, place in enumerate(_FIRST) if item.nodeid.startswith(place))
        return next(begins, len(_FIRST))

    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """All that is imported by now stays: the collector need not go through it a thousand times."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_sessionfinish() -> None:
    """So that libraries take themselves apart in silence."""
    gc.unfreeze()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """``small_disk("300k")``: a disk of that size, which only root can make."""
    made: list[Path] = []

    def mounted(size: str) -> Path:
        if os.geteuid() != 0:
            pytest.skip("a small disk is mounted by root")
        place = tmp_path / "disk"
        place.mkdir()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("no disk can be mounted here")
        made.append(place)
        return place

    yield mounted
    for place in made:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A company of 1,200 accounts, imported, scanned and checked. Tests leave it as it was."""
    return _shared(tmp_path_factory, worker_id, "demo-workspace", 1200)


@pytest.fixture(scope="session")
def unopened_demo(demo_workspace: Path) -> Path:
    """The same, which nobody opens: to copy files of an open ledger tears them."""
    return demo_workspace.with_name(f"unopened-{demo_workspace.name}")


@pytest.fixture(scope="session")
def small_workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The same of 150 accounts, for tests that scan or check anew. Tests take copies of it."""
    return _shared(tmp_path_factory, worker_id, "small-workspace", 150)


def _shared(factory: pytest.TempPathFactory, worker: str, name: str, accounts: int) -> Path:
    """A workspace that whichever worker comes first makes for all of them."""
    base = factory.getbasetemp()
    shared = base if worker == "master" else base.parent
    place = shared / name
    with FileLock(shared / f"{name}.lock"):
        if not (place / "ready").exists():
            _make(place, accounts)
            shutil.copytree(place, place.with_name(f"unopened-{name}"))
            (place / "ready").touch()
    return place


def _make(place: Path, accounts: int) -> None:
    import vitrail
    from vitrail.demo import write_demo
    from vitrail.scan import ScanOptions

    write_demo(place, accounts=accounts, seed=7)
    with vitrail.open(place) as workspace:
        workspace.import_exports()
        workspace.scan(ScanOptions(names="off"))
        workspace.check()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """This worker's name; ``master`` where the suite runs in one process."""
    workerinput = getattr(request.config, "workerinput", None)
    return workerinput["workerid"] if workerinput else "master"


def _binary(name: str) -> str:
    """A server program, on the path or where Debian keeps it."""
    found = shutil.which(name)
    if found is None:
        kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(kept[-1]) if kept else None
    if found is None:
        pytest.fail(
            f"PostgreSQL's {name} is not installed; on Debian: apt-get install postgresql",
            pytrace=False,
        )
    return found


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a real PostgreSQL of our own, on loopback, gone after the session.

    The server refuses to run as root, so root starts it as ``nobody``.
    """
    programs = {name: _binary(name) for name in _POSTGRES}
    folder = Path(tempfile.mkdtemp(prefix="vitrail-postgres-"))
    as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    before = as_user if os.geteuid() == 0 else []
    if before:
        shutil.chown(folder, "nobody", "nogroup")
    port = _free_port()
    data, environment = folder / "data", {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*command: str) -> None:
        subprocess.run(
            [*before, *command], check=True, env=environment, cwd=folder,
            stdout=subprocess.DEVNULL, timeout=120,
        )  # fmt: skip

    run(programs["initdb"], "-D", str(data), "-U", "auditor", "-A", "trust", "-E", "UTF8", "-N")
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off"
    )
    try:
        run(
            programs["pg_ctl"],
            "-D",
            str(data),
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            options,
            "start",
        )
        yield f"postgresql://auditor:a-secret-word@127.0.0.1:{port}/postgres"
    finally:
        run(programs["pg_ctl"], "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
