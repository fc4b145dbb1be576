"""Small folders of exports with somebody in them, and the demo company's own people."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import vitrail
from vitrail.exports.catalog import Catalog
from vitrail.keys import Keyring
from vitrail.trace import Grounds, Trace, read_subjects, run
from vitrail.workspace import Workspace

Traced = Callable[..., Trace]

#: What a workspace records before anybody is traced in it; what else it needs follows.
ASSESSED = """
asof = 2026-11-20
[dpia]
reference = "r"
purpose = "p"
owner = "o"
"""
CASE = {"case": "DSAR-14", "reason": "request for access"}


@pytest.fixture
def trace_in(tmp_path: Path) -> Traced:
    """``trace_in(folder, line, …)``: one person in a folder of exports without any mapping."""

    def trace(folder: Path, *lines: str, each: bool = False) -> Trace:
        grounds = Grounds(Catalog.discover([folder]), {}, frozenset(), {})
        keys = Keyring(bytes(range(32)))
        return run(read_subjects(lines, each=each), grounds, keys, "a case").trace

    return trace


@pytest.fixture(scope="session")
def company(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's exports under a workspace of their own, not imported."""
    place = tmp_path_factory.mktemp("traced") / "company"
    place.mkdir()
    shutil.copytree(demo_workspace / "exports", place / "exports")
    shutil.copytree(demo_workspace / "allow", place / "allow")
    shutil.copy(demo_workspace / "vitrail.toml", place)
    return place


@pytest.fixture
def workspace(company: Path) -> Iterator[Workspace]:
    with vitrail.open(company) as opened:
        yield opened


@pytest.fixture(scope="session")
def accounts(company: Path) -> list[tuple[str, str]]:
    """(account id, e-mail address) of the accounts that have both."""
    with sqlite3.connect(company / "exports" / "accounts.sqlite") as connection:
        return connection.execute(
            "SELECT account_id, email FROM accounts WHERE email IS NOT NULL ORDER BY account_id"
        ).fetchall()
