"""The access log: who looked closer at persons, whether the chain is whole, and every line."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from vitrail.ledger import ChainReport
from vitrail.ledger.kinds import KINDS
from vitrail.model import LedgerEvent
from vitrail.translation import N_, _, ngettext, number, retold
from vitrail.ui.anatomy import chips
from vitrail.ui.choice_row import choice_row
from vitrail.ui.code_box import code_box
from vitrail.ui.day_column import moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.one_of import one_or_all
from vitrail.ui.plain_text import cell, sentence
from vitrail.ui.tiles import Tile, tiles

#: What brings somebody nearer to a person in the exports than counts and shapes do.
CLOSER: Final = {
    "revealed": N_("cells revealed"),
    "rows_read": N_("rows looked at"),
    "trace_begun": N_("traces"),
    "minor_deletion_listed": N_("keys written out"),
}
_SHUT: Final = {"denied": N_("denied"), "entry_refused": N_("not let in")}
_DAYS: Final = 30
_SHOWN: Final = 1000


def closer_looks() -> None:
    """Who looked closer at persons in the last days, the most first; and who was refused."""
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    heads = {**CLOSER, **_SHUT}
    lines = [e for e in workspace().events(kinds=set(heads)) if e.at >= since]
    count = Counter(event.kind for event in lines)
    note = _("in {days} days", days=_DAYS)
    tiles([Tile(_(head), number(count[kind]), note=note, quiet=not count[kind])
           for kind, head in heads.items()], width=150)  # fmt: skip
    people = Counter(e.actor for e in lines if e.kind in CLOSER)
    if not people:
        st.caption(
            _(
                "Nobody revealed a cell or looked for a person in the last {days} days.",
                days=_DAYS,
            )
        )
        return
    each = Counter((event.actor, event.kind) for event in lines)
    last = {event.actor: event.at for event in lines if event.kind in CLOSER}
    st.dataframe(
        [
            {
                _("person"): cell(person),
                **{_(head): each[person, kind] for kind, head in heads.items()},
                _("last (UTC)"): last[person],
            }
            for person, _count in people.most_common()
        ],
        hide_index=True,
        column_config={_("last (UTC)"): moment_column()},
        alt=_("How often each person looked closer at somebody, the most first"),
    )


def chain_walked() -> None:
    """Whether every line is as it was written, and the head to note elsewhere."""
    report, at = _walk(str(workspace().layout.root))
    if report.ok:
        words = ngettext(
            "✓ The one line is as it was written",
            "✓ All {count:,} lines are as they were written",
            report.length,
        )
        st.success(_("{words} (walked at {at:%H:%M} UTC).", words=words, at=at))
    else:
        st.error(
            _("✕ The chain is broken. {problem}", problem=sentence(retold(report.problem or ""))),
            icon=":material/link_off:",
        )
    st.caption(_("The head. Noted elsewhere, it shows later that nothing was cut off the end:"))
    code_box(report.head)


@st.cache_data(ttl=60, show_spinner="Walking the chain…")
def _walk(root: str) -> tuple[ChainReport, datetime]:  # noqa: ARG001 - the key
    return workspace().verify_ledger(), datetime.now(UTC)


def every_line() -> None:
    """The newest lines, under filters, and all of them to take away."""
    with choice_row("small"):
        kind = one_or_all(_("What"), sorted(KINDS), "kind", words=_words, width=320)
        _downloads()
    lines = workspace().events(
        kinds=None if kind is None else {kind}, limit=_SHOWN, newest_first=True
    )
    if len(lines) == _SHOWN:
        chips([_("the newest {count:,}; the files hold all", count=_SHOWN)])
    st.dataframe(
        [_row(event) for event in lines],
        hide_index=True,
        alt=_("Lines of the access log, the newest first"),
        column_config={
            _("line"): st.column_config.NumberColumn(width=70, format="%d"),
            _("at (UTC)"): moment_column(seconds=True),
        },
    )


def _words(kind: str) -> str:
    """What a line of that kind tells."""
    return retold(KINDS[kind].words) if kind in KINDS else kind


def _downloads() -> None:
    for form in ("csv", "json"):
        st.download_button(
            form.upper(),
            data=lambda form=form: workspace().access_log(form),  # type: ignore[misc]
            file_name=f"vitrail-access-log-{datetime.now(UTC):%Y-%m-%d}.{form}",
            mime="text/csv" if form == "csv" else "application/json",
            icon=":material/download:",
            on_click="ignore",
            key=f"access-{form}",
        )


def _row(event: LedgerEvent) -> dict[str, object]:
    told = sorted((k, v) for k, v in event.payload.items() if v not in (None, "", [], {}))
    words = " · ".join(f"{key} {_short(value)}" for key, value in told)
    return {
        _("line"): event.seq,
        _("at (UTC)"): event.at,
        _("who"): cell(event.actor),
        _("what"): _words(event.kind),
        _("of what"): cell(words),
    }


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else f"{text[:37]}…"
