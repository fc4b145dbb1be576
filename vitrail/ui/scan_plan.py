"""What the next scan will read, and what it cannot."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from vitrail.translation import N_, _, ngettext, number
from vitrail.ui.anatomy import empty, told
from vitrail.ui.entrance import workspace
from vitrail.ui.one_of import one_of
from vitrail.ui.scan_history import last_took
from vitrail.ui.scan_words import duration, size
from vitrail.ui.tiles import Tile, tiles
from vitrail.ui.unread import lost
from vitrail.workspace import Workspace

if TYPE_CHECKING:  # detection takes a second and a half to load: no page waits for it to open
    from vitrail.scan import ScanOptions, ScanPlan
    from vitrail.scan.options import Names, Sample

SAMPLES: Final[tuple[Sample, ...]] = (N_("exhaustive"), N_("quick"))
NAMES: Final[tuple[Names, ...]] = (N_("auto"), N_("all"), N_("off"))


def options_chosen() -> ScanOptions:
    """How thorough: every value or a sample, with or without names."""
    from vitrail.scan import ScanOptions

    with st.container(horizontal=True, vertical_alignment="bottom"):
        sample = one_of(
            _("Values"), SAMPLES, "sample", width=150,
            help=_("exhaustive looks at every value; quick at a sample, and says its bound."),
        )  # fmt: skip
        names = one_of(
            _("Names"), NAMES, "names", width=130,
            help=_("Names need models and time: auto follows a budget, off looks for patterns "
                   "only."),
        )  # fmt: skip
    return ScanOptions(sample=cast("Sample", sample), names=cast("Names", names))


def plan(options: ScanOptions) -> None:
    """What a scan with these options would read, look for and cost, as soon as that is known."""
    waiting = not _planned(options).done()
    st.fragment(_plan, run_every=1.0 if waiting else None)(options, waiting)


def _plan(options: ScanOptions, was_waiting: bool) -> None:
    with told():
        planned = _planned(options)
        if not planned.done():
            st.caption(_("Looking into the exports…"))
        elif was_waiting:
            st.rerun(scope="app")
        else:
            _shown(planned.result())


def _planned(options: ScanOptions) -> Future[ScanPlan]:
    house = workspace()
    config = house.layout.config.stat().st_mtime_ns
    return _begin(options, (str(house.layout.root), config, *exports_state()), house)


@st.cache_resource(show_spinner=False, max_entries=8)
def _begin(
    options: ScanOptions,
    state: tuple[object, ...],  # noqa: ARG001 - part of the key of the cache
    _house: Workspace,
) -> Future[ScanPlan]:
    """A plan opens every export, so it is made beside the page, which stays awake."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="plan")
    try:
        return pool.submit(_house.plan_scan, options)
    finally:
        pool.shutdown(wait=False)


def exports_state() -> tuple[int, int, int]:
    """Files, bytes and the latest change in the exports folder."""
    stats = [p.stat() for p in workspace().layout.exports.rglob("*") if p.is_file()]
    latest = max((s.st_mtime_ns for s in stats), default=0)
    return len(stats), sum(s.st_size for s in stats), latest


def _no_exports() -> None:
    folder = workspace().layout.exports.name
    empty(
        "No exports here",
        _(
            "Put the exports of your systems into the folder `{folder}` of this workspace; "
            "or look at a made-up company first:",
            folder=folder,
        ),
        "vitrail demo DIR",
    )


def _shown(plan: ScanPlan) -> None:
    """What would be left out first; then how much there is to read, and about how long it takes."""
    if not plan.datasets and not plan.unreadable:
        _no_exports()
        return
    if plan.unreadable:
        lost(plan.unreadable, _("cannot be read and will be left out"))
    else:
        st.caption(
            ngettext(
                "✓ The dataset can be read.",
                "✓ All {count:,} datasets can be read.",
                len(plan.datasets),
            )
        )
    rows = ngettext("about {count:,} row", "about {count:,} rows", plan.rows)
    tiles(
        [
            Tile(_("Datasets"), number(len(plan.datasets))),
            Tile(_("Columns"), number(len(plan.columns))),
            Tile(_("To read"), size(plan.bytes), note=rows),
            Tile(_("Kinds of data"), number(len(plan.entities))),
            Tile(_("Takes about"), duration(plan.seconds_estimate), note=last_took(), hint=_(
                "By rates measured on a machine of two cores; other work on it adds to that.")),
        ],
        width=150,
    )  # fmt: skip
