"""What the pages are made of. A page imports from here and from nowhere else in Vitrail."""

from vitrail.model import Role
from vitrail.translation import _
from vitrail.ui.access_record import chain_walked, closer_looks, every_line
from vitrail.ui.address_check import address_now
from vitrail.ui.anatomy import header, loading, section, told
from vitrail.ui.audience import audience_tiles, devices_and_sources, where_they_are
from vitrail.ui.audience_scope import audience_scope
from vitrail.ui.campaign_funnel import campaign_funnel
from vitrail.ui.campaign_scope import campaign_scope
from vitrail.ui.campaign_tiles import campaign_tiles
from vitrail.ui.campaigns import (
    campaigns_asked,
    every_campaign,
    orders_per_recipient,
    two_campaigns,
)
from vitrail.ui.clause_list import clauses, limits
from vitrail.ui.entrance import enter
from vitrail.ui.explore_address import asked_from_url, open_address
from vitrail.ui.explore_choices import choices
from vitrail.ui.explore_sql import as_sql_wanted, sql_box
from vitrail.ui.explored import answer_picture, answer_table, earlier_answer
from vitrail.ui.finding_card import finding_detail
from vitrail.ui.finding_deciding import bulk_decision, finding_at_hand, keyboard_loop
from vitrail.ui.finding_filters import findings_chosen
from vitrail.ui.finding_groups import finding_groups
from vitrail.ui.finding_list import findings_table, severity_tiles
from vitrail.ui.finding_map import findings_map
from vitrail.ui.inventory_list import (
    declared_table,
    held,
    inventory_map,
    inventory_tiles,
    undeclared_table,
)
from vitrail.ui.minor_case import case_decision, deletion_list
from vitrail.ui.minor_register import case_table, minor_register
from vitrail.ui.outlook import closer, outlook
from vitrail.ui.people_list import people_in, sessions_table, sign_somebody_out
from vitrail.ui.promise_list import last_check, unkept, verdict_tiles
from vitrail.ui.promise_trend import promise_trend
from vitrail.ui.protection import protection
from vitrail.ui.register_list import register_asked, register_read, register_rows
from vitrail.ui.release_table import how_it_was_made, release_table
from vitrail.ui.remedy_card import remedy_card
from vitrail.ui.remedy_list import remedies_known, remedy_table
from vitrail.ui.remedy_year import remedy_year
from vitrail.ui.retention import cohort_retention
from vitrail.ui.saved_views import saved_views
from vitrail.ui.scan_compare import compare
from vitrail.ui.scan_desk import live_progress, start_button
from vitrail.ui.scan_history import history
from vitrail.ui.scan_plan import options_chosen, plan
from vitrail.ui.scope import scope_from_url
from vitrail.ui.settings_view import settings_parts, settings_standing, unapproved_notice
from vitrail.ui.sources_view import (
    exports_table,
    mapping_preview,
    sources_standing,
    systems_table,
)
from vitrail.ui.trace_form import trace_form
from vitrail.ui.trace_result import look, trace_result
from vitrail.ui.trends import breakdowns, kpi_tiles, trend
from vitrail.ui.unread import not_read

__all__ = [
    "Role",
    "_",
    "address_now",
    "answer_picture",
    "answer_table",
    "as_sql_wanted",
    "asked_from_url",
    "audience_scope",
    "audience_tiles",
    "breakdowns",
    "bulk_decision",
    "campaign_funnel",
    "campaign_scope",
    "campaign_tiles",
    "campaigns_asked",
    "case_decision",
    "case_table",
    "chain_walked",
    "choices",
    "clauses",
    "closer",
    "closer_looks",
    "cohort_retention",
    "compare",
    "declared_table",
    "deletion_list",
    "devices_and_sources",
    "earlier_answer",
    "enter",
    "every_campaign",
    "every_line",
    "exports_table",
    "finding_at_hand",
    "finding_detail",
    "finding_groups",
    "findings_chosen",
    "findings_map",
    "findings_table",
    "header",
    "held",
    "history",
    "how_it_was_made",
    "inventory_map",
    "inventory_tiles",
    "keyboard_loop",
    "kpi_tiles",
    "last_check",
    "limits",
    "live_progress",
    "loading",
    "look",
    "mapping_preview",
    "minor_register",
    "not_read",
    "open_address",
    "options_chosen",
    "orders_per_recipient",
    "outlook",
    "people_in",
    "plan",
    "promise_trend",
    "protection",
    "register_asked",
    "register_read",
    "register_rows",
    "release_table",
    "remedies_known",
    "remedy_card",
    "remedy_table",
    "remedy_year",
    "saved_views",
    "scope_from_url",
    "section",
    "sessions_table",
    "settings_parts",
    "settings_standing",
    "severity_tiles",
    "sign_somebody_out",
    "sources_standing",
    "sql_box",
    "start_button",
    "systems_table",
    "told",
    "trace_form",
    "trace_result",
    "trend",
    "two_campaigns",
    "unapproved_notice",
    "undeclared_table",
    "unkept",
    "verdict_tiles",
    "where_they_are",
]
