"""What can be taken away of a release: files with its notes, and the question for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from vitrail.model import Release
from vitrail.translation import _, in_this_language
from vitrail.ui.question_sql import as_notebook_cell
from vitrail.ui.release_files import release_csv, release_parquet
from vitrail.ui.release_paper import release_page, release_paper


def downloads(
    release: Release, name: str, title: str, titles: Mapping[str, str] = MappingProxyType({})
) -> None:
    """A row of buttons; every chart has its own camera for PNG.

    ``name`` is what the files are called, ``title`` the head of the printed one, ``titles`` the
    names of dimensions and measures for people.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _csv(release, name)
        _parquet(release, name)
        _pdf(release, name, title, titles)
        _html(release, name, title, titles)
        _notebook(release)


def _csv(release: Release, name: str) -> None:
    """The release as a CSV file whose name says what is in it."""
    st.download_button(
        "CSV",
        release_csv(release),
        f"{name}-{release.id}.csv",
        "text/csv",
        icon=":material/download:",
        key=f"csv-{release.id}",
        on_click="ignore",
        shortcut="D",
        help=_("This table with both errors and its notes"),
    )


def _parquet(release: Release, name: str) -> None:
    """The release as a Parquet file, its notes within."""
    st.download_button(
        "Parquet",
        lambda: release_parquet(release),
        f"{name}-{release.id}.parquet",
        "application/vnd.apache.parquet",
        icon=":material/download:",
        key=f"parquet-{release.id}",
        on_click="ignore",
        help=_("The same table with its types; the notes are in the schema's metadata"),
    )


def _notebook(release: Release) -> None:
    """The same question as a notebook's cell, to copy."""
    with st.popover(_("Notebook"), icon=":material/code:"):
        st.caption(_("Gives the same numbers in a notebook, after `%load_ext vitrail`."))
        st.code(as_notebook_cell(release.query), language="sql", wrap_lines=True)


def _pdf(release: Release, name: str, title: str, titles: Mapping[str, str]) -> None:
    """The release on paper: its picture, every number, how it was made."""
    st.download_button(
        "PDF",
        in_this_language(lambda: release_paper(release, title, titles)),
        f"{name}-{release.id}.pdf",
        "application/pdf",
        icon=":material/print:",
        key=f"pdf-{release.id}",
        on_click="ignore",
        help=_("To print: the picture, every number, the notes and the question"),
    )


def _html(release: Release, name: str, title: str, titles: Mapping[str, str]) -> None:
    """The same as one page that stands alone, in the reader's own theme."""
    st.download_button(
        "HTML",
        in_this_language(lambda: release_page(release, title, titles)),
        f"{name}-{release.id}.html",
        "text/html",
        icon=":material/article:",
        key=f"html-{release.id}",
        on_click="ignore",
        help=_("To send round in the house: one file that opens in any browser and loads nothing"),
    )
