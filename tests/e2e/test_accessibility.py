"""Every page, visited once: axe-core has no complaint in either theme, and nobody else is asked."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.test_browser import PAGES, PATIENCE, pytestmark

__all__ = ["pytestmark"]

#: What keeps somebody from using a page; axe-core's other complaints are matters of taste.
_GRAVE = ("serious", "critical")
#: What helps who is read a page aloud, and costs nobody anything.
_KEPT = ("heading-order", "page-has-heading-one", "empty-heading")


def test_no_page_shuts_anybody_out_or_asks_the_outside_world(browser: Browser, server) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, list[str]] = {}
    for name in PAGES:
        page.emulate_media(color_scheme="light")
        page.goto(f"{server.url}/{name}")
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            _settled(page)
            if grave := _complaints(page):
                found[f"{name}, {theme}"] = grave
    assert found == {}

    page.locator("h1").evaluate("h1 => h1.insertAdjacentHTML('afterend', '<button></button>')")
    assert [words.split(":")[0] for words in _complaints(page)] == ["button-name"]

    assert asked
    home = (server.url, server.url.replace("http", "ws"), "data:", "blob:")
    assert not [url for url in asked if not url.startswith(home)]
    page.close()


def _settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)


def _complaints(page: Page) -> list[str]:
    """What axe-core holds against the page, each with the first place."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in violations
        if one["impact"] in _GRAVE or one["id"] in _KEPT
    ]
