"""Cohorts by months since joining: shades, each with its percent; hidden ones bear their sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from vitrail.gate import Cohort, Estimate
from vitrail.model import HIDDEN
from vitrail.report.chart_style import room
from vitrail.report.numbers import published
from vitrail.report.release_shape import begin
from vitrail.translation import MONTH, N_, _, day, ngettext
from vitrail.ui.chart_frame import draw, dress
from vitrail.ui.palette import colour
from vitrail.ui.retained import Together, percent, whole_percent

_ROW: Final = 27
#: So many months have room for their numbers on a phone too; more are told when pointed at.
_MOST_WRITTEN: Final = 14
_ALL: Final = N_("all of these")


def retention_chart(cohorts: Sequence[Cohort], whole: Together, name: str) -> None:
    """Draw the cohorts, the last to join below, and all of them together on top."""
    rows = [
        (f"<b>{_(_ALL)}</b>", "", whole.shares),
        *((_month(c), published(c.size), c.kept) for c in cohorts),
    ]
    width = max(len(shares) for *_head, shares in rows)
    fields = [[*shares, *[None] * (width - len(shares))] for *_head, shares in rows]
    labels = [label for label, *_rest in rows]
    figure = go.Figure([
        go.Heatmap(
            x=list(range(width)), y=labels, z=[[s and s.value for s in row] for row in fields],
            zmin=0, zmax=1, colorscale=[[0, colour("faint")], [1, colour("full")]],
            showscale=False, xgap=2, ygap=2, hoverinfo="skip",
        ),
        _written(rows, width <= _MOST_WRITTEN),
    ])  # fmt: skip
    dress(figure, 96 + _ROW * len(labels))
    figure.update_layout(
        hovermode="closest", margin={"l": room([_(_ALL), *labels[1:]]), "r": 16, "t": 58, "b": 8}
    )
    every = 1 if width <= _MOST_WRITTEN else 3
    figure.update_xaxes(tickmode="array", tickvals=list(range(0, width, every)), side="top",
                        showline=False, zeroline=False, range=[-0.5, width - 0.5])  # fmt: skip
    figure.update_yaxes(type="category", autorange="reversed", showgrid=False, ticks="")
    told = (
        ngettext("after {count} month {share}", "after {count} months {share}", m, share=percent(s))
        for m, s in enumerate(whole.shares)
        if s
    )
    draw(figure, name, _("All of these: {shares}", shares="; ".join(told)))


def _month(cohort: Cohort) -> str:
    return day(begin(cohort.label), MONTH)


def _written(
    rows: Sequence[tuple[str, str, Sequence[Estimate | None]]], numbers: bool
) -> go.Scatter:
    """Every field's percent, greyed where its error is larger, and what is said when pointed at."""
    fields = [(label, size, month, share)
              for label, size, shares in rows for month, share in enumerate(shares)]  # fmt: skip
    quiet = [share is None or share.total > share.value for *_head, share in fields]
    return go.Scatter(
        x=[month for *_head, month, _share in fields], y=[label for label, *_rest in fields],
        mode="text",
        text=[
            (whole_percent(share) if numbers else " ") if share else "◌"
            for *_head, share in fields
        ],
        textfont={"size": 12, "color": [colour("mute" if q else "text") for q in quiet]},
        customdata=[_pointed_at(*field) for field in fields],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _pointed_at(label: str, size: str, month: int, share: Estimate | None) -> str:
    if share is None:
        told = _(HIDDEN)
    elif size:
        told = _("{share} of {size} who joined", share=percent(share), size=size)
    else:
        told = percent(share)
    return ngettext(
        "{cohort}, after {count} month: {told}",
        "{cohort}, after {count} months: {told}",
        month,
        cohort=label,
        told=told,
    )
