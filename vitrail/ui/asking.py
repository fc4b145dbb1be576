"""Questions through the gate, from a page. Only releases are cached: never a row."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from vitrail.gate import FactDescription
from vitrail.model import Query, Release
from vitrail.ui.entrance import workspace


def ask(query: Query) -> Release:
    """One release; asked again by the same actor in the same epoch, it comes from the cache."""
    house = workspace()
    return _ask(query, house.actor.name, _state(house.layout.facts))


def epoch_here() -> bool:
    """Whether an import has left an epoch of facts that is still there."""
    folder = workspace().layout.facts
    current = folder / "CURRENT"
    return current.is_file() and (folder / f"{current.read_text().strip()}.duckdb").is_file()


def facts() -> tuple[FactDescription, ...]:
    """What may be asked now."""
    return _facts(_state(workspace().layout.facts))


def _state(facts_folder: Path) -> str:
    """What changes when an import swaps in a new epoch."""
    current = facts_folder / "CURRENT"
    return f"{facts_folder}|{current.read_text()}" if current.is_file() else str(facts_folder)


@st.cache_data(show_spinner=False, max_entries=2000, hash_funcs={Query: repr})
def _ask(query: Query, asker: str, state: str) -> Release:  # noqa: ARG001 - keys of the cache
    return workspace().ask(query)


@st.cache_data(show_spinner=False, max_entries=16)
def _facts(state: str) -> tuple[FactDescription, ...]:  # noqa: ARG001 - the key of the cache
    return workspace().facts()
