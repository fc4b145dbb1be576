"""The row of boxes at a page's head, in which its question is put together."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def choice_row(gap: Literal["xsmall", "small"] = "xsmall", key: str = "scope") -> DeltaGenerator:
    """The row, for ``with``. By its key :mod:`vitrail.served` keeps it the height of its boxes
    until they are drawn, so that what is below does not jump; a second is ``scope-more``."""
    return st.container(key=key, horizontal=True, vertical_alignment="bottom", gap=gap)
