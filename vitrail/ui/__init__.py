"""What the pages are made of. A page imports from here and from nowhere else in Vitrail."""

from vitrail.model import Role
from vitrail.ui.anatomy import empty, header, section, told
from vitrail.ui.entrance import enter
from vitrail.ui.findings_desk import (
    finding_detail,
    findings_chosen,
    findings_heatmap,
    findings_table,
    severity_tiles,
)
from vitrail.ui.promise_list import broken_first, clauses, last_check, limits, verdict_tiles
from vitrail.ui.release_table import how_it_was_made, release_table
from vitrail.ui.scan_desk import (
    history,
    live_progress,
    options_chosen,
    plan_of,
    plan_tiles,
    start_button,
)
from vitrail.ui.trends import breakdowns, kpi_tiles, scope_from_url, trend

__all__ = [
    "Role",
    "breakdowns",
    "broken_first",
    "clauses",
    "empty",
    "enter",
    "finding_detail",
    "findings_chosen",
    "findings_heatmap",
    "findings_table",
    "header",
    "history",
    "how_it_was_made",
    "kpi_tiles",
    "last_check",
    "limits",
    "live_progress",
    "options_chosen",
    "plan_of",
    "plan_tiles",
    "release_table",
    "scope_from_url",
    "section",
    "severity_tiles",
    "start_button",
    "told",
    "trend",
    "verdict_tiles",
]
