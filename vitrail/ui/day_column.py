"""Days and moments in a table, as the reader's language writes them and still put in order."""

from __future__ import annotations

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from vitrail.translation import _


def day_column(width: int | None = None) -> ColumnConfig:
    """For ``column_config``: ``3 Aug 2026``, ``03/08/2026``."""
    return st.column_config.DateColumn(width=width, format=_("D MMM YYYY"))


def month_column(width: int | None = None) -> ColumnConfig:
    """The same of a month by its first day: ``Aug 2026``, ``08/2026``."""
    return st.column_config.DateColumn(width=width, format=_("MMM YYYY"))


def moment_column(width: int | None = None, *, seconds: bool = False) -> ColumnConfig:
    """The same of a moment, in UTC: ``3 Aug 2026, 14:05``."""
    pattern = _("D MMM YYYY, HH:mm:ss") if seconds else _("D MMM YYYY, HH:mm")
    return st.column_config.DatetimeColumn(width=width, format=pattern, timezone="UTC")
