"""The docs site, built once as `make docs` builds it, and the pages that it is built from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

HOUSE = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of the built site; a page outside the navigation or a dead link is a failure."""
    base = tmp_path_factory.getbasetemp()
    place = (base if worker_id == "master" else base.parent) / "docs-site"
    with FileLock(f"{place}.lock"):
        if not place.exists():
            done = subprocess.run(
                [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(place)],
                cwd=HOUSE, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                capture_output=True, text=True,
            )  # fmt: skip
            assert done.returncode == 0, done.stdout + done.stderr
    return place
