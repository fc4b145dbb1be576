"""One case of a likely minor: what may be decided on it, and the keys of the confirmed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from vitrail.errors import VitrailError
from vitrail.model import CaseDecision
from vitrail.translation import N_, _, retold
from vitrail.ui.entrance import workspace
from vitrail.ui.plain_text import literal, sentence
from vitrail.workspace.deletion_list import as_csv, as_sql
from vitrail.workspace.minor_register import MinorRegister, RegisteredCase

_TOLD: Final = "case-told"
KEYS: Final = (
    (CaseDecision.CONFIRM, N_("Confirm"), "Y", ":material/check:"),
    (CaseDecision.DISMISS, N_("Dismiss"), "N", ":material/close:"),
    (CaseDecision.AUTHORISE, N_("Guardian has authorised"), "A", ":material/family_restroom:"),
    (CaseDecision.REOPEN, N_("Reopen"), "O", ":material/undo:"),
)
_NEXT: Final = {
    CaseDecision.CONFIRM: N_("Confirmed. Until it is deleted, pause marketing to this person."),
    CaseDecision.DISMISS: N_("Dismissed. The same person is not put before you again for now."),
    CaseDecision.AUTHORISE: N_("Authorised. The case stays listed."),
    CaseDecision.REOPEN: N_("Open again, with its first clock."),
}


def case_decision(one: RegisteredCase) -> None:
    """A human's word on a case, with a reason; nobody is asked for a birth date or a paper."""
    with st.container(border=True):
        st.subheader(f"{_(one.case.level)} · {one.case.id}", anchor=False)
        st.caption(
            _(
                "What a cell says is not written down here. Where a message suggests danger, a "
                "person looks at that before anything is deleted."
            )
        )
        if one.case.decided_by:
            st.caption(
                literal(
                    _(
                        "{status} by {who}: {why}",
                        status=_(one.status),
                        who=one.case.decided_by,
                        why=one.case.reason or "",
                    )
                )
            )
        if _TOLD in st.session_state:
            st.info(sentence(st.session_state.pop(_TOLD)), icon=":material/info:")
        st.text_input(_("Reason"), key="case-reason", max_chars=2000,
                      placeholder=_("Why? It is kept: name nobody."))  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            for decision, words, key, icon in KEYS:
                st.button(_(words), key=f"case-{decision.value}", icon=icon, shortcut=key,
                          type="primary" if key == "Y" else "secondary",
                          on_click=_decide, args=(one.case.id, decision))  # fmt: skip


def _decide(case: str, decision: CaseDecision) -> None:
    try:
        workspace().decide_minor(case, decision, st.session_state.get("case-reason", ""))
    except VitrailError as error:
        st.session_state[_TOLD] = retold(str(error))
    else:
        st.session_state[_TOLD] = _(_NEXT[decision])


def deletion_list(register: MinorRegister) -> None:
    """The keys of the confirmed, made and logged when they are asked for; none is deleted here."""
    confirmed = sum(one.status == "confirmed" for one in register.cases)
    if not confirmed:
        st.caption(_("No case is confirmed; there is nothing to list."))
        return
    name = f"vitrail-minors-{datetime.now(UTC):%Y-%m-%d}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            _("Keys (CSV)"), lambda: as_csv(workspace().minor_deletion_list()), f"{name}.csv",
            "text/csv", icon=":material/download:", on_click="ignore", key="keys-csv",
        )  # fmt: skip
        st.download_button(
            _("Statements to review (SQL)"), lambda: as_sql(workspace().minor_deletion_list()),
            f"{name}.sql", "text/plain", icon=":material/download:", on_click="ignore",
            key="keys-sql",
        )  # fmt: skip
    st.caption(_("The ledger notes each time that the list is made."))
