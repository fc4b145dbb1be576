"""The findings that the filters leave: counted, grouped, and a page of them to work through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import (
    Assigned,
    Change,
    Finding,
    FindingFilter,
    FindingStatus,
    Severity,
    Standing,
)
from vitrail.translation import N_, _, ngettext, number
from vitrail.ui.day_column import day_column
from vitrail.ui.entrance import workspace
from vitrail.ui.filled_columns import filled_columns
from vitrail.ui.finding_filters import Shown
from vitrail.ui.plain_text import cell
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.verdicts import severity_word

STATUS: Final = {
    FindingStatus.REGRESSED: N_("! came back"),
    FindingStatus.OPEN: N_("○ open"),
    FindingStatus.CONFIRMED: N_("✕ confirmed"),
    FindingStatus.CLAIMED: N_("◐ claimed fixed"),
    FindingStatus.DISMISSED: N_("– dismissed"),
    FindingStatus.VERIFIED: N_("✓ verified"),
    FindingStatus.GONE: N_("✓ gone"),
}
"""How each status is written, the most urgent first."""

#: Findings on a page; the ledger is never read whole.
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of findings, how many stand before it, and which of it are ticked."""

    findings: tuple[Finding, ...]
    offset: int
    ticked: tuple[Finding, ...]


def place_of(finding: Finding) -> str:
    """``crm/clients.xlsx · Clients``."""
    return finding.dataset if finding.table is None else f"{finding.dataset} · {finding.table}"


def change_of(finding: Finding) -> str:
    """What has become of it since last time: ``still there, 3 new values``."""
    told = _(finding.change.value)
    if finding.change is not Change.STILL_THERE or not finding.new_values:
        return told
    return f"{told}, {_new_values(finding.new_values)}"


def cells_words(count: int) -> str:
    """``1,240 cells``."""
    return ngettext("{count:,} cell", "{count:,} cells", count)


def status_of(finding: Finding) -> str:
    """``– dismissed until 31 Jan 2027``."""
    if finding.proposed_by:
        return _("◔ second look")
    expired = finding.until and finding.status is FindingStatus.OPEN
    if expired:
        return _("○ open, dismissal ended {day}", day=finding.until)
    status = _(STATUS[finding.status])
    return status + _(" until {day}", day=finding.until) if finding.until else status


def severity_tiles(shown: Shown) -> None:
    """How many of each severity, the worst first; what is new, what waits for a second person."""
    row = []
    for severity in reversed(Severity):
        pile = shown.tally.severities.get(severity)
        cells = pile.cells if pile else 0
        note = _("in {cells}", cells=cells_words(cells))
        row.append(Tile(severity_word(severity), number(pile.findings if pile else 0), note=note,
                        quiet=pile is None, tone=severity.value))  # fmt: skip
    waiting = workspace().finding_tally(FindingFilter(shown.chosen.where, Standing.REVIEW)).total
    row.append(Tile(_("+ new"), number(shown.tally.new), note=_("seen for the first time"),
                    quiet=not shown.tally.new))  # fmt: skip
    row.append(Tile(_("◔ second look"), number(waiting.findings),
                    note=_("wait for another auditor"), quiet=not waiting.findings))  # fmt: skip
    tiles(row, width=130)


def findings_table(shown: Shown) -> Listed:
    """A page of the findings; ticked ones are decided on together."""
    total = shown.tally.total.findings
    if not total:
        st.info(_("Nothing is left under these filters."), icon=":material/filter_alt:")
        return Listed((), 0, ())
    pages = -(-total // PAGE)
    if st.session_state.get("findings-page", 1) > pages:
        st.session_state["findings-page"] = pages
    place = st.empty()
    page = st.pagination(pages, key="findings-page") if pages > 1 else 1
    offset = (page - 1) * PAGE
    findings = workspace().finding_page(shown.chosen, offset, PAGE)
    with place.container():
        event = _table(findings, workspace().finding_owners([f.id for f in findings]))
    ticked = [findings[n] for n in event.selection.rows if n < len(findings)]
    return Listed(findings, offset, tuple(ticked))


def _table(findings: Sequence[Finding], owners: Mapping[str, Assigned]) -> Any:
    rows = filled_columns([_row(finding, owners.get(finding.id)) for finding in findings])
    return st.dataframe(
        rows,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        # what was ticked is not ticked in another table
        key=f"findings-{st.session_state.get('findings-turn', 0)}",
        height=min(360, 38 + 35 * len(findings)),
        column_config={
            _("severity"): st.column_config.TextColumn(width=80),
            _("what"): st.column_config.TextColumn(width=168),
            _("where"): st.column_config.TextColumn(width=245 if owners else 420),
            _("cells"): st.column_config.NumberColumn(width=66, format="localized"),
            _("status"): st.column_config.TextColumn(width=145),
            _("owner"): st.column_config.TextColumn(width=147),
            _("due"): day_column(92),
        },
        placeholder="",
        alt=_(
            "Findings, the worst first; tick one to see why it was flagged, more to decide at once"
        ),
    )


def _row(finding: Finding, assigned: Assigned | None) -> dict[str, object]:
    return {
        _("severity"): severity_word(finding.severity),
        _("what"): _(plain_words(finding.entity_type)),
        _("where"): cell(f"{finding.column} · {place_of(finding)}"),
        _("cells"): finding.cells,
        _("status"): ", ".join(filter(None, (status_of(finding), _since(finding)))),
        _("owner"): cell(assigned.owner or "") if assigned else "",
        _("due"): assigned.due if assigned else None,
    }


def _since(finding: Finding) -> str:
    """What its status leaves unsaid of what has become of it since last time."""
    if finding.change is Change.STILL_THERE:
        return _new_values(finding.new_values) if finding.new_values else ""
    untold = {Change.NOT_EXAMINED, *([Change.NEW] if finding.status is FindingStatus.OPEN else ())}
    return _(finding.change.value) if finding.change in untold else ""


def _new_values(count: int) -> str:
    return ngettext("{count:,} new value", "{count:,} new values", count)
