"""The policy clause by clause, each with the verdicts of its controls and their evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from vitrail.model import Assessment, Verdict
from vitrail.promises import Clause, evidence_record, lint_policy
from vitrail.translation import _, day, number, retold
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
    st.markdown(f"**{literal(_(clause.title))}** · {literal(sections(clause.section))}")
    st.markdown(literal(_(clause.promise)))
    if clause.note:
        st.caption(literal(_(clause.note)))
    tested = [by_control[c] for c in clause.controls if c in by_control]
    if not tested:
        verdict = Verdict.NOT_TESTED if clause.provable else Verdict.NOT_PROVABLE
        st.markdown(_("{badge} No control tests this clause.", badge=badge(verdict)))
    for assessment in tested:
        _assessment(assessment)


def _assessment(assessment: Assessment) -> None:
    stale = f" :orange-badge[{_('◷ STALE')}]" if assessment.stale else ""
    st.markdown(
        f"{badge(assessment.verdict)}{stale} **{assessment.control}** "
        f"{literal(finding_of(assessment))}"
    )
    st.fragment(_folded)(assessment)


def _folded(assessment: Assessment) -> None:
    """The evidence once somebody opens it: that of all controls is more than a browser draws in
    the time that a page has."""
    control = assessment.control
    folded = st.expander(
        _("Evidence of {control}", control=control), key=f"evidence-{control}", on_change="rerun"
    )
    if folded.open:
        with folded:
            _evidence(assessment)


def _evidence(assessment: Assessment) -> None:
    """What the verdict rests on, for someone who has to defend it."""
    st.markdown(literal(retold(assessment.explanation or assessment.reason)))
    st.dataframe(
        [{"": k, _("value"): cell(v)} for k, v in _facts(assessment).items() if v], hide_index=True
    )
    if assessment.law:
        st.caption(_("Why it matters: {law}", law=literal(retold(assessment.law))))
    if assessment.limits:
        st.caption(
            _("What this test cannot see: {limits}", limits=literal(retold(assessment.limits)))
        )
    if assessment.keys:
        st.caption(_("Rows, by keyed id:"))
        st.code("\n".join(assessment.keys), language=None, wrap_lines=True)
    st.caption(_("The rule, as it ran:"))
    st.code(assessment.evidence.sql, language="sql", wrap_lines=True)
    st.download_button(
        _("Evidence record (JSON)"),
        json.dumps(evidence_record(assessment), ensure_ascii=False, indent=1),
        f"vitrail-evidence-{assessment.control}.json",
        "application/json",
        icon=":material/download:",
        key=f"record-{assessment.control}",
        on_click="ignore",
    )


def _facts(assessment: Assessment) -> dict[str, str]:
    examined = number(assessment.denominator)
    rate = assessment.rate
    cases = [f"{number(c.cases)} {_(c.words)}" for c in assessment.counted if c.words]
    inputs = [f"{i.name} {(i.sha256 or _('no hash'))[:12]}" for i in assessment.evidence.inputs[:8]]
    return {
        _("examined"): examined,
        _("violations"): number(assessment.violations),
        _("rate"): ""
        if rate is None
        else _("{rate:.2%} of {examined}", rate=rate, examined=examined),
        _("cases"): "; ".join(cases),
        _("pattern"): retold(assessment.pattern or ""),
        _("first violation"): _day(assessment.first),
        _("last violation"): _day(assessment.last),
        _("severity"): _(assessment.severity.value),
        _("lacks"): ", ".join(assessment.missing),
        _("standards"): "; ".join(assessment.standards),
        _("rule's hash"): assessment.evidence.sql_sha256[:16],
        _("inputs"): ", ".join(inputs),
    }


def _day(at: datetime | None) -> str:
    return "" if at is None else day(at)


def _said(sentence: str) -> str:
    return literal(retold(sentence))


def limits(run: CheckRun) -> None:
    """What data cannot say, and what the policy leaves open."""
    defects = [
        *(f"**{literal(_(d.title))}** {literal(_(d.words))}" for d in run.policy.defects),
        *(f"{literal(retold(r.words))} ({sections(r.section)})" for r in lint_policy(run.policy)),
    ]
    for title, sentences in (
        (_("What exports cannot prove"), map(_said, run.policy.not_provable)),
        (_("Our assumptions where the policy is silent"), map(_said, run.policy.assumptions)),
        (_("Where the policy contradicts itself or is silent"), defects),
    ):
        with st.expander(title):
            st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
