"""Who has signed in, with which roles, since when; and the way to sign somebody out."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.ledger import SessionRecord
from vitrail.model import Actor
from vitrail.ui.anatomy import empty, told
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cells, plain
from vitrail.ui.tiles import Tile, tiles

_CAUSES: Final = {
    None: "▸ still in",
    "sign_out": "signed out",
    "everywhere": "signed out everywhere",
    "idle": "was away",
    "age": "as long as one may",
    "admin": "by an admin",
}
_SHOWN: Final = 500


def people_in() -> tuple[SessionRecord, ...]:
    """Every session; how many people are in now, by role, comes first."""
    sessions = workspace().sessions()
    inside = [s for s in sessions if s.ended_at is None]
    people = {s.person for s in inside}
    roles = {role for s in inside for role in s.roles}
    shown = [Tile("people in", f"{len(people)}", quiet=not people)]
    shown += [
        Tile(role.value, f"{len({s.person for s in inside if role in s.roles})}", note="of them")
        for role in sorted(roles)
    ]
    tiles(shown, width=130)
    return sessions


def sign_somebody_out(sessions: tuple[SessionRecord, ...], actor: Actor) -> None:
    """End all sessions of one person."""
    inside = sorted({s.person for s in sessions if s.ended_at is None} - {actor.name})
    if not inside:
        st.caption("Nobody else is in.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = st.selectbox("Person", inside, key="person", width=320, format_func=plain)
        st.button("End their sessions", icon=":material/logout:", key="end-sessions",
                  on_click=_end, args=(person,))  # fmt: skip


def _end(person: str) -> None:
    with told():
        ended = workspace().end_sessions(person)
        st.toast(f"{ended} session{'' if ended == 1 else 's'} ended.")


def sessions_table(sessions: tuple[SessionRecord, ...]) -> None:
    """Who came in, with which roles, and how it ended; the last first."""
    if not sessions:
        empty("Nobody has signed in yet", "People appear here once sign-in is set up in "
              "vitrail.toml; docs/sign-in.md says how.")  # fmt: skip
        return
    st.dataframe(
        [
            cells(
                {
                    "person": s.person,
                    "roles": ", ".join(sorted(s.roles)),
                    "since (UTC)": f"{s.begun_at:%Y-%m-%d %H:%M}",
                    "last seen": f"{s.seen_at:%Y-%m-%d %H:%M}",
                    "now": _CAUSES.get(s.cause, str(s.cause)),
                    "ended by": s.ended_by or "",
                }
            )
            for s in sessions[:_SHOWN]
        ],
        hide_index=True,
        alt="Who signed in, the last first",
    )
