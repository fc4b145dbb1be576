"""Inputs that no scan looked into: said before anything else, each with what helps."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from vitrail.model import InputFile, RunState
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.settings_view import unapproved_notice


def not_read() -> None:
    """What the last finished scan could not read."""
    unapproved_notice()
    done = [r for r in workspace().runs() if r.kind == "scan" and r.state is RunState.DONE]
    if not done:
        return
    run, _ = workspace().scan_run(done[0].id)
    if run.unreadable:
        lost(run.unreadable, "could not be read whole by the last scan")
    else:
        st.caption(f"✓ The last scan, on {run.started_at:%-d %b %Y}, read every input whole.")


def lost(inputs: Sequence[InputFile], words: str) -> None:
    """A table of inputs, why each was not read, and what helps."""
    noun = "input" if len(inputs) == 1 else "inputs"
    st.warning(f"{len(inputs)} {noun} {words}.", icon=":material/error:")
    st.dataframe(
        [
            {
                "not read": cell(i.name if i.table is None else f"{i.name} · {i.table}"),
                "why": cell(i.reason or ""),
                "what helps": cell(i.remedy or ""),
            }
            for i in inputs
        ],
        hide_index=True,
    )
