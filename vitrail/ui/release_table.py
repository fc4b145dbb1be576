"""A release as a table, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from vitrail.gate import compared
from vitrail.model import Release
from vitrail.report.numbers import WITHHELD, drowned
from vitrail.report.question_sql import as_notebook_cell
from vitrail.report.release_rows import changes_beside, rows_of
from vitrail.report.release_shape import begin_of
from vitrail.translation import _, retold
from vitrail.ui.code_box import code_box
from vitrail.ui.day_column import day_column, month_column
from vitrail.ui.plain_text import cell, sentence

if TYPE_CHECKING:
    import pandas as pd

#: More rows are shown without their shades, which a browser would take seconds to draw.
_MOST_SHADED: Final = 2_000


def release_table(
    release: Release,
    titles: Mapping[str, str] = MappingProxyType({}),
    before: Release | None = None,
) -> None:
    """Every row with its errors; numbers below their ± are greyed, hidden ones marked.

    ``titles`` are the names of dimensions and measures for people, by what they are called;
    ``before`` is the same about an earlier time, beside which each number's change is told.
    """
    import pandas as pd

    heads, written = rows_of(release, titles)
    labels = len(release.query.dimensions)
    written = [[*map(cell, row[:labels]), *row[labels:]] for row in written]
    if before is not None:
        heads, written = changes_beside(heads, written, compared(release, before))
    frame = pd.DataFrame(written, columns=heads)
    grey = {
        i for i, row in enumerate(release.rows) if all(c is None or drowned(c) for c in row.cells)
    }

    def shade(row: pd.Series) -> list[str]:
        return ["color: gray; font-style: italic" if row.name in grey else ""] * len(row)

    numbers = heads[labels:]
    columns: dict[str, ColumnConfig] = {
        h: st.column_config.TextColumn(h, help=f"◌: {_(WITHHELD)}") for h in numbers
    }
    columns |= _periods(release, frame)
    shown = frame if len(frame) > _MOST_SHADED else frame.style.apply(shade, axis=1)
    st.dataframe(shown, hide_index=True, column_config=columns)


def _periods(release: Release, frame: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Weeks and months as days, so that a column of them is put in the order of time."""
    found = {}
    for place, (name, head) in enumerate(
        zip(release.query.dimensions, frame.columns, strict=False)
    ):
        days = [begin_of(name, row.labels[place]) for row in release.rows]
        if days and None not in days:
            frame[head] = days
            found[head] = month_column() if name == "month" else day_column()
    return found


def how_it_was_made(release: Release) -> None:
    """The question, the release, the method and its limits, folded."""
    with st.expander(_("How this was made")):
        st.markdown(
            _(
                "Release `{id}` of epoch `{epoch}`. Numbers are of persons grouped and "
                "clipped, with noise that stays the same for the same question, and rounded. "
                "This everyday mode gives **no formal guarantee**; it makes a single person "
                "hard to tell, not impossible. Parts may not add up to totals.",
                id=release.id,
                epoch=release.epoch,
            )
        )
        st.markdown(
            "\n".join(f"- {sentence(retold(note))}" for note in (*release.notes, *release.touched))
        )
        st.caption(_("The same question in a notebook:"))
        code_box(as_notebook_cell(release.query))
