"""One measure over periods: the line, its band of privacy and chance, hidden periods marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import plotly.graph_objects as go

from vitrail.model import HIDDEN, Cell, Release
from vitrail.report.chart_style import room
from vitrail.report.numbers import drawn, published, scale, with_sign
from vitrail.report.release_shape import begin
from vitrail.translation import _, ngettext
from vitrail.ui.axis_notes import axis_notes
from vitrail.ui.chart_frame import draw, dress, note
from vitrail.ui.palette import colour
from vitrail.ui.periods import Grain, period_words, short_day
from vitrail.workspace import Annotation

_HEIGHT: Final = 340
#: In pixels: a day above its year, and below both which line is which.
_DATES: Final = 50
_KEY: Final = 24
#: Days that are named on the axis; more would not stand level on a phone.
_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of published numbers: one period and one cell a point, None where hidden."""

    periods: tuple[str, ...]
    cells: tuple[Cell | None, ...]

    @classmethod
    def of(cls, release: Release) -> Line:
        pairs = sorted((row.labels[0], row.cells[0]) for row in release.rows)
        return cls(tuple(p for p, _cell in pairs), tuple(c for _period, c in pairs))


def trend_chart(
    release: Release, before: Release | None, against: str, grain: Grain, axis: str, name: str,
    notes: Sequence[Annotation] = (),
) -> None:  # fmt: skip
    """Draw ``release``; ``before`` stands thin behind it, period by period from its own start.

    ``against`` names the line before; ``axis`` says what is counted, in which unit; ``notes``
    stand on their days.
    """
    unit = dict(release.units).get(release.query.measures[0].label)
    line, figure = Line.of(release), go.Figure()
    days = [begin(period) for period in line.periods]
    figure.add_traces(list(uncertainty(days, line.cells, unit)))
    if before is not None:
        _before(figure, days, Line.of(before), unit, grain)
    figure.add_scatter(
        x=days,
        y=[c and drawn(c, unit)[1] for c in line.cells],
        line={"color": colour("accent"), "width": 2.5},
        mode="lines+markers",
        marker={"size": 6},
        customdata=[published(c, unit) for c in line.cells],
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_traces(list(hidden_marks(days, line.cells)))
    _say_hidden(figure, days, line.cells)
    key = 0 if before is None else _KEY
    dress(figure, _HEIGHT + key, left=_ticks_room(line.cells, unit), below=_DATES + key)
    axis_notes(figure, notes, days)
    if before is not None:
        _key(figure, against)
    note(figure, axis, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
         yshift=8, font={"color": colour("mute"), "size": 13})  # fmt: skip
    figure.update_yaxes(rangemode="tozero", tickformat=",~f", **axis_unit(unit, line.cells))
    if not any(line.cells):
        _say_all_hidden(figure)
    figure.update_xaxes(**_calendar(days, grain))
    draw(
        figure,
        name,
        ngettext(
            "{axis}, {count} period; the table below holds every number.",
            "{axis}, {count} periods; the table below holds every number.",
            len(days),
            axis=axis,
        ),
    )


def _calendar(days: Sequence[date], grain: Grain) -> dict[str, object]:
    """Readable dates that begin with the periods: ``17 Aug``, the year where it changes."""
    if not days:
        return {}
    hover = _("%B %Y") if grain == "month" else _("Week of %-d %B %Y")
    ends = {"range": [days[0] - _edge(days), days[-1] + _edge(days)]} if len(days) > 1 else {}
    # else a day that has a mark on the axis would be called as the mark, without its year
    titled = {"unifiedhovertitle": {"text": f"%{{x|{hover}}}"}}
    named = date_ticks(days, grain, _NAMED)
    return {"type": "date", "hoverformat": hover, **titled, **named, **ends}


def date_ticks(days: Sequence[date], grain: Grain, most: int) -> dict[str, object]:
    """At most so many marks on the axis, in the reader's language."""
    shown = days[:: -(-len(days) // most)] if days else ()
    years = [day.year for day in shown]
    words = [
        short_day(day, grain) + f"<br>{day.year}" * (place == 0 or years[place - 1] != day.year)
        for place, day in enumerate(shown)
    ]
    return {"tickmode": "array", "tickvals": list(shown), "ticktext": words}


def _edge(days: Sequence[date]) -> timedelta:
    """Room for the marks at both ends."""
    return (days[-1] - days[0]) / 50 + timedelta(days=1)


def axis_unit(unit: str | None, cells: Sequence[Cell | None]) -> dict[str, str]:
    """``€`` before the ticks of money, ``%`` behind those of a rate."""
    if any(cell and cell.is_outcome for cell in cells):
        return {"ticksuffix": " %"}
    sign = scale(unit)[1]
    before, _amount, after = with_sign("0", sign).partition("0")
    return {"tickprefix": before, "ticksuffix": after}


def _ticks_room(cells: Sequence[Cell | None], unit: str | None) -> int:
    """Pixels for the numbers of the axis that goes upward."""
    top = max((drawn(cell, unit)[2] for cell in cells if cell), default=0.0)
    return room(["0.0", f"{''.join(axis_unit(unit, cells).values())}{top:,.0f}"])


def uncertainty(
    days: Sequence[date], cells: Sequence[Cell | None], unit: str | None
) -> Iterator[go.Scatter]:
    """The band of privacy and chance, broken where a period is hidden; alone, a point has bars."""
    for piece in _unbroken(days, cells):
        xs = [x for x, _cell in piece]
        high = [drawn(c, unit)[2] for _day, c in piece]
        low = [max(0.0, drawn(c, unit)[0]) for _day, c in piece]
        if len(piece) == 1:
            yield go.Scatter(x=xs * 2, y=[low[0], high[0]], mode="lines", hoverinfo="skip",
                             line={"color": colour("band"), "width": 6})  # fmt: skip
        else:
            yield go.Scatter(x=[*xs, *reversed(xs)], y=[*high, *reversed(low)], fill="toself",
                             fillcolor=colour("band"), line={"width": 0}, mode="lines",
                             hoverinfo="skip")  # fmt: skip


def _unbroken(days: Sequence[date], cells: Sequence[Cell | None]) -> list[list[tuple[date, Cell]]]:
    pieces: list[list[tuple[date, Cell]]] = [[]]
    for day, cell in zip(days, cells, strict=True):
        if cell is None:
            pieces.append([])
        else:
            pieces[-1].append((day, cell))
    return [piece for piece in pieces if piece]


def _before(
    figure: go.Figure, days: Sequence[date], line: Line, unit: str | None, grain: Grain
) -> None:
    count = min(len(days), len(line.cells))
    figure.add_scatter(
        x=days[:count],
        y=[c and drawn(c, unit)[1] for c in line.cells[:count]],
        mode="lines+markers",
        line={"color": colour("mute"), "width": 1.5, "dash": "dot"},
        marker={"size": 4},
        customdata=[
            f"{published(c, unit)} ({period_words(p, grain)})"
            for p, c in zip(line.periods[:count], line.cells[:count], strict=True)
        ],
        hovertemplate=_("before: {number}", number="%{customdata}") + "<extra></extra>",
    )


def hidden_marks(days: Sequence[date], cells: Sequence[Cell | None]) -> Iterator[go.Scatter]:
    """A mark on the axis for each hidden period."""
    hidden = [day for day, cell in zip(days, cells, strict=True) if cell is None]
    if hidden:
        yield go.Scatter(x=hidden, y=[0] * len(hidden), mode="markers", cliponaxis=False,
                         marker={"symbol": "circle-open-dot", "size": 11, "color": colour("mute")},
                         hovertemplate=f"{_(HIDDEN)}<extra></extra>")  # fmt: skip


def _say_hidden(figure: go.Figure, days: Sequence[date], cells: Sequence[Cell | None]) -> None:
    """Once in words what the mark means."""
    hidden = [day for day, cell in zip(days, cells, strict=True) if cell is None]
    if hidden:
        note(figure, _(HIDDEN), x=hidden[0], y=0, xanchor="left", yanchor="bottom", yshift=8,
             font={"color": colour("mute"), "size": 13})  # fmt: skip


def _say_all_hidden(figure: go.Figure) -> None:
    figure.update_yaxes(showticklabels=False, range=[0, 1])
    note(figure, _("Every period is hidden for privacy. Months, or fewer filters, show more."),
         x=0.5, y=0.55, xref="paper", yref="paper", font={"color": colour("mute")})  # fmt: skip


def _key(figure: go.Figure, against: str) -> None:
    """Which line is which, below both: at their ends the words would take a phone's width."""
    lines = (("accent", "━", _("this period")), ("mute", "┅", against))
    words = (f'<span style="color:{colour(tone)}">{sign} {name}</span>'
             for tone, sign, name in lines)  # fmt: skip
    note(figure, "    ".join(words), x=0, y=0, xref="paper", yref="paper", xanchor="left",
         yanchor="top", yshift=-_DATES, font={"size": 13})  # fmt: skip
