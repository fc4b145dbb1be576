"""Verdicts over the last checks: which promises changed, the broken ones first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from vitrail.model import Verdict
from vitrail.translation import N_, _, day, moment, ngettext
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.verdicts import ORDER, verdict_word
from vitrail.workspace import CheckRun
from vitrail.workspace.check_records import CheckRecord

_CHECKS: Final = 8
_UNKNOWN: Final = N_("not in it")


def promise_trend(run: CheckRun) -> None:
    """A row a promise, a column a check, newest at the left; what changed stands first."""
    records = workspace().check_history(_CHECKS)
    if len(records) < 2:
        st.caption(_("One check so far; from the second on, what changed stands here."))
        return
    titles = {a.control: a.title for a in run.assessments}
    only = st.checkbox(_("Only what changed"), value=True, key="changed", bind="query-params")
    lines = sorted(titles, key=lambda c: (not _changed(records, c), _rank(records[0], c), c))
    rows = [
        {
            _("promise"): c,
            "": cell(_(titles[c])),
            **{_head(r, records): _word(r, c) for r in records},
        }
        for c in lines
        if _changed(records, c) or not only
    ]
    if rows:
        st.dataframe(
            rows, hide_index=True, alt=_("Verdicts by promise and check, the newest first")
        )
    else:
        st.caption(
            ngettext(
                "✓ No verdict changed: there was one check.",
                "✓ No verdict changed over the last {count} checks.",
                len(records),
            )
        )
    st.caption(
        " · ".join(
            _(
                "{day}: {broken} ✕ of {all}",
                day=r.at,
                broken=sum(v is Verdict.FAIL for v in r.verdicts.values()),
                all=len(r.verdicts),
            )
            for r in records
        )
    )


def _head(record: CheckRecord, records: Sequence[CheckRecord]) -> str:
    """The day of a check; of several on one day the minute, and of several in a minute its id."""
    for written in (day, moment):
        words = written(record.at)
        if sum(written(other.at) == words for other in records) == 1:
            return words
    return f"{moment(record.at)} {record.id[-4:]}"


def _word(record: CheckRecord, control: str) -> str:
    verdict = record.verdicts.get(control)
    return _(_UNKNOWN) if verdict is None else verdict_word(verdict)


def _changed(records: Sequence[CheckRecord], control: str) -> bool:
    return len({r.verdicts[control] for r in records if control in r.verdicts}) > 1


def _rank(record: CheckRecord, control: str) -> int:
    verdict = record.verdicts.get(control)
    return len(ORDER) if verdict is None else ORDER[verdict]
