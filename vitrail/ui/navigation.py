"""The one navigation, and the look of the browser's tab.

Until the first ``st.navigation`` of a server's life, Streamlit runs a file of ``pages/`` by its
URL alone, without ``app.py``. So a page that was not reached through ``app.py`` sends the same
navigation itself.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final, Literal

import streamlit as st

from vitrail.house import carried
from vitrail.model import Role
from vitrail.translation import _
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

_THROUGH_APP: Final[ContextVar[bool]] = ContextVar("through_app", default=False)


def serve() -> None:
    """All of ``app.py``: dress the window, find the page that was asked for, run it."""
    reached = _THROUGH_APP.set(True)
    try:
        _dress()
        listen()
        _navigation().run()
    finally:
        _THROUGH_APP.reset(reached)


def arrive() -> None:
    """Give a page that Streamlit ran by its URL alone the look that ``app.py`` would give it."""
    if not _THROUGH_APP.get():
        _dress()
        listen()
        _navigation()


def _navigation() -> st.Page:
    """Every page has its address for everyone, and its place in the list for whom it is for."""
    roles = roles_here()
    place: Literal["sidebar", "hidden"] = "sidebar" if roles else "hidden"
    return st.navigation(_pages(roles), position=place, expanded=True)


def _dress() -> None:
    st.set_page_config(page_title="Vitrail", page_icon="◈", layout="wide")


def _pages(roles: frozenset[Role]) -> dict[str, list[st.Page]]:
    def page(name: str, icon: str) -> st.Page:
        return st.Page(
            carried("pages", f"{name}.py"),
            title=_(name.replace("_", " ").capitalize()),
            icon=f":material/{icon}:",
            url_path=name,
            visibility="hidden" if roles.isdisjoint(FOR[name]) else "visible",
        )

    trends, promises = page("trends", "trending_up"), page("promises", "gavel")

    def home() -> None:
        first = promises if roles and roles.isdisjoint(FOR["trends"]) else trends
        st.switch_page(first, query_params=st.query_params.to_dict())

    return {
        # A default page would lose its own address; this one is never seen.
        _("Analyse"): [
            st.Page(home, title="Vitrail", default=True, visibility="hidden"),
            trends,
            page("campaigns", "campaign"),
            page("audience", "groups"),
            page("explore", "travel_explore"),
        ],
        _("Audit"): [
            promises,
            page("scan", "radar"),
            page("findings", "search_insights"),
            page("remedies", "build"),
            page("registers", "event_upcoming"),
            page("inventory", "inventory_2"),
            page("minors", "child_care"),
            page("trace", "person_search"),
        ],
        _("Run"): [
            page("access_log", "history_edu"),
            page("people", "group"),
            page("settings", "rule_settings"),
            page("sources", "folder_open"),
        ],
    }
