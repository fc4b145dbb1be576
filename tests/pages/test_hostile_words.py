"""Whatever a file, a column, a campaign or a person is called: each page shows it as text."""

from __future__ import annotations

from pathlib import Path

import pytest

import vitrail
from tests.pages import hostile
from tests.pages.visiting import HOUSE, Visit
from vitrail.scan import ScanOptions

NAMES = sorted(page.stem for page in (HOUSE / "pages").glob("*.py"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with hostile names: what a scan and its pages show of it."""
    root = tmp_path_factory.mktemp("hostile")
    (root / "exports").mkdir()
    named = f"asof = 2026-11-20\n[systems]\ncrm = {hostile.quoted(hostile.SIGNS)}\n"
    (root / "vitrail.toml").write_text(named, "utf-8")
    hostile.write_export(root / "exports")
    with vitrail.open(root, hostile.ACTOR) as workspace:
        workspace.scan(ScanOptions(names="off"))
        hostile.speak(workspace)
    return root


@pytest.fixture
def as_hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vitrail.ui.identity.local_actor", lambda: hostile.ACTOR)


@pytest.mark.parametrize(
    "page", ["findings", "sources", "inventory", "scan", "access_log", "settings"]
)
@pytest.mark.usefixtures("as_hostile")
def test_names_that_are_markup_are_shown_as_they_are(
    page: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Visit(monkeypatch, page)(folder)
    assert not shown.exception
    assert hostile.raw_in(shown) == []
    assert hostile.texts_with(shown, "img.example.org"), "nothing hostile came to the page"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.build(tmp_path_factory.mktemp("house") / "own", accounts=300)


@pytest.mark.attack
@pytest.mark.parametrize("page", NAMES)
@pytest.mark.usefixtures("as_hostile")
def test_no_page_of_a_house_of_hostile_names_runs_one(
    page: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Visit(monkeypatch, page)(house)
    assert not shown.exception
    assert hostile.raw_in(shown) == []
