"""Trends: what changed, by how much, and how sure that is."""

from vitrail.ui import (
    Role,
    breakdowns,
    enter,
    header,
    how_it_was_made,
    kpi_tiles,
    release_table,
    scope_from_url,
    section,
    told,
    trend,
)

actor = enter(Role.ANALYST)

header("Trends", "What users do over closed weeks and months, never who they are.", actor)
with told():
    scope = scope_from_url()
    kpi_tiles(scope)
    release = trend(scope)

    section("What it is made of")
    breakdowns(scope)

    section("Every number")
    release_table(release)
    how_it_was_made(release)
