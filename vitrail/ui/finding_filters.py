"""Which findings the page is about: the filters, in the address too, and what they leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from vitrail.detect.entities import ENTITIES, plain_words
from vitrail.model import FindingFilter, FindingTally, Severity, Standing, Where
from vitrail.translation import N_, _, ngettext
from vitrail.ui.anatomy import empty
from vitrail.ui.choice_row import choice_row
from vitrail.ui.entrance import workspace
from vitrail.ui.one_of import one_of, one_or_all, put
from vitrail.ui.plain_text import literal, plain

_ANY: Final = N_("any")
_CHIPS: Final = ("kind", "dataset", "severity", "owner")
_OURS: Final = ("kind", "severity")
NOBODY: Final = N_("nobody yet")
#: Datasets offered by name; any other can be typed.
_OFFERED: Final = 500


@dataclass(frozen=True, slots=True)
class Shown:
    """The findings that a page is about: the filter, and how many it leaves."""

    chosen: FindingFilter
    tally: FindingTally


def findings_chosen() -> Shown:
    """The filter as its controls and the address have it; stops the page where nothing is known."""
    with choice_row():
        where = one_of(
            _("Where"), [w.value for w in Where], "where", width=118,
            help=_("expected: the mapping declares that the column holds such data."),
        )  # fmt: skip
        standings = [*(s.value for s in Standing), _ANY]
        standing = one_of(_("Status"), standings, "status", width=140)
        new = st.checkbox(_("New only"), key="new", bind="query-params",
                          help=_("No scan before the last one had found it."))  # fmt: skip
    place = choice_row(key="scope-more")
    chosen = FindingFilter(
        where=Where(where),
        standing=None if standing == _ANY else Standing(standing),
        entity_type=_kind(_asked("kind")),
        dataset=_asked("dataset"),
        severity=_severity(_asked("severity")),
        owner=_owner(_asked("owner")),
        new=new,
    )
    tally = workspace().finding_tally(chosen)
    if not tally.known:
        _nothing_found()
    with place:
        _offer(_("Severity"), "severity", [s.value for s in reversed(Severity)], 120)
        _offer(_("Kind of data"), "kind", sorted(map(plain_words, tally.offered_kinds)), 180)
        _offer(_("Dataset"), "dataset", tally.offered_datasets[:_OFFERED], 190)
        _offer(_("Owner"), "owner", [o or NOBODY for o in sorted(tally.owners)], 150)
    _chips()
    return Shown(chosen, tally)


def narrow(key: str, value: str | None) -> None:
    """Set one of the filters from elsewhere on the page; None takes it away."""
    put(key, value)
    st.session_state["findings-page"] = 1
    st.query_params.pop("finding", None)


def _asked(key: str) -> str | None:
    """What a control that is drawn further down holds: what the address says."""
    return st.query_params.get(key)


def _offer(label: str, key: str, options: Iterable[str], width: int) -> None:
    """A filter by name; what was asked for stays on offer though nothing is left of it."""
    offered = list(options)
    asked = _asked(key)
    if asked is not None and asked not in offered:
        offered.append(asked)
    one_or_all(label, offered, key, words=_ if key in _OURS else _nobody_or, width=width)


def _nobody_or(name: str) -> str:
    """A dataset or an owner is data; that there is no owner is said in our words."""
    return _(name) if name == NOBODY else plain(name)


def _kind(words: str | None) -> str | None:
    if words is None:
        return None
    own = words.upper().replace(" ", "_")
    return next((kind for kind in ENTITIES if plain_words(kind) == words), own)


def _severity(word: str | None) -> Severity | None:
    return Severity(word) if word in {s.value for s in Severity} else None


def _owner(name: str | None) -> str | None:
    return "" if name == NOBODY else name


def _chips() -> None:
    """The filters in force; a chip takes its filter away."""
    chosen = [(key, value) for key in _CHIPS if (value := _asked(key))]
    if chosen:
        with st.container(horizontal=True, gap="small"):
            for key, value in chosen:
                st.button(
                    literal(_(value) if key in _OURS or value == NOBODY else value),
                    icon=":material/close:", key=f"drop-{key}",
                    on_click=narrow, args=(key, None), help=_("Take this filter away"),
                )  # fmt: skip


def _nothing_found() -> None:
    done = [r for r in workspace().runs() if r.kind == "scan" and r.ended_at]
    if done:
        empty(
            "Nothing was found",
            ngettext(
                "{count} scan ended without a finding. What it did not read stands on the Scan "
                "page.",
                "{count} scans ended without a finding. What they did not read stands on the "
                "Scan page.",
                len(done),
            ),
        )
    else:
        empty("Nothing scanned yet", "Findings come from a scan of the exports.", "vitrail scan")
    st.stop()
