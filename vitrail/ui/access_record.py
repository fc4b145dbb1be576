"""The access log: who looked closer at persons, whether the chain is whole, and every line."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

import streamlit as st

from vitrail.ledger import ChainReport
from vitrail.ledger.kinds import KINDS
from vitrail.model import LedgerEvent
from vitrail.ui.anatomy import chips
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell, sentence
from vitrail.ui.tiles import Tile, tiles

#: What brings somebody nearer to a person in the exports than counts and shapes do.
CLOSER: Final = {
    "revealed": "cells revealed",
    "trace_begun": "traces",
    "minor_deletion_listed": "keys written out",
}
_SHUT: Final = {"denied": "denied", "entry_refused": "not let in"}
_DAYS: Final = 30
_SHOWN: Final = 1000


def closer_looks() -> None:
    """Who looked closer at persons in the last days, the most first; and who was refused."""
    since = datetime.now(UTC) - timedelta(days=_DAYS)
    heads = {**CLOSER, **_SHUT}
    lines = [e for e in workspace().events(kinds=set(heads)) if e.at >= since]
    count = Counter(event.kind for event in lines)
    tiles([Tile(head, f"{count[kind]:,}", note=f"in {_DAYS} days", quiet=not count[kind])
           for kind, head in heads.items()], width=150)  # fmt: skip
    people = Counter(e.actor for e in lines if e.kind in CLOSER)
    if not people:
        st.caption(f"Nobody revealed a cell or looked for a person in the last {_DAYS} days.")
        return
    each = Counter((event.actor, event.kind) for event in lines)
    last = {event.actor: event.at for event in lines if event.kind in CLOSER}
    st.dataframe(
        [
            {
                "person": cell(person),
                **{head: each[person, kind] for kind, head in heads.items()},
                "last (UTC)": f"{last[person]:%Y-%m-%d %H:%M}",
            }
            for person, _ in people.most_common()
        ],
        hide_index=True,
        alt="How often each person looked closer at somebody, the most first",
    )


def chain_walked() -> None:
    """Whether every line is as it was written, and the head to note elsewhere."""
    report, at = _walk(str(workspace().layout.root))
    if report.ok:
        words = f"✓ All {report.length:,} lines are as they were written"
        st.success(f"{words} (walked at {at:%H:%M} UTC).")
    else:
        st.error(
            f"✕ The chain is broken. {sentence(report.problem or '')}", icon=":material/link_off:"
        )
    st.caption("The head. Noted elsewhere, it shows later that nothing was cut off the end:")
    st.code(report.head, language=None)


@st.cache_data(ttl=60, show_spinner="Walking the chain…")
def _walk(root: str) -> tuple[ChainReport, datetime]:  # noqa: ARG001 - the key
    return workspace().verify_ledger(), datetime.now(UTC)


def every_line() -> None:
    """The newest lines, under filters, and all of them to take away."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox("What", sorted(KINDS), index=None, placeholder="everything",
                            key="kind", bind="query-params", width=240)  # fmt: skip
        _downloads()
    lines = workspace().events(
        kinds=None if kind is None else {kind}, limit=_SHOWN, newest_first=True
    )
    if len(lines) == _SHOWN:
        chips([f"the newest {_SHOWN:,}; the files hold all"])
    st.dataframe(
        [_row(event) for event in lines],
        hide_index=True,
        alt="Lines of the access log, the newest first",
        column_config={"line": st.column_config.NumberColumn(width=70, format="localized")},
    )


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
    told = " · ".join(f"{key} {_short(value)}" for key, value in sorted(event.payload.items()))
    known = KINDS.get(event.kind)
    return {
        "line": event.seq,
        "at (UTC)": f"{event.at:%Y-%m-%d %H:%M:%S}",
        "who": cell(event.actor),
        "what": known.words if known else event.kind,
        "of what": cell(told),
    }


def _short(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 40 else f"{text[:37]}…"
