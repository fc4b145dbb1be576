"""Small bars beside a page's picture: a list of links, each a filter of the page.

It is HTML of our own. A browser takes as long for each of Plotly's charts as for all the rest of a
page's words, and draws it three times; a list can be read aloud, reached by the keyboard, opened in
a new tab, and keeps the size of its words where the window is narrow.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

import streamlit as st

from vitrail.model import Release
from vitrail.translation import _
from vitrail.ui.bars import Bar, bars_of, words_are_long
from vitrail.ui.page_links import FOLLOWED
from vitrail.ui.palette import both
from vitrail.ui.plain_text import hypertext

_STYLE: Final = f"""<style>
.vitrail-bars {{
  display: grid; grid-template-columns: fit-content(45%) 1fr; list-style: none; margin: 0;
  padding: 0; font-size: 0.8125rem; font-variant-numeric: tabular-nums;
}}
.vitrail-bars li, .vitrail-bars .row {{
  display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; margin: 0;
  column-gap: 0.5rem; align-items: center; color: inherit; text-decoration: none;
}}
.vitrail-bars .row {{ padding: 0.125rem 0.25rem; border-radius: 0.25rem; }}
.vitrail-bars a.row:hover {{ background: color-mix(in srgb, currentColor 6%, transparent); }}
.vitrail-bars a.row:focus-visible {{ outline: 2px solid {both("accent")}; }}
.vitrail-bars .name {{ text-align: right; color: {both("mute")}; overflow-wrap: anywhere; }}
.vitrail-bars .track {{ position: relative; display: block; height: 1.5rem; }}
.vitrail-bars .track > * {{ position: absolute; }}
.vitrail-bars .bar {{ left: 0; bottom: 0.1rem; height: 1.3rem; background: {both("bar")}; }}
.vitrail-bars .error {{
  bottom: 0.55rem; height: 0.4rem; color: {both("mute")}; border: solid; border-width: 0 1.2px;
  background: linear-gradient(currentColor, currentColor) center / 100% 1.2px no-repeat;
}}
.vitrail-bars .words {{ bottom: 0; line-height: 1.5rem; white-space: nowrap; padding-left: 6px; }}
.vitrail-bars .quiet {{ color: {both("mute")}; }}
.vitrail-bars.long .track {{ height: 2.2rem; }}
.vitrail-bars.long .bar {{ height: 0.6rem; }}
.vitrail-bars.long .error {{ bottom: 0.2rem; }}
.vitrail-bars.long .words {{ bottom: 0.7rem; left: 0; padding-left: 2px; }}
@media (pointer: coarse) {{ .vitrail-bars .row {{ min-height: 2.75rem; }} }}
</style>"""


def bar_list(release: Release, filtered: Callable[[str], str] | None = None) -> None:
    """Show a release of one dimension; rows that were hidden stay, marked as such.

    ``filtered`` gives the address of the page with a value chosen; without it nothing is a link.
    """
    bars = bars_of(release)
    long = words_are_long(bars)
    reach = max((bar.high for bar in bars), default=0.0) or 1.0
    # beside the longest bar there must be room for its words
    width = 0.97 if long else max((len(bar.words) for bar in bars), default=0) + 1
    rows = "".join(_row(bar, reach, width, long, filtered) for bar in bars)
    st.html(f'{_STYLE}<ul class="vitrail-bars{" long" * long}">{rows}</ul>')


def _row(
    bar: Bar, reach: float, width: float, long: bool, filtered: Callable[[str], str] | None
) -> str:
    """``width``: the share of the row that bars take, or the letters that are left free."""
    room = f"{width:.0%}" if long else f"(100% - {width}ch)"

    def at(amount: float) -> str:
        return f"calc({room} * {max(0.0, amount) / reach:.4f})"

    drawn = ""
    if not bar.is_hidden:
        drawn = (
            f'<span class="bar" style="width:{at(bar.middle)}"></span><span class="error" '
            f'style="left:{at(bar.low)};width:{at(bar.high - bar.low)}"></span>'
        )
    place = "" if long else f' style="left:{at(bar.high)}"'
    inside = (
        f'<span class="name">{hypertext(bar.label)}</span><span class="track">{drawn}'
        f'<span class="words{" quiet" * bar.quiet}"{place}>{hypertext(bar.words)}</span></span>'
    )
    if filtered is None or bar.is_hidden or not bar.has_name:
        return f'<li><span class="row">{inside}</span></li>'
    hint = hypertext(_("Filter the page by this"))
    return (
        f'<li><a class="row {FOLLOWED}" href="{escape(filtered(bar.value))}" target="_self" '
        f'title="{hint}">{inside}</a></li>'
    )
