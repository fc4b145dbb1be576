"""Notes on days: shown on the time axis, written below it, for everybody who may ask."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import Span
from vitrail.translation import _, day, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.identity import current_actor
from vitrail.ui.plain_text import literal, sentence
from vitrail.workspace import Annotation

_DAY: Final = "note-day"
_WORDS: Final = "note-words"
_REFUSED: Final = "note-refused"


def notes_in(span: Span | None) -> tuple[Annotation, ...]:
    """The notes on days of a span; of all days where there is none."""
    notes = workspace().annotations()
    return tuple(n for n in notes if span is None or span.first <= n.day <= span.last)


def day_notes(span: Span) -> None:
    """The notes of a span in words, and a place to write one."""
    notes = notes_in(span)
    with st.expander(
        _("Notes on days ({count})", count=len(notes)), icon=":material/edit_calendar:"
    ):
        for note in notes:
            _note(note)
        row = st.form("note", border=False, clear_on_submit=True).container(
            horizontal=True, vertical_alignment="bottom", gap="small"
        )
        row.date_input(_("Day"), value=span.last, min_value=span.first, max_value=span.last,
                       key=_DAY, format=_("YYYY-MM-DD"), width=150)  # fmt: skip
        row.text_input(_("What happened"), key=_WORDS, max_chars=80, width=320,
                       placeholder=_("New prices"))  # fmt: skip
        row.form_submit_button(_("Note"), on_click=_write)
        if _REFUSED in st.session_state:
            st.warning(sentence(st.session_state.pop(_REFUSED)), icon=":material/info:")
        st.caption(_("On every time axis, for everybody here. Name no person."))


def _note(note: Annotation) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{day(note.day)}** {literal(note.words)}", width="content")
        st.caption(
            _("by {who}, {written}", who=literal(note.by), written=note.written_at),
            width="content",
        )
        if note.by == current_actor().name:
            st.button("", icon=":material/delete:", key=f"note-gone-{note.id}", type="tertiary",
                      help=_("Delete this note"), on_click=_delete, args=(note.id,))  # fmt: skip


def _write() -> None:
    try:
        workspace().annotate(st.session_state[_DAY], st.session_state[_WORDS])
    except VitrailError as error:
        st.session_state[_REFUSED] = retold(str(error))


def _delete(note_id: str) -> None:
    try:
        workspace().delete_annotation(note_id)
    except VitrailError as error:
        st.session_state[_REFUSED] = retold(str(error))
