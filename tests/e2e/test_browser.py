"""What a person meets in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("browser")]
PAGES = ("trends", "promises", "scan", "findings")


def _open(browser: Browser, url: str, scheme: str = "light") -> Page:
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1360, "height": 900})
    page.goto(url)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_cold_server_asked_for_a_page_by_its_url_asks_who_is_there(
    browser: Browser, cold_server, name: str
) -> None:
    page = _open(browser, f"{cold_server.url}/{name}")
    expect(page.get_by_role("heading", name=name.capitalize(), level=1)).to_be_visible(
        timeout=60_000
    )
    expect(page.get_by_text("serves this machine only").first).to_be_visible()
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_trends_answers_first_and_says_how_sure(browser: Browser, server, scheme: str) -> None:
    page = _open(browser, server.url, scheme)
    expect(page.get_by_test_id("stMetric").first).to_contain_text("±", timeout=60_000)
    expect(page.locator(".js-plotly-plot").first).to_be_visible(timeout=30_000)
    page.close()


def test_the_state_of_trends_lives_in_the_url(browser: Browser, server) -> None:
    page = _open(browser, server.url)
    page.get_by_role("radio", name="month").or_(
        page.get_by_test_id("stButtonGroup").get_by_text("month")
    ).first.click(timeout=60_000)
    page.wait_for_url(re.compile("by=month"), timeout=30_000)
    page.reload()
    expect(page.get_by_text("months").first).to_be_visible(timeout=60_000)
    page.close()


def test_a_release_is_downloaded_with_its_notes(browser: Browser, server, tmp_path: Path) -> None:
    page = _open(browser, server.url)
    button = page.get_by_role("button", name="CSV").first
    expect(button).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        button.click()
    download.value.save_as(tmp_path / "release.csv")
    text = (tmp_path / "release.csv").read_text()
    assert text.startswith("# Vitrail release")
    assert "± privacy" in text
    page.close()


def test_a_scan_is_started_followed_and_cancelled(browser: Browser, server) -> None:
    page = _open(browser, f"{server.url}/scan")
    start = page.get_by_role("button", name="Start scan")
    expect(start).to_be_enabled(timeout=60_000)
    start.click()
    cancel = page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_visible(timeout=60_000)
    cancel.click()
    expect(start).to_be_enabled(timeout=60_000)
    page.close()


def test_no_page_asks_the_outside_world_for_anything(browser: Browser, server) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in PAGES:
        page.goto(f"{server.url}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    outside = [u for u in asked if not u.startswith((server.url, server.url.replace("http", "ws"),
                                                     "data:", "blob:"))]  # fmt: skip
    assert not outside
    page.close()
