"""The strokes of the reports' pictures: SVG with a title and words, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from vitrail.report.looks import Palette
from vitrail.report.plain import plain

#: The width of every picture, in its own units.
WIDTH: Final = 960


@dataclass(frozen=True, slots=True)
class Drawn:
    """An SVG and the words that stand for it where it cannot be seen."""

    title: str
    words: str
    svg: Markup

    @property
    def alt(self) -> str:
        return f"{self.title}. {self.words}"


def drawn(title: str, words: str, height: float, strokes: Iterable[str], palette: Palette) -> Drawn:
    """``strokes`` as one picture of that height."""
    body = "".join(strokes)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img" font-family="{palette["font"]}">'
        f"<title>{_safe(title)}</title><desc>{_safe(words)}</desc>{body}</svg>"
    )
    return Drawn(title, words, Markup(svg))  # noqa: S704 - every text in it is escaped


def text(
    x: float,
    y: float,
    words: str,
    colour: str,
    size: float,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size:g}" '
        f'text-anchor="{anchor}"{weight}>{_safe(words)}</text>'
    )


def box(
    x: float, y: float, width: float, height: float, fill: str, stroke: str = "",
    opacity: float = 1, corner: float = 3,
) -> str:  # fmt: skip
    line = f' stroke="{stroke}"' if stroke else ""
    faint = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{corner:g}" fill="{fill}"{line}{faint}/>'
    )


def line(points: Iterable[tuple[float, float]], stroke: str, width: float = 1) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{joined}" fill="none" stroke="{stroke}" stroke-width="{width:g}"/>'


def area(points: Iterable[tuple[float, float]], fill: str, opacity: float) -> str:
    joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{joined}" fill="{fill}" fill-opacity="{opacity:.2f}"/>'


def named(strokes: str, words: str) -> str:
    """Strokes that say what they are where a pointer rests on them."""
    return f"<g><title>{_safe(words)}</title>{strokes}</g>"


def _safe(words: str) -> Markup:
    return escape(plain(words))
