"""One cell in clear, for a stated reason, for sixty seconds: on no disk, in no cache, in no URL.

What was read lies in this session's memory. A timer empties it whatever becomes of the page, a
fragment takes it off the page, and the page hides it by itself should the server be gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Timer
from time import monotonic
from typing import Final

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import Finding, Revealed
from vitrail.translation import _, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import hypertext, sentence

SECONDS: Final = 60.0
_KEY: Final = "revealed"
_REFUSED: Final = "reveal-refused"
_NEAR: Final = 2_000
_BOX: Final = (
    "white-space:pre-wrap;overflow-wrap:anywhere;font-family:monospace;font-size:0.9rem;padding:"
    "0.7rem;border:1px solid color-mix(in srgb,currentColor 30%,transparent);border-radius:0.4rem"
)


@dataclass
class Held:
    """A cell in clear, until it is time."""

    cell: Revealed | None
    ends: float = field(default_factory=lambda: monotonic() + SECONDS)

    def left(self) -> float:
        return max(0.0, self.ends - monotonic())

    def forget(self) -> None:
        self.cell = None


def reveal_one(finding: Finding, samples: int) -> None:
    """The way to a cell in clear, and the cell while it may be seen."""
    held = st.session_state.get(_KEY)
    if isinstance(held, Held) and held.cell and held.cell.finding == finding.id:
        st.fragment(_shown, run_every=1.0)()
        return
    forget()
    if _REFUSED in st.session_state:
        st.warning(sentence(st.session_state.pop(_REFUSED)), icon=":material/info:")
    with (
        st.form(f"reveal-{finding.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(_("Sample"), range(samples), format_func=lambda n: f"{n + 1}",
                     key="reveal-sample", width=90)  # fmt: skip
        st.text_input(_("Reason to see it in clear"), key="reveal-reason",
                      placeholder=_("It goes to the ledger, with your name, first."))  # fmt: skip
        st.form_submit_button(_("Reveal for 60 s"), icon=":material/visibility:",
                              on_click=_reveal, args=(finding.id,))  # fmt: skip


def _reveal(finding: str) -> None:
    forget()
    number, reason = st.session_state["reveal-sample"], st.session_state["reveal-reason"]
    try:
        held = Held(workspace().reveal(finding, number, reason))
    except VitrailError as error:
        st.session_state[_REFUSED] = retold(str(error))
        return
    st.session_state[_KEY] = held
    timer = Timer(SECONDS, held.forget)
    timer.daemon = True
    timer.start()


def forget() -> None:
    """Forget what is in clear, at once."""
    held = st.session_state.pop(_KEY, None)
    if isinstance(held, Held):
        held.forget()


def _shown() -> None:
    """The cell and how long it stays; once a second."""
    held = st.session_state.get(_KEY)
    if not isinstance(held, Held) or held.cell is None or not held.left():
        forget()
        st.rerun(scope="app")
        return
    st.html(_clear(held.cell, held.left()))
    st.caption(_("In clear for {left:.0f} s more. Your reason is in the ledger.", left=held.left()))
    if st.button(_("Hide now"), icon=":material/visibility_off:", key="reveal-hide"):
        forget()
        st.rerun(scope="app")


def _clear(cell: Revealed, left: float) -> str:
    """The value and what stands nearest to it: a cell may hold megabytes."""
    before, value = cell.text[: cell.start], cell.text[cell.start : cell.end]
    cut = f"⟨{len(before) - _NEAR:,} characters⟩ …" if len(before) > _NEAR else ""
    marked = f"<mark>{hypertext(value)}</mark>"
    text = f"{cut}{hypertext(before[-_NEAR:])}{marked}{hypertext(cell.text[cell.end :])}"
    return (
        "<style>@keyframes vitrail-gone{to{visibility:hidden}}</style>"
        f'<div class="vitrail-clear" style="{_BOX};animation:vitrail-gone 0s {left:.0f}s forwards">'
        f"{text}</div>"
    )
