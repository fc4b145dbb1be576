"""Every kind of personal data that a scan looks for, and which recognisers find it."""

from __future__ import annotations

from collections import defaultdict

from handbook.tables import code, table
from vitrail.detect.detector import LANGUAGES
from vitrail.detect.entities import ENTITIES
from vitrail.detect.registry import BY_MODEL, recognizers


def found_by() -> dict[str, list[str]]:
    """Entity type -> the names of the recognisers that find it, the same in every language."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in recognizers("en"):
        for entity in one.supported_entities:
            found[entity].append(one.name)
    for entity in BY_MODEL:
        found[entity].append("models and columns")
    return found


def page() -> str:
    """One table, and the languages that it holds for."""
    finders = found_by()
    rows = [
        (code(one.name), one.words, one.family.value, one.severity.value,
         ", ".join(code(name) for name in finders[one.name]))
        for one in ENTITIES.values()
    ]  # fmt: skip
    head = ("entity type", "a hit looks like a(n) …", "family", "severity", "found by")
    return f"Languages: {', '.join(map(code, LANGUAGES))}.\n\n{table(head, rows)}"
