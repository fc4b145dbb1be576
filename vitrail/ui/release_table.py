"""A release as a table, its downloads, and how it was made."""

from __future__ import annotations

import csv
import io

import streamlit as st

from vitrail.model import Query, Release
from vitrail.ui.numbers import WITHHELD, drowned, published


def release_table(release: Release) -> None:
    """Every row with its ±; numbers smaller than their ± are greyed, hidden ones marked."""
    import pandas as pd

    units = dict(release.units)
    measures = release.query.measures
    rows = [
        [
            *row.labels,
            *(published(c, units.get(m.label)) for m, c in zip(measures, row.cells, strict=True)),
        ]
        for row in release.rows
    ]
    grey = [[c is None or drowned(c) for c in row.cells] for row in release.rows]
    frame = pd.DataFrame(rows, columns=list(release.columns))
    first = len(release.query.dimensions)

    def shade(table: pd.DataFrame) -> pd.DataFrame:
        style = pd.DataFrame("", index=table.index, columns=table.columns)
        for index, greys in enumerate(grey):
            for offset, is_grey in enumerate(greys):
                if is_grey:
                    style.iloc[index, first + offset] = "opacity: 0.55; color: gray"
        return style

    help_texts = {m.label: st.column_config.TextColumn(help=f"◌: {WITHHELD}") for m in measures}
    st.dataframe(frame.style.apply(shade, axis=None), hide_index=True, column_config=help_texts)
    st.download_button(
        "CSV",
        release_csv(release),
        f"vitrail-{release.id}.csv",
        "text/csv",
        icon=":material/download:",
        key=f"csv-{release.id}",
        on_click="ignore",
    )


def release_csv(release: Release) -> str:
    """The release as CSV with its notes on top, each on a line that begins with ``#``."""
    out = io.StringIO()
    out.write(f"# Vitrail release {release.id}, epoch {release.epoch}\n")
    out.write("# ± privacy: what was added; ± total: privacy and chance (95 %); empty: hidden\n")
    for note in release.notes:
        out.write(f"# {note}\n")
    table = release.to_arrow()
    writer = csv.writer(out)
    writer.writerow(table.column_names)
    columns = [column.to_pylist() for column in table.columns]
    writer.writerows(zip(*columns, strict=True))
    return out.getvalue()


def how_it_was_made(release: Release) -> None:
    """The question, the release, the method and its limits, folded."""
    with st.expander("How this was made"):
        st.markdown(
            f"Release `{release.id}` of epoch `{release.epoch}`. Numbers are of persons grouped "
            "and clipped, with noise that stays the same for the same question, and rounded. "
            "This everyday mode gives **no formal guarantee**; it makes a single person hard to "
            "tell, not impossible. Parts may not add up to totals."
        )
        for note in (*release.notes, *release.touched):
            st.markdown(f"- {note}")
        st.caption("The same question in a notebook:")
        st.code(as_notebook_cell(release.query), language="sql")


def as_notebook_cell(query: Query) -> str:
    """The question as ``%%ask`` takes it."""
    names = {"persons": "count(DISTINCT person)", "rows": "count(*)"}
    measures = [names.get(m.label, m.label) for m in query.measures]
    conditions = [f"{name} = {_quoted(value)}" for name, value in query.filters]
    if query.span:
        conditions.append(f"period BETWEEN '{query.span.first}' AND '{query.span.last}'")
    sql = f"SELECT {', '.join((*query.dimensions, *measures))}\nFROM {query.fact}"
    if conditions:
        sql += "\nWHERE " + "\n  AND ".join(conditions)
    if query.dimensions:
        sql += f"\nGROUP BY {', '.join(query.dimensions)}"
    return f"%%ask\n{sql}"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
