"""The time that a page looks at and what it is compared with; all of it in the address.

``by=week&weeks=13+weeks&compare=previous+year``, or ``weeks=own+dates&from=…&to=…``, which are
moved to whole closed periods.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import streamlit as st

from vitrail.errors import UsageError
from vitrail.model import Span
from vitrail.translation import _
from vitrail.ui.day_picker import day_picker
from vitrail.ui.one_of import one_of
from vitrail.ui.periods import (
    COMPARISONS,
    EVERYTHING,
    GRAINS,
    LENGTHS,
    OWN,
    USUAL,
    Comparison,
    Grain,
    Window,
    between,
    grain_words,
    length_words,
    moved,
    own_window,
    whole_of,
    window,
)


def time_keys(grains: Sequence[Grain] = GRAINS, usual: str | None = None) -> dict[str, list[str]]:
    """The keys of the address that are the time's, with their choices, the usual one first."""
    keys: dict[str, list[str]] = {"by": list(grains)} if len(grains) > 1 else {}
    for grain in grains:
        lengths = [*(f"{n} {grain}s" for n in LENGTHS[grain]), EVERYTHING, OWN]
        first = usual or _usual(grain)
        keys[f"{grain}s"] = [first, *(length for length in lengths if length != first)]
    return keys | {"compare": list(COMPARISONS)}


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """Closed weeks or months, the window of them looked at, and the calendar span in it.

    ``window`` is told row by row; of ``whole``, a week, month, quarter or year, wholes are told.
    """

    grain: Grain
    window: Window
    whole: Window
    comparison: Comparison

    @property
    def against(self) -> str:
        """What the window is compared with, in words."""
        return self._against(self.window)

    @property
    def whole_words(self) -> str:
        """The days that wholes are told of, and what they are compared with."""
        return ", ".join(self.whole_chips)

    @property
    def whole_chips(self) -> tuple[str, str]:
        """The same in two."""
        return between(self.whole.span), self._against(self.whole)

    def _against(self, looked_at: Window) -> str:
        if looked_at.before:
            return _("against {span}", span=between(looked_at.before))
        if self.comparison == "nothing":
            return _("compared with nothing")
        return _("the facts do not reach back to compare")


def time_choice(
    first: date, last: date, grains: Sequence[Grain] = GRAINS, usual: str | None = None
) -> TimeChoice:
    """The controls of the time; ``usual`` is the length that a page begins with.

    Raises :class:`~vitrail.errors.UsageError` where no period of that time is closed.
    """
    grain: Grain = grains[0]
    if len(grains) > 1:
        grain = cast(Grain, one_of(_("By"), grains, "by", words=grain_words, width=116))
    lengths = {f"{n} {grain}s": n for n in LENGTHS[grain]}
    offered = [*lengths, EVERYTHING, OWN]
    usual = usual or _usual(grain)
    length = one_of(_("Period"), offered, f"{grain}s", usual=usual, words=length_words, width=124)
    comparison = cast(Comparison, one_of(_("Compare with"), COMPARISONS, "compare", width=176))
    found = window(first, last, grain, lengths.get(length), comparison)
    if found is None:
        raise UsageError(f"No {grain} is closed yet in these exports.", "Choose a finer period.")
    if length == OWN:
        found = _own(first, last, grain, comparison, found)
    return TimeChoice(grain, found, whole_of(found, first, comparison), comparison)


def _usual(grain: Grain) -> str:
    return f"{USUAL[grain]} {grain}s"


def time_steps(time: TimeChoice, first: date, last: date) -> None:
    """Buttons to the same number of periods before and after, by the arrow keys too."""
    for label, forward, key in ((_("Earlier"), False, "Left"), (_("Later"), True, "Right")):
        span = moved(time.window.span, time.grain, first, last, forward)
        words = between(span) if span else _("The facts do not reach there")
        st.button(label, key=f"step-{key}", shortcut=key, help=words, disabled=span is None,
                  on_click=look_at, args=(span, time.grain))  # fmt: skip


def look_at(span: Span, grain: Grain) -> None:
    """Look at other days: they become the address. For callbacks of widgets."""
    st.query_params[f"{grain}s"] = OWN
    st.query_params["from"], st.query_params["to"] = str(span.first), str(span.last)


def _own(first: date, last: date, grain: Grain, comparison: Comparison, whole: Window) -> Window:
    """The days that the address names, else the last periods there are."""
    asked = _days() or window(first, last, grain, USUAL[grain], comparison) or whole
    span = asked if isinstance(asked, Span) else asked.span
    chosen = own_window(span, first, last, grain, comparison)
    day_picker("days", chosen.span, first, last, lambda days: look_at(days, grain))
    return chosen


def _days() -> Span | None:
    ends = [st.query_params.get(key) for key in ("from", "to")]
    try:
        first, last = (date.fromisoformat(end or "") for end in ends)
    except ValueError:
        return None
    return Span(first, last) if first <= last else None
