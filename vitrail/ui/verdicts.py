"""How verdicts and severities look: always a word and a sign beside the colour."""

from __future__ import annotations

from typing import Final

from vitrail.model import Severity, Verdict
from vitrail.report import looks

#: What Streamlit calls the colours of badges, by our tone.
_BADGES: Final = {
    "critical": "red",
    "high": "orange",
    "unsure": "violet",
    "mute": "gray",
    "good": "green",
}
#: Sign and word, Streamlit's badge colour, and our own tone.
VERDICTS: Final[dict[Verdict, tuple[str, str, str]]] = {
    verdict: (f"{look.sign} {look.word}", _BADGES[look.tone], look.tone)
    for verdict, look in looks.VERDICTS.items()
}
#: What is read first: the broken, the unsettled, the kept.
ORDER: Final = {verdict: rank for rank, verdict in enumerate(VERDICTS)}

SEVERITIES: Final[dict[Severity, str]] = {
    severity: f"{look.sign} {look.word}" for severity, look in looks.SEVERITIES.items()
}


def badge(verdict: Verdict) -> str:
    """The verdict as Markdown, to stand inside a line of text."""
    word, colour, _ = VERDICTS[verdict]
    return f":{colour}-badge[{word}]"


def severity_word(severity: Severity) -> str:
    """``■ critical``."""
    return SEVERITIES[severity]
