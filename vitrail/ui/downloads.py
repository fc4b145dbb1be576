"""What can be taken away of a release: files with its notes, and the question for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from vitrail.model import Release
from vitrail.report.question_sql import as_notebook_cell
from vitrail.report.release_paper import release_page, release_paper
from vitrail.translation import N_, _
from vitrail.ui.file_button import CSV, HTML, PARQUET, PDF, FileKind, file_button
from vitrail.ui.release_files import release_csv, release_parquet


def downloads(
    release: Release, name: str, title: str, titles: Mapping[str, str] = MappingProxyType({})
) -> None:
    """A row of buttons; every chart has its own camera for PNG.

    ``name`` is what the files are called, ``title`` the head of the printed one, ``titles`` the
    names of dimensions and measures for people.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button(CSV, release, name, lambda: release_csv(release), "D")
        _button(PARQUET, release, name, lambda: release_parquet(release))
        _button(PDF, release, name, lambda: release_paper(release, title, titles))
        _button(HTML, release, name, lambda: release_page(release, title, titles))
        _notebook(release)


_ABOUT: Final = {
    CSV: N_("This table with both errors and its notes"),
    PARQUET: N_("The same table with its types; the notes are in the schema's metadata"),
    PDF: N_("To print: the picture, every number, the notes and the question"),
    HTML: N_("To send round in the house: one file that opens in any browser and loads nothing"),
}


def _button(
    kind: FileKind, release: Release, name: str, make: Callable[[], bytes | str],
    shortcut: str | None = None,
) -> None:  # fmt: skip
    stem, key = f"{name}-{release.id}", f"{kind.ending}-{release.id}"
    file_button(kind, make, stem, key, _(_ABOUT[kind]), shortcut)


def _notebook(release: Release) -> None:
    """The same question as a notebook's cell, to copy."""
    with st.popover(_("Notebook"), icon=":material/code:"):
        st.caption(_("Gives the same numbers in a notebook, after `%load_ext vitrail`."))
        st.code(as_notebook_cell(release.query), language="sql", wrap_lines=True)
