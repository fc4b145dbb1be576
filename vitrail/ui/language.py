"""Whose language a page speaks: chosen in the sidebar, set for the house, or the browser's.

A choice stands in the address as ``lang=fr``, so that a copied link opens as it was seen. It is
found again for each session and each click, never kept for the process.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from vitrail import config
from vitrail.errors import VitrailError
from vitrail.translation import LANGUAGES, SOURCE, _, language, offered, said_by
from vitrail.ui.identity import state_of

#: In the address; and in the session what was chosen, and what it comes to.
LANG: Final = "lang"
_CHOSEN: Final = "language-chosen"
_SPOKEN: Final = "language-spoken"


def listen() -> None:
    """Find the language of this session. Call before a page says a word."""
    chosen = offered(st.query_params.get(LANG)) or st.session_state.get(_CHOSEN)
    if chosen:
        st.session_state[_CHOSEN] = st.query_params[LANG] = chosen
    elif LANG in st.query_params:
        del st.query_params[LANG]
    st.session_state[_SPOKEN] = chosen or _of_the_house() or offered(st.context.locale) or SOURCE


def language_choice() -> None:
    """The choice itself, each language under its own name."""
    now = language()
    st.session_state[LANG] = now
    st.selectbox(_("Language"), list(LANGUAGES), key=LANG, format_func=LANGUAGES.__getitem__,
                 on_change=_choose)  # fmt: skip
    if now != SOURCE or _CHOSEN in st.session_state:  # a page begins as English
        st.html(f"<script>document.documentElement.lang='{now}'</script>",
            unsafe_allow_javascript=True)  # fmt: skip


def _choose() -> None:
    st.session_state[_CHOSEN] = st.query_params[LANG] = st.session_state[LANG]
    st.session_state[_SPOKEN] = st.session_state[LANG]


def _of_the_house() -> str | None:
    """``language`` of vitrail.toml; what is wrong with that file is said elsewhere."""
    try:
        file = config.find() / config.FILE_NAME
        return _set_in(file, state_of(file))
    except VitrailError:
        return None


@lru_cache(maxsize=8)
def _set_in(file: Path, changed: int) -> str | None:  # noqa: ARG001 - the key of the cache
    return config.load(file).language


def _spoken() -> str | None:
    """For :mod:`vitrail.translation`: who is served by this thread, if anybody is."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    spoken: str | None = st.session_state.get(_SPOKEN)
    return spoken


said_by(_spoken)
