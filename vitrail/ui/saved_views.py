"""Saved views: what a page looks at, under a name, shared by all who may ask."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import Actor
from vitrail.translation import _, retold
from vitrail.ui.address_keys import Address
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import literal, sentence
from vitrail.workspace import SavedView


def saved_views(
    page: str, address: Address, actor: Actor, opened: Callable[[Address], None]
) -> None:
    """The views of everybody, each a click away, and a place to save this one.

    ``page`` is the page's name, ``address`` what it looks at now; ``opened`` looks at another.
    """
    views = workspace().views(page)
    with st.sidebar, st.container(border=True):
        st.markdown(_("**Saved views**"))
        for view in views:
            _view(view, actor, opened)
        if not views:
            st.caption(
                _("None yet. A view keeps what you look at under a name, for everybody here.")
            )
        refused = f"{page}-view-refused"
        with st.form(f"{page}-save", border=False, clear_on_submit=False):
            name = f"{page}-view-name"
            st.text_input(_("Save this as"), key=name, max_chars=60,
                          placeholder=_("Active users by country"))  # fmt: skip
            st.form_submit_button(_("Save"), on_click=lambda: _save(page, address, name, refused))
        if refused in st.session_state:
            st.warning(sentence(st.session_state.pop(refused)), icon=":material/info:")
        st.caption(_("Name no person: everybody here reads it."))


def _view(view: SavedView, actor: Actor, opened: Callable[[Address], None]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(literal(view.name), key=f"view-{view.id}", type="tertiary",
                  help=_("Saved by {who} on {day}", who=literal(view.by), day=view.saved_at),
                  on_click=opened, args=(view.address,))  # fmt: skip
        st.caption(_("by {who}, {written}", who=literal(view.by), written=view.saved_at))
        if view.by == actor.name:
            st.button("", icon=":material/delete:", key=f"view-gone-{view.id}", type="tertiary",
                      help=_("Delete “{name}”", name=literal(view.name)), on_click=_delete,
                      args=(view.id, f"{view.page}-view-refused"))  # fmt: skip


def _save(page: str, address: Address, name: str, refused: str) -> None:
    try:
        workspace().save_view(page, st.session_state[name], address)
    except VitrailError as error:
        st.session_state[refused] = retold(str(error))


def _delete(view_id: str, refused: str) -> None:
    try:
        workspace().delete_view(view_id)
    except VitrailError as error:
        st.session_state[refused] = retold(str(error))
