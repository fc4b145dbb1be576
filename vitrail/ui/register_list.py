"""A register of rights as it stood at the end of a day: what is late comes first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vitrail.errors import UsageError
from vitrail.promises.registers import Entry, Register
from vitrail.report.spreadsheet import spreadsheet
from vitrail.translation import N_, _, retold
from vitrail.ui.anatomy import chips, empty
from vitrail.ui.choice_row import choice_row
from vitrail.ui.day_column import day_column
from vitrail.ui.entrance import workspace
from vitrail.ui.filled_columns import filled_columns
from vitrail.ui.plain_text import cells
from vitrail.ui.scan_plan import exports_state
from vitrail.ui.tiles import Tile, tiles

_NAMES: Final = {
    "requests": N_("Requests"),
    "consent": N_("Consent"),
    "retention": N_("Retention"),
    "backups": N_("Backups"),
}
_READ: Final = "register-read"
_SHOWN: Final = 2_000
_COLUMNS: Final = [field.name for field in fields(Entry)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A register and a day, None for that of the exports; ``place`` is for what is taken away."""

    name: str
    day: date | None
    place: DeltaGenerator


def register_asked() -> Asked:
    """The boxes for both."""
    with choice_row("small"):
        name = st.radio(
            _("Register"), list(_NAMES), key="register", horizontal=True, bind="query-params",
            format_func=lambda name: _(_NAMES[name]),
        )  # fmt: skip
        day = st.date_input(
            _("As of the end of"), value=None, key="asof", bind="query-params", width=170,
            format=_("YYYY-MM-DD"), help=_("Empty: the day on which the exports were taken."),
        )  # fmt: skip
        return Asked(name, day, st.container(horizontal=True, width="content"))


def register_read(asked: Asked) -> Register | None:
    """The register, counted in tiles; None where no export feeds it."""
    try:
        found = _read(asked.name, asked.day)
    except UsageError as error:
        empty(retold(error.message), retold(error.remedy), "vitrail map exports")
        return None
    with asked.place:
        _downloads(found)
    _tiles(found)
    return found


def _read(name: str, asked: date | None) -> Register:
    """Read anew only for another question or other exports; kept for this session alone."""
    key = (name, asked, exports_state(), workspace().layout.config.stat().st_mtime_ns)
    held = st.session_state.get(_READ)
    if held is None or held[0] != key:
        held = st.session_state[_READ] = (key, workspace().register(name, asked))
    found: Register = held[1]
    return found


def _downloads(found: Register) -> None:
    name = f"vitrail-register-{found.name}-{found.as_of}"
    rows = [asdict(entry) for entry in _in_order(found)]
    for form, made, mime in (
        ("CSV", lambda: spreadsheet(_COLUMNS, rows), "text/csv"),
        ("JSON", lambda: json.dumps(found.document(), default=str, indent=1), "application/json"),
    ):
        st.download_button(form, made, f"{name}.{form.lower()}", mime, icon=":material/download:",
                           on_click="ignore", key=f"register-{form}")  # fmt: skip


def _tiles(found: Register) -> None:
    """How many rows stand where, the late ones first."""
    with st.container(horizontal=True, gap="small"):
        chips([retold(found.title), _("at the end of {day}", day=found.as_of)])
    counts = Counter(entry.state for entry in found.entries)
    states = [*found.urgent, *sorted(counts.keys() - set(found.urgent), key=_waits_first(found))]
    tiles(
        [
            Tile(
                f"! {_(state)}" if state in found.urgent else _(state),
                f"{counts[state]:,}",
                quiet=not counts[state],
                tone="critical" if state in found.urgent and counts[state] else "mute",
            )
            for state in states
        ],
        width=150,
    )
    st.caption(retold(found.words))


def _waits_first(found: Register) -> Callable[[str], tuple[bool, str]]:
    """States in which something is still to be done stand before those in which it was."""
    done = {entry.state for entry in found.entries if entry.done is not None}
    return lambda state: (state in done, state)


def register_rows(found: Register) -> None:
    """Every row, the late ones first, those due soonest before others."""
    only = False
    if found.urgent:
        only = st.checkbox(_("Only what is late"), key="late", bind="query-params")
    late = set(found.late)
    rows = [entry for entry in _in_order(found) if entry in late or not only]
    if not rows:
        st.caption(_("✓ Nothing is late.") if only else _("No row stood in it on that day."))
        return
    st.dataframe(
        filled_columns([_row(entry, entry in late) for entry in rows[:_SHOWN]]),
        hide_index=True,
        placeholder="",
        height=min(560, 38 + 35 * len(rows)),
        column_config={
            "": st.column_config.TextColumn(width=36),
            _("state"): st.column_config.TextColumn(width=172),
            **{_(head): day_column(92) for head in ("due", "since", "done")},
        },
        alt=_("Rows of the register, what is late first"),
    )
    if len(rows) > _SHOWN:
        st.caption(_("The first {shown:,} of {all:,}; the files hold every row.",
                     shown=_SHOWN, all=len(rows)))  # fmt: skip


def _in_order(found: Register) -> list[Entry]:
    late = set(found.late)
    return sorted(found.entries, key=lambda e: (e not in late, e.done is not None,
                                                e.due or date.max, e.row))  # fmt: skip


def _row(entry: Entry, late: bool) -> dict[str, object]:
    return cells(
        {
            "": "!" if late else "",
            _("state"): _(entry.state),
            _("due"): entry.due,
            _("days left"): entry.left,
            _("kind"): _words(entry.kind),
            _("of what"): _words(entry.detail),
            _("since"): entry.since,
            _("done"): entry.done,
            _("days old"): entry.days,
            _("row"): entry.row[:12],
        }
    )


def _words(written: str | None) -> str:
    """A register's own words told, others as their export has them."""
    parts = (written or "").replace("_", " ").split(", ")
    return ", ".join(_(part) for part in parts)
