"""Findings by who mends them, by kind or by dataset; a group is opened by a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Pile
from vitrail.translation import N_, _
from vitrail.ui.finding_filters import NOBODY, Shown, narrow
from vitrail.ui.one_of import put
from vitrail.ui.plain_text import cell

_BY: Final = {"owner": N_("Owner"), "kind": N_("Kind of data"), "dataset": N_("Dataset")}
_USUAL: Final = "owner"
_SHOWN: Final = 100


def finding_groups(shown: Shown) -> None:
    """The groups with the most findings; selecting one filters by it."""
    by = _grouped_by()
    groups = _groups(shown, by)
    largest = sorted(groups, key=lambda name: (-groups[name].findings, name))[:_SHOWN]
    key = f"groups-{by}"
    ours = {NOBODY, *groups} if by == "kind" else {NOBODY}  # the rest are names from data

    def opened() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            narrow(by, largest[rows[0]])

    st.dataframe(
        [
            {
                _(_BY[by]): cell(_(name) if name in ours else name),
                _("findings"): groups[name].findings,
                _("cells"): groups[name].cells,
            }
            for name in largest
        ],
        hide_index=True,
        height=min(250, 38 + 35 * len(largest)),
        key=key,
        on_select=opened,
        selection_mode="single-row",
        column_config={
            _("findings"): st.column_config.NumberColumn(width=90, format="localized"),
            _("cells"): st.column_config.NumberColumn(width=90, format="localized"),
        },
        alt=_("Groups of findings, the largest first; select one to filter by it"),
    )
    if len(groups) > len(largest):
        st.caption(_("The {shown} largest of {all:,}.", shown=len(largest), all=len(groups)))


def _grouped_by() -> str:
    """By what; the address keeps it."""
    asked = st.query_params.get("group")
    by: str = st.segmented_control(
        _("Group by"), list(_BY), default=asked if asked in _BY else _USUAL, key="group",
        format_func=lambda key: _(_BY[key]), required=True,
        on_change=lambda: put("group", st.session_state["group"], _USUAL),
    )  # fmt: skip
    return by or _USUAL


def _groups(shown: Shown, by: str) -> Mapping[str, Pile]:
    if by == "kind":
        return {plain_words(kind): pile for kind, pile in shown.tally.kinds.items()}
    if by == "dataset":
        return shown.tally.datasets
    return {owner or NOBODY: pile for owner, pile in shown.tally.owners.items()}
