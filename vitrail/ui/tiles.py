"""Tiles: one number each, never cut short, as many in a row as fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

import streamlit as st

from vitrail.kept_height import kept_height
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext

_ROW: Final = (
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,{width}px),1fr));"
    "gap:0.75rem;font-variant-numeric:tabular-nums"
)
_TILE: Final = (
    "border:1px solid color-mix(in srgb,currentColor 16%,transparent);border-radius:0.4rem;"
    "padding:0.8rem 1rem;min-width:0"
)

#: In pixels: the width of a row in a window of 1440, the space between two tiles, what of a tile
#: is edge, and about what a letter of its note, label, value and what is beside it takes.
_WIDE: Final = 980
_GAP: Final = 12
_EDGE: Final = 34
_LETTER: Final = 6.3
_LABEL: Final = 6.6
_LARGE: Final = 12.5
_BESIDE: Final = 7.3


@dataclass(frozen=True, slots=True)
class Tile:
    """What one tile says: ``value`` large, ``beside`` small after it, ``note`` in words below.

    ``quiet`` greys the value: there is nothing in it, or less than its error. ``tone`` is a
    colour of the palette for the label, which has its own sign too.
    """

    label: str
    value: str
    beside: str = ""
    note: str = ""
    hint: str = ""
    quiet: bool = False
    tone: str = "mute"


def tiles(items: Sequence[Tile], width: int = 176, key: str = "tiles") -> None:
    """A row of tiles, each at least ``width`` pixels wide; narrow windows get more rows.

    ``key`` is the row's own where a page has two.
    """
    with st.container(key=kept_height(key, *_size(items, width))):
        st.html(f'<div style="{_ROW.format(width=width)}">{"".join(map(_tile, items))}</div>')


def _size(items: Sequence[Tile], width: int) -> tuple[int, int]:
    """How many rows they take, and how many lines the highest tile has below a label's first
    and its value."""
    across = max(1, min(len(items), (_WIDE + _GAP) // (width + _GAP)))
    inside = (_WIDE + _GAP) / across - _GAP - _EDGE
    lines = max((_lines(tile, inside) for tile in items), default=0)
    return math.ceil(len(items) / across), lines


def _lines(tile: Tile, inside: float) -> int:
    wraps = len(tile.value) * _LARGE + len(tile.beside) * _BESIDE > inside
    label = len(wrap(tile.label, int(inside / _LABEL))) - 1
    return label + len(wrap(tile.note, int(inside / _LETTER))) + (wraps and bool(tile.beside))


def _tile(tile: Tile) -> str:
    size = "1.15rem" if len(tile.value) > 14 else "1.65rem"
    shade = f"color:{both('mute')};" if tile.quiet else ""
    beside = note = ""
    if tile.beside:
        beside = (
            f'<span style="color:{both("mute")};white-space:nowrap">{hypertext(tile.beside)}</span>'
        )
    if tile.note:
        note = f'<div style="font-size:0.84rem;color:{both("mute")}">{hypertext(tile.note)}</div>'
    return (
        f'<div class="vitrail-tile" style="{_TILE}" title="{hypertext(tile.hint)}">'
        f'<div style="font-size:0.88rem;color:{both(tile.tone)}">{hypertext(tile.label)}</div>'
        f'<div style="margin:0.15rem 0;line-height:1.5"><span style="{shade}font-size:{size};'
        f'font-weight:600">{hypertext(tile.value)}</span> {beside}</div>{note}</div>'
    )
