"""Every page, visited once: axe-core has no complaint in either theme, nothing is cut off at the
width of a desk or a phone, and nobody else is asked."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.test_browser import PAGES, PATIENCE, pytestmark

__all__ = ["pytestmark"]

#: What keeps somebody from using a page; axe-core's other complaints are matters of taste.
_GRAVE = ("serious", "critical")
#: What helps who is read a page aloud, and costs nobody anything.
_KEPT = ("heading-order", "page-has-heading-one", "empty-heading")
DESK = 1440
#: Where a page shows the most: charts, tiles, tables.
_FULL = {
    "campaigns": "campaigns?months=everything",
    "audience": "audience?months=12+months",
    "explore": "explore?fact=campaigns&by=campaign&measure=outcome(ordered)&period=everything",
}


def test_no_page_shuts_anybody_out_cuts_anything_off_or_asks_the_outside_world(
    visitor: Visitor, server
) -> None:
    page = visitor.page(DESK, "light")
    page.set_default_timeout(PATIENCE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found: dict[str, list[str]] = {}
    for name in PAGES:
        page.goto(f"{server.url}/{_FULL.get(name, name)}")
        _settled(page)
        if name in _FULL:
            expect(page.locator(".js-plotly-plot").first).to_be_visible()
        found[name] = _complaints(page)
        page.emulate_media(color_scheme="dark")
        _settled(page)
        found[f"{name}, dark"] = _complaints(page, "color-contrast")  # all else is as it was
        found[f"{name}, fit"] = _cut_off(page)
        _back_at_the_desk(page)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}

    page.goto(server.url)
    _settled(page)
    page.locator("h1").evaluate("h1 => h1.insertAdjacentHTML('afterend', '<button></button>')")
    assert [words.split(":")[0] for words in _complaints(page)] == ["button-name"]

    assert asked
    home = (server.url, server.url.replace("http", "ws"), "data:", "blob:")
    assert not [url for url in asked if not url.startswith(home)]
    page.close()


def _cut_off(page: Page) -> list[str]:
    """What is wider than its place, at the width of a desk, of half a screen and of a phone."""
    found: list[str] = []
    for width in (DESK, 1100, 390):
        if page.viewport_size != {"width": width, "height": 900}:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(400)  # until all has moved
        fits = "main => main.scrollWidth <= main.clientWidth"
        if not page.get_by_test_id("stMain").evaluate(fits):
            found.append(f"the page at {width}")
        cut = "tiles => tiles.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"
        found += page.locator(".vitrail-tile").evaluate_all(cut)
        if width == DESK and "campaigns" not in page.url:  # a rate of each outcome, with its base
            sideways = "tables => tables.filter(e => e.scrollWidth > e.clientWidth).length"
            if page.locator("[data-testid=stDataFrame] .dvn-scroller").evaluate_all(sideways):
                found.append("a table")
        aside = "all => all.filter(e => e._fullLayout?._size.r > e.clientWidth / 6).length"
        if page.locator(".js-plotly-plot").evaluate_all(aside):
            found.append(f"a chart at {width}, by words beside it")
    return found


def _back_at_the_desk(page: Page) -> None:
    """As at first; what the page would be there again is not drawn, for the next one is opened."""
    page.goto("about:blank")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK, "height": 900})


def _settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=PATIENCE)


def _complaints(page: Page, *rules: str) -> list[str]:
    """What axe-core holds against the page by all its rules or these, each with the first place."""
    options = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = list(rules)
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in violations
        if one["impact"] in _GRAVE or one["id"] in _KEPT
    ]
