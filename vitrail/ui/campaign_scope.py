"""What Campaigns looks at: mailings of closed months, filtered; all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NoReturn

import streamlit as st

from vitrail.gate import FactDescription
from vitrail.model import Cell, Measure, MeasureKind, Query, Release, Span
from vitrail.translation import N_, _
from vitrail.ui.address_check import address_now, tell_unknown
from vitrail.ui.address_keys import AddressKeys
from vitrail.ui.anatomy import empty
from vitrail.ui.asking import epoch_here, facts
from vitrail.ui.choice_row import choice_row
from vitrail.ui.filters import Filters, choosable, filters_chosen
from vitrail.ui.one_of import one_of
from vitrail.ui.periods import Grain
from vitrail.ui.plain_text import plain
from vitrail.ui.release_files import file_stem
from vitrail.ui.time_choice import TimeChoice, time_choice, time_keys, time_steps

PERSONS: Final = Measure(MeasureKind.PERSONS)
DELIVERED: Final = Measure(MeasureKind.OUTCOME, "delivered")
OPENED: Final = Measure(MeasureKind.OUTCOME, "opened")
CLICKED: Final = Measure(MeasureKind.OUTCOME, "clicked")
ORDERED: Final = Measure(MeasureKind.OUTCOME, "ordered")
UNSUBSCRIBED: Final = Measure(MeasureKind.OUTCOME, "unsubscribed")
COST: Final = Measure(MeasureKind.SUM, "cost")

#: In the order in which they happen. What the exports do not feed is not asked; opens are offered
#: by the fact only where the policy states a legal ground.
MEASURES: Final = (PERSONS, DELIVERED, OPENED, CLICKED, ORDERED, UNSUBSCRIBED, COST)
FUNNEL: Final = (DELIVERED, OPENED, CLICKED, ORDERED)

_FACT: Final = "campaigns"
_GRAINS: Final[tuple[Grain, ...]] = ("month",)
_USUAL: Final = "12 months"
_ALL: Final = N_("all campaigns")


@dataclass(frozen=True, slots=True)
class CampaignScope:
    """Campaigns sent in a window of closed months, with filters on who was sent them."""

    fact: FactDescription
    time: TimeChoice
    filters: Filters
    keys: AddressKeys

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(m for m in MEASURES if m in self.fact.measures)

    def whole(self, span: Span | None = None) -> Query:
        """All campaigns together, in the calendar span of the window."""
        return Query(_FACT, (), self.measures, self.filters, span or self.time.whole.span)

    @property
    def each(self) -> Query:
        """Campaign by campaign: each is about its own weeks, so any run of months may be asked."""
        span = self.time.window.span
        return Query(_FACT, ("campaign",), self.measures, self.filters, span)

    @property
    def file_name(self) -> str:
        span, where = self.time.window.span, (value for _, value in self.filters)
        return file_stem("campaigns", *where, str(span.first), "to", str(span.last))


Cells = dict[Measure, Cell | None]


def by_campaign(release: Release) -> dict[str, Cells]:
    """The cells of each campaign, by its name and by measure."""
    measures = release.query.measures
    return {row.labels[0]: dict(zip(measures, row.cells, strict=True)) for row in release.rows}


def of_whole(release: Release) -> Cells:
    """The cells of a release without dimensions."""
    cells = release.rows[0].cells if release.rows else (None,) * len(release.query.measures)
    return dict(zip(release.query.measures, cells, strict=True))


def campaign_scope() -> CampaignScope:
    """The scope as the controls and the address have it."""
    if not epoch_here():
        _empty("Nothing to count yet", "Campaigns are counted from facts, which an import makes of "
               "the exports.")  # fmt: skip
    fact = next((f for f in facts() if f.name == _FACT), None)
    if fact is None:
        _empty("No campaigns", "These exports hold no mailings. Map what the mailing tool exports "
               "(campaigns, to whom each was sent) in vitrail.toml, then import.")  # fmt: skip
    address, dimensions = address_now(), choosable([fact])
    named = [d for d in dimensions if d.name != "campaign"]
    with choice_row():
        measures = [m for m in MEASURES if m in fact.measures]
        time = time_choice(fact.first, fact.settled_by(measures), _GRAINS, _USUAL)
        filters = filters_chosen(named)
        time_steps(time, fact.first, fact.settled_by(measures))
    campaigns = next((d.values for d in fact.dimensions if d.name == "campaign"), ())
    choices = {**time_keys(_GRAINS, _USUAL), "of": (_ALL, *campaigns)}
    pair = {"first": campaigns, "second": campaigns}
    keys = AddressKeys(choices, tuple(named), pair)
    tell_unknown(address, keys)
    return CampaignScope(fact, time, filters, keys)


def _empty(title: str, why: str) -> NoReturn:
    empty(title, why, "vitrail import")
    st.stop()


def campaign_chosen(names: list[str]) -> str | None:
    """Which campaign is looked into; None for all of them. The address keeps it."""
    chosen = one_of(_("Of"), [_ALL, *names], "of", words=_campaign, width=260)
    return None if chosen == _ALL else chosen


def _campaign(name: str) -> str:
    """Names of campaigns are data: as they are."""
    return _(name) if name == _ALL else plain(name)
