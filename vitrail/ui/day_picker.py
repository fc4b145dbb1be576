"""Days of one's own: a picker that shows whole weeks or months, whichever days are clicked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import streamlit as st

from vitrail.model import Span
from vitrail.translation import _

_BOTH: Final = 2


def day_picker(
    key: str, span: Span, first: date, last: date, chosen: Callable[[Span], None]
) -> None:
    """Show ``span`` and call ``chosen`` with other days once both ends are clicked.

    ``first`` and ``last`` bound what can be clicked; ``span`` may lie outside.
    """
    st.session_state[key] = (span.first, span.last)

    def picked() -> None:
        ends = st.session_state[key]
        if len(ends) == _BOTH:  # between the two clicks there is one
            chosen(Span(*ends))

    st.date_input(_("From and to (whole weeks or months)"), min_value=min(first, span.first),
                  max_value=max(last, span.last), key=key, on_change=picked,
                  format=_("YYYY-MM-DD"), width=236)  # fmt: skip
