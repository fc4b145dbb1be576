"""How Vitrail looks, on pages, in reports and on paper: one set of colours, one sign a verdict.

Text in any of these tones passes WCAG AA on ``ground`` and ``raised`` of its theme, and no level
or verdict is told by colour alone: a sign and a word stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vitrail.model import Severity, Verdict
from vitrail.translation import N_

#: Each tone in the light and in the dark theme; the last three are of charts.
TONES: Final[Mapping[str, tuple[str, str]]] = {
    "ground": ("#ffffff", "#14171c"),
    "raised": ("#f5f6f8", "#1d2128"),
    "line": ("#dfe3e8", "#323842"),
    "text": ("#1d2430", "#e7eaee"),
    "mute": ("#5b6673", "#a9b4c0"),
    "accent": ("#2f5fb3", "#8ab4ff"),
    "critical": ("#a61b29", "#ff9a9a"),
    "high": ("#8f4700", "#f2b077"),
    "medium": ("#2f5fb3", "#8ab4ff"),
    "low": ("#5b6673", "#a9b4c0"),
    "good": ("#1d6b48", "#7ed6ab"),
    "unsure": ("#6d3f85", "#d2a8e6"),
    "bar": ("rgba(47,95,179,0.75)", "rgba(138,180,255,0.65)"),
    "band": ("rgba(47,95,179,0.16)", "rgba(138,180,255,0.22)"),
    "grid": ("rgba(125,135,150,0.22)", "rgba(160,170,185,0.20)"),
}

#: Tones for a drawing: on a page they follow the reader's theme, on paper they are the light ones.
Palette = Mapping[str, str]
PAGE: Final[Palette] = {name: f"var(--{name})" for name in TONES} | {"font": "inherit"}
PAPER: Final[Palette] = {name: light for name, (light, _) in TONES.items()} | {
    "font": "Vitrail Sans"
}


@dataclass(frozen=True, slots=True)
class Look:
    """A level or verdict as people read it: a sign, a word and the tone of both."""

    sign: str
    word: str
    tone: str


#: What is read first: the broken, the unsettled, the kept.
VERDICTS: Final[Mapping[Verdict, Look]] = {
    Verdict.FAIL: Look("✕", N_("FAIL"), "critical"),
    Verdict.WARN: Look("!", N_("WARN"), "high"),
    Verdict.INCONCLUSIVE: Look("~", N_("INCONCLUSIVE"), "unsure"),
    Verdict.NOT_TESTED: Look("○", N_("NOT TESTED"), "mute"),
    Verdict.NOT_PROVABLE: Look("–", N_("NOT PROVABLE"), "mute"),
    Verdict.PASS: Look("✓", N_("PASS"), "good"),
}

SEVERITIES: Final[Mapping[Severity, Look]] = {
    Severity.CRITICAL: Look("■", N_("critical"), "critical"),
    Severity.HIGH: Look("▲", N_("high"), "high"),
    Severity.MEDIUM: Look("◆", N_("medium"), "medium"),
    Severity.LOW: Look("●", N_("low"), "low"),
}
