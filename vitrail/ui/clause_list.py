"""The policy clause by clause, each with the verdicts of its controls and their evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from vitrail.model import Assessment, Verdict
from vitrail.promises import Clause, evidence_record, lint_policy
from vitrail.ui.plain_text import cell, literal
from vitrail.ui.promise_list import finding_of, sections
from vitrail.ui.verdicts import badge
from vitrail.workspace import CheckRun


def clauses(run: CheckRun) -> None:
    """Each clause in our own words with the verdicts of its controls."""
    by_control = {a.control: a for a in run.assessments}
    for clause in run.policy.clauses:
        with st.container(border=True):
            _clause(clause, by_control)


def _clause(clause: Clause, by_control: Mapping[str, Assessment]) -> None:
    st.markdown(f"**{literal(clause.title)}** · {literal(sections(clause.section))}")
    st.markdown(literal(clause.promise))
    if clause.note:
        st.caption(literal(clause.note))
    tested = [by_control[c] for c in clause.controls if c in by_control]
    if not tested:
        verdict = Verdict.NOT_TESTED if clause.provable else Verdict.NOT_PROVABLE
        st.markdown(f"{badge(verdict)} No control tests this clause.")
    for assessment in tested:
        _assessment(assessment)


def _assessment(assessment: Assessment) -> None:
    stale = " :orange-badge[◷ STALE]" if assessment.stale else ""
    st.markdown(
        f"{badge(assessment.verdict)}{stale} **{assessment.control}** "
        f"{literal(finding_of(assessment))}"
    )
    with st.expander(f"Evidence of {assessment.control}", key=f"evidence-{assessment.control}"):
        _evidence(assessment)


def _evidence(assessment: Assessment) -> None:
    """What the verdict rests on, for someone who has to defend it."""
    st.markdown(literal(assessment.explanation or assessment.reason))
    st.dataframe(
        [{"": k, "value": cell(v)} for k, v in _facts(assessment).items() if v], hide_index=True
    )
    if assessment.law:
        st.caption(f"Why it matters: {literal(assessment.law)}")
    if assessment.limits:
        st.caption(f"What this test cannot see: {literal(assessment.limits)}")
    if assessment.keys:
        st.caption("Rows, by keyed id:")
        st.code("\n".join(assessment.keys), language=None)
    st.caption("The rule, as it ran:")
    st.code(assessment.evidence.sql, language="sql")
    st.download_button(
        "Evidence record (JSON)",
        json.dumps(evidence_record(assessment), ensure_ascii=False, indent=1),
        f"vitrail-evidence-{assessment.control}.json",
        "application/json",
        icon=":material/download:",
        key=f"record-{assessment.control}",
        on_click="ignore",
    )


def _facts(assessment: Assessment) -> dict[str, str]:
    examined = f"{assessment.denominator:,}"
    rate = assessment.rate
    cases = [f"{c.cases:,} {c.words}" for c in assessment.counted if c.words]
    inputs = [f"{i.name} {(i.sha256 or 'no hash')[:12]}" for i in assessment.evidence.inputs[:8]]
    return {
        "examined": examined,
        "violations": f"{assessment.violations:,}",
        "rate": "" if rate is None else f"{rate:.2%} of {examined}",
        "cases": "; ".join(cases),
        "pattern": assessment.pattern or "",
        "first violation": _day(assessment.first),
        "last violation": _day(assessment.last),
        "severity": assessment.severity.value,
        "lacks": ", ".join(assessment.missing),
        "standards": "; ".join(assessment.standards),
        "rule's hash": assessment.evidence.sql_sha256[:16],
        "inputs": ", ".join(inputs),
    }


def _day(moment: object) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"


def limits(run: CheckRun) -> None:
    """What data cannot say, and what the policy leaves open."""
    defects = [
        *(f"**{literal(d.title)}** {literal(d.words)}" for d in run.policy.defects),
        *(f"{literal(r.words)} ({sections(r.section)})" for r in lint_policy(run.policy)),
    ]
    for title, sentences in (
        ("What exports cannot prove", map(literal, run.policy.not_provable)),
        ("Our assumptions where the policy is silent", map(literal, run.policy.assumptions)),
        ("Where the policy contradicts itself or is silent", defects),
    ):
        with st.expander(title):
            st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
