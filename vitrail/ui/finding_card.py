"""One finding: why it was flagged, what it looks like, who has it, and all that was done to it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.access import Action, can
from vitrail.detect.entities import plain_words
from vitrail.errors import VitrailError
from vitrail.model import Finding, HistoryLine
from vitrail.report.scan_view import change_words
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_list import STATUS, place_of, status_of
from vitrail.ui.plain_text import cell, literal, plain, sentence
from vitrail.ui.reveal import reveal_one
from vitrail.ui.verdicts import severity_word

_DID: Final = {
    "confirm": "confirmed",
    "claim": "claimed fixed",
    "dismiss": "dismissed",
    "reopen": "reopened",
    "dismissal_proposed": "proposed to dismiss",
    "finding_assigned": "assigned",
    "finding_commented": "said",
    "revealed": "looked at a cell in clear",
}
_REFUSED: Final = "card-refused"


def finding_detail(finding: Finding) -> None:
    """The card of one finding; samples, owner and history folded."""
    with st.container(border=True):
        name = f"{plain_words(finding.entity_type)} in {finding.column}"
        st.subheader(literal(name), anchor=False)
        st.caption(
            literal(
                f"{severity_word(finding.severity)} · {place_of(finding)} · {finding.cells:,} "
                f"cells, {finding.values:,} different values · score {finding.score:.2f} · "
                f"{status_of(finding)} · {change_words(finding)}"
            )
        )
        st.write(literal(finding.explanation))
        _standing(finding)
        _samples(finding)
        _owner(finding)
        _history(finding)


def _standing(finding: Finding) -> None:
    if finding.proposed_by:
        st.warning(
            literal(f"{finding.proposed_by} would dismiss it: {finding.proposal or ''}")
            + " It takes another auditor to do so, or to confirm it.",
            icon=":material/group:",
        )
    if finding.decided_by:
        st.caption(
            literal(
                f"{STATUS[finding.status]} by {finding.decided_by} on "
                f"{finding.decided_at:%Y-%m-%d %H:%M} UTC: {finding.reason or ''}"
            )
        )


def _samples(finding: Finding) -> None:
    with st.expander("Masked samples from the export"):
        samples = workspace().samples(finding.id)
        for text in samples:
            st.code(plain(text), language=None, wrap_lines=True)
        st.caption("Each value is masked, and so is every other personal value around it.")
        if samples and can(workspace().actor, Action.REVEAL):
            reveal_one(finding, len(samples))


def _owner(finding: Finding) -> None:
    assigned = workspace().finding_owners([finding.id]).get(finding.id)
    if assigned:
        due = f", due {assigned.due:%-d %b %Y}" if assigned.due else ""
        st.caption(literal(f"Owner: {assigned.owner}{due}"))
    if not can(workspace().actor, Action.DECIDE):
        return
    with st.expander("Assign or comment"):
        if _REFUSED in st.session_state:
            st.warning(sentence(st.session_state.pop(_REFUSED)), icon=":material/info:")
        with (
            st.form(f"assign-{finding.id}", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input("Owner", key="card-owner", placeholder="a team or a role")
            st.date_input("Due", value=None, key="card-due", width=170)
            st.form_submit_button("Assign", on_click=_assign, args=(finding.id,))
        with (
            st.form(f"comment-{finding.id}", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input("Comment", key="card-comment", placeholder="for whoever looks next")
            st.form_submit_button("Comment", on_click=_comment, args=(finding.id,))


def _assign(finding: str) -> None:
    try:
        workspace().assign([finding], st.session_state["card-owner"], st.session_state["card-due"])
    except VitrailError as error:
        st.session_state[_REFUSED] = str(error)


def _comment(finding: str) -> None:
    try:
        workspace().comment(finding, st.session_state["card-comment"])
    except VitrailError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        st.session_state["card-comment"] = ""


def _history(finding: Finding) -> None:
    lines = workspace().finding_history(finding.id)
    if lines:
        with st.expander(f"History ({len(lines)})"):
            st.dataframe([_line(line) for line in lines], hide_index=True, placeholder="")


def _line(line: HistoryLine) -> dict[str, object]:
    return {
        "at (UTC)": f"{line.at:%Y-%m-%d %H:%M}",
        "who": cell(line.actor),
        "did": _DID.get(line.did, line.did),
        "until": line.until,
        "words": cell(line.words or ""),
    }
