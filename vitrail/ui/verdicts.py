"""How verdicts and severities look: always a word and a sign beside the colour."""

from __future__ import annotations

from typing import Final

from vitrail.model import Severity, Verdict

#: Sign and word, Streamlit's badge colour, and our own tone.
VERDICTS: Final[dict[Verdict, tuple[str, str, str]]] = {
    Verdict.FAIL: ("✕ FAIL", "red", "critical"),
    Verdict.WARN: ("! WARN", "orange", "high"),
    Verdict.INCONCLUSIVE: ("~ INCONCLUSIVE", "violet", "unsure"),
    Verdict.NOT_TESTED: ("○ NOT TESTED", "gray", "mute"),
    Verdict.NOT_PROVABLE: ("– NOT PROVABLE", "gray", "mute"),
    Verdict.PASS: ("✓ PASS", "green", "good"),
}
#: What is read first: the broken, the unsettled, the kept.
ORDER: Final = {verdict: rank for rank, verdict in enumerate(VERDICTS)}

SEVERITIES: Final[dict[Severity, str]] = {
    Severity.CRITICAL: "■ critical",
    Severity.HIGH: "▲ high",
    Severity.MEDIUM: "◆ medium",
    Severity.LOW: "● low",
}


def badge(verdict: Verdict) -> str:
    """The verdict as Markdown, to stand inside a line of text."""
    word, colour, _ = VERDICTS[verdict]
    return f":{colour}-badge[{word}]"


def severity_word(severity: Severity) -> str:
    """``■ critical``."""
    return SEVERITIES[severity]
