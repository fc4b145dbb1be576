"""Filters by one value of a dimension each: chosen in a box, shown as chips, in the address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import streamlit as st

from vitrail.gate import Dimension, DimensionKind, FactDescription
from vitrail.report.release_shape import label_words
from vitrail.translation import _
from vitrail.ui.one_of import one_or_all, put
from vitrail.ui.plain_text import literal

#: Dimensions with the value that each must have.
Filters = tuple[tuple[str, str], ...]


def choosable(facts: Iterable[FactDescription]) -> tuple[Dimension, ...]:
    """The dimensions of these facts that have values to choose from, each once with all of them."""
    found: dict[str, Dimension] = {}
    for dimension in (d for fact in facts for d in fact.dimensions):
        if dimension.kind is not DimensionKind.PERIOD and len(dimension.values) > 1:
            before = found.get(dimension.name, dimension)
            values = tuple(dict.fromkeys((*before.values, *dimension.values)))
            found[dimension.name] = replace(before, values=values)
    return tuple(found.values())


def filters_chosen(dimensions: Sequence[Dimension]) -> Filters:
    """The box of filters, and what is chosen in it."""
    with st.popover(_("Filter"), icon=":material/filter_alt:"):
        st.caption(_("Only values that enough people share can be chosen."))
        return tuple(pair for d in dimensions if (pair := _filter(d)))


def _filter(dimension: Dimension) -> tuple[str, str] | None:
    title = _(dimension.title or dimension.name)
    value = one_or_all(title, list(dimension.values), dimension.name, words=label_words)
    return None if value is None else (dimension.name, value)


def filter_chips(filters: Filters, dimensions: Iterable[Dimension]) -> None:
    """A chip a filter, which takes it away; two or more go at once by the key X."""
    titles = {d.name: _(d.title or d.name) for d in dimensions}
    for name, value in filters:
        words = f"{titles.get(name, name)}: {label_words(value)}"
        st.button(literal(words), icon=":material/close:",
                  key=f"drop-{name}", on_click=choose, args=(name, None),
                  help=_("Take this filter away"))  # fmt: skip
    if filters:
        st.button(_("Clear"), key="drop-all", type="tertiary", shortcut="X", on_click=_clear,
                  args=(list(dict(filters)),), help=_("Take every filter away"))  # fmt: skip


def choose(name: str, value: str | None) -> None:
    """Set a filter, or take it away. For callbacks of widgets."""
    put(name, value)


def _clear(names: Iterable[str]) -> None:
    for name in names:
        choose(name, None)


def known_to(filters: Filters, fact: FactDescription) -> Filters:
    """Those whose dimension a fact has."""
    return tuple(pair for pair in filters if fact.dimension(pair[0]))


def answerable(filters: Filters, fact: FactDescription) -> Filters:
    """Those of which a fact has the dimension and enough people with the value."""
    values = {d.name: d.values for d in fact.dimensions}
    return tuple((name, value) for name, value in filters if value in values.get(name, ()))
