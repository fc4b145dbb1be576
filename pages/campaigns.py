"""Campaigns: which brought orders, at what cost, and how sure that is."""

from vitrail.ui import (
    Role,
    address_now,
    campaign_funnel,
    campaign_scope,
    campaign_tiles,
    campaigns_asked,
    enter,
    every_campaign,
    header,
    how_it_was_made,
    loading,
    orders_per_recipient,
    saved_views,
    told,
    two_campaigns,
)

actor = enter(Role.ANALYST)

header("Campaigns", "What came of the mailings that were sent, and how sure that is.", actor)
with told():
    scope = campaign_scope()
    with told():
        saved_views("campaigns", address_now(), actor, scope.keys.open)

    with loading():
        release = campaigns_asked(scope)
    with told():
        campaign_tiles(scope)

    with told():
        orders_per_recipient(scope, release)

    with told():
        campaign_funnel(scope, release)

    with told():
        two_campaigns(scope, release)

    every_campaign(scope, release)
    how_it_was_made(release)
