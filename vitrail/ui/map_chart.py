"""One measure by two or more dimensions: a map of shades with every number in its field."""

from __future__ import annotations

from textwrap import shorten
from typing import Final

import plotly.graph_objects as go

from vitrail.model import Cell, Release
from vitrail.report.chart_style import room
from vitrail.report.numbers import bare, drawn, drowned, published
from vitrail.report.release_shape import OTHER, label_words, period_of, told_label
from vitrail.translation import _
from vitrail.ui.chart_frame import as_text, draw, dress
from vitrail.ui.palette import colour

#: So many fields in a row still have room for a number.
_MOST_WRITTEN: Final = 16
_MOST_ROWS: Final = 60
_SIGN: Final = "◌"
_CLEAR: Final = "rgba(0,0,0,0)"
_NO_WIDTH: Final = "\N{ZERO WIDTH SPACE}"


def map_chart(release: Release, name: str) -> bool:
    """Draw a release; hidden fields bear their sign, numbers below their ± are grey.

    False where it has too many rows for that.
    """
    across = _across(release)
    table = _table(release, across)
    columns = sorted({label for row in table.values() for label in row}, key=_order)
    if len(table) > _MOST_ROWS:
        return False
    unit = dict(release.units).get(release.query.measures[0].label)
    dimension = release.query.dimensions[across]
    heads = [_short(told_label(dimension, column), 18) for column in columns]
    labels = sorted(table, key=_order, reverse=True)
    fields = [[table[label].get(column) for column in columns] for label in labels]
    names = [_short(label, 34) for label in labels]
    place = {"x": heads, "y": names, "showscale": False}
    written = [[_written(c, unit, len(columns)) for c in row] for row in fields]
    figure = go.Figure(
        [
            go.Heatmap(
                **place,
                z=[[drawn(c, unit)[1] if c else None for c in row] for row in fields],
                customdata=[[published(c, unit) for c in row] for row in fields],
                hovertemplate="%{y}, %{x}: %{customdata}<extra></extra>",
                colorscale=[[0, colour("faint")], [1, colour("full")]],
                zmin=0,
                xgap=2,
                ygap=2,
            ),
            *(
                go.Heatmap(
                    **place,
                    z=[[0] * len(columns)] * len(labels),
                    text=_of(written, fields, grey=tone == "mute"),
                    texttemplate="%{text}",
                    textfont={"color": colour(tone)},
                    hoverinfo="skip",
                    colorscale=[[0, _CLEAR], [1, _CLEAR]],
                )
                for tone in ("text", "mute")
            ),
        ]
    )
    dress(figure, 84 + 30 * max(2, len(labels)), left=room(names))
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(type="category", nticks=min(len(columns), 14), showline=False)
    figure.update_yaxes(type="category", showgrid=False, tickmode="array", ticks="",
                        tickvals=names)  # fmt: skip
    draw(
        figure,
        name,
        _(
            "{rows} by {columns} fields; the table below holds them all.",
            rows=len(labels),
            columns=len(columns),
        ),
    )
    return True


def _across(release: Release) -> int:
    """Which dimension goes across: time, else the one with the fewest values."""
    dimensions = release.query.dimensions
    time = period_of(release)
    if time is not None:
        return dimensions.index(time)
    sizes = [len({row.labels[i] for row in release.rows}) for i in range(len(dimensions))]
    return sizes.index(min(sizes))


def _table(release: Release, across: int) -> dict[str, dict[str, Cell | None]]:
    """Cells by the other labels, then by the label across."""
    table: dict[str, dict[str, Cell | None]] = {}
    for row in release.rows:
        kept = [label for i, label in enumerate(row.labels) if i != across]
        others = _(OTHER) if set(kept) == {OTHER} else " · ".join(map(label_words, kept))
        table.setdefault(others, {})[row.labels[across]] = row.cells[0]
    return table


def _order(label: str) -> tuple[bool, str]:
    return label.startswith((OTHER, _(OTHER))), label


def _short(label: str, width: int) -> str:
    return as_text(shorten(label, width, placeholder="…"))


def _written(cell: Cell | None, unit: str | None, columns: int) -> str:
    """The number in its field; many fields have no room and say it when pointed at."""
    if cell is None:
        return _SIGN
    if columns > _MOST_WRITTEN:
        return ""
    return bare(cell, unit)


def _of(
    written: list[list[str]], fields: list[list[Cell | None]], *, grey: bool
) -> list[list[str]]:
    """The numbers of one colour, empty where it is the other. The room that Plotly gives them is
    by the longest: each counts as long as that, by signs without a width."""
    longest = max((len(text) for row in written for text in row), default=0)
    return [
        [
            text.ljust(longest, _NO_WIDTH) if grey == (c is not None and drowned(c)) else ""
            for text, c in zip(texts, row, strict=True)
        ]
        for texts, row in zip(written, fields, strict=True)
    ]
