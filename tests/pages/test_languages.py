"""Pages in another language, run by Streamlit's own test runner."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .visiting import Visit, address


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    return Visit(monkeypatch, "people")


def test_a_language_in_the_address_is_spoken_and_stays(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace, lang="fr")
    assert not shown.exception
    assert shown.selectbox(key="lang").value == "fr"
    assert address(shown)["lang"] == ["fr"]
    shown = shown.selectbox(key="lang").set_value("en").run()
    assert address(shown)["lang"] == ["en"]


def test_a_language_nobody_speaks_here_is_left_out(demo_workspace: Path, visit: Visit) -> None:
    shown = visit(demo_workspace, lang="tlh")
    assert shown.selectbox(key="lang").value == "en"
    assert "lang" not in address(shown)


def test_a_house_may_set_its_language(unopened_demo: Path, tmp_path: Path, visit: Visit) -> None:
    own = Path(shutil.copytree(unopened_demo, tmp_path / "own"))
    toml = own / "vitrail.toml"
    toml.write_text(f'language = "fr"\n{toml.read_text("utf-8")}', "utf-8")
    assert visit(own).selectbox(key="lang").value == "fr"
    assert visit(own, lang="en").selectbox(key="lang").value == "en"
