"""A ledger that is held, a disk full or read-only, a workspace moved, a model missing: a sentence
with its remedy on the page, and what a person had typed or decided is still there."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages.visiting import Visit, as_read, words
from vitrail.detect import models
from vitrail.ledger import Ledger
from vitrail.model import FindingStatus
from vitrail.scan import ScanOptions

REASON = "It is a test account."


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One export with one stray number, scanned."""
    root = tmp_path_factory.mktemp("scanned")
    (root / "exports").mkdir()
    (root / "vitrail.toml").write_text("")
    (root / "exports" / "notes.csv").write_text("id,note\n1,call +33 6 12 34 56 78\n")
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return root


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "own"))


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], AppTest]:
    """A page; a write waits its turn for a moment only."""
    monkeypatch.setitem(Ledger.open.__func__.__kwdefaults__, "wait", 0.2)  # type: ignore[attr-defined]
    return lambda place, page: Visit(monkeypatch, page)(place)


def confirm(shown: AppTest, reason: str = REASON) -> AppTest:
    """Say that the finding at hand is real."""
    shown.text_input(key="reason").set_value(reason)
    return shown.button(key="decide-confirm").click().run()


def statuses(place: Path) -> set[FindingStatus]:
    """Where the findings stand; the chain has to be whole."""
    with vitrail.open(place) as workspace:
        assert workspace.verify_ledger().ok
        return {finding.status for finding in workspace.findings()}


@contextmanager
def held(place: Path) -> Iterator[None]:
    """The ledger while another program writes to it and does not come to an end."""
    other = sqlite3.connect(place / "ledger.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """The disk without a byte that is free."""
    with (disk / "fill").open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free)
    yield
    (disk / "fill").unlink()


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """The disk mounted to be read alone."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    yield
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def told_and_done_again(
    shown: AppTest, bad: AbstractContextManager[None], place: Path, sentence: str
) -> None:
    """A decision meets what is bad: told, kept in its box, and taken once all is well again."""
    with bad:
        shown = confirm(shown)
        assert not shown.exception
        assert sentence in words(shown)
        assert shown.text_input(key="reason").value == REASON
    assert not confirm(shown).exception
    assert statuses(place) == {FindingStatus.CONFIRMED}


def test_a_decision_that_meets_a_held_ledger_can_be_made_again(
    visit: Callable[[Path, str], AppTest], place: Path
) -> None:
    shown = visit(place, "findings")
    told_and_done_again(shown, held(place), place, "ledger.db is held by another program. Wait")


def test_what_is_wrong_with_a_ledger_is_told_in_french_too(
    monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    (place / "ledger.db").write_text("The minutes of a meeting. " * 100)
    shown = Visit(monkeypatch, "findings")(place, lang="fr")
    assert "ledger.db n’est pas un journal. Restaurez-le" in words(shown)


def test_a_decision_that_meets_a_full_disk_can_be_made_again(
    visit: Callable[[Path, str], AppTest], scanned: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("3m")
    place = Path(shutil.copytree(scanned, disk / "own"))
    shown = visit(place, "findings")
    told_and_done_again(shown, full(disk), place, "ledger.db is full; nothing was half-written")


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        (full, "ledger.db is full; nothing was half-written. Make room on the disk"),
        (read_only, "its disk is read-only. Make the disk"),
    ],
)
def test_a_page_that_is_opened_on_a_bad_disk_says_so(
    bad: Callable[[Path], AbstractContextManager[None]], sentence: str,
    visit: Callable[[Path, str], AppTest], scanned: Path, small_disk: Callable[[str], Path],
) -> None:  # fmt: skip
    disk = small_disk("3m")
    place = Path(shutil.copytree(scanned, disk / "own"))
    with bad(disk):
        shown = visit(place, "findings")
    assert not shown.exception
    assert sentence in words(shown)


def test_a_workspace_that_was_moved_says_so_and_is_there_again_when_put_back(
    visit: Callable[[Path, str], AppTest], place: Path
) -> None:
    shown = visit(place, "findings")
    place.rename(place.with_name("elsewhere"))
    shown = confirm(shown)
    assert not shown.exception
    assert "The workspace own was moved or removed. Put it back" in words(shown)
    assert not place.exists()
    place.with_name("elsewhere").rename(place)
    shown = confirm(shown.run())
    assert statuses(place) == {FindingStatus.CONFIRMED}


def test_a_decision_goes_to_the_backup_that_was_put_back_never_to_the_ledger_it_replaced(
    visit: Callable[[Path, str], AppTest], place: Path
) -> None:
    backup = shutil.copytree(place, place.with_name("backup"))  # with the times of its files
    shown = visit(place, "findings")
    place.rename(place.with_name("spoilt"))
    backup.rename(place)
    assert not confirm(shown).exception
    assert statuses(place) == {FindingStatus.CONFIRMED}


def test_a_missing_model_is_told_before_a_scan_is_started(
    visit: Callable[[Path, str], AppTest], place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(models.MODULES, models.RAMPART, "not_installed_here")
    shown = visit(place, "scan")
    end = 0
    while "Looking into the exports" in words(shown) and (end := end + 1) < 600:
        shown = shown.run()
    assert not shown.exception
    told = as_read(" ".join(warning.value for warning in shown.warning))
    assert "is not installed. Install the models with" in told
    assert "--names off" in told
