"""The pictures of a check, drawn in their reader's colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from vitrail.model import Assessment, Verdict
from vitrail.report.drawing import WIDTH, Drawn, box, drawn, named, text
from vitrail.report.looks import VERDICTS, Palette
from vitrail.translation import MONTH, _, day, retold

_TILE: Final = (80, 30)
_GAP: Final = 6
_LABEL: Final = 92
_MONTHS: Final = 24
_AXIS: Final = 34


def clauses_at_a_glance(
    rows: Sequence[tuple[str, Sequence[Assessment]]], palette: Palette
) -> Drawn:
    """``rows``: a section's name and the controls that test it, the worst first."""
    across = (WIDTH - _LABEL) // (_TILE[0] + _GAP)
    strokes, y = [], 0
    for label, assessments in rows:
        strokes.append(text(0, y + 20, label, palette["mute"], 14))
        for place, a in enumerate(assessments):
            row, column = divmod(place, across)
            x = _LABEL + column * (_TILE[0] + _GAP)
            strokes.append(_tile(x, y + row * (_TILE[1] + _GAP), a, palette))
        y += (1 + (len(assessments) - 1) // across) * (_TILE[1] + _GAP) + 8
    words = _told(
        (label, _listed(f"{a.control} {_(VERDICTS[a.verdict].word)}" for a in some))
        for label, some in rows
    )
    title = _("Every control by section of the policy")
    return drawn(title, words, max(y, 1), strokes, palette)


def violations_by_month(
    assessments: Sequence[Assessment], last: str, palette: Palette
) -> Drawn | None:
    """Who broke when: a row a control, a square a month up to ``last`` (``2026-11``).

    None where no violation has a date. Months before the last two years stand together at the left.
    """
    dated = [a for a in assessments if a.months]
    if not dated:
        return None
    end = max([last, *(month for a in dated for month, _ in a.months)])
    shown = _months_until(end)
    most = max(cases for a in dated for cases in _squares(a, shown).values())
    step = (WIDTH - _LABEL) // (len(shown) + 1)
    strokes = _months(shown, step, palette)
    for row, a in enumerate(dated):
        y = _AXIS + row * 26
        strokes.append(text(0, y + 16, a.control, palette["text"], 13))
        squares = _squares(a, shown)
        for n, month in enumerate(("", *shown)):
            x = _LABEL + n * step
            strokes.append(_square(x, y, step - 3, squares.get(month, 0), most, palette))
    words = _told(
        (a.control, _listed(_cases_in(month, cases) for month, cases in a.months)) for a in dated
    )
    return drawn(_("Violations by month"), words, _AXIS + len(dated) * 26, strokes, palette)


def against_the_last_time(
    before: Sequence[Assessment], after: Sequence[Assessment], palette: Palette
) -> Drawn:
    """How many of each verdict, the last time and now, over the same controls."""
    strokes, told = [], []
    for row, (label, some) in enumerate(((_("last time"), before), (_("now"), after))):
        y, x = row * 46, float(_LABEL)
        counts = [(v, sum(a.verdict is v for a in some)) for v in VERDICTS]
        unit = (WIDTH - _LABEL) / max(1, len(before), len(after))
        strokes.append(text(0, y + 24, label, palette["mute"], 14))
        for verdict, count in counts:
            if count:
                look = VERDICTS[verdict]
                sign, ink = f"{look.sign} {count}", palette["ground"]
                strokes.append(_segment(x, y, count * unit - 2, sign, palette[look.tone], ink))
                x += count * unit
        told.append((label, _listed(f"{n} {_(VERDICTS[v].word)}" for v, n in counts if n)))
    return drawn(_("Verdicts now and the last time"), _told(told), 86, strokes, palette)


# --- strokes ----------------------------------------------------------------------------------


def _tile(x: float, y: float, a: Assessment, palette: Palette) -> str:
    look, strong = VERDICTS[a.verdict], a.verdict is Verdict.FAIL
    colour = palette[look.tone]
    fill = colour if strong else "none"
    ink = palette["ground"] if strong else colour
    verdict = f"{a.control} {_(look.word)}"
    return named(
        box(x, y + 0.5, _TILE[0], _TILE[1] - 1, fill, colour, corner=4)
        + text(x + 8, y + 20, look.sign, ink, 12)
        + text(x + 23, y + 20, a.control, ink, 13),
        _("{name}: {words}", name=verdict, words=retold(a.title)),
    )


def _months(shown: Sequence[str], step: float, palette: Palette) -> list[str]:
    """The axis: years above the numbers of their months."""
    strokes = [text(_LABEL, 28, _("older"), palette["mute"], 12)]
    for n, month in enumerate(shown):
        x = _LABEL + (n + 1) * step
        strokes.append(
            text(x + step / 2 - 2, 28, month[5:].lstrip("0"), palette["mute"], 12, "middle")
        )
        if month.endswith("-01") or (n == 0 and month < f"{month[:4]}-11"):
            strokes.append(text(x + 4, 13, month[:4], palette["mute"], 13))
    return strokes


def _square(x: float, y: float, size: float, cases: int, most: int, palette: Palette) -> str:
    if not cases:
        return box(x, y, size, 22, palette["line"], opacity=0.45)
    share = cases / most
    strong = share > 0.6  # no shade between, on which neither ink can be read
    shown = str(cases) if cases < 1000 else _("{thousands:.0f}k", thousands=cases / 1000)
    ink = palette["ground" if strong else "text"]
    return box(
        x,
        y,
        size,
        22,
        palette["critical"],
        opacity=0.8 + 0.2 * share if strong else 0.15 + share / 2,
    ) + text(x + size / 2, y + 15.5, shown, ink, 12, "middle")


def _segment(x: float, y: float, width: float, words: str, fill: str, ink: str) -> str:
    shown = words if width > 30 else ""
    return box(x, y, width, 36, fill) + text(x + width / 2, y + 23, shown, ink, 14, "middle")


def _squares(a: Assessment, shown: Sequence[str]) -> dict[str, int]:
    """Cases by month shown; those before under the empty name."""
    squares = {month: cases for month, cases in a.months if month >= shown[0]}
    earlier = sum(cases for month, cases in a.months if month < shown[0])
    return squares | ({"": earlier} if earlier else {})


def _months_until(last: str) -> list[str]:
    end = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{n // 12:04d}-{n % 12 + 1:02d}" for n in range(end - _MONTHS + 1, end + 1)]


def _cases_in(month: str, cases: int) -> str:
    """``12 in March 2026``."""
    return _(
        "{cases:,} in {month}", cases=cases, month=day(date.fromisoformat(f"{month}-01"), MONTH)
    )


def _listed(parts: Iterable[str]) -> str:
    return ", ".join(parts) or _("nothing")


def _told(rows: Iterable[tuple[str, str]]) -> str:
    """What a picture shows, a sentence a row."""
    return " ".join(_("{name}: {words}.", name=name, words=words) for name, words in rows)
