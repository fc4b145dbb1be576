"""Every preset with the canonical table that it feeds and what it reads."""

from __future__ import annotations

from handbook.tables import code, table
from vitrail.exports.presets import load_preset, preset_names


def page() -> str:
    """One table."""
    rows = ((name, load_preset(name)) for name in preset_names())
    return table(
        ("preset", "feeds", "what it reads"),
        ((code(name), code(preset["table"]), preset["doc"]) for name, preset in rows),
    )
