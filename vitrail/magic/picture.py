"""A release as a Plotly figure in the template of the pages: bars, or lines with their error."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from vitrail.model import HIDDEN, Cell, Release
from vitrail.report import chart_style
from vitrail.report.looks import TONES
from vitrail.report.plain import brief, plain

if TYPE_CHECKING:
    import plotly.graph_objects as go

_PERIODS: Final = ("week", "month")
_MOST: Final = 40


def figure(release: Release) -> go.Figure | None:
    """Its first measure by its one dimension; None where one picture does not tell it.

    Bars begin at zero and are in order of size; time makes a line. Bands and whiskers are privacy
    and chance together (95 %). What is hidden stays, marked as such.
    """
    dimensions = release.query.dimensions
    if len(dimensions) != 1 or not release.rows or len(release.rows) > 200:
        return None
    cells = [(row.labels[0], row.cells[0]) for row in release.rows]
    if dimensions[0] in _PERIODS:
        return _line(sorted(cells), _axis(release))
    return _bars(cells, _axis(release)) if len(cells) <= _MOST else None


def _tone(name: str) -> str:
    return TONES[name][0]


def _axis(release: Release) -> str:
    label = release.query.measures[0].label
    unit = dict(release.units).get(label)
    return f"{label} ({unit})" if unit else label


def _bars(cells: list[tuple[str, Cell | None]], axis: str) -> go.Figure:
    import plotly.graph_objects as go

    cells = sorted(cells, key=lambda pair: pair[1].value if pair[1] else -1.0)
    names = [escape(brief(plain(label), 40)) for label, _ in cells]
    values = [max(0.0, cell.value) if cell else 0.0 for _, cell in cells]
    errors = [cell.total if cell else 0.0 for _, cell in cells]
    drawn = go.Figure(
        go.Bar(
            x=values, y=names, orientation="h", marker={"color": _tone("bar")}, hoverinfo="none",
            error_x={"array": errors, "color": _tone("mute"), "thickness": 1.2, "width": 3},
        )
    )  # fmt: skip
    _dress(drawn, axis, 64 + 30 * len(cells))
    reach = max((v + e for v, e in zip(values, errors, strict=True)), default=0.0) or 1.0
    for name, (_, cell), value, error in zip(names, cells, values, errors, strict=True):
        drawn.add_annotation(
            text=str(cell) if cell else HIDDEN, x=value + error, y=name, showarrow=False,
            xanchor="left", xshift=6, font={"size": 13, "color": _tone("text" if cell else "mute")},
        )  # fmt: skip
    drawn.update_layout(hovermode=False)
    drawn.update_xaxes(range=[0, reach * 1.5], showticklabels=False, zeroline=False, showline=False)
    drawn.update_yaxes(type="category", showgrid=False)
    return drawn


def _line(cells: list[tuple[str, Cell | None]], axis: str) -> go.Figure:
    import plotly.graph_objects as go

    drawn = go.Figure()
    for piece in _unbroken(cells):
        xs, numbers = [label for label, _ in piece], [cell for _, cell in piece]
        high = [cell.value + cell.total for cell in numbers]
        low = [max(0.0, cell.value - cell.total) for cell in numbers]
        drawn.add_scatter(
            x=[*xs, *reversed(xs)], y=[*high, *reversed(low)], fill="toself", mode="lines",
            fillcolor=_tone("band"), line={"width": 0}, hoverinfo="skip",
        )  # fmt: skip
    drawn.add_scatter(
        x=[label for label, _ in cells], y=[cell and cell.value for _, cell in cells],
        mode="lines+markers", line={"color": _tone("accent"), "width": 2.5}, marker={"size": 6},
        customdata=[str(cell or HIDDEN) for _, cell in cells],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    _dress(drawn, axis, 340)
    drawn.update_yaxes(rangemode="tozero")
    return drawn


def _unbroken(cells: list[tuple[str, Cell | None]]) -> list[list[tuple[str, Cell]]]:
    """Runs of periods that show, between those that are hidden."""
    pieces: list[list[tuple[str, Cell]]] = [[]]
    for label, cell in cells:
        if cell is None:
            pieces.append([])
        else:
            pieces[-1].append((label, cell))
    return [piece for piece in pieces if piece]


def _dress(drawn: go.Figure, axis: str, height: int) -> None:
    ground = {"paper_bgcolor": _tone("ground"), "plot_bgcolor": _tone("ground")}
    drawn.update_layout(**{**chart_style.layout(_tone, height), **ground})
    drawn.update_xaxes(**chart_style.across(_tone))
    drawn.update_yaxes(**chart_style.upward(_tone))
    drawn.add_annotation(
        text=axis, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
        yshift=8, showarrow=False, font={"color": _tone("mute"), "size": 13},
    )  # fmt: skip
