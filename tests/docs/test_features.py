"""What the list of features says is there, is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.commands import commands, parameters

HOUSE = Path(__file__).parents[2]
TEXT = (HOUSE / "docs" / "features.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in TEXT.splitlines()
        if re.match(r"\| [✓~✕]", line)]  # fmt: skip
COMMANDS = commands()
_CODE = re.compile(r"```(?:sh|text)\n(.*?)```|`(vitrail [^`]+)`", re.S)


def command_of(words: str) -> str:
    """The longest command that these words begin with; nothing where there is none."""
    parts = words.split()
    tried = (" ".join(["vitrail", *parts[:n]]) for n in range(min(len(parts), 2), 0, -1))
    return next((name for name in tried if name in COMMANDS), "")


def options_of(name: str) -> set[str]:
    given = parameters(COMMANDS[name])
    return {"--help", *(word for one in given for word in (*one.opts, *one.secondary_opts))}


def is_group(words: str) -> bool:
    """Whether these words name a group of commands and none of it, as ``vitrail findings`` does."""
    parts = words.split()
    group = any(name.startswith(f"vitrail {parts[0]} ") for name in COMMANDS)
    return group and not command_of(words)


def test_each_feature_names_a_test_that_there_is() -> None:
    assert len(ROWS) >= 35
    for row in ROWS:
        assert len(row) == 4, row
        assert (HOUSE / row[3].strip("`")).exists(), row[3]


def test_each_page_that_is_named_is_a_page() -> None:
    pages = {path.stem.replace("_", " ").capitalize() for path in (HOUSE / "pages").glob("*.py")}
    first = {re.split(r"[:;,]", row[2])[0] for row in ROWS}
    named = {word for word in first if re.fullmatch(r"[A-Z][a-z]+", word)}
    assert named
    assert named <= pages


@pytest.mark.parametrize(
    "page",
    [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))],
    ids=lambda page: str(page.relative_to(HOUSE)),
)
def test_every_command_and_option_that_a_page_names_is_one(page: Path) -> None:
    for block, inline in _CODE.findall(page.read_text("utf-8")):
        for line in re.sub(r"\\\n\s*", " ", block or inline).splitlines():
            called = re.search(r"(?:^|[/\s=])vitrail ([a-z].*)", line.partition("  #")[0])
            if called is None or is_group(called[1]):
                continue
            name = command_of(called[1])
            assert name, f"there is no such command: {line}"
            unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "", called[1])
            for option in re.findall(r"(?<=[\s\[])(--?[A-Za-z][A-Za-z-]*)", unquoted):
                assert option in options_of(name), f"{name} has no {option}"


def test_a_shell_completes_what_is_begun() -> None:
    asked = {"_VITRAIL_COMPLETE": "complete_bash", "COMP_WORDS": "vitrail sc", "COMP_CWORD": "1"}
    done = subprocess.run(
        [Path(sys.executable).parent / "vitrail"],
        capture_output=True, text=True, env={**os.environ, **asked},
    )  # fmt: skip
    assert done.stdout.split() == ["scan"], done.stderr
