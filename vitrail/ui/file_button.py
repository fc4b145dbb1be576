"""The button of a file that is made at the click, in the language of whoever clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from vitrail.translation import in_this_language


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a button says of its file, of what type the file is, and the button's sign."""

    label: str
    mime: str
    icon: str

    @property
    def ending(self) -> str:
        return self.label.lower()


CSV: Final = FileKind("CSV", "text/csv", "download")
PARQUET: Final = FileKind("Parquet", "application/vnd.apache.parquet", "download")
PDF: Final = FileKind("PDF", "application/pdf", "print")
HTML: Final = FileKind("HTML", "text/html", "article")


def file_button(
    kind: FileKind, make: Callable[[], bytes | str], stem: str, key: str, about: str,
    shortcut: str | None = None,
) -> None:  # fmt: skip
    """``stem`` is the file's name without its ending; ``about`` says what is in it, told already.

    ``make`` runs when the page is done: it asks nothing of the session.
    """
    st.download_button(
        kind.label,
        in_this_language(make),
        f"{stem}.{kind.ending}",
        kind.mime,
        icon=f":material/{kind.icon}:",
        key=key,
        on_click="ignore",
        shortcut=shortcut,
        help=about,
    )
