"""Who looks at the page, and the way out."""

from __future__ import annotations

import streamlit as st

from vitrail.model import Actor
from vitrail.translation import _
from vitrail.ui.identity import doorkeeper, leave
from vitrail.ui.plain_text import literal, plain


def who_is_in(actor: Actor) -> None:
    """The name, the roles, and the two ways to sign out."""
    if doorkeeper() is None:
        st.caption(
            _(
                "You are **{who}**, with every role. Sign-in is off, so Vitrail serves this "
                "machine only.",
                who=literal(actor.name),
            )
        )
        return
    roles = " · ".join(_(role.value) for role in sorted(actor.roles))
    st.caption(_("Signed in, as {roles}", roles=roles))
    st.text(plain(actor.name))
    st.button(_("Sign out"), key="sign-out", on_click=leave, kwargs={"everywhere": False})
    st.button(_("Sign out everywhere"), key="sign-out-everywhere", on_click=leave,
              kwargs={"everywhere": True},
              help=_("Ends your sessions in every browser and on every machine."))  # fmt: skip
