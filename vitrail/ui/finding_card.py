"""One finding: why it was flagged, what it looks like, who has it, and all that was done to it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from vitrail.access import Action, can
from vitrail.detect.entities import plain_words
from vitrail.errors import VitrailError
from vitrail.model import Finding, HistoryLine
from vitrail.translation import N_, _, moment, ngettext, retold
from vitrail.ui.code_box import code_box
from vitrail.ui.day_column import day_column, moment_column
from vitrail.ui.entrance import workspace
from vitrail.ui.finding_list import STATUS, cells_words, change_of, place_of, status_of
from vitrail.ui.plain_text import cell, literal, sentence
from vitrail.ui.reveal import reveal_one
from vitrail.ui.verdicts import severity_word

_DID: Final = {
    "confirm": N_("confirmed"),
    "claim": N_("claimed fixed"),
    "dismiss": N_("dismissed"),
    "reopen": N_("reopened"),
    "dismissal_proposed": N_("proposed to dismiss"),
    "finding_assigned": N_("assigned"),
    "finding_commented": N_("said"),
    "revealed": N_("looked at a cell in clear"),
}
_REFUSED: Final = "card-refused"


def finding_detail(finding: Finding) -> None:
    """The card of one finding; samples, owner and history folded."""
    with st.container(border=True):
        name = _("{kind} in {column}", kind=_(plain_words(finding.entity_type)),
                 column=finding.column)  # fmt: skip
        st.subheader(literal(name), anchor=False)
        st.caption(
            literal(
                " · ".join(
                    (
                        severity_word(finding.severity),
                        place_of(finding),
                        cells_words(finding.cells),
                        ngettext(
                            "{count:,} different value",
                            "{count:,} different values",
                            finding.values,
                        ),
                        _("score {score:.2f}", score=finding.score),
                        status_of(finding),
                        change_of(finding),
                    )
                )
            )
        )
        st.write(literal(retold(finding.explanation)))
        _standing(finding)
        _samples(finding)
        _owner(finding)
        _history(finding)


def _standing(finding: Finding) -> None:
    if finding.proposed_by:
        st.warning(
            literal(
                _(
                    "{who} would dismiss it: {why}",
                    who=finding.proposed_by,
                    why=finding.proposal or "",
                )
            )
            + f" {_('It takes another auditor to do so, or to confirm it.')}",
            icon=":material/group:",
        )
    if finding.decided_by:
        st.caption(
            literal(
                _(
                    "{status} by {who} on {at} UTC: {why}",
                    status=_(STATUS[finding.status]),
                    who=finding.decided_by,
                    at="" if finding.decided_at is None else moment(finding.decided_at),
                    why=finding.reason or "",
                )
            )
        )


def _samples(finding: Finding) -> None:
    with st.expander(_("Masked samples from the export")):
        samples = workspace().samples(finding.id)
        for text in samples:
            code_box(text)
        st.caption(_("Each value is masked, and so is every other personal value around it."))
        if samples and can(workspace().actor, Action.REVEAL):
            reveal_one(finding, len(samples))


def _owner(finding: Finding) -> None:
    assigned = workspace().finding_owners([finding.id]).get(finding.id)
    if assigned:
        told = _("Owner: {owner}", owner=assigned.owner)
        if assigned.due:
            told += _(", due {day}", day=assigned.due)
        st.caption(literal(told))
    if not can(workspace().actor, Action.DECIDE):
        return
    with st.expander(_("Assign or comment")):
        if _REFUSED in st.session_state:
            st.warning(sentence(st.session_state.pop(_REFUSED)), icon=":material/info:")
        with (
            st.form(f"assign-{finding.id}", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input(_("Owner"), key="card-owner", placeholder=_("a team or a role"))
            st.date_input(_("Due"), value=None, key="card-due", width=170, format=_("YYYY-MM-DD"))
            st.form_submit_button(_("Assign"), on_click=_assign, args=(finding.id,))
        with (
            st.form(f"comment-{finding.id}", border=False),
            st.container(horizontal=True, vertical_alignment="bottom"),
        ):
            st.text_input(_("Comment"), key="card-comment", placeholder=_("for whoever looks next"))
            st.form_submit_button(_("Comment"), on_click=_comment, args=(finding.id,))


def _assign(finding: str) -> None:
    try:
        workspace().assign([finding], st.session_state["card-owner"], st.session_state["card-due"])
    except VitrailError as error:
        st.session_state[_REFUSED] = retold(str(error))


def _comment(finding: str) -> None:
    try:
        workspace().comment(finding, st.session_state["card-comment"])
    except VitrailError as error:
        st.session_state[_REFUSED] = retold(str(error))
    else:
        st.session_state["card-comment"] = ""


def _history(finding: Finding) -> None:
    lines = workspace().finding_history(finding.id)
    if lines:
        with st.expander(_("History ({count})", count=len(lines))):
            st.dataframe(
                [_line(line) for line in lines],
                hide_index=True,
                placeholder="",
                column_config={_("at (UTC)"): moment_column(), _("until"): day_column()},
            )


def _line(line: HistoryLine) -> dict[str, object]:
    return {
        _("at (UTC)"): line.at,
        _("who"): cell(line.actor),
        _("did"): _(_DID.get(line.did, line.did)),
        _("until"): line.until,
        _("words"): cell(line.words or ""),
    }
