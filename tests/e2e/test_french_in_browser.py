"""Pages in French, in a real browser that asks for it: what is longer still fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e
_OVER = """main => [...main.querySelectorAll("h1, h2, h3, p, label, button, .vitrail-tile div")]
  .filter(e => !e.closest(".js-plotly-plot, [data-testid=stDataFrame], .vitrail-map"))
  .filter(e => e.innerText && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => e.innerText)"""


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("promises", "Engagements"),
        pytest.param("trends", "Tendances", marks=pytest.mark.attack),
        pytest.param("trace", "Traçage", marks=pytest.mark.attack),
    ],
)
def test_a_french_browser_gets_french_that_fits_a_phone_and_a_desk(
    browser: Browser, server, name: str, title: str
) -> None:
    page = browser.new_page(locale="fr-FR", viewport={"width": 1440, "height": 900})
    page.set_default_timeout(45_000)
    page.goto(f"{server.url}/{name}")
    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=45_000)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=45_000)
    expect(page.locator("html")).to_have_attribute("lang", "fr", timeout=45_000)
    main = page.get_by_test_id("stMain")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth")
        assert main.evaluate(_OVER) == []
    page.close()
