"""Who has signed in, with which roles, since when; and the way to sign somebody out."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.ledger import SessionRecord
from vitrail.model import Actor
from vitrail.translation import N_, _, ngettext, number
from vitrail.ui.anatomy import empty, told
from vitrail.ui.day_column import moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import cell, plain
from vitrail.ui.tiles import Tile, tiles

_CAUSES: Final = {
    None: N_("▸ still in"),
    "sign_out": N_("signed out"),
    "everywhere": N_("signed out everywhere"),
    "idle": N_("was away"),
    "age": N_("as long as one may"),
    "admin": N_("by an admin"),
}
_SHOWN: Final = 500


def people_in() -> tuple[SessionRecord, ...]:
    """Every session; how many people are in now, by role, comes first."""
    sessions = workspace().sessions()
    inside = [s for s in sessions if s.ended_at is None]
    people = {s.person for s in inside}
    roles = {role for s in inside for role in s.roles}
    shown = [Tile(_("people in"), number(len(people)), quiet=not people)]
    shown += [
        Tile(
            _(role.value),
            number(len({s.person for s in inside if role in s.roles})),
            note=_("of them"),
        )
        for role in sorted(roles)
    ]
    tiles(shown, width=130)
    return sessions


def sign_somebody_out(sessions: tuple[SessionRecord, ...], actor: Actor) -> None:
    """End all sessions of one person."""
    inside = sorted({s.person for s in sessions if s.ended_at is None} - {actor.name})
    if not inside:
        st.caption(_("Nobody else is in."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        person = st.selectbox(_("Person"), inside, key="person", width=320,
                              format_func=plain)  # fmt: skip
        st.button(_("End their sessions"), icon=":material/logout:", key="end-sessions",
                  on_click=_end, args=(person,))  # fmt: skip


def _end(person: str) -> None:
    with told():
        ended = workspace().end_sessions(person)
        st.toast(ngettext("{count} session ended.", "{count} sessions ended.", ended))


def sessions_table(sessions: tuple[SessionRecord, ...]) -> None:
    """Who came in, with which roles, and how it ended; the last first."""
    if not sessions:
        empty("Nobody has signed in yet", "People appear here once sign-in is set up in "
              "vitrail.toml; docs/sign-in.md says how.")  # fmt: skip
        return
    st.dataframe(
        [
            {
                _("person"): cell(s.person),
                _("roles"): ", ".join(_(role.value) for role in sorted(s.roles)),
                _("since (UTC)"): s.begun_at,
                _("last seen"): s.seen_at,
                _("now"): _(_CAUSES.get(s.cause, str(s.cause))),
                _("ended by"): cell(s.ended_by or ""),
            }
            for s in sessions[:_SHOWN]
        ],
        hide_index=True,
        column_config={head: moment_column() for head in (_("since (UTC)"), _("last seen"))},
        alt=_("Who signed in, the last first"),
    )
