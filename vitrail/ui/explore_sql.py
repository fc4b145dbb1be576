"""Explore's question as SQL: the same question in its other form, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from vitrail.errors import Refused
from vitrail.report.question_sql import as_sql
from vitrail.translation import N_, _, retold
from vitrail.ui.asking import facts
from vitrail.ui.entrance import workspace
from vitrail.ui.exploration import Exploration, of_query
from vitrail.ui.explore_address import go
from vitrail.ui.one_of import put
from vitrail.ui.periods import Comparison
from vitrail.ui.plain_text import sentence

_TEXT: Final = "explore-sql"
_FORM: Final = "form"
_SQL: Final = "SQL"
_CHOICES: Final = N_("choices")
_SHOWN: Final = "explore-sql-shown"
_REFUSED: Final = "explore-sql-refused"


def as_sql_wanted() -> bool:
    """Whether the question is shown as SQL and not as choices; the address keeps which."""
    asked = st.query_params.get(_FORM)
    st.session_state[_FORM] = _SQL if asked == _SQL else _CHOICES
    form = st.radio(_("Ask by"), [_CHOICES, _SQL], horizontal=True, key=_FORM, format_func=_,
                    on_change=lambda: put(_FORM, st.session_state[_FORM], _CHOICES),
                    label_visibility="collapsed")  # fmt: skip
    return form == _SQL


def sql_box(asked: Exploration) -> None:
    """The question as SQL, to read, copy or change. What cannot be asked is said in its place."""
    written = as_sql(asked.query)
    if st.session_state.get(_SHOWN) != written:  # another question than the one last shown
        st.session_state[_SHOWN] = st.session_state[_TEXT] = written
        st.session_state.pop(_REFUSED, None)
    with st.form("explore-sql-form", border=False):
        st.text_area("SQL", key=_TEXT, height=150, label_visibility="collapsed", max_chars=2000)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.form_submit_button(_("Ask"), type="primary", on_click=_asked,
                                  args=(asked.comparison,))  # fmt: skip
            st.caption(
                _(
                    "Conditions are `dimension = 'value'` joined by AND, and one "
                    "`period BETWEEN` two closed days. Ctrl+Enter asks."
                )
            )
    refused = st.session_state.get(_REFUSED)
    if refused:
        st.warning(sentence(refused), icon=":material/info:")


def _asked(comparison: Comparison) -> None:
    """Read the SQL as a question; the choices then show the same."""
    st.session_state.pop(_REFUSED, None)
    try:
        query = workspace().question(st.session_state[_TEXT])
    except Refused as refusal:
        st.session_state[_REFUSED] = retold(str(refusal))
        return
    go(replace(of_query(query, facts()), comparison=comparison))
