"""What a page's address may hold, and how another one is opened in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import streamlit as st

from vitrail.gate import Dimension
from vitrail.ui.one_of import put

Address = Mapping[str, Sequence[str]]

#: Days stand in the address alone; no widget is bound to them.
DAYS = ("from", "to")


@dataclass(frozen=True, slots=True)
class AddressKeys:
    """By key the choices of its widget, the usual one first; ``dimensions`` are its filters.

    ``free`` are keys whose usual choice the page finds for itself.
    """

    choices: Mapping[str, Sequence[str]]
    dimensions: tuple[Dimension, ...] = ()
    free: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def knows(self, key: str, value: str) -> bool:
        """Whether this may stand in the page's address."""
        if key in DAYS:
            return is_day(value)
        allowed = {**self.choices, **self.free, **{d.name: d.values for d in self.dimensions}}
        return value in allowed.get(key, ())

    def open(self, address: Address) -> None:
        """Put a saved address in the place of this one. For callbacks of widgets."""
        for key, choices in self.choices.items():
            put(key, _chosen(address, key, choices), choices[0])
        for dimension in self.dimensions:
            put(dimension.name, _chosen(address, dimension.name, dimension.values))
        for key, choices in self.free.items():
            if found := _chosen(address, key, choices):
                _put(key, found)
        for key in DAYS:
            if key in address:
                st.query_params[key] = address[key][0]
            elif key in st.query_params:
                del st.query_params[key]


def is_day(text: str) -> bool:
    """Whether it is a day as addresses write it."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _chosen(address: Address, key: str, choices: Sequence[str]) -> str | None:
    value = next(iter(address.get(key, ())), None)
    return value if value in choices else None


def _put(key: str, value: str | None) -> None:
    """Set a widget; one that is not shown yet is not in the address by itself."""
    if key not in st.session_state and value is not None:
        st.query_params[key] = value
    st.session_state[key] = value
