"""The Campaigns page's answers, one a section."""

from __future__ import annotations

import streamlit as st

from vitrail.model import Release
from vitrail.report.measure_titles import titles as measure_titles
from vitrail.translation import _
from vitrail.ui.anatomy import chips, section
from vitrail.ui.asking import ask
from vitrail.ui.campaign_pair import campaign_pair
from vitrail.ui.campaign_ranking import campaign_ranking
from vitrail.ui.campaign_scope import ORDERED, CampaignScope
from vitrail.ui.campaign_table import campaign_table
from vitrail.ui.downloads import downloads
from vitrail.ui.filters import filter_chips
from vitrail.ui.periods import between


def campaigns_asked(scope: CampaignScope) -> Release:
    """Campaign by campaign, with the scope in chips."""
    release = ask(scope.each)
    sent = _("sent {span}", span=between(scope.time.window.span))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chips([sent, scope.time.against, _("release {id}", id=release.id)])
        filter_chips(scope.filters, scope.fact.dimensions)
    return release


def orders_per_recipient(scope: CampaignScope, release: Release) -> None:
    """What comes first: which campaigns brought orders."""
    section("Orders per recipient")
    if ORDERED not in scope.measures:
        st.caption(_("These exports hold no orders to set beside the campaigns."))
        return
    campaign_ranking(release, scope.file_name)


def two_campaigns(scope: CampaignScope, release: Release) -> None:
    """A comparison of two."""
    section("Two beside each other")
    campaign_pair(release, scope.fact)


def every_campaign(scope: CampaignScope, release: Release) -> None:
    """The table and what can be taken away."""
    section("Every campaign", "Outcomes are shares of the recipients, with privacy and chance.")
    titles = measure_titles(scope.fact) | {"persons": _("Recipients")}
    title = _("Campaigns sent {span}", span=between(scope.time.window.span))
    downloads(release, scope.file_name, title, titles)
    campaign_table(release, scope.fact)
