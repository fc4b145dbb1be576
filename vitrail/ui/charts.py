"""Every chart, from one template: direct labels, thin grid, error bands behind lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st

from vitrail.model import Cell, Finding, Release, Severity
from vitrail.ui.numbers import published, scale

_HEIGHT: Final = 320
_LIGHT: Final = {"line": "#2f5fb3", "band": "rgba(47,95,179,0.16)", "mute": "#7b8794",
                 "grid": "rgba(125,135,150,0.18)", "before": "#9aa5b1"}  # fmt: skip
_DARK: Final = {"line": "#8ab4ff", "band": "rgba(138,180,255,0.20)", "mute": "#a9b4c0",
                "grid": "rgba(160,170,185,0.18)", "before": "#77828f"}  # fmt: skip


def _colours() -> dict[str, str]:
    return _DARK if st.context.theme.type == "dark" else _LIGHT


def _template(figure: go.Figure, height: int = _HEIGHT) -> go.Figure:
    colours = _colours()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 24, "t": 12, "b": 8},
        showlegend=False,
        hovermode="x unified",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"size": 13},
    )
    figure.update_xaxes(showgrid=False, automargin=True, linecolor=colours["grid"])
    figure.update_yaxes(gridcolor=colours["grid"], zeroline=False, automargin=True)
    return figure


def _config(name: str) -> dict[str, Any]:
    """Only one button: the picture as PNG."""
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": name, "scale": 2},
    }


def trend_chart(release: Release, before: Release | None = None) -> None:
    """One measure over periods: the line, its band of privacy and chance, hidden periods marked.

    The first dimension of the release is the calendar's; ``before`` is drawn thin behind, period
    by period, from its own start.
    """
    colours, unit = _colours(), dict(release.units).get(release.query.measures[0].label)
    divisor, sign = scale(unit)
    labels = [row.labels[0] for row in release.rows]
    cells = [row.cells[0] for row in release.rows]
    figure = go.Figure()
    _band(figure, labels, cells, divisor, colours["band"])
    if before is not None:
        earlier = [row.cells[0] for row in before.rows][: len(labels)]
        figure.add_scatter(
            x=labels[: len(earlier)],
            y=[c and c.value / divisor for c in earlier],
            line={"color": colours["before"], "width": 1.5, "dash": "dot"},
            name="before",
            customdata=[published(c, unit) for c in earlier],
            hovertemplate="before: %{customdata}<extra></extra>",
        )
    figure.add_scatter(
        x=labels,
        y=[c and c.value / divisor for c in cells],
        line={"color": colours["line"], "width": 2.5},
        mode="lines+markers",
        marker={"size": 5},
        customdata=[published(c, unit) for c in cells],
        hovertemplate="%{customdata}<extra></extra>",
    )
    _mark_hidden(figure, labels, cells, colours["mute"])
    _template(figure)
    figure.update_yaxes(rangemode="tozero", tickprefix=sign)
    figure.update_xaxes(type="category", nticks=12)
    st.plotly_chart(figure, config=_config(f"vitrail-{release.id}"), theme="streamlit")


def _band(
    figure: go.Figure,
    labels: Sequence[str],
    cells: Sequence[Cell | None],
    divisor: float,
    fill: str,
) -> None:
    """The band of ± total, broken where a period is hidden."""
    for piece in _unbroken(labels, cells):
        xs = [x for x, _ in piece]
        high = [(c.value + c.total) / divisor for _, c in piece]
        low = [max(0.0, (c.value - c.total) / divisor) for _, c in piece]
        figure.add_scatter(
            x=[*xs, *reversed(xs)],
            y=[*high, *reversed(low)],
            fill="toself",
            fillcolor=fill,
            line={"width": 0},
            hoverinfo="skip",
        )


def _unbroken(labels: Sequence[str], cells: Sequence[Cell | None]) -> list[list[tuple[str, Cell]]]:
    pieces: list[list[tuple[str, Cell]]] = [[]]
    for label, cell in zip(labels, cells, strict=True):
        if cell is None:
            pieces.append([])
        else:
            pieces[-1].append((label, cell))
    return [piece for piece in pieces if len(piece) > 1]


def _mark_hidden(
    figure: go.Figure, labels: Sequence[str], cells: Sequence[Cell | None], colour: str
) -> None:
    hidden = [label for label, cell in zip(labels, cells, strict=True) if cell is None]
    if hidden:
        figure.add_scatter(
            x=hidden,
            y=[0] * len(hidden),
            mode="markers",
            marker={"symbol": "circle-open-dot", "size": 11, "color": colour},
            hovertemplate="◌ hidden for privacy<extra></extra>",
        )


def bar_chart(release: Release) -> None:
    """One measure by one dimension, longest first, from zero, each bar with its ± and number."""
    colours, unit = _colours(), dict(release.units).get(release.query.measures[0].label)
    divisor, _ = scale(unit)
    shown = [(row.labels[0], cell) for row in release.rows if (cell := row.cells[0]) is not None]
    shown.sort(key=lambda pair: pair[1].value)
    figure = go.Figure(
        go.Bar(
            y=[label for label, _ in shown],
            x=[cell.value / divisor for _, cell in shown],
            orientation="h",
            marker={"color": colours["line"]},
            error_x={"array": [c.total / divisor for _, c in shown], "color": colours["mute"],
                     "thickness": 1.2, "width": 3},
            text=[published(cell, unit) for _, cell in shown],
            textposition="auto",
            hoverinfo="skip",
        )
    )  # fmt: skip
    _template(figure, height=64 + 30 * max(3, len(shown)))
    figure.update_xaxes(rangemode="tozero", showticklabels=False)
    figure.update_yaxes(type="category")
    st.plotly_chart(figure, config=_config(f"vitrail-{release.id}"), theme="streamlit")


def heatmap(findings: Sequence[Finding]) -> None:
    """Datasets by entity types: how many cells of each, darker for more (log scale)."""
    datasets = sorted({f.dataset for f in findings})
    kinds = sorted({f.entity_type for f in findings}, key=lambda k: (-_worst(findings, k), k))
    cells = {(f.dataset, f.entity_type): 0 for f in findings}
    for finding in findings:
        cells[finding.dataset, finding.entity_type] += finding.cells
    counts = [[cells.get((d, k)) for k in kinds] for d in datasets]
    figure = go.Figure(
        go.Heatmap(
            z=[[None if n is None else math.log10(n + 1) for n in row] for row in counts],
            x=kinds,
            y=datasets,
            text=[["" if n is None else f"{n:,}" for n in row] for row in counts],
            texttemplate="%{text}",
            colorscale=[[0, _colours()["band"]], [1, _colours()["line"]]],
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}<br>%{x}: %{text} cells<extra></extra>",
        )
    )
    _template(figure, height=120 + 26 * len(datasets))
    figure.update_xaxes(side="top", tickangle=-35)
    figure.update_yaxes(autorange="reversed")
    st.plotly_chart(figure, config=_config("vitrail-findings"), theme="streamlit")


def _worst(findings: Sequence[Finding], entity_type: str) -> int:
    ranks = [f.severity.rank for f in findings if f.entity_type == entity_type]
    return max(ranks, default=Severity.LOW.rank)
