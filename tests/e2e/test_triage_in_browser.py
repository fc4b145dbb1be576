"""Findings worked through in a real browser: by the keyboard alone, among hostile text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import vitrail
from tests.e2e.conftest import Server
from vitrail.model import FindingStatus
from vitrail.scan import ScanOptions

pytestmark = pytest.mark.e2e
PATIENCE = 90_000
CARD = "4111 1111 1111 1111"
HOSTILE = "<img src=http://img.example.org/x onerror=alert(1)> ![x](http://img.example.org/y)"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two findings in a column whose name is an image that someone else would see fetched."""
    root = tmp_path_factory.mktemp("browser")
    (root / "exports").mkdir()
    (root / "vitrail.toml").write_text("asof = 2026-11-20\n", "utf-8")
    cells = f"{HOSTILE} card {CARD}\nmail ann.lee@mail.example.com\n"
    (root / "exports" / "notes.csv").write_text(f"{HOSTILE}\n{cells}", "utf-8")
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return root


@pytest.fixture(scope="module")
def desk(hostile: Path) -> Iterator[Server]:
    server = Server(hostile)
    server.wait()
    yield server
    server.stop()


def settled(page: Page) -> None:
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_keys_work_through_findings_and_a_cell_in_clear_is_text(
    browser: Browser, desk: Server, hostile: Path
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail(f"something ran: {dialog.message}"))
    page.goto(f"{desk.url}/findings")
    first = page.get_by_role("heading", level=3).filter(has_text="payment card number")
    # a zero-width joiner takes the link from an address
    expect(first).to_contain_text("![x](http\u2060://img.example.org/y)")

    page.get_by_text("Masked samples from the export").click()
    page.get_by_label("Reason to see it in clear").fill("to see whether it is a test card")
    page.get_by_role("button", name="Reveal for 60 s").click()
    clear = page.locator(".vitrail-clear")
    expect(clear).to_contain_text(f"onerror=alert(1)> ![x](http://img.example.org/y) card {CARD}")
    by_itself = "document.querySelector('.vitrail-clear')?.getAnimations().length === 1"
    page.wait_for_function(by_itself)  # the time after which it hides runs
    page.get_by_role("button", name="Hide now").click()
    expect(clear).to_have_count(0)

    page.get_by_label("Reason", exact=True).fill("looked at it")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settled(page)
    page.locator("h1").click()
    page.keyboard.press("s")
    second = page.get_by_role("heading", level=3).filter(has_text="e-mail address")
    expect(second).to_be_visible()
    page.keyboard.press("b")
    expect(first).to_be_visible()
    page.keyboard.press("y")
    expect(second).to_be_visible()
    with vitrail.open(hostile) as workspace:
        (confirmed,) = workspace.findings(FindingStatus.CONFIRMED)
        assert (confirmed.entity_type, confirmed.reason) == ("CREDIT_CARD", "looked at it")
    assert not [url for url in asked if "example.org" in url]
    assert CARD not in page.url
    page.close()
