"""Where the data comes from: missing systems, the age of exports, and how they are mapped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.ui.anatomy import empty
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell, literal
from vitrail.ui.scan_words import size
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.unread import lost
from vitrail.workspace.source_standing import ExportStanding, SourceStanding

#: Days after which an export is called old, as monthly exports go.
_OLD: Final = 35


def sources_standing() -> SourceStanding:
    """What lies in the folder of exports; tells first what could not be read."""
    standing = workspace().source_standing()
    if not standing.exports and not standing.faults:
        empty(
            "No export is here", f"Put the systems' exports into the folder {standing.folder} and "
            "map them in vitrail.toml.", "vitrail import",
        )  # fmt: skip
        st.stop()
    missing = sum(not system.exports for system in standing.systems)
    ages = [_age(e.written) for e in standing.exports if e.written]
    unmapped = sum(not export.feeds for export in standing.exports)
    tiles([
        Tile("! missing systems", f"{missing}", note=f"of {len(standing.systems)} that hold data",
             quiet=not missing, tone="critical" if missing else "mute"),
        Tile("oldest export", f"{max(ages, default=0):,} d", note="since it was written"),
        Tile("datasets", f"{len(standing.exports):,}", note=f"{unmapped} are scanned only"),
    ])  # fmt: skip
    if standing.faults:
        lost(standing.faults, "could not be read or mapped")
    return standing


def systems_table(standing: SourceStanding) -> None:
    """Every system that holds personal data, those without an export first."""
    if not standing.systems:
        st.caption("\\[systems\\] in vitrail.toml names no system: what is missing cannot be told.")
        return
    st.dataframe(
        [
            {
                "": "! no export" if not system.exports else "✓",
                "system": cell(system.title),
                "datasets": system.exports,
                "newest written (UTC)": _moment(system.newest),
                "age in days": None if system.newest is None else _age(system.newest),
            }
            for system in standing.systems
        ],
        hide_index=True,
        placeholder="",
        alt="Systems that hold personal data, those without an export first",
    )


def exports_table(standing: SourceStanding) -> ExportStanding | None:
    """The datasets, the oldest first; the one that is selected, or the first."""
    event = st.dataframe(
        [
            {
                "": "◷ old" if e.written and _age(e.written) > _OLD else "",
                "dataset": cell(e.dataset.label),
                "system": cell(", ".join(e.systems)),
                "feeds": ", ".join(e.feeds) or "scanned only",
                "columns mapped": f"{e.mapped} of {len(e.columns)}",
                "written (UTC)": _moment(e.written),
                "size": "" if e.bytes is None else size(e.bytes),
                "format": e.dataset.format,
            }
            for e in standing.exports
        ],
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        key="exports",
        height=min(400, 38 + 35 * len(standing.exports)),
        alt="Exports, the oldest first; select one to see how it is mapped",
    )
    rows = [n for n in event.selection.rows if n < len(standing.exports)]
    return standing.exports[rows[0]] if rows else None


def mapping_preview(export: ExportStanding) -> None:
    """Each exported column and what it goes to; nothing can be changed from here."""
    with st.container(border=True):
        st.subheader(literal(export.dataset.label), anchor=False)
        types = {column.name: column.type.value for column in export.dataset.columns}
        st.dataframe(
            [
                {
                    "exported column": cell(name),
                    "type": types[name],
                    "goes to": ", ".join(canonical) or "– scanned only",
                }
                for name, canonical in export.columns
            ],
            hide_index=True,
            alt="Columns of the export and the canonical columns that are made of them",
        )


def _age(written: datetime) -> int:
    return (datetime.now(UTC) - written).days


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"{at:%Y-%m-%d %H:%M}"
