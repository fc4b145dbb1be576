"""What can be taken away of a release: files with its notes, and the question for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from vitrail.model import Release
from vitrail.report.question_sql import as_notebook_cell
from vitrail.report.release_paper import release_page, release_paper
from vitrail.translation import N_, _, in_this_language
from vitrail.ui.release_files import release_csv, release_parquet


def downloads(
    release: Release, name: str, title: str, titles: Mapping[str, str] = MappingProxyType({})
) -> None:
    """A row of buttons; every chart has its own camera for PNG.

    ``name`` is what the files are called, ``title`` the head of the printed one, ``titles`` the
    names of dimensions and measures for people.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _button(_CSV, release, name, lambda: release_csv(release))
        _button(_PARQUET, release, name, lambda: release_parquet(release))
        _button(_PDF, release, name, lambda: release_paper(release, title, titles))
        _button(_HTML, release, name, lambda: release_page(release, title, titles))
        _notebook(release)


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a release: what its button says, of what type it is, and what is in it."""

    label: str
    mime: str
    icon: str
    help: str
    shortcut: str | None = None


_CSV: Final = _File("CSV", "text/csv", "download",
                    N_("This table with both errors and its notes"), "D")  # fmt: skip
_PARQUET: Final = _File(
    "Parquet",
    "application/vnd.apache.parquet",
    "download",
    N_("The same table with its types; the notes are in the schema's metadata"),
)
_PDF: Final = _File(
    "PDF",
    "application/pdf",
    "print",
    N_("To print: the picture, every number, the notes and the question"),
)
_HTML: Final = _File(
    "HTML",
    "text/html",
    "article",
    N_("To send round in the house: one file that opens in any browser and loads nothing"),
)


def _button(file: _File, release: Release, name: str, make: Callable[[], bytes | str]) -> None:
    """The button of one file, which is made at the click, in the language of now."""
    kind = file.label.lower()
    st.download_button(
        file.label,
        in_this_language(make),
        f"{name}-{release.id}.{kind}",
        file.mime,
        icon=f":material/{file.icon}:",
        key=f"{kind}-{release.id}",
        on_click="ignore",
        shortcut=file.shortcut,
        help=_(file.help),
    )


def _notebook(release: Release) -> None:
    """The same question as a notebook's cell, to copy."""
    with st.popover(_("Notebook"), icon=":material/code:"):
        st.caption(_("Gives the same numbers in a notebook, after `%load_ext vitrail`."))
        st.code(as_notebook_cell(release.query), language="sql", wrap_lines=True)
