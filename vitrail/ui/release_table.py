"""A release as a table, its downloads, and how it was made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from vitrail.model import Cell, MeasureKind, Query, Release, ReleaseRow
from vitrail.ui.numbers import WITHHELD, drowned, published, scale
from vitrail.ui.question_sql import as_notebook_cell
from vitrail.ui.release_files import release_csv, release_parquet

_PLAIN: Final = {"persons": "users", "rows": "count"}
_BOTH_ERRORS: Final = "± privacy and chance"
_COUNTED: Final = "count ± privacy"
_SAME: Final = "≈ the same without"

#: More rows are shown without their shades, which a browser would take seconds to draw.
_MOST_SHADED: Final = 2_000


def release_table(release: Release, titles: Mapping[str, str] = MappingProxyType({})) -> None:
    """Every row with its errors; numbers below their ± are greyed, hidden ones marked.

    ``titles`` are the names of dimensions and measures for people, by what they are called.
    """
    import pandas as pd

    heads = _heads(release.query, titles)
    written = _dropped_too(release, [_row(release, row) for row in release.rows], heads)
    frame = pd.DataFrame(written, columns=heads)
    grey = {
        i for i, row in enumerate(release.rows) if all(c is None or drowned(c) for c in row.cells)
    }

    def shade(row: pd.Series) -> list[str]:
        return ["color: gray; font-style: italic" if row.name in grey else ""] * len(row)

    numbers = heads[len(release.query.dimensions) :]
    columns = {h: st.column_config.TextColumn(h, help=f"◌: {WITHHELD}") for h in numbers}
    shown = frame if len(frame) > _MOST_SHADED else frame.style.apply(shade, axis=1)
    st.dataframe(shown, hide_index=True, column_config=columns)


def _heads(query: Query, titles: Mapping[str, str]) -> list[str]:
    """The heads of the columns, no two alike."""
    heads = [titles.get(name, name) for name in query.dimensions]
    for measure in query.measures:
        head = titles.get(measure.label) or _PLAIN.get(measure.label, measure.label)
        beside = _COUNTED if measure.kind is MeasureKind.OUTCOME else _BOTH_ERRORS
        heads += [head, beside if len(query.measures) == 1 else f"{head}: {beside}"]
    return heads


def _row(release: Release, row: ReleaseRow) -> list[str]:
    units = dict(release.units)
    pairs = zip(release.query.measures, row.cells, strict=True)
    return [*row.labels, *(text for m, c in pairs for text in _written(c, units.get(m.label)))]


def _dropped_too(release: Release, written: list[list[str]], heads: list[str]) -> list[list[str]]:
    """One more column where a label makes so little difference that a row is the one without."""
    if not any(row.same_without for row in release.rows):
        return written
    heads.append(_SAME)
    pairs = zip(written, release.rows, strict=True)
    return [[*cells, ", ".join(row.same_without)] for cells, row in pairs]


def _written(cell: Cell | None, unit: str | None) -> tuple[str, str]:
    """The published number and its wider error; an outcome's rate and its count."""
    if cell is None:
        return published(None), ""
    if cell.is_outcome:
        return published(cell), f"≈ {max(0.0, cell.value):,.0f} ± {cell.privacy:,.0f}"
    divisor, sign = scale(unit)
    error = cell.total / divisor
    return published(cell, unit), f"± {sign}{error:,.{0 if error >= 10 else 1}f}"


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


def parquet_button(release: Release, name: str) -> None:
    """The release as a Parquet file, its notes within."""
    st.download_button(
        "Parquet",
        lambda: release_parquet(release),
        f"{name}-{release.id}.parquet",
        "application/vnd.apache.parquet",
        icon=":material/download:",
        key=f"parquet-{release.id}",
        on_click="ignore",
        help="The same table with its types; the notes are in the schema's metadata",
    )


def notebook_button(release: Release) -> None:
    """The same question as a notebook's cell, to copy."""
    with st.popover("Notebook", icon=":material/code:"):
        st.caption("Gives the same numbers in a notebook, after `%load_ext vitrail`.")
        st.code(as_notebook_cell(release.query), language="sql")


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
