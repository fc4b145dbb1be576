"""Coarser questions near one, and which of them will show the most. No Streamlit here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vitrail.gate import Dimension, DimensionKind, Forecast
from vitrail.translation import _
from vitrail.ui.exploration import Exploration

#: From this share of cells on, a table is worth looking at.
WORTHWHILE: Final = 0.7

#: Splits of which less will show are not offered.
_STILL_SHOWS: Final = 0.4

_TWO: Final = 2
_FARTHEST: Final = 3
_MOST_TRIED: Final = 40


@dataclass(frozen=True, slots=True)
class Alternative:
    """A coarser question, what it changes in words, and what will show of it."""

    asked: Exploration
    words: str
    forecast: Forecast


def alternatives(
    asked: Exploration, foretell: Callable[[Exploration], Forecast | None], most: int = 3
) -> tuple[Alternative, ...]:
    """The coarser questions that keep most of this one: first those with the most rows to show."""
    found = []
    for near in _nearby(asked):
        forecast = foretell(near)
        if forecast is not None and forecast.cells and forecast.share >= WORTHWHILE:
            found.append(Alternative(near, _words(near, asked), forecast))
    found.sort(key=lambda a: -round(a.forecast.showing))
    return tuple(found[:most])


def finer(
    asked: Exploration, foretell: Callable[[Exploration], Forecast | None]
) -> tuple[Alternative, ...]:
    """The question split by one dimension more, where enough of that will show."""
    found = []
    for dimension in asked.fact.dimensions:
        near = _split(asked, dimension)
        forecast = foretell(near) if near is not None else None
        if near is not None and forecast is not None and forecast.share >= _STILL_SHOWS:
            found.append(
                Alternative(near, _("by {dimensions}", dimensions=by_words(near)), forecast)
            )
    return tuple(found)


def _split(asked: Exploration, dimension: Dimension) -> Exploration | None:
    """The question by ``dimension`` too; in the place of a coarser one that it makes needless."""
    name = dimension.name
    grains = {d.name for d in asked.fact.dimensions if d.kind is DimensionKind.PERIOD}
    above = {d.parent for n in asked.by if (d := asked.fact.dimension(n))}
    taken = {*asked.by, *(n for n, _value in asked.where), *above}
    other_grain = name in grains and grains & set(asked.by)
    if name in taken or len(dimension.values) < _TWO or (other_grain and name != "week"):
        return None
    kept = tuple(n for n in asked.by if n != dimension.parent)
    return replace(asked, by=(*kept, name))


def by_words(asked: Exploration) -> str:
    """``month × channel × region``."""
    titles = [asked.title(name) for name in asked.by]
    return " × ".join(title[:1].lower() + title[1:] for title in titles) or _("the whole")


def _words(near: Exploration, asked: Exploration) -> str:
    """What the coarser question is by, and which conditions it does without."""
    dropped = [value for pair in asked.where if pair not in near.where for value in pair[1:]]
    by = _("by {dimensions}", dimensions=by_words(near))
    return ", ".join([by, *(_("not only {value}", value=value) for value in dropped)])


def _nearby(asked: Exploration) -> Iterator[Exploration]:
    """Questions one step coarser, then two, then three; each once, none too many."""
    ring: Sequence[Exploration] = [asked]
    seen, tried = {_sameness(asked)}, 0
    for _step in range(_FARTHEST):
        wider = []
        for near in (step for one in ring for step in _steps(one)):
            if _sameness(near) not in seen and tried < _MOST_TRIED:
                seen.add(_sameness(near))
                tried += 1
                wider.append(near)
                yield near
        ring = wider


def _sameness(asked: Exploration) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    return frozenset(asked.by), frozenset(asked.where)


def _steps(asked: Exploration) -> Iterator[Exploration]:
    """One dimension coarser or left out, or one condition fewer."""
    for name in asked.by:
        known = asked.fact.dimension(name)
        parent = known.parent if known else None
        if parent is not None and parent not in asked.by and asked.fact.dimension(parent):
            yield replace(asked, by=tuple(parent if n == name else n for n in asked.by))
        if len(asked.by) > 1:
            yield replace(asked, by=tuple(n for n in asked.by if n != name))
    for name, _value in asked.where:
        yield asked.without(name)
