"""The one navigation, and the look of the browser's tab; :mod:`vitrail.ui.sidebar` lists the pages.

Until the first ``st.navigation`` of a server's life, Streamlit runs a file of ``pages/`` by its
URL alone, without ``app.py``. So a page that was not reached through ``app.py`` sends the same
navigation itself.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

import streamlit as st

from vitrail.house import carried
from vitrail.model import Role
from vitrail.translation import N_, _
from vitrail.ui.identity import roles_here
from vitrail.ui.language import listen

#: Whose pages these are, as the door of each says; others do not see them in the navigation.
FOR: Final[dict[str, tuple[Role, ...]]] = {
    "trends": (Role.ANALYST,),
    "explore": (Role.ANALYST,),
    "campaigns": (Role.ANALYST,),
    "audience": (Role.ANALYST,),
    "inventory": (Role.AUDITOR, Role.INVESTIGATOR),
    "remedies": (Role.AUDITOR, Role.INVESTIGATOR),
    "registers": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "promises": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "scan": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "findings": (Role.AUDITOR, Role.INVESTIGATOR),
    "minors": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "trace": (Role.AUDITOR, Role.INVESTIGATOR),
    "sources": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "access_log": (Role.AUDITOR, Role.INVESTIGATOR, Role.ADMIN),
    "people": (Role.ADMIN,),
    "settings": (Role.AUDITOR, Role.ADMIN),
}

#: The pages in the order of the list, by what they are for, each with its icon.
PARTS: Final[dict[str, dict[str, str]]] = {
    N_("Analyse"): {
        "trends": "trending_up",
        "campaigns": "campaign",
        "audience": "groups",
        "explore": "travel_explore",
    },
    N_("Audit"): {
        "promises": "gavel",
        "scan": "radar",
        "findings": "search_insights",
        "remedies": "build",
        "registers": "event_upcoming",
        "inventory": "inventory_2",
        "minors": "child_care",
        "trace": "person_search",
    },
    N_("Run"): {
        "access_log": "history_edu",
        "people": "group",
        "settings": "rule_settings",
        "sources": "folder_open",
    },
}

_THROUGH_APP: Final[ContextVar[bool]] = ContextVar("through_app", default=False)


def serve() -> None:
    """All of ``app.py``: dress the window, find the page that was asked for, run it."""
    reached = _THROUGH_APP.set(True)
    try:
        _framed().run()
    finally:
        _THROUGH_APP.reset(reached)


def arrive() -> None:
    """Give a page that Streamlit ran by its URL alone the look that ``app.py`` would give it."""
    if not _THROUGH_APP.get():
        _framed()


def title_of(name: str) -> str:
    """What a page is called, in the reader's language."""
    return _(name.replace("_", " ").capitalize())


def _framed() -> st.Page:
    """The page that was asked for, with what stands around every page.

    Every page has its address for everyone, and its place in the list for whom it is for.
    """
    from vitrail.ui.sidebar import page_list  # it asks by the door, which stands before a page

    st.set_page_config(page_title="Vitrail", page_icon="◈", layout="wide")
    listen()
    roles = roles_here()
    page = st.navigation(_pages(roles), position="hidden")
    # Of a page that runs by its URL alone, Streamlit finds the default one.
    page_list(page.url_path or (st.context.url or "").rpartition("/")[2], roles)
    return page


def _pages(roles: frozenset[Role]) -> list[st.Page]:
    pages = {
        name: st.Page(
            carried("pages", f"{name}.py"),
            title=title_of(name),
            icon=f":material/{icon}:",
            url_path=name,
        )
        for part in PARTS.values()
        for name, icon in part.items()
    }

    def home() -> None:
        first = "promises" if roles and roles.isdisjoint(FOR["trends"]) else "trends"
        st.switch_page(pages[first], query_params=st.query_params.to_dict())

    # A default page would lose its own address; this one is never seen.
    return [st.Page(home, title="Vitrail", default=True), *pages.values()]
