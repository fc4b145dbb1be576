"""What the report of an everyday release shows: one picture, every number, how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Final

from vitrail.model import Release
from vitrail.report.drawing import Drawn
from vitrail.report.looks import PAGE, Palette
from vitrail.report.release_picture import Picture, draw
from vitrail.translation import N_, _, ngettext, retold

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


METHOD: Final = (
    N_(
        "Whoever asks gets numbers and never rows: each number counts persons or what they did, "
        "has noise added to it, and is the same however often it is asked for."
    ),
    N_("± is what the noise may have moved it by: 95 of 100 true numbers lie within."),
    N_(
        "◌ hidden for privacy: too few persons to be told, or withheld so that nobody else's "
        "number can be worked out from it."
    ),
)
LIMITS: Final = (
    N_(
        "The everyday gate makes a single person hard to tell, not impossible, and gives no formal "
        "guarantee. It is not for publication outside the house."
    ),
    N_("It counts what the exports hold of closed weeks and months, and nothing else."),
)


class ReleaseView:
    """A release in the order in which a reader asks."""

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
        told = ngettext("{count:,} row", "{count:,} rows", shown)
        if hidden:
            told += ", " + ngettext(
                "{count:,} number hidden for privacy",
                "{count:,} numbers hidden for privacy",
                hidden,
            )
        return f"{told}. {_('± is what privacy added, at 95 %.')}"

    @property
    def method(self) -> list[str]:
        return [_(sentence) for sentence in METHOD]

    @property
    def limits(self) -> list[str]:
        return [_(sentence) for sentence in LIMITS]

    @property
    def about(self) -> list[tuple[str, str]]:
        """Which days, which persons, which release."""
        span = self.release.span or self.release.query.span
        lines = [(_("Release"), self.release.id), (_("Epoch"), self.release.epoch)]
        if self.release.query.filters:
            only = ", ".join(f"{name} = {value}" for name, value in self.release.query.filters)
            lines.insert(0, (_("Only"), only))
        if span is not None:
            lines.insert(
                0,
                (
                    _("Days"),
                    _("{first} to {last}, both included", first=span.first, last=span.last),
                ),
            )
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
        return _(
            "The first {shown:,} of {all:,} rows; the CSV of this release has all of them.",
            shown=MOST_ROWS,
            all=len(self.paper.rows),
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What the gate says of this answer."""
        notes = (*self.release.notes, *self.release.touched)
        return tuple(_CODE.sub(r"“\1”", retold(note)) for note in notes)
