"""The command line helps: examples, completion, the name that may be meant, quiet in a pipe."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from vitrail.cli.commands import application

VITRAIL = Path(sys.executable).parent / "vitrail"


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if not children:
        yield path, command
        return
    for name, child in children.items():
        yield from commands(child, (*path, name))


EVERY = dict(commands(get_command(application)))


def examples(command: Any) -> list[str]:
    return [line.strip() for line in (command.epilog or "").splitlines()[1:]]


def test_every_command_shows_an_example() -> None:
    without = [" ".join(path) for path, command in EVERY.items() if not examples(command)]
    assert without == []


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_example_can_be_typed_as_it_stands(path: tuple[str, ...]) -> None:
    for line in examples(EVERY[path]):
        words = shlex.split(line)
        assert tuple(words[: len(path) + 1]) == ("vitrail", *path)
        EVERY[path].make_context(path[-1], words[len(path) + 1 :])


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "NO_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "vitrail", *arguments],
        capture_output=True, text=True, timeout=120, env={**clean, **environment},
    )  # fmt: skip


def test_help_shows_examples_a_line_each_and_no_colours_in_a_pipe() -> None:
    shown = run("check", "--help")
    assert "\n Examples:" in shown.stdout
    assert "vitrail check -C company --out pack" in shown.stdout
    assert "\x1b[" not in shown.stdout + shown.stderr
    assert "\x1b[" not in run("doctor", NO_COLOR="1", TERM="xterm-256color").stdout


def complete(line: str, **environment: str) -> list[str]:
    """What bash would offer at the end of the line."""
    words = line.split(" ")
    done = run(_VITRAIL_COMPLETE="complete_bash", COMP_WORDS=line,
               COMP_CWORD=str(len(words) - 1), **environment)  # fmt: skip
    return done.stdout.split()


def test_bash_completes_commands_options_and_names(demo_workspace: Path) -> None:
    here = {"VITRAIL_WORKSPACE": str(demo_workspace)}
    assert {"scan", "settings"} <= set(complete("vitrail s"))
    assert "--fail-on" in complete("vitrail scan --fail")
    assert complete("vitrail check --only MKT-0", **here)[0] == "MKT-01"
    assert complete("vitrail ask --fact camp", **here) == ["campaigns"]
    assert "latest" in complete("vitrail report la", **here)


def test_completion_is_installed_for_bash(tmp_path: Path) -> None:
    named = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # no shell starts a test
    done = run("--install-completion", "bash", HOME=str(tmp_path), **named)
    assert done.returncode == 0, done.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("_VITRAIL_COMPLETE" in path.read_text() for path in written)


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["chekc"], "check"),
        (["scan", "--fail-onn", "high"], "--fail-on"),
        (["report", "latest", "--format", "htm"], "html"),
        (["check", "--only", "MKT-2"], "MKT-02"),
        (["ask", "--fact", "activty"], "activity"),
        (["ask", "--fact", "activity", "--by", "contry"], "country"),
        (["ask", "--fact", "activity", "--measure", "person"], "persons"),
        (["scan", "--entities", "EMAIL_ADRESS", "."], "EMAIL_ADDRESS"),
        (["register", "requets"], "requests"),
    ],
)
def test_a_wrong_name_is_told_with_the_one_that_may_be_meant(
    arguments: list[str], meant: str, demo_workspace: Path
) -> None:
    done = run(*arguments, VITRAIL_WORKSPACE=str(demo_workspace))
    assert done.returncode in (2, 4)
    assert f"Did you mean {meant}?" in done.stderr.replace("'", "")
