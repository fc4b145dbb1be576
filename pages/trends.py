"""Trends: what changed, by how much, and how sure that is."""

from vitrail.ui import (
    Role,
    address_now,
    breakdowns,
    enter,
    header,
    how_it_was_made,
    kpi_tiles,
    loading,
    release_table,
    saved_views,
    scope_from_url,
    section,
    told,
    trend,
)

actor = enter(Role.ANALYST)

header("Trends", "What users do over closed weeks and months, never who they are.", actor)
with told():
    scope = scope_from_url()
    with told():
        saved_views("trends", address_now(), actor, scope.keys.open)
    with loading():
        kpi_tiles(scope)
    release = trend(scope)

    section("What it is made of")
    breakdowns(scope)

    section("Every number")
    release_table(release)
    how_it_was_made(release)
