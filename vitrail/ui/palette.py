"""The few colours, each with its pair for dark; text on either ground passes WCAG AA."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.report.looks import TONES

#: Light and dark: ``accent`` and ``mute`` carry text, the others are lines and grounds.
_PAIRS: Final[dict[str, tuple[str, str]]] = {
    **TONES,
    "ground": ("#ffffff", "#14171c"),
    "faint": ("#eef2f9", "#1b2230"),
    "full": ("#9dbbea", "#3f66a8"),
    "hint": ("rgba(125,135,150,0.10)", "rgba(160,170,185,0.08)"),
}


def colour(name: str) -> str:
    """The colour in the theme that this browser shows, for charts."""
    return _PAIRS[name][st.context.theme.type == "dark"]


def both(name: str) -> str:
    """The colour as CSS that follows the theme by itself, for our own HTML."""
    light, dark = _PAIRS[name]
    return f"light-dark({light}, {dark})"
