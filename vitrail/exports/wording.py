"""How a message says what a column's values should have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitrail.exports.canonical import CANONICAL

if TYPE_CHECKING:
    from vitrail.exports.mapping import Feed

_PARTS = {"%d": "dd", "%m": "mm", "%Y": "YYYY", "%y": "YY", "%H": "HH", "%M": "MM", "%S": "SS"}


def expected_form(feed: Feed, column: str) -> str:
    """Ends the sentence “312 of 40,000 values of “Créé le” are no …”."""
    table = CANONICAL[feed.table]
    if column in {"email", "guardian_email"}:
        return "e-mail addresses"
    if vocabulary := table.vocabularies.get(column):
        return f"words that the mapping knows for {table.name}.{column} ({', '.join(vocabulary)})"
    match table.columns[column]:
        case "TIMESTAMPTZ" | "DATE":
            return f"dates of the form {_form(feed)}"
        case "BIGINT" | "INTEGER":
            return "whole numbers"
        case "BOOLEAN":
            return "yes or no"
        case _:
            return "numbers"


def _form(feed: Feed) -> str:
    dates = feed.mapping.dates
    if dates.format is None:
        return "dd/mm/YYYY" if dates.day_first else "YYYY-mm-dd"
    form = dates.format
    for part, words in _PARTS.items():
        form = form.replace(part, words)
    return form
