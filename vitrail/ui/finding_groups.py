"""Findings by who mends them, by kind or by dataset; a group is opened by a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Pile
from vitrail.ui.finding_filters import NOBODY, Shown, narrow
from vitrail.ui.plain_text import cell

_BY: Final = {"owner": "Owner", "kind": "Kind of data", "dataset": "Dataset"}
_SHOWN: Final = 100


def finding_groups(shown: Shown) -> None:
    """The groups with the most findings; selecting one filters by it."""
    by = st.segmented_control("Group by", list(_BY), default="owner", format_func=_BY.__getitem__,
                              key="group", bind="query-params", required=True)  # fmt: skip
    groups = _groups(shown, by or "owner")
    largest = sorted(groups, key=lambda name: (-groups[name].findings, name))[:_SHOWN]
    key = f"groups-{by}"

    def opened() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            narrow(by or "owner", largest[rows[0]])

    st.dataframe(
        [
            {
                _BY[by or "owner"]: cell(name),
                "findings": groups[name].findings,
                "cells": groups[name].cells,
            }
            for name in largest
        ],
        hide_index=True,
        height=min(250, 38 + 35 * len(largest)),
        key=key,
        on_select=opened,
        selection_mode="single-row",
        column_config={
            "findings": st.column_config.NumberColumn(width=90, format="localized"),
            "cells": st.column_config.NumberColumn(width=90, format="localized"),
        },
        alt="Groups of findings, the largest first; select one to filter by it",
    )
    if len(groups) > len(largest):
        st.caption(f"The {len(largest)} largest of {len(groups):,}.")


def _groups(shown: Shown, by: str) -> Mapping[str, Pile]:
    if by == "kind":
        return {plain_words(kind): pile for kind, pile in shown.tally.kinds.items()}
    if by == "dataset":
        return shown.tally.datasets
    return {owner or NOBODY: pile for owner, pile in shown.tally.owners.items()}
