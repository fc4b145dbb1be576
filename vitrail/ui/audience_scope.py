"""What Audience looks at: people of closed months, filtered; all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn

import streamlit as st

from vitrail.gate import Dimension, FactDescription
from vitrail.model import Query, Span
from vitrail.translation import _
from vitrail.ui.address_check import address_now, tell_unknown
from vitrail.ui.address_keys import AddressKeys
from vitrail.ui.anatomy import empty
from vitrail.ui.asking import epoch_here, facts
from vitrail.ui.choice_row import choice_row
from vitrail.ui.filters import Filters, answerable, choosable, filters_chosen
from vitrail.ui.periods import Grain
from vitrail.ui.release_files import file_stem
from vitrail.ui.retention import COHORTS
from vitrail.ui.time_choice import TimeChoice, time_choice, time_keys, time_steps

PRODUCT: Final = "activity"
WEBSITE: Final = "web"
ACCOUNTS: Final = "accounts"

_GRAINS: Final[tuple[Grain, ...]] = ("month",)


@dataclass(frozen=True, slots=True)
class AudienceScope:
    """People in a window of closed months, with filters; ``known`` are the facts there are."""

    known: dict[str, FactDescription]
    time: TimeChoice
    filters: Filters
    keys: AddressKeys

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.keys.dimensions

    def filters_of(self, fact: str) -> Filters:
        """Those of the filters that a fact can be asked with."""
        return answerable(self.filters, self.known[fact])

    def unused(self, fact: str) -> str:
        """A note on the filters that a fact cannot be asked with."""
        lost = set(self.filters) - set(self.filters_of(fact))
        titles = {d.name: _(d.title or d.name) for d in self.dimensions}
        names = ", ".join(sorted(titles.get(name, name).lower() for name, _ in lost))
        return _("not filtered by {names}", names=names) if names else ""

    def people(self, fact: str, *by: str, only: Filters = (), span: Span | None = None) -> Query:
        """Persons of a fact, by dimensions; ``only`` narrows it beside the filters."""
        where = (*self.filters_of(fact), *only)
        return Query(fact, by, filters=where, span=span or self.time.whole.span)

    def file_name(self, by: str) -> str:
        span, where = self.time.whole.span, (value for _, value in self.filters)
        return file_stem("audience", "by", by, *where, str(span.first), "to", str(span.last))


def main_fact(known: Mapping[str, FactDescription]) -> FactDescription | None:
    """The fact that gives the page its days and its filters."""
    return known.get(PRODUCT) or known.get(WEBSITE) or known.get(ACCOUNTS)


def audience_scope() -> AudienceScope:
    """The scope as the controls and the address have it."""
    if not epoch_here():
        _empty("Nothing to count yet", "An audience is counted from facts, which an import makes "
               "of the exports.")  # fmt: skip
    known = {fact.name: fact for fact in facts()}
    main = main_fact(known)
    if main is None:
        _empty("No users, visitors or accounts", "None is among the facts of these exports. Map "
               "the files that hold them in vitrail.toml, then import again.")  # fmt: skip
    address, dimensions = address_now(), choosable([main])
    with choice_row():
        time = time_choice(main.first, main.last, _GRAINS)
        filters = filters_chosen(dimensions)
        time_steps(time, main.first, main.last)
    keys = AddressKeys({**time_keys(_GRAINS), "cohorts": tuple(COHORTS)}, dimensions)
    tell_unknown(address, keys)
    return AudienceScope(known, time, filters, keys)


def _empty(title: str, why: str) -> NoReturn:
    empty(title, why, "vitrail import")
    st.stop()
