"""What the report of an everyday release shows: one picture, every number, how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from vitrail.model import HIDDEN, Release
from vitrail.report.drawing import Drawn
from vitrail.report.looks import PAGE, Palette
from vitrail.report.release_picture import Picture, draw

_CODE: Final = re.compile(r"`([^`]*)`")
#: A page that is read has fewer; the CSV has them all.
MOST_ROWS: Final = 400


@dataclass(frozen=True, slots=True)
class Paper:
    """A release in words: title, table as it is shown, picture, and the question as SQL."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    question: str
    picture: Picture


class ReleaseView:
    """A release in the order in which a reader asks."""

    METHOD: Final = (
        "Whoever asks gets numbers and never rows: each number counts persons or what they did, "
        "has noise added to it, and is the same however often it is asked for.",
        "± is what the noise may have moved it by: 95 of 100 true numbers lie within.",
        f"{HIDDEN}: too few persons to be told, or withheld so that nobody else's number can be "
        "worked out from it.",
    )
    LIMITS: Final = (
        "The everyday gate makes a single person hard to tell, not impossible, and gives no formal "
        "guarantee. It is not for publication outside the house.",
        "It counts what the exports hold of closed weeks and months, and nothing else.",
    )

    def __init__(self, release: Release, paper: Paper, palette: Palette = PAGE) -> None:
        self.release = release
        self.paper = paper
        self._palette = palette

    @property
    def at(self) -> datetime:
        """When it was released; the file's own date."""
        return self.release.released_at or datetime(1970, 1, 1, tzinfo=UTC)

    @property
    def answer(self) -> str:
        shown = len(self.paper.rows)
        hidden = self.release.suppressed
        told = f"{shown:,} {'row' if shown == 1 else 'rows'}"
        withheld = f", {hidden:,} {'number' if hidden == 1 else 'numbers'} hidden for privacy"
        return f"{told}{withheld if hidden else ''}. ± is what privacy added, at 95 %."

    @property
    def about(self) -> list[tuple[str, str]]:
        """Which days, which persons, which release."""
        span = self.release.span or self.release.query.span
        lines = [("Release", self.release.id), ("Epoch", self.release.epoch)]
        if self.release.query.filters:
            only = ", ".join(f"{name} = {value}" for name, value in self.release.query.filters)
            lines.insert(0, ("Only", only))
        if span is not None:
            lines.insert(0, ("Days", f"{span.first} to {span.last}, both included"))
        return lines

    @cached_property
    def picture(self) -> Drawn | None:
        return draw(self.paper.picture, self.paper.title, self._palette)

    @property
    def labels(self) -> int:
        """How many columns are labels."""
        return len(self.release.query.dimensions)

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        return self.paper.rows[:MOST_ROWS]

    @property
    def left_out(self) -> str:
        """What is said where not every row is here."""
        if len(self.paper.rows) <= MOST_ROWS:
            return ""
        told = f"The first {MOST_ROWS:,} of {len(self.paper.rows):,} rows"
        return f"{told}; the CSV of this release has all of them."

    @property
    def notes(self) -> tuple[str, ...]:
        """What the gate says of this answer."""
        notes = (*self.release.notes, *self.release.touched)
        return tuple(_CODE.sub(r"“\1”", note) for note in notes)
