"""What a scan would read, and first of all what it could not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, cast

import streamlit as st

from vitrail.model import InputFile
from vitrail.scan import ScanOptions, ScanPlan
from vitrail.scan.options import Names, Sample
from vitrail.ui.anatomy import empty
from vitrail.ui.entrance import workspace
from vitrail.ui.scan_words import duration, size
from vitrail.ui.tiles import Tile, tiles

SAMPLES: Final[tuple[Sample, ...]] = ("exhaustive", "quick")
NAMES: Final[tuple[Names, ...]] = ("auto", "all", "off")


def options_chosen() -> ScanOptions:
    """How thorough: every value or a sample, with or without names."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        sample: Sample = st.selectbox(
            "Values", SAMPLES, key="sample", bind="query-params", width=150,
            help="exhaustive looks at every value; quick at a sample, and says its bound.",
        )  # fmt: skip
        names: Names = st.selectbox(
            "Names", NAMES, key="names", bind="query-params", width=130,
            help="Names need models and time: auto follows a budget, off looks for patterns only.",
        )  # fmt: skip
    return ScanOptions(sample=sample, names=names)


def plan_of(options: ScanOptions) -> ScanPlan:
    """What a scan with these options would read, look for and cost."""
    state = (options, _exports_state())
    known, plan = st.session_state.get("plan", (None, None))
    if known != state or plan is None:  # it opens every export: not again at each click
        with st.spinner("Looking at the exports…"):
            plan = workspace().plan_scan(options)
        st.session_state["plan"] = (state, plan)
    if not plan.datasets and not plan.unreadable:
        _no_exports()
    return cast("ScanPlan", plan)


def _exports_state() -> tuple[int, int, int]:
    """Files, bytes and the latest change in the exports folder."""
    stats = [p.stat() for p in workspace().layout.exports.rglob("*") if p.is_file()]
    latest = max((s.st_mtime_ns for s in stats), default=0)
    return len(stats), sum(s.st_size for s in stats), latest


def _no_exports() -> None:
    folder = workspace().layout.exports.name
    empty(
        "No exports here",
        f"Put the exports of your systems into the folder `{folder}` of this workspace; or "
        "look at a made-up company first:",
        "vitrail demo DIR",
    )
    st.stop()


def not_read(plan: ScanPlan) -> None:
    """What would be left out and what the last scan left out, before anything else."""
    if plan.unreadable:
        _lost(plan.unreadable, "cannot be read and would not be scanned")
    else:
        st.caption(f"✓ All {len(plan.datasets):,} datasets can be read; none would be left out.")


def _lost(inputs: Iterable[InputFile], words: str) -> None:
    rows = [
        {"not read": i.name, "why": i.reason or "", "what helps": i.remedy or ""} for i in inputs
    ]
    noun = "input" if len(rows) == 1 else "inputs"
    st.warning(f"{len(rows)} {noun} {words}.", icon=":material/error:")
    st.dataframe(rows, hide_index=True)


def plan_tiles(plan: ScanPlan) -> None:
    """How much there is to read, and about how long it takes."""
    tiles(
        [
            Tile("Datasets", f"{len(plan.datasets):,}"),
            Tile("Columns", f"{len(plan.columns):,}"),
            Tile("To read", size(plan.bytes), note=f"about {plan.rows:,} rows"),
            Tile("Kinds of data", f"{len(plan.entities):,}"),
            Tile("Takes about", duration(plan.seconds_estimate), hint="From rates measured on a "
                 "machine of two cores; names may add to it."),
        ],
        width=150,
    )  # fmt: skip
