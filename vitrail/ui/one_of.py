"""A box of choices that stands in the address as it is, in whatever language it is shown.

Streamlit's own binding writes the words on the screen into the address, so that a link copied from
a French page would mean nothing on an English one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from vitrail.translation import _


def one_of(
    label: str,
    options: Sequence[str],
    key: str,
    *,
    usual: str | None = None,
    words: Callable[[str], str] = _,
    **look: Any,
) -> str:
    """The chosen one of ``options``; the ``usual`` one, else the first, is not in the address.

    ``words`` tells an option to people; ``look`` is for ``st.selectbox``.
    """
    usual = options[0] if usual is None else usual
    asked = st.query_params.get(key)
    if asked is not None and asked not in options:
        del st.query_params[key]
    st.session_state[key] = asked if asked in options else usual
    chosen: str = st.selectbox(label, options, key=key, format_func=words, on_change=_keep,
                               args=(key, usual), **look)  # fmt: skip
    return chosen


def one_or_all(
    label: str, options: Sequence[str], key: str, *, words: Callable[[str], str] = _, **look: Any
) -> str | None:
    """The same where nothing may be chosen, which leaves the address."""
    asked = st.query_params.get(key)
    st.session_state[key] = asked if asked in options else None
    chosen: str | None = st.selectbox(label, options, key=key, index=None, format_func=words,
                                      placeholder=_("all"), on_change=_keep, args=(key, None),
                                      **look)  # fmt: skip
    return chosen


def _keep(key: str, usual: str | None) -> None:
    put(key, st.session_state[key], usual)


def put(key: str, value: str | None, usual: str | None = None) -> None:
    """Write a choice into the address; the usual one, or none, leaves it. For callbacks."""
    if value not in (None, usual):
        st.query_params[key] = value
    elif key in st.query_params:
        del st.query_params[key]
