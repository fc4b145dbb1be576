"""Where the data comes from: missing systems, the age of exports, and how they are mapped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.translation import _, ngettext, number
from vitrail.ui.anatomy import empty
from vitrail.ui.day_column import moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.filled_columns import filled_columns
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
            "No export is here",
            _("Put the systems' exports into the folder {folder} and map them in vitrail.toml.",
              folder=standing.folder), "vitrail import",
        )  # fmt: skip
        st.stop()
    missing = sum(not system.exports for system in standing.systems)
    oldest = max((_age(e.written) for e in standing.exports if e.written), default=0)
    unmapped = sum(not export.feeds for export in standing.exports)
    tiles([
        Tile(_("! missing systems"), number(missing),
             note=ngettext("of {count} that holds data", "of {count} that hold data",
                           len(standing.systems)),
             quiet=not missing, tone="critical" if missing else "mute"),
        Tile(_("oldest export"), ngettext("{count:,} day", "{count:,} days", oldest),
             note=_("since it was written")),
        Tile(_("datasets"), number(len(standing.exports)),
             note=ngettext("{count} is scanned only", "{count} are scanned only", unmapped)),
    ])  # fmt: skip
    if standing.faults:
        lost(standing.faults, _("could not be read or mapped"))
    return standing


def systems_table(standing: SourceStanding) -> None:
    """Every system that holds personal data, those without an export first."""
    if not standing.systems:
        st.caption(
            _("\\[systems\\] in vitrail.toml names no system: what is missing cannot be told.")
        )
        return
    st.dataframe(
        [
            {
                "": _("! no export") if not system.exports else "✓",
                _("system"): cell(system.title),
                _("datasets"): system.exports,
                _("newest written (UTC)"): system.newest,
                _("age in days"): None if system.newest is None else _age(system.newest),
            }
            for system in standing.systems
        ],
        hide_index=True,
        placeholder="",
        height=min(400, 38 + 35 * len(standing.systems)),
        column_config={
            "": st.column_config.TextColumn(width=110),
            _("system"): st.column_config.TextColumn(width=300),
            _("newest written (UTC)"): moment_column(),
        },
        alt=_("Systems that hold personal data, those without an export first"),
    )


def exports_table(standing: SourceStanding) -> ExportStanding | None:
    """The datasets, the oldest first; the one that is selected, or the first."""
    event = st.dataframe(
        filled_columns([_row(export) for export in standing.exports]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        selection_default={"selection": {"rows": [0]}},
        key="exports",
        height=min(400, 38 + 35 * len(standing.exports)),
        column_config={_("written (UTC)"): moment_column()},
        alt=_("Exports, the oldest first; select one to see how it is mapped"),
    )
    rows = [n for n in event.selection.rows if n < len(standing.exports)]
    return standing.exports[rows[0]] if rows else None


def _row(export: ExportStanding) -> dict[str, object]:
    old = export.written and _age(export.written) > _OLD
    mapped = _("{part:,} of {whole:,}", part=export.mapped, whole=len(export.columns))
    return {
        "": _("◷ old") if old else "",
        _("dataset"): cell(export.dataset.label),
        _("system"): cell(", ".join(export.systems)),
        _("feeds"): ", ".join(export.feeds) or _("scanned only"),
        _("columns mapped"): mapped,
        _("written (UTC)"): export.written,
        _("size"): "" if export.bytes is None else size(export.bytes),
        _("format"): export.dataset.format,
    }


def mapping_preview(export: ExportStanding) -> None:
    """Each exported column and what it goes to; nothing can be changed from here."""
    with st.container(border=True):
        st.subheader(literal(export.dataset.label), anchor=False)
        types = {column.name: column.type.value for column in export.dataset.columns}
        st.dataframe(
            [
                {
                    _("exported column"): cell(name),
                    _("type"): types[name],
                    _("goes to"): ", ".join(canonical) or _("– scanned only"),
                }
                for name, canonical in export.columns
            ],
            hide_index=True,
            alt=_("Columns of the export and the canonical columns that are made of them"),
        )


def _age(written: datetime) -> int:
    return (datetime.now(UTC) - written).days
