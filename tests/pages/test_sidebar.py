"""The list of pages and the list of keys, which stand at the side of every page."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from vitrail.ui import navigation
from vitrail.ui.carried_scope import CARRYING, read
from vitrail.ui.shortcuts import KEYS

HOUSE = Path(__file__).parent.parent.parent
_ARROWS = {"left": "←", "right": "→"}


def _shown(place: Path, monkeypatch: pytest.MonkeyPatch, page: str, **address: str) -> AppTest:
    monkeypatch.setenv("VITRAIL_WORKSPACE", str(place))
    monkeypatch.chdir(HOUSE)
    test = AppTest.from_file(str(HOUSE / "app.py"), default_timeout=120)
    test.switch_page(f"pages/{page}.py")
    for key, value in address.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def _links(shown: AppTest) -> dict[str, tuple[dict[str, list[str]], bool]]:
    """By page what its link's address says, and whether it is told as the page that is shown."""
    (listed,) = [e.proto.body for e in shown.html if "vitrail-pages" in e.proto.body]
    links = re.findall(r'<a href="([^"]*)"[^>]*?( aria-current=page)?>', listed)
    return {
        urlsplit(unescape(place)).path: (parse_qs(urlsplit(unescape(place)).query), bool(here))
        for place, here in links
    }


def test_every_page_is_listed_and_takes_the_time_and_the_filters_of_this_one(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _shown(demo_workspace, monkeypatch, "trends", weeks="26 weeks", region="EEA")
    links = _links(shown)
    assert links.keys() == navigation.FOR.keys()
    assert [name for name, (_address, here) in links.items() if here] == ["trends"]
    assert links["audience"][0] == {"months": ["6 months"], "region": ["EEA"]}
    assert links["explore"][0]["where"] == ["region=EEA"]
    assert links["findings"][0] == {}


@pytest.mark.parametrize("page", CARRYING)
def test_a_page_with_nothing_in_its_address_shows_what_is_carried_as_its_usual(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    shown = _shown(demo_workspace, monkeypatch, page)
    usual = read(page, {}, {})
    key = {"trends": "weeks", "explore": "explore-time"}.get(page, "months")
    compared = "explore-compare" if page == "explore" else "compare"
    length = "13 weeks" if page == "trends" else usual.time
    assert shown.selectbox(key=key).value == length
    assert shown.selectbox(key=compared).value == usual.comparison
    assert all(address == {} for address, _here in _links(shown).values())


@pytest.mark.parametrize(("page", "address"), [("trends", {"region": "EEA"}), ("findings", {})])
def test_the_keys_that_are_listed_are_those_that_work(
    demo_workspace: Path, monkeypatch: pytest.MonkeyPatch, page: str, address: dict[str, str]
) -> None:
    shown = _shown(demo_workspace, monkeypatch, page, **address)
    buttons = [*shown.button, *shown.get("download_button")]
    keys = {b.proto.shortcut for b in buttons if b.proto.shortcut}
    assert {_ARROWS.get(key, key.upper()) for key in keys} == KEYS[page].keys()
    (listed,) = [e.proto.body for e in shown.html if "vitrail-keys" in e.proto.body]
    assert set(re.findall("<dt>(.)</dt>", listed)) == {*KEYS[page], "?"}
