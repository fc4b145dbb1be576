"""Saved views: questions under a name, kept in the workspace and shared by all who may ask."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import Actor
from vitrail.ui.entrance import workspace
from vitrail.ui.exploration import Exploration
from vitrail.ui.explore_address import open_address
from vitrail.workspace import SavedView

_PAGE: Final = "explore"
_NAME: Final = "explore-view-name"
_REFUSED: Final = "explore-view-refused"


def saved_views(asked: Exploration, actor: Actor) -> None:
    """The views of everybody, each a click away, and a place to save this one."""
    views = workspace().views(_PAGE)
    with st.sidebar, st.container(border=True):
        st.markdown("**Saved views**")
        for view in views:
            _view(view, actor)
        if not views:
            st.caption("None yet. A view keeps a question under a name, for everybody here.")
        with st.form("explore-save", border=False, clear_on_submit=False):
            st.text_input("Save this question as", key=_NAME, max_chars=60,
                          placeholder="Active users by country")  # fmt: skip
            st.form_submit_button("Save", on_click=lambda: _save(asked))
        if _REFUSED in st.session_state:
            st.warning(st.session_state.pop(_REFUSED), icon=":material/info:")
        st.caption("Name no person: everybody here reads it.")


def _view(view: SavedView, actor: Actor) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(view.name, key=f"view-{view.id}", type="tertiary",
                  help=f"Saved by {view.by} on {view.saved_at:%-d %b %Y}",
                  on_click=open_address, args=(view.address,))  # fmt: skip
        st.caption(f"by {view.by}, {view.saved_at:%-d %b %Y}")
        if view.by == actor.name:
            st.button("", icon=":material/delete:", key=f"view-gone-{view.id}", type="tertiary",
                      help=f"Delete “{view.name}”", on_click=_delete, args=(view.id,))  # fmt: skip


def _save(asked: Exploration) -> None:
    try:
        workspace().save_view(_PAGE, st.session_state[_NAME], asked.address())
    except VitrailError as error:
        st.session_state[_REFUSED] = str(error)


def _delete(view_id: str) -> None:
    try:
        workspace().delete_view(view_id)
    except VitrailError as error:
        st.session_state[_REFUSED] = str(error)
