"""How verdicts and severities look: always a word and a sign beside the colour."""

from __future__ import annotations

from typing import Final, Literal

import streamlit as st

from vitrail.model import Severity, Verdict

Colour = Literal["red", "orange", "green", "gray", "violet", "blue"]

VERDICTS: Final[dict[Verdict, tuple[str, Colour]]] = {
    Verdict.FAIL: ("✕ FAIL", "red"),
    Verdict.WARN: ("! WARN", "orange"),
    Verdict.INCONCLUSIVE: ("~ INCONCLUSIVE", "violet"),
    Verdict.NOT_TESTED: ("○ NOT TESTED", "gray"),
    Verdict.NOT_PROVABLE: ("– NOT PROVABLE", "gray"),
    Verdict.PASS: ("✓ PASS", "green"),
}
#: What is read first: the broken, the unsettled, the kept.
ORDER: Final = {verdict: rank for rank, verdict in enumerate(VERDICTS)}

SEVERITIES: Final[dict[Severity, tuple[str, Colour]]] = {
    Severity.CRITICAL: ("■ critical", "red"),
    Severity.HIGH: ("▲ high", "orange"),
    Severity.MEDIUM: ("◆ medium", "blue"),
    Severity.LOW: ("● low", "gray"),
}


def verdict_badge(verdict: Verdict) -> None:
    word, colour = VERDICTS[verdict]
    st.badge(word, color=colour)


def severity_word(severity: Severity) -> str:
    return SEVERITIES[severity][0]
