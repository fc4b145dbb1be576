"""A table of counts, darker for more, every number legible; scales, scrolls, can be read aloud.

Where it is wider than its place the heads of its rows stay, and a shade shows that it goes on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from vitrail.translation import _, number
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext

_HEAD: Final = (
    "vertical-align:bottom;font-weight:500;text-align:left;padding:0.3rem 0.2rem;"
    "font-size:0.8rem;min-width:2.5rem;line-height:1.2"
)
_ROW_WIDTH: Final = "min(14.5rem,38vw)"
_ROW_HEAD: Final = (
    f"text-align:left;font-weight:500;padding-right:0.6rem;min-width:{_ROW_WIDTH};"
    f"max-width:{_ROW_WIDTH};position:sticky;left:0;background:{both('ground')};line-height:1.2"
)
_SHADE: Final = "color-mix(in srgb,currentColor 28%,transparent)"
#: A shade at the right edge, and what covers it when the table is scrolled to its end.
_SCROLLS: Final = (
    f"overflow-x:auto;background:linear-gradient(to left,{both('ground')} 40%,transparent) "
    f"right/4rem 100% no-repeat local,linear-gradient(to left,{_SHADE},transparent) "
    "right/1rem 100% no-repeat scroll"
)
_SLANT: Final = "writing-mode:vertical-rl;transform:rotate(180deg);max-height:11rem"
_CELL: Final = "text-align:right;padding:0.22rem 0.45rem;border:1px solid transparent;height:1.7rem"


@dataclass(frozen=True, slots=True)
class HeatRow:
    """The head of a row: its ``key`` among the counts, its words, a sign before them with its
    colour, and what the sign says when it is pointed at."""

    key: str
    words: str
    sign: str
    tone: str
    hint: str


def heat_table(
    rows: Sequence[HeatRow],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
) -> None:
    """``counts`` by row key and column."""
    most = max(counts.values(), default=0)
    heads = "".join(
        f'<th scope="col" style="{_HEAD}"><span style="{_SLANT}">{hypertext(c)}</span></th>'
        for c in columns
    )
    body = "".join(
        f"<tr>{_row_head(row)}"
        f"{''.join(_cell(counts.get((row.key, c), 0), most) for c in columns)}</tr>"
        for row in rows
    )
    st.html(
        f'<div style="{_SCROLLS}" tabindex="0" role="region" aria-label="{_("Counts")}">'
        '<table class="vitrail-map" style="border-collapse:separate;'
        'border-spacing:2px;font-size:0.84rem;font-variant-numeric:tabular-nums">'
        f'<thead><tr><td style="{_ROW_HEAD}"></td>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row_head(row: HeatRow) -> str:
    return (
        f'<th scope="row" style="{_ROW_HEAD}" title="{hypertext(row.hint)}"><span style="color:'
        f'{both(row.tone)}">{hypertext(row.sign)}</span> {hypertext(row.words)}</th>'
    )


def _cell(count: int, most: int) -> str:
    """Empty stays empty; the others are tinted by the order of magnitude."""
    if not count:
        tint = "color-mix(in srgb,currentColor 4%,transparent)"
        return f'<td style="{_CELL};background:{tint}"></td>'
    share = 12 + 38 * math.log10(count + 1) / math.log10(most + 1)
    tint = f"color-mix(in srgb,{both('accent')} {share:.0f}%,transparent)"
    return f'<td style="{_CELL};background:{tint};border-radius:3px">{number(count)}</td>'
