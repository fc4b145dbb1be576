"""How verdicts and severities look: always a word and a sign beside the colour."""

from __future__ import annotations

from typing import Final

from vitrail.model import Severity, Verdict
from vitrail.report.looks import SEVERITIES, VERDICTS, Look
from vitrail.translation import _

#: What Streamlit calls the colours of badges, by our tone.
_BADGES: Final = {
    "critical": "red",
    "high": "orange",
    "unsure": "violet",
    "mute": "gray",
    "good": "green",
}
#: What is read first: the broken, the unsettled, the kept.
ORDER: Final = {verdict: rank for rank, verdict in enumerate(VERDICTS)}

__all__ = ["ORDER", "VERDICTS", "badge", "severity_word", "verdict_word"]


def verdict_word(verdict: Verdict) -> str:
    """``✕ FAIL``."""
    return _with_sign(VERDICTS[verdict])


def badge(verdict: Verdict) -> str:
    """The verdict as Markdown, to stand inside a line of text."""
    return f":{_BADGES[VERDICTS[verdict].tone]}-badge[{verdict_word(verdict)}]"


def severity_word(severity: Severity) -> str:
    """``■ critical``."""
    return _with_sign(SEVERITIES[severity])


def _with_sign(look: Look) -> str:
    return f"{look.sign} {_(look.word)}"
