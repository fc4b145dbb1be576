"""The tool and its rules in a SARIF log: one rule an entity type, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from vitrail import __version__
from vitrail.detect.entities import with_article
from vitrail.model import Finding, Severity
from vitrail.report.scan_view import entity_words

#: SARIF's levels, and the scale from 0 to 10 by which GitHub sorts security results.
LEVELS: Final = {
    Severity.LOW: ("note", "3.0"),
    Severity.MEDIUM: ("warning", "5.5"),
    Severity.HIGH: ("error", "8.0"),
    Severity.CRITICAL: ("error", "9.5"),
}
_HELP: Final = (
    "Find what writes this column and stop it there; then delete or mask what it holds and scan "
    "again. Where the column is meant to hold such data, declare it in the mapping. Where it is "
    "none, dismiss the finding with a reason."
)


def driver(rules: Sequence[str], findings: Sequence[Finding]) -> dict[str, Any]:
    """The tool that made the log, with a rule for each of the entity types."""
    severity = {f.entity_type: f.severity for f in findings}
    return {
        "name": "Vitrail",
        "fullName": f"Vitrail {__version__}, scan for stray personal data",
        "semanticVersion": __version__,
        "rules": [_rule(entity, severity[entity]) for entity in rules],
    }


def _rule(entity: str, severity: Severity) -> dict[str, Any]:
    level, scale = LEVELS[severity]
    words = entity_words(entity)
    return {
        "id": entity,
        "name": "Stray" + entity.title().replace("_", ""),
        "shortDescription": {"text": f"Stray personal data: {words}."},
        "fullDescription": {"text": f"A column holds what looks like {with_article(words)}."},
        "help": {"text": _HELP, "markdown": _HELP},
        "defaultConfiguration": {"level": level},
        "properties": {
            "security-severity": scale,
            "precision": "high",
            "tags": ["privacy", "security", "personal-data"],
        },
    }
