"""What is counted of a column while it is scanned; profiles of parts add up to the column's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from vitrail.scan.sketch import DistinctSketch


@dataclass(slots=True)
class ColumnProfile:
    """Counts of one column over some rows.

    ``rows`` of the dataset; ``non_null`` cells in them; ``examined`` cells looked at; ``blank``
    those of them that stand for nothing ("", "n/a"); ``unread`` cells of bytes that are no text,
    not looked at; ``length`` bytes of text in them all;
    ``hits`` cells with at least one hit of a type; ``whole`` those of them where the hit is most
    of the cell, so that the cell *is* such a value rather than a text that mentions one;
    ``notes``: what the detector says that it did not look at.
    """

    rows: int = 0
    non_null: int = 0
    examined: int = 0
    blank: int = 0
    unread: int = 0
    length: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)
    sketch: DistinctSketch = field(default_factory=DistinctSketch)
    notes: set[str] = field(default_factory=set)

    @property
    def filled(self) -> int:
        """Cells looked at that hold something."""
        return self.examined - self.blank

    def add(self, other: ColumnProfile) -> None:
        """Take in the counts of other rows of the same column."""
        self.rows += other.rows
        self.non_null += other.non_null
        self.examined += other.examined
        self.blank += other.blank
        self.unread += other.unread
        self.length += other.length
        self.hits.update(other.hits)
        self.whole.update(other.whole)
        self.sketch = self.sketch.merged(other.sketch.hashes)
        self.notes |= other.notes

    def to_json(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "non_null": self.non_null,
            "examined": self.examined,
            "blank": self.blank,
            "unread": self.unread,
            "length": self.length,
            "hits": dict(self.hits),
            "whole": dict(self.whole),
            "sketch": self.sketch.to_text(),
            "notes": sorted(self.notes),
        }

    @classmethod
    def from_json(cls, record: dict[str, Any]) -> ColumnProfile:
        return cls(
            rows=record["rows"],
            non_null=record["non_null"],
            examined=record["examined"],
            blank=record["blank"],
            unread=record.get("unread", 0),
            length=record["length"],
            hits=Counter(record["hits"]),
            whole=Counter(record["whole"]),
            sketch=DistinctSketch.from_text(record["sketch"]),
            notes=set(record["notes"]),
        )
