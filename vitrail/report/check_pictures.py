"""The pictures of a check as SVG: each with a title and a text that says the same.

They are drawn with a palette of their reader's: CSS variables on a page, fixed colours on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from vitrail.model import Assessment, Verdict

#: A verdict's sign; the same as everywhere.
Signs = Mapping[Verdict, tuple[str, str]]

Palette = Mapping[Verdict | str, str]

PAGE: Final[Palette] = {
    Verdict.PASS: "var(--green)",
    Verdict.FAIL: "var(--red)",
    Verdict.WARN: "var(--orange)",
    Verdict.NOT_TESTED: "var(--grey)",
    Verdict.INCONCLUSIVE: "var(--violet)",
    Verdict.NOT_PROVABLE: "var(--grey)",
    "ink": "var(--ink)",
    "soft": "var(--soft)",
    "line": "var(--line)",
    "paper": "var(--paper)",
    "font": "inherit",
}
PAPER: Final[Palette] = {
    Verdict.PASS: "#1f6b46",
    Verdict.FAIL: "#b3261e",
    Verdict.WARN: "#8a4b00",
    Verdict.NOT_TESTED: "#56606e",
    Verdict.INCONCLUSIVE: "#6b3fa0",
    Verdict.NOT_PROVABLE: "#56606e",
    "ink": "#1d2430",
    "soft": "#56606e",
    "line": "#d5dae0",
    "paper": "#ffffff",
    "font": "DejaVu Sans Mono",
}

_WIDTH: Final = 960
_TILE: Final = (80, 30)
_GAP: Final = 6
_LABEL: Final = 92
_MONTHS: Final = 24
_AXIS: Final = 34


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG and the words that stand for it where it cannot be seen."""

    title: str
    words: str
    svg: Markup


def clauses_at_a_glance(
    rows: Sequence[tuple[str, Sequence[Assessment]]], signs: Signs, palette: Palette
) -> Picture:
    """``rows``: a section's name and the controls that test it, the worst first."""
    across = (_WIDTH - _LABEL) // (_TILE[0] + _GAP)
    drawn, y = [], 0
    for label, assessments in rows:
        drawn.append(_text(0, y + 20, label, palette["soft"], 14))
        for number, a in enumerate(assessments):
            row, column = divmod(number, across)
            x = _LABEL + column * (_TILE[0] + _GAP)
            drawn.append(_tile(x, y + row * (_TILE[1] + _GAP), a, signs, palette))
        y += (1 + (len(assessments) - 1) // across) * (_TILE[1] + _GAP) + 8
    words = " ".join(
        f"{label}: {_listed(f'{a.control} {signs[a.verdict][1]}' for a in some)}."
        for label, some in rows
    )
    return _picture("Every control by section of the policy", words, max(y, 1), drawn, palette)


def violations_by_month(
    assessments: Sequence[Assessment], last: str, palette: Palette
) -> Picture | None:
    """Who broke when: a row a control, a square a month up to ``last`` (``2026-11``).

    None where no violation has a date. Months before the last two years stand together at the left.
    """
    dated = [a for a in assessments if a.months]
    if not dated:
        return None
    end = max([last, *(month for a in dated for month, _ in a.months)])
    shown = _months_until(end)
    most = max(cases for a in dated for cases in _squares(a, shown).values())
    step = (_WIDTH - _LABEL) // (len(shown) + 1)
    drawn = _months(shown, step, palette)
    for row, a in enumerate(dated):
        y = _AXIS + row * 26
        drawn.append(_text(0, y + 16, a.control, palette["ink"], 13))
        squares = _squares(a, shown)
        for n, month in enumerate(("", *shown)):
            x = _LABEL + n * step
            drawn.append(_square(x, y, step - 3, squares.get(month, 0), most, palette))
    words = " ".join(
        f"{a.control}: {_listed(f'{cases:,} in {month}' for month, cases in a.months)}."
        for a in dated
    )
    return _picture("Violations by month", words, _AXIS + len(dated) * 26, drawn, palette)


def against_the_last_time(
    before: Sequence[Assessment], after: Sequence[Assessment], signs: Signs, palette: Palette
) -> Picture:
    """How many of each verdict, the last time and now, over the same controls."""
    drawn, told = [], []
    for row, (label, some) in enumerate((("last time", before), ("now", after))):
        y, x = row * 46, float(_LABEL)
        counts = [(v, sum(a.verdict is v for a in some)) for v in signs]
        unit = (_WIDTH - _LABEL) / max(1, len(before), len(after))
        drawn.append(_text(0, y + 24, label, palette["soft"], 14))
        for verdict, count in counts:
            if count:
                text = f"{signs[verdict][0]} {count}"
                drawn.append(
                    _segment(x, y, count * unit - 2, text, palette[verdict], palette["paper"])
                )
                x += count * unit
        told.append(f"{label}: {_listed(f'{n} {signs[v][1]}' for v, n in counts if n)}.")
    return _picture("Verdicts now and the last time", " ".join(told), 86, drawn, palette)


# --- strokes ----------------------------------------------------------------------------------


def _picture(
    title: str, words: str, height: int, drawn: Iterable[str], palette: Palette
) -> Picture:
    body = "".join(drawn)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" font-family="{palette["font"]}">'
        f"<title>{escape(title)}</title><desc>{escape(words)}</desc>{body}</svg>"
    )
    return Picture(title, words, Markup(svg))  # noqa: S704 - every text in it is escaped


def _text(x: float, y: float, text: str, colour: str, size: int, anchor: str = "start") -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{colour}" font-size="{size}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _tile(x: float, y: float, a: Assessment, signs: Signs, palette: Palette) -> str:
    colour, strong = palette[a.verdict], a.verdict is Verdict.FAIL
    fill = colour if strong else "none"
    ink = palette["paper"] if strong else colour
    sign, word = signs[a.verdict]
    return (
        f"<g><title>{escape(f'{a.control} {word}: {a.title}')}</title>"
        f'<rect x="{x:g}" y="{y + 0.5:g}" width="{_TILE[0]}" height="{_TILE[1] - 1}" rx="4" '
        f'fill="{fill}" stroke="{colour}"/>'
        f"{_text(x + 8, y + 20, sign, ink, 12)}{_text(x + 21, y + 20, a.control, ink, 12)}</g>"
    )


def _months(shown: Sequence[str], step: float, palette: Palette) -> list[str]:
    """The axis: years above the numbers of their months."""
    drawn = [_text(_LABEL, 28, "older", palette["soft"], 10)]
    for n, month in enumerate(shown):
        x = _LABEL + (n + 1) * step
        drawn.append(
            _text(x + step / 2 - 2, 28, month[5:].lstrip("0"), palette["soft"], 10, "middle")
        )
        if month.endswith("-01") or (n == 0 and month < f"{month[:4]}-11"):
            drawn.append(_text(x + 4, 13, month[:4], palette["soft"], 13))
    return drawn


def _square(x: float, y: float, size: float, cases: int, most: int, palette: Palette) -> str:
    if not cases:
        return (
            f'<rect x="{x:g}" y="{y}" width="{size:g}" height="22" rx="3" fill="{palette["line"]}" '
            'fill-opacity=".45"/>'
        )
    dark = 0.3 + 0.7 * cases / most
    ink = palette["paper"] if dark > 0.6 else palette["ink"]
    shown = str(cases) if cases < 1000 else f"{cases / 1000:.0f}k"
    return (
        f'<rect x="{x:g}" y="{y}" width="{size:g}" height="22" rx="3" '
        f'fill="{palette[Verdict.FAIL]}" fill-opacity="{dark:.2f}"/>'
        f"{_text(x + size / 2, y + 15.5, shown, ink, 11, 'middle')}"
    )


def _segment(x: float, y: float, width: float, text: str, fill: str, ink: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="36" rx="3" fill="{fill}"/>'
        f"{_text(x + width / 2, y + 23, text if width > 30 else '', ink, 14, 'middle')}"
    )


def _squares(a: Assessment, shown: Sequence[str]) -> dict[str, int]:
    """Cases by month shown; those before under the empty name."""
    squares = {month: cases for month, cases in a.months if month >= shown[0]}
    earlier = sum(cases for month, cases in a.months if month < shown[0])
    return squares | ({"": earlier} if earlier else {})


def _months_until(last: str) -> list[str]:
    end = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(end - _MONTHS + 1, end + 1)]


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts) or "none"
