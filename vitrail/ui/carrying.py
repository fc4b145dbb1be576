"""The addresses of the analysts' pages as they stand in this session, for the list of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from vitrail.gate import DimensionKind, FactDescription
from vitrail.model import Role
from vitrail.ui.address_check import address_now
from vitrail.ui.asking import facts
from vitrail.ui.audience_scope import main_fact
from vitrail.ui.carried_scope import (
    CARRYING,
    Address,
    CarriedScope,
    Known,
    after,
    own_part,
    written,
)
from vitrail.ui.exploration import first_look
from vitrail.ui.identity import roles_here
from vitrail.ui.scope import METRICS

_HELD: Final = "carried-scope"


@dataclass(slots=True)
class _Carried:
    """What a session carries, and by page what is the page's alone."""

    scope: CarriedScope = field(default_factory=CarriedScope)
    own: dict[str, Address] = field(default_factory=dict)


def addresses(here: str) -> dict[str, Address]:
    """By page what its link's address holds; ``here`` is the page that is shown, if it is one.

    What is wrong with the workspace is told by the page itself, and nothing is carried then.
    """
    carried: _Carried = st.session_state.setdefault(_HELD, _Carried())
    if Role.ANALYST not in roles_here() or (here not in CARRYING and carried == _Carried()):
        return {}
    try:
        known = facts()
    except Exception:
        return {}
    if here in CARRYING:
        _take_up(here, address_now(), carried, known)
    return {page: _address(page, carried, known) for page in CARRYING}


def _take_up(
    page: str, address: Address, carried: _Carried, known: tuple[FactDescription, ...]
) -> None:
    own = carried.own.get(page, {})
    values = _filters(page, own_part(page, address, {}), known)
    carried.scope = after(page, address, carried.scope, own, values)
    carried.own[page] = own_part(page, address, values)


def _address(page: str, carried: _Carried, known: tuple[FactDescription, ...]) -> Address:
    own = carried.own.get(page, {})
    if page == "explore" and not own and known and carried.scope != CarriedScope():
        look = first_look(known)
        own = {"fact": [look.fact.name], "by": list(look.by)}
    return written(page, carried.scope, own, _filters(page, own, known))


def _filters(page: str, own: Address, known: tuple[FactDescription, ...]) -> Known:
    """What a page filters by, with what is the page's alone."""
    fact = _fact(page, own, known)
    return {
        d.name: d.values
        for d in (fact.dimensions if fact else ())
        if d.kind is not DimensionKind.PERIOD
        and len(d.values) > 1
        and (page, d.name) != ("campaigns", "campaign")
    }


def _fact(page: str, own: Address, known: tuple[FactDescription, ...]) -> FactDescription | None:
    by_name = {fact.name: fact for fact in known}
    if page == "trends":
        titles = {m.title: m.fact for m in METRICS if m.fact in by_name}
        asked = next(iter(own.get("metric", ())), "")
        return by_name.get(titles.get(asked) or next(iter(titles.values()), ""))
    if page == "audience":
        return main_fact(by_name)
    if page == "campaigns":
        return by_name.get("campaigns")
    asked = next(iter(own.get("fact", ())), "")
    return by_name.get(asked) or (first_look(known).fact if known else None)
