"""What can be taken away of a release: files with its notes, and the question for a notebook."""

from __future__ import annotations

import streamlit as st

from vitrail.model import Release
from vitrail.ui.release_table import csv_button, notebook_button, parquet_button


def downloads(release: Release, name: str) -> None:
    """A row of buttons; every chart has its own camera for PNG."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        csv_button(release, name)
        parquet_button(release, name)
        notebook_button(release)
