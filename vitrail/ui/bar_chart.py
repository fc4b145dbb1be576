"""One measure by one dimension: bars from zero, longest first, each with its number and error."""

from __future__ import annotations

from textwrap import shorten

import plotly.graph_objects as go

from vitrail.model import HIDDEN, Release
from vitrail.ui.chart_frame import draw, dress, note
from vitrail.ui.numbers import drowned, published, scale
from vitrail.ui.palette import colour


def bar_chart(release: Release, name: str) -> None:
    """Draw a release of one dimension; rows that were hidden stay, marked as such."""
    unit = dict(release.units).get(release.query.measures[0].label)
    divisor, _ = scale(unit)
    rows = sorted(release.rows, key=lambda row: row.cells[0].value if row.cells[0] else -1.0)
    labels = [shorten(row.labels[0], 28, placeholder="…") for row in rows]
    cells = [row.cells[0] for row in rows]
    figure = go.Figure(
        go.Bar(
            y=labels,
            x=[cell.value / divisor if cell else 0 for cell in cells],
            orientation="h",
            marker={"color": colour("bar")},
            error_x={"array": [c.total / divisor if c else 0 for c in cells],
                     "color": colour("mute"), "thickness": 1.2, "width": 3},
            hoverinfo="skip",
        )
    )  # fmt: skip
    dress(figure, 56 + 30 * max(2, len(rows)))
    for label, cell in zip(labels, cells, strict=True):
        quiet = cell is None or drowned(cell)
        note(figure, published(cell, unit) if cell else HIDDEN,
             x=(cell.value + cell.total) / divisor if cell else 0, y=label, xanchor="left",
             xshift=6, font={"size": 13, "color": colour("mute" if quiet else "text")})  # fmt: skip
    reach = max(((c.value + c.total) / divisor for c in cells if c), default=1.0)
    figure.update_layout(hovermode=False)
    figure.update_xaxes(
        range=[0, reach * 1.45], showticklabels=False, zeroline=False, showline=False
    )
    figure.update_yaxes(type="category", showgrid=False, ticks="outside", ticklen=4)
    figure.update_yaxes(tickcolor="rgba(0,0,0,0)")
    words = "; ".join(
        f"{label}: {published(c, unit)}" for label, c in zip(labels, cells, strict=True)
    )
    draw(figure, name, words)
