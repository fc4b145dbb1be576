"""Where the findings are: kinds of data by datasets, darker for more, every number legible."""

from __future__ import annotations

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.translation import _
from vitrail.ui.finding_filters import Shown
from vitrail.ui.heat_table import HeatRow, heat_table
from vitrail.ui.verdicts import severity_word


def findings_map(shown: Shown) -> None:
    """Cells by kind of data and dataset, the worst kinds first."""
    cells, worst = shown.tally.places, shown.tally.worst
    if not cells:
        return
    kinds = sorted({kind for kind, _dataset in cells}, key=lambda kind: (-worst[kind].rank, kind))
    datasets = sorted({dataset for _kind, dataset in cells})
    rows = [
        HeatRow(k, _(plain_words(k)), severity_word(worst[k])[0], worst[k].value, _(worst[k].value))
        for k in kinds
    ]
    heat_table(rows, datasets, cells)
    if len(shown.tally.datasets) > len(datasets):
        st.caption(
            _(
                "The {shown} datasets with the most of {all:,}.",
                shown=len(datasets),
                all=len(shown.tally.datasets),
            )
        )
