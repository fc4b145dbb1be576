"""The one anatomy of every page: header, answer first, breakdown, table, how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import Actor


def header(title: str, sentence: str, actor: Actor, scope: Sequence[str] = ()) -> None:
    """Title, the one sentence on what the page answers, and the scope as chips."""
    st.title(title, anchor=False)
    st.caption(sentence)
    with st.container(horizontal=True, gap="small"):
        for chip in scope:
            st.badge(chip, color="gray")
    with st.sidebar:
        st.caption(
            f"Signed in as **{actor.name}** on this machine, with every role: there is no "
            "sign-in, so Vitrail serves this machine only."
        )


def section(title: str) -> None:
    """The head of a part of the page."""
    st.subheader(title, anchor=False)


def empty(title: str, why: str, command: str | None = None) -> None:
    """An empty state: what is missing, why, and the one command that helps."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        st.write(why)
        if command:
            st.code(command, language="bash")


@contextmanager
def told() -> Iterator[None]:
    """Do one part of a page; what goes wrong in it becomes a sentence in its place."""
    try:
        yield
    except VitrailError as error:
        st.warning(f"{error.message} {error.remedy}".strip(), icon=":material/info:")
