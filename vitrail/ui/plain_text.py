"""Text from data, shown as text: nothing in it is styled, run, fetched, linked or read backwards.

A file's name, a column's or a person's words may hold Markdown, HTML, a formula, or marks that
turn the direction of reading. Streamlit renders Markdown in most of its elements, Plotly a little
HTML in all of its words; so what comes from data passes through here on its way to a page:
:func:`literal` into Markdown, :func:`hypertext` into our own HTML, :func:`cell` into tables,
:func:`plain` where an element takes plain text; ``chart_frame.as_text`` into charts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Final

from vitrail.report.formulas import defused
from vitrail.report.plain import MOST, plain

__all__ = ["MOST", "cell", "cells", "hypertext", "literal", "plain", "sentence"]

#: All that CommonMark lets a backslash precede.
_MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")
#: Where Streamlit makes links, arrows and logos of the finished text, whatever was escaped in it:
#: a sign without width (U+2060) keeps the halves apart.
_JOINTS: Final = re.compile(
    r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?=@)|(?<=-)(?=[->])|(?<=[<>~])(?=[=-])|(?<=:)(?=streamlit:)",
    re.IGNORECASE,
)
_JOINER: Final = "\u2060"


def literal(text: str) -> str:
    """The text for an element that renders Markdown: it shows each character as it is."""
    return _MARKUP.sub(r"\\\1", _JOINTS.sub(_JOINER, plain(text)))


def sentence(text: str) -> str:
    """A sentence of ours that may quote data: what stands between backticks is code, the rest
    is text."""
    pieces = text.strip().split("`")
    if len(pieces) % 2 == 0:
        return literal(text.strip())
    return "".join(
        f"`{plain(piece)}`" if number % 2 else literal(piece) for number, piece in enumerate(pieces)
    )


def hypertext(text: str) -> str:
    """The text for HTML of our own."""
    return escape(plain(text))


def cell(text: str) -> str:
    """The text for a table that can be saved as CSV: no spreadsheet runs it as a formula."""
    return defused(plain(text))


def cells(row: Mapping[str, object]) -> dict[str, object]:
    """A table's row with each of its texts as :func:`cell` has it."""
    return {head: cell(v) if isinstance(v, str) else v for head, v in row.items()}
