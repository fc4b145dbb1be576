"""Each notebook runs from top to bottom on a real workspace and shows no raw value."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parent.parent.parent / "notebooks").glob("*.ipynb"))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_runs_to_its_end(
    path: Path, demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(demo_workspace))
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=240, kernel_name="python3").execute()
    text = str([cell.get("outputs") for cell in notebook.cells])
    assert any(sign in text for sign in ("±", "•••", "case-", "FAIL")), "it shows something"
    assert "@" not in text.replace("•@•", "").replace("@•••", "")


def test_there_is_one_for_each_thing_that_an_investigator_does() -> None:
    assert {path.stem for path in NOTEBOOKS} == {
        "usage_trends", "campaign_effectiveness", "stray_data", "a_minors_case",
        "a_promise_in_depth",
    }  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_begins_with_a_question_and_ends_with_an_answer(path: Path) -> None:
    words = [c.source for c in nbformat.read(path, as_version=4).cells if c.cell_type == "markdown"]
    assert "?" in words[0].splitlines()[0]
    assert words[-1].startswith("## The answer")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_a_notebook_is_kept_without_its_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
