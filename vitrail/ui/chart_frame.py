"""The one template of every chart: thin grid, no legend, one button that saves a PNG."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from vitrail.report import chart_style
from vitrail.translation import SOURCE, _, language, months, separators
from vitrail.ui.palette import colour
from vitrail.ui.plain_text import plain

#: Of a figure whose points are clicked.
CLICKED: Final = {"dragmode": False, "clickmode": "event+select"}


def dress(
    figure: go.Figure, height: int, right: int = 16, left: int = 8, below: int = 8
) -> go.Figure:
    """Put a figure into the template: room in pixels, for direct labels and the axes' words."""
    thousands, decimal = separators()
    figure.update_layout(
        separators=decimal + thousands,
        **chart_style.layout(colour, height, right, left, below),
    )
    figure.update_xaxes(**chart_style.across(colour))
    figure.update_yaxes(**chart_style.upward(colour))
    return figure


def draw(
    figure: go.Figure, name: str, words: str, pick: Callable[[int], None] | None = None
) -> None:
    """Show a figure; its PNG is saved as ``name``, and ``words`` stand for it when read aloud.

    ``pick`` is called with the place of the point that was clicked, in a figure whose layout is
    :data:`CLICKED`.
    """
    config: dict[str, Any] = {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
        **_spoken(),
    }
    key = f"chart-{name}"
    if pick is None:
        st.plotly_chart(figure, config=config, theme=None, key=key, alt=words)
        return

    def picked() -> None:
        points = st.session_state[key].selection.point_indices
        if points:
            pick(int(points[0]))

    st.plotly_chart(figure, config=config, theme=None, key=key, alt=words, on_select=picked,
                    selection_mode="points")  # fmt: skip


def _spoken() -> dict[str, Any]:
    """What Plotly says itself, a day that is pointed at and the camera's name, as the reader does:
    its own file of each language would have to be fetched."""
    code = language()
    if code == SOURCE:
        return {}
    saved = {"Download plot as a PNG": _("Download this picture as a PNG")}
    written = {"dictionary": saved, "format": {"months": months()}}
    return {"locale": code, "locales": {code: written}}


def note(figure: go.Figure, text: str, **place: Any) -> None:
    """A direct label on the chart."""
    figure.add_annotation(text=text, showarrow=False, **place)


def as_text(words: str) -> str:
    """Words from data, so that a chart takes no mark in them for one of its own."""
    return escape(plain(words), quote=False)  # Plotly knows no entity of a quotation mark
