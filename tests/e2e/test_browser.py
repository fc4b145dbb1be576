"""What a person meets in a real browser."""

from __future__ import annotations

import json
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.e2e
PAGES = (
    "trends", "campaigns", "audience", "explore", "promises", "scan", "findings", "inventory",
    "access_log", "people", "settings",
    "minors", "trace", "sources", "registers", "remedies",
)  # fmt: skip
#: That the others come in by the same door is seen with a warm server.
COLD = ("findings",)
TITLES = {name: name.replace("_", " ").capitalize() for name in PAGES}
PATIENCE = 45_000


def _open(visitor: Visitor, url: str, scheme: str = "light", width: int = 1360) -> Page:
    page = visitor.page(width, scheme)
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(url)
    return page


def _settled(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


@pytest.mark.parametrize(
    "name",
    [n if n in COLD else pytest.param(n, marks=pytest.mark.attack) for n in PAGES],
)
def test_a_cold_server_asked_for_a_page_by_its_url_shows_it_at_home(
    visitor: Visitor, cold_server, name: str
) -> None:
    page = _open(visitor, f"{cold_server.url}/{name}")
    expect(page.get_by_role("heading", name=TITLES[name], level=1)).to_be_visible()
    expect(page.get_by_text("serves this machine only").first).to_be_visible()
    links = page.locator(".vitrail-pages a")
    expect(links).to_have_count(len(PAGES))
    expect(links.last).to_be_visible()
    assert {link.inner_text().split("\n")[-1] for link in links.all()} == set(TITLES.values())
    expect(page).to_have_title(re.compile("Vitrail|" + name, re.IGNORECASE))
    main = page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert main is not None
    assert main["width"] > 900  # wide, not the narrow column of a page that runs alone
    assert cold_server.stop(signal.SIGTERM) == 0, "it ends well while a page stands open"
    page.close()


def test_a_cold_server_with_a_broken_workspace_shows_no_data(
    visitor: Visitor, broken_server
) -> None:
    page = _open(visitor, f"{broken_server.url}/findings")
    expect(page.get_by_text("vitrail.toml").first).to_be_visible()
    assert page.get_by_test_id("stDataFrame").count() == 0
    assert page.get_by_text("Traceback").count() == 0
    page.close()


def test_ctrl_c_ends_the_workbench_without_a_word_of_its_libraries(
    broken_server,
) -> None:
    broken_server.stop(signal.SIGINT)
    said = broken_server.log.read_text()
    assert "Ctrl-C ends it" in said
    assert said.rstrip().endswith(broken_server.url)


def test_the_home_address_leads_to_trends(visitor: Visitor, server) -> None:
    page = _open(visitor, server.url)
    page.wait_for_url(re.compile("/trends"))
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    page.close()


def test_trends_answers_first_and_says_how_sure(visitor: Visitor, server) -> None:
    page = _open(visitor, f"{server.url}/trends")
    tiles = page.locator(".vitrail-tile")
    expect(tiles).to_have_count(5)
    expect(tiles.first).to_contain_text("±")
    expect(page.locator(".js-plotly-plot").first).to_contain_text("previous period")
    page.close()


@pytest.mark.attack
def test_the_state_of_trends_survives_a_reload(visitor: Visitor, server) -> None:
    page = _open(visitor, f"{server.url}/trends?metric=Orders&country=FR")
    expect(page.get_by_text("Orders by week")).to_be_visible()
    page.get_by_role("combobox", name="By").click()
    page.get_by_role("option", name="month").click()
    page.wait_for_url(re.compile("by=month"))
    page.reload()
    expect(page.get_by_text("Orders by month")).to_be_visible()
    chip = page.get_by_role("button", name="Country: FR")
    expect(chip).to_be_visible()
    chip.click()
    expect(chip).to_have_count(0)
    expect(page).not_to_have_url(re.compile("country="))
    page.close()


def test_a_release_is_taken_away_with_its_notes_and_its_chart_as_a_picture(
    visitor: Visitor, server, tmp_path: Path
) -> None:
    page = _open(visitor, f"{server.url}/trends")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").first.click()
    assert re.match(r"vitrail-active-users-by-week-.*\.csv", download.value.suggested_filename)
    download.value.save_as(tmp_path / "release.csv")
    text = (tmp_path / "release.csv").read_text()
    assert text.startswith("# Vitrail release")
    assert "± privacy" in text
    camera = page.locator(".modebar-btn").first
    expect(camera).to_be_visible()
    with page.expect_download() as picture:
        camera.click()
    assert re.match(r"vitrail-active-users-by-week-.*\.png", picture.value.suggested_filename)
    page.close()


def test_evidence_is_two_clicks_from_the_page(visitor: Visitor, server, tmp_path: Path) -> None:
    page = _open(visitor, f"{server.url}/promises")
    page.get_by_text("Evidence of MKT-01").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Evidence record (JSON)").filter(visible=True).click()
    download.value.save_as(tmp_path / "record.json")
    assert json.loads((tmp_path / "record.json").read_text())["control"] == "MKT-01"
    page.close()


@pytest.mark.attack
def test_reports_are_taken_from_the_page_in_its_language(
    visitor: Visitor, server, tmp_path: Path
) -> None:
    for name, told in (("scan", "Ce qui n’a pas été lu"), ("promises", "Les engagements")):
        page = _open(visitor, f"{server.url}/{name}?lang=fr")
        _settled(page)
        for form in ("HTML", "PDF"):
            with page.expect_download() as download:
                page.get_by_role("button", name=form, exact=True).click()
            kind = "scan" if name == "scan" else "check"
            assert re.match(
                rf"vitrail-{kind}-.*\.{form.lower()}", download.value.suggested_filename
            )
            download.value.save_as(tmp_path / f"{name}.{form}")
        report = (tmp_path / f"{name}.HTML").read_text("utf-8")
        assert '<html lang="fr"' in report
        assert told in report
        assert (tmp_path / f"{name}.PDF").read_bytes().startswith(b"%PDF")
        page.close()


def test_a_scan_is_started_cancelled_and_gone_on_with(visitor: Visitor, server) -> None:
    page = _open(visitor, f"{server.url}/scan")
    start = page.get_by_role("button", name="Start scan").first
    expect(start).to_be_enabled()
    start.click()
    cancel = page.get_by_role("button", name="Cancel")
    cancel.click()
    expect(start).to_be_enabled()
    expect(page.get_by_text("The last scan was cancelled")).to_be_visible()
    expect(page.get_by_text("datasets can be read")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("The last scan was cancelled")).to_be_hidden()
    expect(start).to_be_enabled()
    expect(page.get_by_text("The last scan was cancelled")).to_be_hidden()
    page.close()


def test_the_list_of_pages_takes_time_and_filters_along_and_back_comes_back(
    visitor: Visitor, server
) -> None:
    page = _open(visitor, f"{server.url}/trends?by=month&months=24+months&region=EEA", width=390)
    _settled(page)
    begun = page.evaluate("history.length")
    page.get_by_test_id("stExpandSidebarButton").click()
    listed = page.get_by_role("navigation", name="Pages")
    listed.get_by_role("link", name="Audience").click()
    expect(page.get_by_role("heading", name="Audience", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Region: EEA")).to_be_visible()
    expect(page).to_have_url(re.compile(r"audience\?(?=.*months=24\+months)(?=.*region=EEA)"))
    here = page.locator(".vitrail-pages [aria-current=page]")
    expect(here).to_contain_text("Audience")
    expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()  # closed on a phone
    _settled(page)
    assert page.evaluate("history.length") == begun + 1
    page.go_back()
    expect(page.get_by_role("heading", name="Trends", level=1)).to_be_visible()
    expect(page).to_have_url(f"{server.url}/trends?by=month&months=24+months&region=EEA")
    expect(here).to_contain_text("Trends")
    page.close()


def test_explore_is_asked_filtered_copied_and_opened_again_the_same(
    visitor: Visitor, server
) -> None:
    page = _open(visitor, f"{server.url}/explore?fact=activity&by=device&period=12+months")
    expect(page.get_by_text("Activity in the product by device")).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Region").click()
    page.get_by_role("option", name="EEA", exact=True).click()
    page.wait_for_url(re.compile("where=region%3DEEA"))
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Region: EEA")).to_be_visible()
    _settled(page)
    copied = page.url
    chart = page.locator(".js-plotly-plot").inner_text()
    assert "±" in chart

    again = _open(visitor, copied)
    expect(again.get_by_role("button", name="Region: EEA")).to_be_visible()
    expect(again.locator(".js-plotly-plot")).to_be_visible()
    _settled(again)
    assert again.locator(".js-plotly-plot").inner_text() == chart
    again.get_by_text("SQL", exact=True).click()
    expect(again.get_by_role("textbox", name="SQL")).to_contain_text("region = 'EEA'")
    for opened in (page, again):
        opened.close()


@pytest.mark.attack
def test_a_saved_view_is_opened_from_elsewhere(visitor: Visitor, server) -> None:
    page = _open(visitor, f"{server.url}/explore?fact=activity&by=country&period=24+months")
    _settled(page)
    page.get_by_label("Save this as").fill("Where users are")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Where users are", exact=True)).to_be_visible()
    page.close()

    other = _open(visitor, f"{server.url}/explore")
    other.get_by_role("button", name="Where users are", exact=True).click()
    other.wait_for_url(re.compile("by=country"))
    expect(other.get_by_text("Activity in the product by country")).to_be_visible()
    other.close()


def test_a_click_on_a_bar_filters_the_page_a_key_clears_it_and_explore_keeps_it(
    visitor: Visitor, server
) -> None:
    page = _open(visitor, f"{server.url}/audience?months=24+months")
    _settled(page)
    bar = page.locator(".vitrail-bars").first.get_by_role("link").first
    country = bar.locator(".name").inner_text()
    bar.click()
    page.wait_for_url(re.compile(f"country={country}"))
    chip = page.get_by_role("button", name=f"Country: {country}")
    expect(chip).to_be_visible()
    page.go_back()
    expect(chip).to_have_count(0)
    page.go_forward()
    expect(chip).to_be_visible()
    _settled(page)
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("x")
    expect(page).not_to_have_url(re.compile("country="))
    page.goto(f"{server.url}/audience?months=24+months&region=EEA")
    page.get_by_role("link", name="Look into it in Explore").click()
    page.wait_for_url(re.compile("explore.*where=region%3DEEA"))
    expect(page.get_by_role("button", name="Region: EEA")).to_be_visible()
    page.goto(f"{server.url}/explore?fact=activity&by=country")
    countries = page.locator(".js-plotly-plot").first
    _point_at(page, countries, countries.locator(".bars .point path").last)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(re.compile("where=country"))
    page.close()


def _point_at(page: Page, chart: Locator, bar: Locator) -> None:
    """The mouse comes to rest on a bar, and the chart knows it: a click counts where it was pointed
    at. What is drawn above may still move the chart, so that it is looked for again."""
    expect(bar).to_be_visible()
    _settled(page)
    for step in range(100):
        box = bar.bounding_box()
        if box is not None:
            page.mouse.move(box["x"] + 5 + step % 3, box["y"] + box["height"] / 2)
        page.wait_for_timeout(200)
        if chart.evaluate("plot => (plot._hoverdata || []).length") and box == bar.bounding_box():
            return
    raise AssertionError("the chart does not know what is pointed at")


@pytest.mark.attack
def test_a_release_is_printed_from_the_page(visitor: Visitor, server, tmp_path: Path) -> None:
    page = _open(visitor, f"{server.url}/campaigns?months=everything")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    download.value.save_as(tmp_path / "release.pdf")
    assert (tmp_path / "release.pdf").read_bytes().startswith(b"%PDF")
    page.close()
