"""The Promises page: the policy clause by clause, each with its verdicts and evidence."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from vitrail.errors import UsageError
from vitrail.model import Assessment, Verdict
from vitrail.promises import Clause
from vitrail.ui.entrance import workspace
from vitrail.ui.verdicts import ORDER, VERDICTS, verdict_badge
from vitrail.workspace import CheckRun


def last_check() -> CheckRun:
    """The last check; where there is none yet, how to make one."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Test the promises now", icon=":material/play_arrow:", key="check"):
            with st.spinner("Testing each promise against the exports…"):
                workspace().check()
            st.rerun()
    run = workspace().latest_check()
    if run is None:
        raise UsageError(
            "No check has been made in this workspace.",
            "Press the button above, or run `vitrail check`.",
        )
    st.caption(f"Policy {run.policy.version} · tested {run.at:%Y-%m-%d %H:%M} UTC · run {run.id}")
    return run


def verdict_tiles(run: CheckRun) -> None:
    """How many of each verdict, the broken first; never a percentage of compliance."""
    for column, verdict in zip(st.columns(len(VERDICTS)), VERDICTS, strict=True):
        count = sum(a.verdict is verdict for a in run.assessments)
        column.metric(VERDICTS[verdict][0], count, border=True)


def broken_first(run: CheckRun) -> None:
    """The sentence of each broken or stale promise."""
    for assessment in _sorted(run):
        if assessment.verdict is Verdict.FAIL:
            st.error(f"**{assessment.control}** {assessment.sentence}", icon=":material/close:")


def _sorted(run: CheckRun) -> list[Assessment]:
    return sorted(run.assessments, key=lambda a: (ORDER[a.verdict], -a.severity.rank, a.control))


def clauses(run: CheckRun) -> None:
    """Each clause in our own words with the verdicts of its controls."""
    by_control = {a.control: a for a in run.assessments}
    section = ""
    for clause in run.policy.clauses:
        if clause.section != section:
            section = clause.section
            st.subheader(f"Section {section.removeprefix('§')}", anchor=False)
        _clause(clause, by_control)


def _clause(clause: Clause, by_control: Mapping[str, Assessment]) -> None:
    with st.container(border=True):
        st.markdown(f"**{clause.title}** — {clause.promise}")
        if clause.note:
            st.caption(clause.note)
        tested = [by_control[c] for c in clause.controls if c in by_control]
        if not tested:
            if clause.provable:
                st.caption("○ No control tests this clause yet.")
            else:
                verdict_badge(Verdict.NOT_PROVABLE)
        for assessment in tested:
            _assessment(assessment)


def _assessment(assessment: Assessment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        verdict_badge(assessment.verdict)
        if assessment.stale:
            st.badge("◷ STALE", color="orange", help="Older exports than the policy allows.")
        st.markdown(f"**{assessment.control}** {assessment.sentence}")
    with st.expander("Evidence"):
        _evidence(assessment)


def _evidence(assessment: Assessment) -> None:
    st.markdown(assessment.reason)
    rows = {
        "examined": f"{assessment.denominator:,}",
        "violations": f"{assessment.violations:,}",
        "want a look": f"{assessment.warnings:,}",
        "undecidable": f"{assessment.undecidable:,}",
        "rate": "" if assessment.rate is None else
                f"{assessment.rate:.2%} of {assessment.denominator:,}",
        "first": _day(assessment.first),
        "last": _day(assessment.last),
        "severity": assessment.severity.value,
        "lacks": ", ".join(assessment.missing),
    }  # fmt: skip
    st.dataframe([{"": k, "value": v} for k, v in rows.items() if v], hide_index=True)
    if assessment.keys:
        st.caption("Rows, by keyed id:")
        st.code("\n".join(assessment.keys), language=None)
    evidence = assessment.evidence
    st.caption(
        f"SQL {evidence.sql_sha256[:16]} · inputs "
        + ", ".join(f"{i.name} {(i.sha256 or '')[:12]}" for i in evidence.inputs[:8])
    )
    st.code(evidence.sql, language="sql")


def _day(moment: object) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def limits(run: CheckRun) -> None:
    """What data cannot say, and what the policy leaves open."""
    with st.expander("What exports cannot prove"):
        for sentence in run.policy.not_provable:
            st.markdown(f"- {sentence}")
    with st.expander("Our assumptions where the policy is silent"):
        for sentence in run.policy.assumptions:
            st.markdown(f"- {sentence}")
    with st.expander("Where the policy contradicts itself or is silent"):
        for defect in run.policy.defects:
            st.markdown(f"- **{defect.title}** {defect.words}")
