"""Explore's question lives in the address of the page: read from there, written back to there."""

from __future__ import annotations

import streamlit as st

from vitrail.translation import _
from vitrail.ui.address_keys import Address
from vitrail.ui.anatomy import empty
from vitrail.ui.asking import epoch_here, facts
from vitrail.ui.exploration import KEYS, Exploration, from_address

#: In the address once somebody wants the answer although little of it will show.
ANYWAY = "anyway"


def asked_from_url() -> Exploration:
    """The question that the address holds, or the first look where it holds none."""
    known = facts() if epoch_here() else ()
    if not known:
        empty(
            "Nothing to explore yet",
            "Questions are put to facts, which an import makes of the exports.",
            "vitrail import",
        )
        st.stop()
    address = {key: st.query_params.get_all(key) for key in KEYS}
    asked, whole = from_address(address, known)
    if not whole:
        st.info(
            _(
                "A part of this address is not known here (a name, or a value that too few "
                "people share by now) and was left out."
            ),
            icon=":material/info:",
        )
    return asked


def go(asked: Exploration, anyway: bool = False) -> None:
    """Look at another question: it becomes the address. For callbacks of widgets."""
    open_address(asked.address() | ({ANYWAY: ["1"]} if anyway else {}))


def open_address(address: Address) -> None:
    """Put an address that was saved in the place of this one."""
    for key in (*KEYS, ANYWAY):
        if key in st.query_params:
            del st.query_params[key]
        if key in address:
            st.query_params[key] = list(address[key])


def wanted_anyway() -> bool:
    """Whether the answer is wanted although little of it will show."""
    return st.query_params.get(ANYWAY) == "1"
