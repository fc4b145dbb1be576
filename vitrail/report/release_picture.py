"""The picture of a release: bars for one dimension, a line for time, each with its error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from vitrail.report import drawing
from vitrail.report.looks import Palette
from vitrail.report.plain import brief

_ROW: Final = 30
_LABEL, _WORDS = 210, 270
_LINE: Final = 230
_TOP: Final = 28


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


def draw(picture: Picture, title: str, palette: Palette) -> drawing.Drawn | None:
    """The picture in the reader's colours; None where its release has no shape of one."""
    if picture.bars:
        height = len(picture.bars) * _ROW
        return drawing.drawn(title, picture.alt, height, _bars(picture, palette), palette)
    if picture.steps:
        height = _TOP + _LINE + 24
        return drawing.drawn(title, picture.alt, height, _line(picture, palette), palette)
    return None


def _bars(picture: Picture, palette: Palette) -> Iterator[str]:
    room = drawing.WIDTH - _LABEL - _WORDS
    for row, bar in enumerate(picture.bars):
        y, hidden = row * _ROW, bar.high == 0
        ink = palette["mute" if hidden else "text"]
        yield drawing.text(_LABEL - 12, y + 20, brief(bar.label, 28), palette["mute"], 15, "end")
        if not hidden:
            yield drawing.box(_LABEL, y + 6, max(1.5, bar.middle * room), 18, palette["accent"],
                              opacity=0.6, corner=2)  # fmt: skip
            ends = ((_LABEL + bar.low * room, y + 15), (_LABEL + bar.high * room, y + 15))
            yield drawing.line(ends, palette["text"], 1.4)
        at = _LABEL + max(bar.high, bar.middle) * room + 12
        yield drawing.text(at, y + 20, bar.words, ink, 15)


def _line(picture: Picture, palette: Palette) -> Iterator[str]:
    def at(x: float, y: float) -> tuple[float, float]:
        return 4 + x * (drawing.WIDTH - 8), _TOP + y * _LINE

    yield drawing.text(0, 14, picture.axis, palette["mute"], 14)
    for share in (0.0, 0.5, 1.0):
        yield drawing.line((at(0, share), at(1, share)), palette["line"])
    for band in picture.bands:
        yield drawing.area((at(*point) for point in band), palette["accent"], 0.18)
    for x, y, z, w in picture.steps:
        yield drawing.line((at(x, y), at(z, w)), palette["accent"], 2.4)
    foot = _TOP + _LINE + 18
    yield drawing.text(0, foot, picture.ends[0], palette["mute"], 14)
    yield drawing.text(drawing.WIDTH, foot, picture.ends[1], palette["mute"], 14, "end")
