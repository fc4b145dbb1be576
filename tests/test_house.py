"""The house keeps its own rules: style, types, floors, light start-up, pinned dependencies."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=HOUSE, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", [("check", "."), ("format", "--check", ".")])
def test_the_code_is_in_one_style(arguments: tuple[str, ...]) -> None:
    done = _run("ruff", *arguments)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_every_type_is_told() -> None:
    done = _run("mypy")
    assert done.returncode == 0, done.stdout


def test_every_module_imports_from_lower_floors_only() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


HEAVY = (
    "spacy", "onnxruntime", "streamlit", "presidio_analyzer", "duckdb", "pandas", "pyarrow",
    "numpy", "sqlalchemy",
)  # fmt: skip


@pytest.mark.parametrize("module", ["vitrail", "vitrail.crew", "vitrail.cli.commands"])
def test_what_every_start_imports_loads_nothing_heavy(module: str) -> None:
    script = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=HOUSE)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.parametrize("module", ["vitrail.workspace", "vitrail.workspace.checks", "vitrail.ui"])
def test_opening_a_workspace_a_control_or_a_page_loads_no_detector(module: str) -> None:
    heavy = ("spacy", "presidio_analyzer", "onnxruntime", "vitrail.detect.detector")
    script = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=HOUSE)
    assert done.stdout.strip() == "[]", done.stderr


def test_every_requirement_is_pinned_and_every_model_hashed() -> None:
    lines = (HOUSE / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert all(re.match(r"^[A-Za-z0-9_.\-]+(\[[a-z,]+\])?==[^\s]+( ; .+)?$", p) for p in pins)
    models = (HOUSE / "requirements-models.txt").read_text().replace("\\\n", " ").splitlines()
    assert all("--hash=sha256:" in m for m in models if m and not m.startswith("#"))


def test_every_dependency_says_why_it_is_there() -> None:
    text = (HOUSE / "pyproject.toml").read_text()
    listed = re.search(r"dependencies = \[\n(.*?)\n\]", text, re.S)
    assert listed
    entries = [line for line in listed[1].splitlines() if line.strip().startswith('"')]
    assert entries
    assert all("#" in line for line in entries)


def test_no_tracked_file_names_this_machine_or_leans_on_evaluation_data() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        if name.startswith("bench/") or not name.endswith((".py", ".md", ".toml", ".yaml")):
            continue
        text = (HOUSE / name).read_text("utf-8")
        assert str(HOUSE) + "/" not in text, name
        assert ("../" + "shared") not in text, name
