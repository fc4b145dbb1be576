"""The way from a page into Explore: the same question, its filters and days kept."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from vitrail.gate import FactDescription
from vitrail.house import carried
from vitrail.model import Query
from vitrail.ui.exploration import of_query


def explore_link(query: Query, label: str, facts: Sequence[FactDescription]) -> None:
    """A link to Explore that opens with ``query``, ready to be split further."""
    st.page_link(carried("pages", "explore.py"), label=label, icon=":material/travel_explore:",
                 query_params=of_query(query, facts).address())  # fmt: skip
