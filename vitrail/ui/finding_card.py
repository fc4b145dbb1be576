"""One finding: why it was flagged, what it looks like, and the decision on it."""

from __future__ import annotations

import streamlit as st

from vitrail.detect.entities import plain_words
from vitrail.model import Decision, Finding
from vitrail.report.scan_view import change_words
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_list import STATUS, place_of
from vitrail.ui.verdicts import severity_word


def finding_detail(finding: Finding) -> None:
    """The card of one finding, with its masked samples folded."""
    with st.container(border=True):
        st.subheader(f"{plain_words(finding.entity_type)} in `{finding.column}`", anchor=False)
        st.caption(
            f"{severity_word(finding.severity)} · {place_of(finding)} · {finding.cells:,} cells, "
            f"{finding.values:,} different values · score {finding.score:.2f} · "
            f"{STATUS[finding.status]} · {change_words(finding)}"
        )
        st.write(finding.explanation)
        if finding.decided_by:
            st.caption(
                f"{STATUS[finding.status]} by {finding.decided_by} on "
                f"{finding.decided_at:%Y-%m-%d %H:%M} UTC: {finding.reason}"
            )
        _samples(finding)
        _decision(finding)


def _samples(finding: Finding) -> None:
    with st.expander("Masked samples from the export"):
        for text in workspace().samples(finding.id):
            st.code(text, language=None, wrap_lines=True)
        st.caption("Each value is masked, and so is every other personal value around it.")


def _decision(finding: Finding) -> None:
    """Confirm, claim fixed, dismiss or reopen, always with a reason; the ledger keeps both."""
    with st.form(f"decide-{finding.id}", border=False):
        reason = st.text_input("Reason", placeholder="Why? It is kept with the decision.")
        with st.container(horizontal=True):
            confirm = st.form_submit_button("Confirm", icon=":material/check:", type="primary")
            claim = st.form_submit_button(
                "Claim fixed", icon=":material/build:",
                help="The next scan that reads all of it verifies the claim, or refutes it.",
            )  # fmt: skip
            dismiss = st.form_submit_button("Dismiss", icon=":material/close:")
            reopen = st.form_submit_button("Reopen", icon=":material/undo:")
    for pressed, decision in (
        (confirm, Decision.CONFIRM),
        (claim, Decision.CLAIM),
        (dismiss, Decision.DISMISS),
        (reopen, Decision.REOPEN),
    ):
        if pressed:
            workspace().dispose(finding.id, decision, reason)
            st.rerun()
