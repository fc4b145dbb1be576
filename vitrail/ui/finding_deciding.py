"""Deciding on findings: one after the other by the keyboard, or all that are ticked at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from vitrail.access import Action, can
from vitrail.errors import VitrailError
from vitrail.model import Decision, Finding
from vitrail.translation import N_, _, ngettext, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_filters import Shown
from vitrail.ui.finding_list import Listed
from vitrail.ui.plain_text import sentence

#: Decision, words, key, icon; the list of keys tells them too.
KEYS: Final = (
    (Decision.CONFIRM, N_("Yes, it is real"), "Y", ":material/check:"),
    (Decision.DISMISS, N_("No, dismiss"), "N", ":material/close:"),
    (Decision.CLAIM, N_("Claim fixed"), "F", ":material/build:"),
    (Decision.REOPEN, N_("Reopen"), "O", ":material/undo:"),
)
_TOLD: Final = "finding-told"


def finding_at_hand(listed: Listed) -> Finding | None:
    """The finding to look at: the one that is ticked, else where the loop is, else the first."""
    if len(listed.ticked) > 1 or not listed.findings:
        return None
    if listed.ticked:
        return listed.ticked[0]
    asked = st.query_params.get("finding")
    if asked is not None:
        here = next((f for f in listed.findings if f.id == asked), None)
        return here or workspace().finding(asked)
    return listed.findings[0]


def keyboard_loop(shown: Shown, listed: Listed, finding: Finding) -> None:
    """Yes, no, skip, back, each by a key; the reason stays for the next ones of the round."""
    after = _after(shown, listed, finding)
    with st.container(border=True):
        _told_before()
        if can(workspace().actor, Action.DECIDE):
            _reason()
            with st.container(horizontal=True, gap="small"):
                for decision, words, key, icon in KEYS:
                    st.button(_(words), key=f"decide-{decision.value}", icon=icon, shortcut=key,
                              type="primary" if key == "Y" else "secondary",
                              on_click=_decide, args=(finding, decision, after))  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            st.button(_("Skip"), key="skip", icon=":material/skip_next:", shortcut="S",
                      disabled=after is None, on_click=_go, args=(after, finding.id))  # fmt: skip
            st.button(_("Back"), key="back", icon=":material/skip_previous:", shortcut="B",
                      disabled=not _visited(), on_click=_back)  # fmt: skip
        st.caption(_("Keys work where no box is being typed in: leave it with Tab."))


def bulk_decision(ticked: Sequence[Finding]) -> None:
    """One decision, one owner for all that are ticked."""
    with st.container(border=True):
        st.markdown(ngettext("**{count} finding is ticked.**", "**{count} findings are ticked.**",
                             len(ticked)))  # fmt: skip
        _told_before()
        if not can(workspace().actor, Action.DECIDE):
            st.caption(_("To decide takes the role auditor."))
            return
        _reason()
        with st.container(horizontal=True, gap="small"):
            for decision, words, _key, icon in KEYS:
                st.button(f"{_(words)} ({len(ticked)})", key=f"bulk-{decision.value}", icon=icon,
                          on_click=_decide_all, args=(ticked, decision))  # fmt: skip


def _reason() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(_("Reason"), key="reason", max_chars=2000,
                      placeholder=_("Why? It is kept: name nobody."))  # fmt: skip
        st.date_input(_("Dismiss until"), value=None, min_value="today", key="until", width=170,
                      format=_("YYYY-MM-DD"),
                      help=_("From the day after it is open again; empty: for good."))  # fmt: skip


def _until(decision: Decision) -> date | None:
    return st.session_state.get("until") if decision is Decision.DISMISS else None


def _decide(finding: Finding, decision: Decision, after: str | None) -> None:
    """Runs before the page does. What is refused leaves the reason where it was typed."""
    try:
        workspace().dispose(
            finding.id, decision, st.session_state.get("reason", ""),
            until=_until(decision), seen=finding.version,
        )  # fmt: skip
    except VitrailError as error:
        st.session_state[_TOLD] = retold(str(error))
        return
    if workspace().finding(finding.id).proposed_by:
        st.session_state[_TOLD] = _(
            "Proposed: a critical finding takes another auditor to dismiss."
        )
    _go(after, finding.id)


def _decide_all(ticked: Sequence[Finding], decision: Decision) -> None:
    try:
        came = workspace().dispose_all(
            {f.id: f.version for f in ticked}, decision, st.session_state.get("reason", ""),
            until=_until(decision),
        )  # fmt: skip
    except VitrailError as error:
        st.session_state[_TOLD] = retold(str(error))
        return
    told = [_("Decided: {count}.", count=len(came.done))]
    if came.proposed:
        told.append(_("Critical, waiting for another auditor: {count}.", count=len(came.proposed)))
    if came.overtaken:
        told.append(
            _("Left as they were, someone else was first: {count}.", count=len(came.overtaken))
        )
    st.session_state[_TOLD] = " ".join(told)
    _turn()


def _told_before() -> None:
    """What came of the last click, once."""
    if _TOLD in st.session_state:
        st.info(sentence(st.session_state.pop(_TOLD)), icon=":material/info:")


def _after(shown: Shown, listed: Listed, finding: Finding) -> str | None:
    """The id of the finding behind this one, on this page or the next."""
    ids = [f.id for f in listed.findings]
    if finding.id not in ids:
        return ids[0] if ids else None
    behind = ids.index(finding.id) + 1
    if behind < len(ids):
        return ids[behind]
    following = workspace().finding_page(shown.chosen, listed.offset + behind, 1)
    return following[0].id if following else None


def _visited() -> list[str]:
    visited: list[str] = st.session_state.setdefault("findings-visited", [])
    return visited


def _go(to: str | None, leaving: str) -> None:
    _visited().append(leaving)
    _look_at(to)


def _back() -> None:
    if _visited():
        _look_at(_visited().pop())


def _look_at(finding: str | None) -> None:
    if finding is None:
        st.query_params.pop("finding", None)
    else:
        st.query_params["finding"] = finding
    _turn()


def _turn() -> None:
    """A fresh table, with nothing ticked."""
    st.session_state["findings-turn"] = st.session_state.get("findings-turn", 0) + 1
