"""Inputs that no scan looked into: said before anything else, each with what helps."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from vitrail.model import InputFile, RunState
from vitrail.translation import _, ngettext, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell
from vitrail.ui.settings_view import unapproved_notice


def not_read() -> None:
    """What the last finished scan could not read."""
    unapproved_notice()
    done = [r for r in workspace().runs() if r.kind == "scan" and r.state is RunState.DONE]
    if not done:
        return
    unread = workspace().unread_inputs(done[0].id)
    if unread:
        lost(unread, _("could not be read whole by the last scan"))
    else:
        st.caption(
            _(
                "✓ The last scan, on {day}, read every input whole.",
                day=done[0].started_at,
            )
        )


def lost(inputs: Sequence[InputFile], words: str) -> None:
    """A table of inputs, why each was not read, and what helps."""
    count = ngettext("{count} input", "{count} inputs", len(inputs))
    st.warning(f"{count} {words}.", icon=":material/error:")
    st.dataframe(
        [
            {
                _("not read"): cell(i.name if i.table is None else f"{i.name} · {i.table}"),
                _("why"): cell(retold(i.reason or "")),
                _("what helps"): cell(retold(i.remedy or "")),
            }
            for i in inputs
        ],
        hide_index=True,
    )
