"""What will show of a question, said before it is asked; coarser ones are one click away."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.errors import Refused
from vitrail.gate import Forecast, foretell, totals
from vitrail.model import Release
from vitrail.translation import _, ngettext, retold
from vitrail.ui.alternatives import Alternative, alternatives, by_words, finer
from vitrail.ui.anatomy import section
from vitrail.ui.asking import ask
from vitrail.ui.exploration import Exploration
from vitrail.ui.explore_address import go, wanted_anyway
from vitrail.ui.plain_text import literal, sentence

#: Below these shares of cells and of people, a question waits until the answer is wanted anyway.
_FEW_CELLS: Final = 0.25
_FEW_PEOPLE: Final = 0.5

#: With so many rows at least, coarser ones are offered beside an answer.
_OFFERED_BELOW: Final = 0.6


def outlook(asked: Exploration) -> Release | None:
    """The answer, with what was foretold of it; None where little would show, or it is refused."""
    forecast = _foretold(asked)
    near = _alternatives(asked, forecast)
    if forecast is not None and _little(forecast) and not wanted_anyway():
        _held_back(asked, forecast, near)
        return None
    try:
        release = ask(asked.query)
    except Refused as refusal:
        _refused(refusal, near)
        return None
    if forecast is not None and asked.by:
        _told(forecast, release, near)
    return release


def _foretold(asked: Exploration) -> Forecast | None:
    """The forecast, from published totals; None where there are none for this time."""
    query = asked.query
    try:
        return foretell(query, asked.fact, [ask(total) for total in totals(query, asked.fact)])
    except Refused:
        return None


def _little(forecast: Forecast) -> bool:
    return forecast.share < _FEW_CELLS and forecast.covered < _FEW_PEOPLE


def _alternatives(asked: Exploration, forecast: Forecast | None) -> tuple[Alternative, ...]:
    if forecast is not None and forecast.share >= _OFFERED_BELOW:
        return ()
    return alternatives(asked, _foretold)


def words(forecast: Forecast) -> str:
    """``about 4 of 600 rows, with about 30 % of the people``."""
    return ngettext(
        "about {showing:,} of {count:,} row, with about {share} % of the people",
        "about {showing:,} of {count:,} rows, with about {share} % of the people",
        forecast.cells,
        showing=round(forecast.showing),
        share=round(20 * forecast.covered) * 5,
    )


def _held_back(asked: Exploration, forecast: Forecast, near: tuple[Alternative, ...]) -> None:
    with st.container(border=True):
        st.header(_("Little of this would show: {words}.", words=words(forecast)), anchor=False)
        st.write(
            _(
                "By {dimensions}, most rows hold too few people to be shown. Coarser rows show "
                "more, and closer: small ones get more noise. Nothing has been asked yet but "
                "totals that are published anyway.",
                dimensions=by_words(asked),
            )
        )
        _offer(near, "coarser")
        st.button(_("Ask all the same"), key="explore-anyway", type="tertiary",
                  on_click=lambda: go(asked, anyway=True))  # fmt: skip


def _refused(refusal: Refused, near: tuple[Alternative, ...]) -> None:
    with st.container(border=True):
        st.header(sentence(retold(refusal.message)), anchor=False)
        st.write(sentence(retold(refusal.remedy)))
        _offer(near, "coarser")


def _told(forecast: Forecast, release: Release, near: tuple[Alternative, ...]) -> None:
    if not release.suppressed:
        shown = ngettext("The only row shows.", "All {count:,} rows show.", forecast.cells)
        st.caption(shown)
        return
    st.caption(
        _(
            "{shown:,} of {cells:,} rows show; about {foretold:,} were foretold from "
            "published totals.",
            shown=forecast.cells - release.suppressed,
            cells=forecast.cells,
            foretold=round(forecast.showing),
        )
    )
    _offer(near, "coarser")


def closer(asked: Exploration) -> None:
    """The question split further, each way with what will show of it."""
    near = finer(asked, _foretold)
    if near:
        section("Split further", "With the rows that will show, foretold from published totals: "
                "nothing is asked before you choose.")  # fmt: skip
        _offer(near, "finer")


def _offer(near: tuple[Alternative, ...], way: str) -> None:
    """A button for each question nearby, with what will show of it."""
    icon = ":material/zoom_out:" if way == "coarser" else ":material/zoom_in:"
    with st.container(horizontal=True, gap="small"):
        for index, other in enumerate(near):
            cells = _(
                "{part:,} of {whole:,}",
                part=round(other.forecast.showing),
                whole=other.forecast.cells,
            )
            words = f"{other.words[:1].upper()}{other.words[1:]}"
            label = _("{question}: {cells}", question=words, cells=cells)
            st.button(literal(label), key=f"explore-{way}-{index}", icon=icon,
                      on_click=go, args=(other.asked,))  # fmt: skip
