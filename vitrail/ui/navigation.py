"""The one navigation, and the look of the browser's tab.

Until the first ``st.navigation`` of a server's life, Streamlit runs a file of ``pages/`` by its
URL alone, without ``app.py``. So a page that was not reached through ``app.py`` sends the same
navigation itself.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

import streamlit as st

from vitrail.house import carried

_THROUGH_APP: Final[ContextVar[bool]] = ContextVar("through_app", default=False)


def serve() -> None:
    """All of ``app.py``: dress the window, find the page that was asked for, run it."""
    reached = _THROUGH_APP.set(True)
    try:
        _dress()
        st.navigation(_pages()).run()
    finally:
        _THROUGH_APP.reset(reached)


def arrive() -> None:
    """Give a page that Streamlit ran by its URL alone the look that ``app.py`` would give it."""
    if not _THROUGH_APP.get():
        _dress()
        st.navigation(_pages())


def _dress() -> None:
    st.set_page_config(page_title="Vitrail", page_icon="◈", layout="wide")


def _pages() -> dict[str, list[st.Page]]:
    def page(name: str, icon: str) -> st.Page:
        place = carried("pages", f"{name}.py")
        return st.Page(place, title=name.capitalize(), icon=f":material/{icon}:", url_path=name)

    trends = page("trends", "trending_up")

    def home() -> None:
        st.switch_page(trends, query_params=st.query_params.to_dict())

    return {
        # A default page would lose its own address; this one is never seen.
        "Analyse": [
            st.Page(home, title="Vitrail", default=True, visibility="hidden"),
            trends,
            page("campaigns", "campaign"),
            page("audience", "groups"),
            page("explore", "travel_explore"),
        ],
        "Audit": [
            page("promises", "gavel"),
            page("scan", "radar"),
            page("findings", "search_insights"),
            page("inventory", "inventory_2"),
            page("minors", "child_care"),
            page("trace", "person_search"),
        ],
        "Run": [page("sources", "folder_open")],
    }
