"""A release as a table, its downloads, and how it was made."""

from __future__ import annotations

import csv
import io

import streamlit as st

from vitrail.model import Cell, Measure, Query, Release
from vitrail.ui.numbers import WITHHELD, drowned, published, scale


def release_table(release: Release) -> None:
    """Every row with its errors; numbers below their ± are greyed, hidden ones marked."""
    import pandas as pd

    measures = release.query.measures
    rows = [
        [*row.labels, *(text for m, c in zip(measures, row.cells, strict=True)
                        for text in _written(c, dict(release.units).get(m.label)))]
        for row in release.rows
    ]  # fmt: skip
    heads = [h for m in measures for h in (_head(m), "± privacy and chance")]
    frame = pd.DataFrame(rows, columns=[*release.query.dimensions, *heads])
    grey = {
        i for i, row in enumerate(release.rows) if all(c is None or drowned(c) for c in row.cells)
    }

    def shade(row: pd.Series) -> list[str]:
        return ["color: gray; font-style: italic" if row.name in grey else ""] * len(row)

    columns = {h: st.column_config.TextColumn(h, help=f"◌: {WITHHELD}") for h in heads}
    st.dataframe(frame.style.apply(shade, axis=1), hide_index=True, column_config=columns)


def _head(measure: Measure) -> str:
    return {"persons": "users", "rows": "count"}.get(measure.label, measure.label)


def _written(cell: Cell | None, unit: str | None) -> tuple[str, str]:
    """The published number and its wider error, as a row of the table has them."""
    if cell is None:
        return published(None), ""
    divisor, sign = scale(unit)
    return published(cell, unit), f"± {sign}{cell.total / divisor:,.0f}"


def csv_button(release: Release, name: str) -> None:
    """The release as a CSV file whose name says what is in it."""
    st.download_button(
        "CSV",
        release_csv(release),
        f"{name}-{release.id}.csv",
        "text/csv",
        icon=":material/download:",
        key=f"csv-{release.id}",
        on_click="ignore",
        help="This table with both errors and its notes",
    )


def notebook_button(release: Release) -> None:
    """The same question as a notebook's cell, to copy."""
    with st.popover("Notebook", icon=":material/code:"):
        st.caption("Gives the same numbers in a notebook, after `%load_ext vitrail`.")
        st.code(as_notebook_cell(release.query), language="sql")


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
        st.markdown("\n".join(f"- {note}" for note in (*release.notes, *release.touched)))
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
