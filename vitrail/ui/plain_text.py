"""Text from data, shown as text: nothing in it is styled, run, fetched or read backwards.

A file's name, a column's or a person's words may hold Markdown, HTML, a formula, or marks that
turn the direction of reading. Streamlit renders Markdown in most of its elements; so what comes
from data passes through here on its way to a page.
"""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from vitrail.report.formulas import defused

#: Marks that change the direction in which what follows is read (Unicode, UAX #9).
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
#: All that CommonMark lets a backslash precede.
_MARKUP: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(text: str) -> str:
    """The text with controls and marks of direction written out, on one line."""
    return "".join(f"⟨U+{ord(c):04X}⟩" if _is_unseen(c) else c for c in text)


def literal(text: str) -> str:
    """The text for an element that renders Markdown: it shows each character as it is."""
    return _MARKUP.sub(r"\\\1", plain(text))


def sentence(text: str) -> str:
    """A sentence of ours that may quote data: what stands between backticks is code, the rest
    is text."""
    pieces = text.strip().split("`")
    if len(pieces) % 2 == 0:
        return literal(text.strip())
    return "".join(
        f"`{plain(piece)}`" if number % 2 else literal(piece) for number, piece in enumerate(pieces)
    )


def cell(text: str) -> str:
    """The text for a table that can be saved as CSV: no spreadsheet runs it as a formula."""
    return defused(plain(text))


def _is_unseen(character: str) -> bool:
    return character in _TURNING or category(character) in ("Cc", "Cs", "Zl", "Zp")
