"""The Audience page's answers, one a section."""

from __future__ import annotations

from functools import partial

import streamlit as st

from vitrail.errors import Refused
from vitrail.model import HIDDEN, Cell, Query, Release
from vitrail.report.numbers import WITHHELD, change, drowned, parts
from vitrail.translation import N_, _, retold
from vitrail.ui.anatomy import chips, section
from vitrail.ui.asking import ask
from vitrail.ui.audience_scope import ACCOUNTS, PRODUCT, WEBSITE, AudienceScope
from vitrail.ui.bar_list import bar_list
from vitrail.ui.country_map import country_map
from vitrail.ui.downloads import downloads
from vitrail.ui.drill import explore_link
from vitrail.ui.filters import Filters, filter_chips
from vitrail.ui.page_links import here_with
from vitrail.ui.periods import WHOLES, between
from vitrail.ui.plain_text import sentence
from vitrail.ui.release_table import release_table
from vitrail.ui.tiles import Tile, tiles


def audience_tiles(scope: AudienceScope) -> None:
    """Who used the product, who joined, who came to the website; beside the time before."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chips(scope.time.whole_chips)
        filter_chips(scope.filters, scope.dimensions)
    created: Filters = (("change", "created"),)
    shown: list[tuple[str, str, Filters]] = [
        (N_("Active users"), PRODUCT, ()),
        (N_("New accounts"), ACCOUNTS, created),
        (N_("Website visitors"), WEBSITE, ()),
    ]
    tiles([_tile(scope, *one) for one in shown if one[1] in scope.known], 220)
    if scope.time.whole.span != scope.time.window.span:
        st.caption(_("Of the last of these days. {wholes}", wholes=_(WHOLES)))


def _tile(scope: AudienceScope, title: str, fact: str, only: Filters) -> Tile:
    before = scope.time.whole.before
    cell, notes = _only(scope.people(fact, only=only)), [scope.unused(fact)]
    if before:
        notes.insert(0, change(cell, _only(scope.people(fact, span=before, only=only))).words)
    note = " · ".join(filter(None, notes))
    if cell is None:
        return Tile(_(title), _(HIDDEN), note=note, hint=_(WITHHELD), quiet=True)
    value, error = parts(cell)
    return Tile(
        _(title), value, error, note, _("The ± is what privacy added (95 %)."), drowned(cell)
    )


def _only(query: Query) -> Cell | None:
    """The one cell of a question without dimensions; none where the time is not told of."""
    try:
        release = ask(query)
    except Refused:
        return None
    return release.rows[0].cells[0] if release.rows else None


def where_they_are(scope: AudienceScope) -> Release | None:
    """Users by country: a map, and every number in order."""
    section("Where users are")
    fact = scope.known.get(PRODUCT)
    if fact is None or not fact.dimension("country"):
        st.caption(_("These exports do not tell the country of users."))
        return None
    query = scope.people(PRODUCT, "country")
    release, name = ask(query), scope.file_name("country")
    left, right = st.columns([3, 2])
    with left:
        country_map(release, f"{name}-map")
    with right:
        bar_list(release, partial(here_with, scope.keys, "country"))
    st.caption(_("◌: hidden for privacy, small or withheld to protect others. Faint: few there, "
                 "or nobody. A click on a bar filters the page."))  # fmt: skip
    titles = {"country": _("Country"), "persons": _("Users")}
    downloads(
        release,
        name,
        _("Users by country, {span}", span=between(scope.time.whole.span)),
        titles,
    )
    explore_link(query, _("Look into it in Explore"), (fact,))
    with st.expander(_("Every number by country")):
        release_table(release, titles)
    return release


def devices_and_sources(scope: AudienceScope) -> None:
    """What users use it on, and where visitors of the website come from."""
    left, right = st.columns(2)
    with left, st.container(border=True, height="stretch"):
        section("Devices", "Users of the product; who has two counts for both.")
        _bars(scope, PRODUCT, "device")
    with right, st.container(border=True, height="stretch"):
        note = scope.unused(WEBSITE) if WEBSITE in scope.known else ""
        section(
            "Sources",
            _("Visitors of the website, of those who agreed to be counted; {note}.", note=note)
            if note
            else _("Visitors of the website, of those who agreed to be counted."),
        )
        _bars(scope, WEBSITE, "source")


def _bars(scope: AudienceScope, fact: str, dimension: str) -> None:
    known = scope.known.get(fact)
    if known is None or not known.dimension(dimension):
        st.caption(_("These exports do not tell it."))
        return
    here = {d.name for d in scope.dimensions}
    try:
        release = ask(scope.people(fact, dimension))
    except Refused as refusal:
        st.caption(sentence(retold(str(refusal))))
        return
    bar_list(release, partial(here_with, scope.keys, dimension) if dimension in here else None)
