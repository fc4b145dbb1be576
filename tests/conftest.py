"""What several rooms' tests stand on: a demo workspace, made once for all workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock


@pytest.fixture(scope="session")
def demo_workspace(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A company of 1,200 accounts, imported, scanned and checked. Tests leave it as it was."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    place = shared / "demo-workspace"
    with FileLock(shared / "demo-workspace.lock"):
        if not (place / "ready").exists():
            _make(place)
            (place / "ready").touch()
    return place


def _make(place: Path) -> None:
    import vitrail
    from vitrail.demo import write_demo
    from vitrail.scan import ScanOptions

    write_demo(place, accounts=1200, seed=7)
    with vitrail.open(place) as workspace:
        workspace.import_exports()
        workspace.scan(ScanOptions(names="off"))
        workspace.check()


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """This worker's name; ``master`` where the suite runs in one process."""
    workerinput = getattr(request.config, "workerinput", None)
    return workerinput["workerid"] if workerinput else "master"
