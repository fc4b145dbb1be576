"""What is to be mended, by whom, until when: what is overdue comes first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import FindingStatus, Remedy
from vitrail.report.spreadsheet import spreadsheet
from vitrail.translation import N_, _, retold
from vitrail.ui.anatomy import empty
from vitrail.ui.day_column import day_column
from vitrail.ui.entrance import workspace
from vitrail.ui.filled_columns import filled_columns
from vitrail.ui.finding_list import STATUS
from vitrail.ui.plain_text import cell
from vitrail.ui.promise_list import sections
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.verdicts import severity_word

_SHOWN: Final = 1_000
#: Counts how often something was settled: the table is drawn anew, with what is selected in its
#: new place.
TURN: Final = "remedies-turn"
_COLUMNS: Final = ("id", "kind", "title", "place", "severity", "cases", "systems", "owners",
                   "status", "opened_at", "due", "overdue", "decided_by", "decided_at")  # fmt: skip
_TILES: Final = (
    (FindingStatus.REGRESSED, N_("! came back"), N_("found again, though mended")),
    (FindingStatus.CLAIMED, N_("◐ claimed fixed"), N_("a later export will tell")),
    (FindingStatus.VERIFIED, N_("✓ verified"), N_("by a later export")),
)


def today() -> date:
    """The day by which what is overdue is judged, as the command line has it."""
    return datetime.now(UTC).date()


def remedies_known() -> tuple[Remedy, ...]:
    """All of them, counted in tiles; stops the page where nothing was ever to be mended."""
    found = workspace().remedies()
    if not found:
        empty(
            _("Nothing is to be mended"),
            _("What a check finds broken and what somebody confirms on the Findings page comes "
              "here, with an owner and a due day."), "vitrail check",
        )  # fmt: skip
        st.stop()
    waiting = [one for one in found if not one.is_settled]
    late = sum(one.is_overdue(today()) for one in found)
    unowned = sum(not one.owners for one in waiting)
    row = [
        Tile(_("! overdue"), f"{late:,}", note=_("past their due day"), quiet=not late,
             tone="critical" if late else "mute"),
        Tile(_("○ to be mended"), f"{len(waiting):,}", note=_("{n:,} without an owner", n=unowned),
             quiet=not waiting),
    ]  # fmt: skip
    for status, words, note in _TILES:
        number = sum(one.status is status for one in found)
        row.append(Tile(_(words), f"{number:,}", note=_(note), quiet=not number))
    tiles(row, width=150)
    return found


def remedy_table(found: Sequence[Remedy]) -> Remedy | None:
    """What is open, the overdue first; the one that is selected, or that the address names."""
    with st.container(horizontal=True, vertical_alignment="center"):
        everything = st.checkbox(_("Also what is settled"), key="settled", bind="query-params")
        _downloads(found)
    late = {one.id for one in found if one.is_overdue(today())}
    open_ones = [one for one in found if everything or not one.is_settled]
    listed = sorted(open_ones, key=lambda one: one.id not in late)[:_SHOWN]
    if not listed:
        st.caption(_("✓ Nothing is open."))
        return None
    ids = [one.id for one in listed]
    asked = st.query_params.get("remedy")
    first = ids.index(asked) if asked in ids else 0
    key = f"remedies-{st.session_state.get(TURN, 0)}"

    def chosen() -> None:
        rows = st.session_state[key].selection.rows
        if rows and rows[0] < len(ids):
            st.query_params["remedy"] = ids[rows[0]]

    st.dataframe(
        filled_columns([_row(one, one.id in late) for one in listed]),
        hide_index=True,
        on_select=chosen,
        selection_mode="single-row",
        selection_default={"selection": {"rows": [first]}},
        key=key,
        height=min(400, 38 + 35 * len(listed)),
        placeholder="",
        column_config={
            "": st.column_config.TextColumn(width=36),
            _("due"): day_column(92),
            _("what"): st.column_config.TextColumn(width=268),
            _("severity"): st.column_config.TextColumn(width=80),
            _("owner"): st.column_config.TextColumn(width=148),
            _("status"): st.column_config.TextColumn(width=132),
            _("where"): st.column_config.TextColumn(width=125),
            _("cases"): st.column_config.NumberColumn(width=60, format="localized"),
        },
        alt=_("What is to be mended, the overdue first; select one to work on it"),
    )
    return listed[first]


def name_of(one: Remedy) -> str:
    """What was broken or found, in plain words."""
    return retold(one.title) if one.kind == "promise" else _(plain_words(one.title))


def where_of(one: Remedy) -> str:
    """The sections of a promise, the dataset and column of a finding."""
    promised = one.kind == "promise"
    return sections(one.place.removeprefix("section ")) if promised else one.place


def _row(one: Remedy, late: bool) -> dict[str, object]:
    return {
        "": "!" if late else "",
        _("due"): one.due,
        _("what"): cell(name_of(one)),
        _("severity"): severity_word(one.severity),
        _("owner"): cell(", ".join(one.owners)),
        _("status"): _(STATUS[one.status]),
        _("where"): cell(", ".join(one.systems) if one.kind == "promise" else one.place),
        _("cases"): one.cases,
    }


def _downloads(found: Sequence[Remedy]) -> None:
    rows = [
        {
            "id": one.id, "kind": one.kind, "title": one.title, "place": one.place,
            "severity": one.severity.value, "cases": one.cases,
            "systems": "; ".join(one.systems), "owners": "; ".join(one.owners),
            "status": one.status.value, "opened_at": one.opened_at and one.opened_at.isoformat(),
            "due": one.due, "overdue": one.is_overdue(today()), "decided_by": one.decided_by,
            "decided_at": one.decided_at and one.decided_at.isoformat(),
        }
        for one in found
    ]  # fmt: skip
    name = f"vitrail-remedies-{today()}.csv"
    st.download_button("CSV", lambda: spreadsheet(_COLUMNS, rows), name, "text/csv",
                       icon=":material/download:", on_click="ignore",
                       key="remedies-csv")  # fmt: skip
