"""One measure by country: a map of equal tiles, each with its number or a hidden one's sign."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Final, TypeVar

import plotly.graph_objects as go

from vitrail.model import Cell, Release
from vitrail.report.numbers import drawn, drowned, parts, published
from vitrail.report.release_shape import OTHER
from vitrail.translation import _
from vitrail.ui.chart_frame import as_text, draw, dress, note
from vitrail.ui.country_grid import COLUMNS, ROWS, placed
from vitrail.ui.palette import colour

_TILE: Final = 46

T = TypeVar("T")


def country_map(release: Release, name: str) -> None:
    """Draw a release by country; countries without a number are faint."""
    unit = dict(release.units).get(release.query.measures[0].label)
    cells = {row.labels[0]: row.cells[0] for row in release.rows if row.labels[0] != OTHER}
    places = placed(cells)
    rows = 1 + max(row for row, _ in places.values())
    values = {code: drawn(cell, unit)[1] if cell else 0.0 for code, cell in cells.items()}
    others = {code: 0.0 for code in places if code not in cells}
    told = {code: f"{as_text(code)}: {published(cell, unit)}" for code, cell in cells.items()}
    figure = go.Figure(
        [
            _tiles(_grid(others, places, rows), "hint", "hint"),
            _tiles(_grid(values, places, rows), "faint", "full").update(
                zmax=max(values.values(), default=0) or 1.0,
                customdata=_grid(told, places, rows),
                hovertemplate="%{customdata}<extra></extra>",
                hoverinfo=None,
            ),
            _labels(cells, places, unit),
        ]
    )
    dress(figure, 48 + _TILE * rows)
    if rows > ROWS:
        note(figure, _("elsewhere"), x=-0.45, y=ROWS, xanchor="left", yanchor="middle",
             font={"size": 13, "color": colour("mute")})  # fmt: skip
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(visible=False, range=[-0.5, COLUMNS - 0.5])
    figure.update_yaxes(visible=False, range=[rows - 0.5, -0.5])
    draw(figure, name, "; ".join(told.values()))


def _grid(
    values: Mapping[str, T], places: Mapping[str, tuple[int, int]], rows: int
) -> list[list[T | None]]:
    """The values at their places, nothing at all others."""
    at = {places[code]: value for code, value in values.items()}
    return [[at.get((row, column)) for column in range(COLUMNS)] for row in range(rows)]


def _tiles(grid: list[list[float | None]], low: str, high: str) -> go.Heatmap:
    return go.Heatmap(
        z=grid, zmin=0, zmax=1, colorscale=[[0, colour(low)], [1, colour(high)]],
        showscale=False, hoverinfo="skip", xgap=3, ygap=3,
    )  # fmt: skip


def _labels(
    cells: Mapping[str, Cell | None], places: Mapping[str, tuple[int, int]], unit: str | None
) -> go.Scatter:
    def written(code: str) -> str:
        short = as_text(shorten(code, 9, placeholder="…"))
        if code not in cells:
            return short
        cell = cells[code]
        return f"<b>{short}</b><br>{parts(cell, unit)[0].removeprefix('≈ ') if cell else '◌'}"

    def quiet(code: str) -> bool:
        cell = cells.get(code)
        return cell is None or drowned(cell)

    return go.Scatter(
        x=[column for _, column in places.values()], y=[row for row, _ in places.values()],
        text=[written(code) for code in places], mode="text", hoverinfo="skip",
        textfont={"size": 11,
                  "color": [colour("mute" if quiet(code) else "text") for code in places]},
    )  # fmt: skip
