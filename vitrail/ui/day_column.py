"""Days in a table, written as the reader's language writes them and still put in order as days."""

from __future__ import annotations

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from vitrail.translation import _


def day_column(width: int | None = None) -> ColumnConfig:
    """For ``column_config``: ``3 Aug 2026``, ``03/08/2026``."""
    return st.column_config.DateColumn(width=width, format=_("D MMM YYYY"))
