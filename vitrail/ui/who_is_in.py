"""Who looks at the page, and the way out."""

from __future__ import annotations

import streamlit as st

from vitrail.model import Actor
from vitrail.ui.identity import doorkeeper, leave
from vitrail.ui.plain_text import literal, plain


def who_is_in(actor: Actor) -> None:
    """The name, the roles, and the two ways to sign out."""
    if doorkeeper() is None:
        st.caption(
            f"You are **{literal(actor.name)}**, with every role. Sign-in is off, so Vitrail "
            "serves this machine only."
        )
        return
    st.caption("Signed in, as " + " and ".join(sorted(actor.roles)))
    st.text(plain(actor.name))
    st.button("Sign out", key="sign-out", on_click=leave, kwargs={"everywhere": False})
    st.button("Sign out everywhere", key="sign-out-everywhere", on_click=leave,
              kwargs={"everywhere": True},
              help="Ends your sessions in every browser and on every machine.")  # fmt: skip
