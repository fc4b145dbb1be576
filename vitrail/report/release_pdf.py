"""An analyst's release as PDF: one picture, every number with its errors, how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Final

from vitrail import __version__
from vitrail.model import Release
from vitrail.report.printing import print_pdf

#: A page that is read has fewer; the CSV has them all.
MOST_ROWS: Final = 400

_LIMITS: Final = (
    "Everyday mode: it makes a single person hard to tell, not impossible, and gives no formal "
    "guarantee. Not for publication outside the house."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A value's bar and its error, as shares of the whole width; hidden, all are zero."""

    label: str
    words: str
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in shares of the picture's width and height from its top left.

    Either ``bars``, or a line: ``bands`` are polygons of its error, ``steps`` its pieces (x, y to
    x, y), ``axis`` says what is counted, ``ends`` the first and the last period.
    """

    alt: str
    bars: tuple[Bar, ...] = ()
    bands: tuple[tuple[tuple[float, float], ...], ...] = ()
    steps: tuple[tuple[float, float, float, float], ...] = ()
    axis: str = ""
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Paper:
    """A release in words: title, table as it is shown, picture, and the question as SQL."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    question: str
    picture: Picture


def release_pdf(release: Release, paper: Paper) -> bytes:
    """The release as a tagged PDF; the same release gives the same bytes."""
    at = release.released_at or datetime(1970, 1, 1, tzinfo=UTC)
    picture = paper.picture
    document = {
        "title": paper.title,
        "answer": "± is what privacy added (95 %); ◌ is hidden for privacy.",
        "tool": __version__,
        "footer": f"Release {release.id} · Vitrail {__version__}",
        "about": [list(line) for line in _about(release)],
        "alt": picture.alt,
        "bars": [asdict(bar) for bar in picture.bars],
        "bands": picture.bands,
        "line": picture.steps,
        "axis": picture.axis,
        "first": picture.ends[0],
        "last": picture.ends[1],
        "heads": list(paper.heads),
        "labels": len(release.query.dimensions),
        "rows": [list(row) for row in paper.rows[:MOST_ROWS]],
        "told": _told(len(paper.rows)),
        "notes": [*release.notes, *release.touched, _LIMITS],
        "question": paper.question,
    }
    return print_pdf("release.typ", document, at=at)


def _about(release: Release) -> list[tuple[str, str]]:
    span = release.span or release.query.span
    lines = [("Release", release.id), ("Epoch", release.epoch)]
    if span is not None:
        lines.insert(0, ("Days", f"{span.first} to {span.last}, both included"))
    if release.query.filters:
        only = ", ".join(f"{name} = {value}" for name, value in release.query.filters)
        lines.insert(1, ("Only", only))
    return lines


def _told(rows: int) -> list[str]:
    if rows <= MOST_ROWS:
        return []
    return [f"The first {MOST_ROWS} of {rows:,} rows; the CSV of this release has all of them."]
