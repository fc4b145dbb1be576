"""A table of counts, darker for more, every number legible; scales, scrolls, can be read aloud."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from vitrail.translation import number
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext

_HEAD: Final = (
    "vertical-align:bottom;font-weight:500;text-align:left;padding:0.3rem 0.2rem;"
    "font-size:0.8rem;min-width:3.4rem;line-height:1.2"
)
_SLANT: Final = "writing-mode:vertical-rl;transform:rotate(180deg);max-height:11rem"
_CELL: Final = "text-align:right;padding:0.22rem 0.45rem;border:1px solid transparent;height:1.7rem"


def heat_table(
    rows: Sequence[tuple[str, str, str, str]],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
) -> None:
    """``rows``: key, words, a sign before them and its colour; ``counts`` by row key and column."""
    most = max(counts.values(), default=0)
    heads = "".join(
        f'<th scope="col" style="{_HEAD}"><span style="{_SLANT}">{hypertext(c)}</span></th>'
        for c in columns
    )
    body = "".join(
        f"<tr>{_row_head(*row[1:])}"
        f"{''.join(_cell(counts.get((row[0], c), 0), most) for c in columns)}</tr>"
        for row in rows
    )
    st.html(
        '<div style="overflow-x:auto" tabindex="0" role="region" aria-label="Counts">'
        '<table class="vitrail-map" style="border-collapse:separate;'
        'border-spacing:2px;font-size:0.84rem;font-variant-numeric:tabular-nums">'
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row_head(words: str, sign: str, tone: str) -> str:
    return (
        f'<th scope="row" style="text-align:left;font-weight:500;white-space:nowrap;'
        f'padding-right:0.8rem" title="{hypertext(tone)}"><span style="color:'
        f'{both(tone)}">{hypertext(sign)}</span> {hypertext(words)}</th>'
    )


def _cell(count: int, most: int) -> str:
    """Empty stays empty; the others are tinted by the order of magnitude."""
    if not count:
        tint = "color-mix(in srgb,currentColor 4%,transparent)"
        return f'<td style="{_CELL};background:{tint}"></td>'
    share = 12 + 38 * math.log10(count + 1) / math.log10(most + 1)
    tint = f"color-mix(in srgb,{both('accent')} {share:.0f}%,transparent)"
    return f'<td style="{_CELL};background:{tint};border-radius:3px">{number(count)}</td>'
