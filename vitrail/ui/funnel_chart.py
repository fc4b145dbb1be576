"""A funnel: of those who were sent something, the share that came as far as each step."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from vitrail.model import Cell
from vitrail.report.numbers import drawn, published
from vitrail.translation import _
from vitrail.ui.chart_frame import draw, dress, note
from vitrail.ui.palette import colour


def funnel_chart(sent: Cell | None, steps: Sequence[tuple[str, Cell | None]], name: str) -> None:
    """Draw the steps in their order, each as percent of ``sent`` with privacy and chance."""
    titles = [_("Sent"), *dict(steps)]
    words = [published(sent), *(published(cell) for cell in dict(steps).values())]
    ends = [(100.0, 100.0, 100.0) if sent else (0.0, 0.0, 0.0)]
    ends += [drawn(cell) if cell else (0.0, 0.0, 0.0) for _, cell in steps]
    ends = [(min(low, 100), min(middle, 100), min(high, 100)) for low, middle, high in ends]
    figure = go.Figure(
        go.Bar(
            y=titles,
            x=[middle for _, middle, _ in ends],
            orientation="h",
            marker={"color": colour("bar")},
            error_x={"array": [high - middle for _, middle, high in ends],
                     "arrayminus": [middle - low for low, middle, _ in ends],
                     "color": colour("mute"), "thickness": 1.2, "width": 3},
            hoverinfo="skip",
        )
    )  # fmt: skip
    dress(figure, 56 + 66 * len(titles))
    for title, text in zip(titles, words, strict=True):  # above the bar: a phone has no room beside
        note(figure, f"<b>{title}</b><br>{text}", x=0, y=title, xanchor="left", yanchor="bottom",
             align="left", yshift=10, font={"size": 13, "color": colour("text")})  # fmt: skip
    figure.update_layout(hovermode=False, bargap=0.7)
    figure.update_xaxes(range=[0, 102], showticklabels=False, zeroline=False, showline=False)
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False,
                        showticklabels=False)  # fmt: skip
    draw(figure, name, "; ".join(f"{t}: {w}" for t, w in zip(titles, words, strict=True)))
