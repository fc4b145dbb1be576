"""What README and how-tos tell to type does what they say, on a small company.

A page's blocks are one script, run by a real shell in a folder that holds ``company`` (a
workspace), ``fixtures``, ``who.txt`` and, as the home folder, some downloads. 1 is what a command
ends with where something was found; any other code is a page that lies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
#: Lines that are not run, and why.
NOT_RUN = {
    r"make ": "sets up, builds or tests the whole house",
    r"vitrail app ": "serves until it is ended; tests/e2e starts it",
    r"useradd ": "makes an account of the system",
    r"chmod 700 /srv": "belongs to that account",
    r"pip install |hf download ": "needs a network",
    r"vitrail report private-": "names a release of one's own",
    r"vitrail settings approve ": "takes a second person; tests/workspace/test_settings_approval",
}
PAGES = {
    path: re.findall(r"^```sh\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    for path in [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))]
}
TRAP = (
    "trap 'code=$?; [ $code = 1 ] || { echo \"exit $code: $BASH_COMMAND\" >&2; exit $code; }' ERR"
)


def kept(block: str) -> str:
    """A block without the lines that are not run."""
    lines = block.replace(".venv/bin/vitrail", "vitrail").splitlines()
    return "\n".join(line for line in lines if not any(re.match(one, line) for one in NOT_RUN))


def cases() -> list[object]:
    return [
        pytest.param(blocks, id=path.name)
        for path, blocks in PAGES.items()
        if any(kept(block).strip() for block in blocks)
    ]


@pytest.fixture
def room(small_workspace: Path, tmp_path: Path) -> Path:
    return furnished(small_workspace.with_name(f"unopened-{small_workspace.name}"), tmp_path)


def furnished(company: Path, room: Path) -> Path:
    """Where somebody sits who follows a page."""
    shutil.copytree(company, room / "company")
    for folder in ("crm", "mailchimp", "product"):
        shutil.copytree(company / "exports" / folder, room / "home" / "downloads" / folder)
    (room / "fixtures").mkdir()
    (room / "fixtures" / "users.csv").write_text("id,mail\n1,amelie.durand@mail.example.org\n")
    (room / "who.txt").write_text("amelie.durand@mail.example.org\n")
    (room / "bin").mkdir()
    (room / "bin" / "vitrail").write_text(f'#!/bin/sh\nexec {sys.executable} -m vitrail "$@"\n')
    (room / "bin" / "vitrail").chmod(0o755)
    return room


def followed(blocks: list[str], room: Path) -> subprocess.CompletedProcess[str]:
    """The blocks as one script, which stops at the first line that does not do what it says."""
    return subprocess.run(
        ["bash", "-c", "\n".join([TRAP, *map(kept, blocks)])],
        cwd=room, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=850,
        env={
            **os.environ,
            "PATH": f"{room / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(HOUSE),
            "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
            "HOME": str(room / "home"),
            "VITRAIL_WORKSPACE": str(room / "company"),
        },
    )  # fmt: skip


@pytest.mark.attack  # a minute or more a page
@pytest.mark.timeout(900)
@pytest.mark.parametrize("blocks", cases())
def test_a_page_can_be_followed_line_by_line(blocks: list[str], room: Path) -> None:
    done = followed(blocks, room)
    assert done.returncode in (0, 1), done.stderr[-2000:]


def test_every_exception_is_still_one() -> None:
    lines = [line for blocks in PAGES.values() for block in blocks for line in block.splitlines()]
    lines = [line.replace(".venv/bin/vitrail", "vitrail") for line in lines]
    for pattern, why in NOT_RUN.items():
        assert any(re.match(pattern, line) for line in lines), f"no page says {pattern} ({why})"
