"""One thing to be mended: its owner and due day, the claim that it is, and the keys of its rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.access import Action, can
from vitrail.errors import VitrailError
from vitrail.house import carried
from vitrail.model import Decision, FindingStatus, Remedy
from vitrail.translation import N_, _, ngettext, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_list import STATUS
from vitrail.ui.plain_text import literal, sentence
from vitrail.ui.remedy_list import TURN, name_of, where_of
from vitrail.ui.verdicts import severity_word

_TOLD: Final = "remedy-told"
_NEXT: Final = {
    Decision.CLAIM: N_("Noted. The next scan or check of a later export says whether it holds."),
    Decision.REOPEN: N_("It is open again."),
}


def remedy_card(one: Remedy) -> None:
    """Where it stands, and what whoever mends it can do about it."""
    with st.container(border=True):
        st.subheader(literal(name_of(one)), anchor=False)
        st.caption(literal(_standing(one)))
        if _TOLD in st.session_state:
            st.info(sentence(st.session_state.pop(_TOLD)), icon=":material/info:")
        if one.kind == "finding":
            st.page_link(carried("pages", "findings.py"), label=_("Look at it in Findings"),
                         icon=":material/search_insights:",
                         query_params={"finding": one.id, "status": "any"})  # fmt: skip
        if not can(workspace().actor, Action.DECIDE):
            st.caption(_("To assign and to claim takes the role auditor."))
            return
        _assignment(one)
        _claim(one)
        if can(workspace().actor, Action.LIST_KEYS):
            _keys(one)


def _standing(one: Remedy) -> str:
    said = [*((one.id,) if one.kind == "promise" else ()), severity_word(one.severity),
            where_of(one), *one.systems, _(STATUS[one.status]),
            ngettext("{count:,} case", "{count:,} cases", one.cases)]  # fmt: skip
    if one.opened_at:
        said.append(_("first seen on {day}", day=one.opened_at.date()))
    if one.decided_by and one.decided_at:
        said.append(_("decided by {who} on {day}", who=one.decided_by, day=one.decided_at.date()))
    return " · ".join(said)


def _assignment(one: Remedy) -> None:
    with (
        st.form(f"remedy-owner-{one.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(_("Owner"), ", ".join(one.owners), key=f"remedy-owner-of-{one.id}",
                      max_chars=120, placeholder=_("a team or a role"))  # fmt: skip
        st.date_input(_("Due"), one.due, key=f"remedy-due-of-{one.id}", width=170,
                      format=_("YYYY-MM-DD"))  # fmt: skip
        st.form_submit_button(_("Assign"), on_click=_assign, args=(one.id,))


def _claim(one: Remedy) -> None:
    with (
        st.form(f"remedy-claim-{one.id}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.text_input(_("Reason"), key=f"remedy-reason-of-{one.id}", max_chars=2000,
                      placeholder=_("What was done? Name nobody."))  # fmt: skip
        if one.is_settled or one.status is FindingStatus.CLAIMED:
            st.form_submit_button(_("Reopen"), icon=":material/undo:", on_click=_decide,
                                  args=(one.id, Decision.REOPEN))  # fmt: skip
        else:
            st.form_submit_button(_("Claim fixed"), icon=":material/build:", type="primary",
                                  on_click=_decide, args=(one.id, Decision.CLAIM))  # fmt: skip
    if not one.is_settled:
        st.caption(_("Nobody verifies it by hand: a later export in which it is gone does."))


def _keys(one: Remedy) -> None:
    st.download_button(
        _("Keys of its rows (CSV)"), lambda: workspace().keys_as_csv(one.id),
        f"vitrail-keys-{one.id[:12]}-{datetime.now(UTC):%Y-%m-%d}.csv", "text/csv",
        icon=":material/key:", on_click="ignore", key=f"remedy-keys-{one.id}",
        help=_("For who mends them, in the words of their own system. The ledger notes each time."),
    )  # fmt: skip


def _assign(name: str) -> None:
    try:
        workspace().assign(name, st.session_state[f"remedy-owner-of-{name}"],
                           st.session_state[f"remedy-due-of-{name}"])  # fmt: skip
    except VitrailError as error:
        st.session_state[_TOLD] = retold(str(error))
    else:
        _turn(name)


def _decide(name: str, decision: Decision) -> None:
    try:
        workspace().dispose(name, decision, st.session_state[f"remedy-reason-of-{name}"])
    except VitrailError as error:
        st.session_state[_TOLD] = retold(str(error))
    else:
        st.session_state[_TOLD] = _(_NEXT[decision])
        _turn(name)


def _turn(name: str) -> None:
    """Stay with it, wherever it stands in the list now."""
    st.query_params["remedy"] = name
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
