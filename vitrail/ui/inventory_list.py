"""The inventory as a page shows it: what is not declared first, in tiles, a table and a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import streamlit as st

from vitrail.model import Declared, Held, Inventory
from vitrail.report.record_of_processing import record_of_processing
from vitrail.translation import N_, _, ngettext, number, retold
from vitrail.ui.anatomy import chips
from vitrail.ui.entrance import workspace
from vitrail.ui.heat_table import HeatRow, heat_table
from vitrail.ui.plain_text import cell
from vitrail.ui.tiles import Tile, tiles

_SIGNS: Final = {
    Declared.NO: ("✕", "critical"),
    Declared.YES: ("✓", "good"),
    Declared.ASIDE: ("–", "mute"),
    Declared.DISMISSED: ("–", "mute"),
    Declared.PROCESSOR: ("◇", "unsure"),
}
#: In pixels, so that a desk's page shows every column.
_WIDTHS: Final = {"data": 165, "where": 215, "system": 82, "held in": 105, "category": 115,
                  "recipients": 120, "kept for": 108}  # fmt: skip
_ELSEWHERE: Final = N_("no system named")


def held() -> Inventory:
    """The inventory of the last scan, with the file that leaves as a record of processing."""
    from vitrail.workspace.inventory import record

    found = workspace().inventory()
    with st.container(horizontal=True, vertical_alignment="center"):
        chips((_("policy {policy}", policy=found.policy), found.run))
        st.download_button(
            _("Record of processing (CSV)"),
            record_of_processing(record(row) for row in found.rows),
            file_name="record-of-processing.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
    return found


def inventory_tiles(found: Inventory) -> None:
    """How much is not declared, declared, a customer's; and what is declared and nowhere seen."""
    whole = [row for row in found.undeclared if row.whole]
    text = [row for row in found.undeclared if not row.whole]
    tiles(
        [
            _tile(_("✕ Not declared"), whole, _("whole columns: somebody collects them"),
                  "critical"),
            _tile(_("✕ Stray, not declared"), text, _("in some cells, texts and notes"),
                  "high"),
            _tile(_("✓ Declared"), _of(found, Declared.YES), _("by a category of the policy"),
                  "good"),
            _tile(_("◇ Held for a customer"), _of(found, Declared.PROCESSOR), _("not our users'"),
                  "unsure"),
            Tile(_("Declared, nowhere seen"), number(len(found.unseen)),
                 note=", ".join(map(_, found.unseen)) or _("every category was seen"),
                 hint=_("By this scan; one with --names off looks for no names."),
                 quiet=not found.unseen),
        ],
        width=168,
    )  # fmt: skip


def undeclared_table(found: Inventory) -> None:
    """What is held and not declared; nothing is good news, and is said."""
    if not found.undeclared:
        st.caption(_("✓ Every kind of data that the scan saw is one that the policy declares."))
        return
    _table(found.undeclared, "undeclared")


def declared_table(found: Inventory) -> None:
    """All the rest, by system."""
    rest = [row for row in found.rows if row.declared is not Declared.NO]
    _table(sorted(rest, key=lambda r: (r.system or "~", r.words, r.dataset)), "declared")


def inventory_map(found: Inventory) -> None:
    """Columns by kind of data and system; the kinds that are not declared stand first."""
    counts: Counter[tuple[str, str]] = Counter()
    worst: dict[str, Declared] = {}
    order = tuple(Declared)
    for row in found.rows:
        if row.declared is Declared.PROCESSOR:  # a customer's persons, not ours
            continue
        key = row.category or row.words
        counts[key, row.system or _(_ELSEWHERE)] += 1
        worst[key] = min(worst.get(key, row.declared), row.declared, key=order.index)
    rows = [
        HeatRow(key, _(key), *_SIGNS[worst[key]], _(worst[key].value))
        for key in sorted(worst, key=lambda k: (order.index(worst[k]), k))
    ]
    heat_table(rows, sorted({system for _kind, system in counts}), counts)


def _of(found: Inventory, declared: Declared) -> list[Held]:
    return [row for row in found.rows if row.declared is declared]


def _tile(label: str, rows: Sequence[Held], note: str, tone: str) -> Tile:
    columns = len({(row.dataset, row.table, row.column) for row in rows})
    kinds = ngettext("{count:,} kind", "{count:,} kinds", len({row.entity_type for row in rows}))
    beside = ngettext("column · {kinds}", "columns · {kinds}", columns, kinds=kinds)
    return Tile(label, number(columns), beside if rows else "", note, quiet=not rows, tone=tone)


def _table(rows: Sequence[Held], key: str) -> None:
    shown = {
        _("data"): [f"{_SIGNS[r.declared][0]} {_(r.words)}" for r in rows],
        _("where"): [cell(f"{r.column} · {_place(r)}") for r in rows],
        _("system"): [cell(r.system or _(_ELSEWHERE)) for r in rows],
        _("held in"): [_("whole column") if r.whole else _("some cells") for r in rows],
        _("cells"): [r.cells for r in rows],
        _("category"): [cell(_(r.category or r.declared.value)) for r in rows],
        _("recipients"): [cell(", ".join(r.recipients) or _("none registered")) for r in rows],
        _("kept for"): [cell(retold(r.retention or "") or _("not stated")) for r in rows],
    }
    if all(r.declared is Declared.NO for r in rows):
        del shown[_("category")]  # it would say so in each row
    widths = {_(head): st.column_config.TextColumn(width=wide) for head, wide in _WIDTHS.items()}
    counted = {_("cells"): st.column_config.NumberColumn(width=66, format="localized")}
    st.dataframe(shown, hide_index=True, key=f"inventory-{key}", column_config=widths | counted,
                 height=min(400, 38 + 35 * len(rows)))  # fmt: skip


def _place(row: Held) -> str:
    place = row.dataset if row.table is None else f"{row.dataset} · {row.table}"
    return place if row.files == 1 else f"{place} ({_('{count} files', count=row.files)})"
