"""Explore's answer: what it is about, the picture, every number, and what stands behind them."""

from __future__ import annotations

import streamlit as st

from vitrail.errors import Refused
from vitrail.model import Release
from vitrail.report.measure_titles import titles
from vitrail.translation import _, ngettext, retold
from vitrail.ui.alternatives import by_words
from vitrail.ui.anatomy import chips, section
from vitrail.ui.asking import ask
from vitrail.ui.downloads import downloads
from vitrail.ui.exploration import Exploration
from vitrail.ui.explore_address import go
from vitrail.ui.periods import between
from vitrail.ui.plain_text import sentence
from vitrail.ui.release_chart import release_chart
from vitrail.ui.release_files import file_stem
from vitrail.ui.release_table import release_table


def earlier_answer(asked: Exploration) -> Release | None:
    """The same about the time that it is compared with; None where nothing is."""
    earlier = asked.earlier
    if earlier is None:
        if asked.comparison != "nothing":
            st.caption(_("The facts do not reach back far enough to compare."))
        return None
    try:
        return ask(earlier)
    except Refused as refusal:
        st.caption(_("Nothing to compare with. {refusal}", refusal=sentence(retold(str(refusal)))))
        return None


def answer_picture(asked: Exploration, release: Release, before: Release | None) -> None:
    """The scope as chips, what can be taken away, and the picture that fits the shape."""
    known, name = titles(asked.fact), file_name(asked)
    title = f"{_(asked.fact.title)} {_by(asked)}"
    section(title)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        against = [_("against {span}", span=_days(before))] if before else []
        chips([_days(release), *against, _("release {id}", id=release.id)])
    downloads(release, name, title, known)
    release_chart(release, known, name, before, asked.comparison,
                  lambda value: go(asked.within(value)))  # fmt: skip


def answer_table(asked: Exploration, release: Release, before: Release | None) -> None:
    """Every number of the answer with both errors, and its change where it is compared."""
    section("Every number", _told_of(release))
    release_table(release, titles(asked.fact), before)


def _by(asked: Exploration) -> str:
    return _("by {dimensions}", dimensions=by_words(asked)) if asked.by else _("in all")


def _days(release: Release) -> str:
    span = release.span or release.query.span
    return between(span) if span else _("all closed days")


def _told_of(release: Release) -> str:
    told = _("± is what privacy added (95 %); parts may not add up to a whole.")
    if not release.suppressed:
        return told
    hidden = ngettext(
        "{count:,} row does not show.", "{count:,} rows do not show.", release.suppressed
    )
    return f"{hidden} {told}"


def file_name(asked: Exploration) -> str:
    """What a download is called, without its ending."""
    where = dict(asked.where).values()
    return file_stem(asked.fact.name, "by", *(asked.by or ("whole",)), *where)
