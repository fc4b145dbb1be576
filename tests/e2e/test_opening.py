"""What a browser does until a page stands: once, and without trying where the server might be."""

from __future__ import annotations

import re
import urllib.request
from collections import Counter

import pytest
from playwright.sync_api import Request, WebSocket, expect

from tests.e2e.conftest import Server, Visitor

pytestmark = pytest.mark.e2e
#: A page with charts and words in its address; then pages of each kind.
ADDRESSES = ("audience?country=FR",)
MORE = ("trends", "findings", "campaigns", "explore", "promises")


@pytest.mark.parametrize(
    "address", [*ADDRESSES, *(pytest.param(more, marks=pytest.mark.attack) for more in MORE)]
)
def test_a_page_is_asked_for_once_of_a_server_that_is_found_at_once(
    visitor: Visitor, server: Server, address: str
) -> None:
    page = visitor.page(1360, "light")
    asked = Counter[str]()

    def count(request: Request) -> None:
        asked[request.url.removeprefix(server.url)] += 1

    def count_sent(_frame: object) -> None:
        asked["sent"] += 1

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", count_sent)

    page.on("request", count)
    page.on("websocket", listen)
    page.goto(f"{server.url}/{address}")
    app = page.get_by_test_id("stApp")
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=45_000)
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=45_000)
    assert asked["sent"] == 1
    health = {url: times for url, times in asked.items() if url.endswith("_stcore/health")}
    assert health == {"/_stcore/health": 1}
    page.close()


ANALYSTS = ("trends", "campaigns", "audience", "explore")
AUDITORS = ("findings", "remedies", "access_log", "registers", "settings", "inventory", "sources")
#: Adds up what the browser calls layout shifts, from the first on.
_SHIFTS = """window.shifted = 0
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.attack  # beside other work, what comes together comes in pieces
@pytest.mark.parametrize(
    ("name", "last"),
    [
        *((name, ".js-plotly-plot .main-svg") for name in ANALYSTS),
        ("promises", ".vitrail-unkept"),
        *((name, "[data-testid=stDataFrame] canvas") for name in AUDITORS),
    ],
)
def test_nothing_of_a_page_jumps_while_it_opens(
    visitor: Visitor, server: Server, name: str, last: str
) -> None:
    page = visitor.page(1440, "light")
    page.add_init_script(_SHIFTS)
    page.goto(f"{server.url}/{name}")
    expect(page.locator(last).first).to_be_visible(timeout=45_000)
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=45_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    assert page.evaluate("window.shifted") <= 0.1  # what Web Vitals calls good
    page.close()


def test_the_parts_that_a_page_fetches_ahead_are_there(server: Server) -> None:
    with urllib.request.urlopen(f"{server.url}/trends") as answer:
        page = answer.read().decode()
    assert "<title>Vitrail</title>" in page
    ahead = re.findall(r'rel="modulepreload" crossorigin href="\./([^"]+)"', page)
    assert any("PlotlyChart" in part for part in ahead)
    for part in ahead:
        with urllib.request.urlopen(f"{server.url}/{part}") as fetched:
            assert "javascript" in fetched.headers["Content-Type"]
