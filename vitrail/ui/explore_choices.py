"""Explore's question as choices: of what, by what, what of it, when, and who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from vitrail.gate import Dimension, DimensionKind, FactDescription
from vitrail.model import Measure, MeasureKind, Span
from vitrail.report.measure_titles import titles
from vitrail.report.release_shape import label_words
from vitrail.translation import _
from vitrail.ui.asking import facts
from vitrail.ui.choice_row import choice_row
from vitrail.ui.day_picker import day_picker
from vitrail.ui.exploration import PERIODS, Exploration
from vitrail.ui.explore_address import go
from vitrail.ui.periods import COMPARISONS, OWN, length_words
from vitrail.ui.plain_text import literal

_MOST: Final = 4


def choices(asked: Exploration) -> None:
    """The controls of the question; whatever is chosen becomes the address at once."""
    with choice_row("small"):
        _fact(asked)
        _measures(asked)
        _by(asked)
        _time(asked)
        _comparison(asked)
        with st.popover(_("Filter"), icon=":material/filter_alt:"):
            st.caption(_("Only values that enough people share can be chosen."))
            for dimension in _choosable(asked.fact):
                _condition(asked, dimension)
    _chips(asked)


def _held(key: str, value: Any) -> str:
    """The widget's key, its value set to what the address says."""
    st.session_state[key] = value
    return key


def _fact(asked: Exploration) -> None:
    known = {fact.name: fact for fact in facts()}
    key = _held("explore-fact", asked.fact.name)

    def chosen() -> None:
        fact = known[st.session_state[key]]
        kept = tuple(name for name in asked.by if fact.dimension(name))
        go(Exploration(fact, kept, time=asked.time))

    st.selectbox(_("About"), list(known), format_func=lambda name: _(known[name].title), key=key,
                 on_change=chosen, help=_(asked.fact.doc), width=190)  # fmt: skip


def _measures(asked: Exploration) -> None:
    known = {m.label: m for m in asked.fact.measures}
    key = _held("explore-measures", [m.label for m in asked.measures])

    def chosen() -> None:
        measures = tuple(known[label] for label in st.session_state[key])
        go(replace(asked, measures=measures or (Measure(MeasureKind.PERSONS),)))

    st.multiselect(_("Show"), list(known), format_func=titles(asked.fact).__getitem__,
                   key=key, on_change=chosen, max_selections=_MOST, wrap=True,
                   width=240)  # fmt: skip


def _by(asked: Exploration) -> None:
    names = [d.name for d in asked.fact.dimensions if len(d.values) > 0]
    key = _held("explore-by", list(asked.by))

    def chosen() -> None:
        go(replace(asked, by=_one_grain(asked.fact, tuple(st.session_state[key]))))

    st.multiselect(_("By"), names, format_func=asked.title, key=key, on_change=chosen,
                   max_selections=_MOST, placeholder=_("the whole"), wrap=True,
                   width=240)  # fmt: skip


def _one_grain(fact: FactDescription, by: tuple[str, ...]) -> tuple[str, ...]:
    """Weeks or months, whichever was chosen last: a week may lie in two months."""
    grains = [n for n in by if (d := fact.dimension(n)) and d.kind is DimensionKind.PERIOD]
    return tuple(name for name in by if name not in grains[:-1])


def _time(asked: Exploration) -> None:
    own = isinstance(asked.time, Span)
    key = _held("explore-time", OWN if own else asked.time)

    def chosen() -> None:
        choice = st.session_state[key]
        whole = Span(asked.fact.first, asked.fact.settled_by(asked.measures))
        go(replace(asked, time=(asked.span or whole) if choice == OWN else choice))

    st.selectbox(_("Time"), [*PERIODS, OWN], key=key, on_change=chosen, format_func=length_words,
                 width=128)  # fmt: skip
    if own:
        _dates(asked)


def _comparison(asked: Exploration) -> None:
    key = _held("explore-compare", asked.comparison)

    def chosen() -> None:
        go(replace(asked, comparison=st.session_state[key]))

    st.selectbox(
        _("Compare with"), COMPARISONS, key=key, on_change=chosen, format_func=_, width=148
    )


def _dates(asked: Exploration) -> None:
    span = asked.span
    assert span is not None  # own dates are a span
    day_picker("explore-dates", span, asked.fact.first, asked.fact.last,
               lambda days: go(replace(asked, time=days)))  # fmt: skip


def _choosable(fact: FactDescription) -> list[Dimension]:
    return [d for d in fact.dimensions if d.kind is not DimensionKind.PERIOD and d.values]


def _condition(asked: Exploration, dimension: Dimension) -> None:
    key = _held(f"explore-where-{dimension.name}", dict(asked.where).get(dimension.name))

    def chosen() -> None:
        rest, value = asked.without(dimension.name), st.session_state[key]
        added = () if value is None else ((dimension.name, value),)
        go(replace(rest, where=(*rest.where, *added)))

    st.selectbox(asked.title(dimension.name), list(dimension.values), index=None, key=key,
                 placeholder=_("all"), on_change=chosen, format_func=label_words)  # fmt: skip


def _chips(asked: Exploration) -> None:
    """A chip a condition; a click takes it away."""
    if not asked.where:
        return
    with st.container(horizontal=True, gap="small"):
        for name, value in asked.where:
            words = f"{asked.title(name)}: {label_words(value)}"
            st.button(literal(words), icon=":material/close:",
                      key=f"explore-drop-{name}", help=_("Take this filter away"),
                      on_click=_taken_away(asked, name))  # fmt: skip


def _taken_away(asked: Exploration, name: str) -> Callable[[], None]:
    return lambda: go(asked.without(name))
