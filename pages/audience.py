"""Audience: who uses the product and the website, where they are, and who stays."""

from vitrail.ui import (
    Role,
    address_now,
    audience_scope,
    audience_tiles,
    cohort_retention,
    devices_and_sources,
    enter,
    header,
    how_it_was_made,
    loading,
    saved_views,
    told,
    where_they_are,
)

actor = enter(Role.ANALYST)

header(
    "Audience", "Where users are, what they come with, and who stays; never who they are.", actor
)
with told():
    scope = audience_scope()
    with told():
        saved_views("audience", address_now(), actor, scope.keys.open)

    with loading(), told():
        audience_tiles(scope)

    release = where_they_are(scope)

    with told():
        devices_and_sources(scope)

    with told():
        cohort_retention(scope.filters)

    if release:
        how_it_was_made(release)
