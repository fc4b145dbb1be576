"""Explore's answer: what it is about, the picture, every number, and what stands behind them."""

from __future__ import annotations

import streamlit as st

from vitrail.model import Release
from vitrail.ui.alternatives import by_words
from vitrail.ui.anatomy import chips, section
from vitrail.ui.downloads import downloads
from vitrail.ui.exploration import Exploration
from vitrail.ui.measure_titles import titles
from vitrail.ui.periods import between
from vitrail.ui.release_chart import release_chart
from vitrail.ui.release_files import file_stem
from vitrail.ui.release_table import release_table


def answer_picture(asked: Exploration, release: Release) -> None:
    """The scope as chips, what can be taken away, and the picture that fits the shape."""
    known, name = titles(asked.fact), file_name(asked)
    title = f"{asked.fact.title} {_by(asked)}"
    section(title)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        chips([_days(release), f"release {release.id}"])
    downloads(release, name, title, known)
    release_chart(release, known, name)


def answer_table(asked: Exploration, release: Release) -> None:
    """Every number of the answer with both errors."""
    section("Every number", _told_of(release))
    release_table(release, titles(asked.fact))


def _by(asked: Exploration) -> str:
    return f"by {by_words(asked)}" if asked.by else "in all"


def _days(release: Release) -> str:
    span = release.span or release.query.span
    return between(span) if span else "all closed days"


def _told_of(release: Release) -> str:
    rows = "row does" if release.suppressed == 1 else "rows do"
    hidden = f"{release.suppressed:,} {rows} not show. " if release.suppressed else ""
    return f"{hidden}± is what privacy added (95 %); parts may not add up to a whole."


def file_name(asked: Exploration) -> str:
    """What a download is called, without its ending."""
    where = (value for _, value in asked.where)
    return file_stem(asked.fact.name, "by", *(asked.by or ("whole",)), *where)
