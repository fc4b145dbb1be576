"""A check beside the one before it: what is the company's doing is told from what is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from vitrail.model import Assessment, Cause, Verdict
from vitrail.promises import changes

TOML = ["asof = 2026-11-20"]


def sends(*days: str) -> list[dict[str, str]]:
    return [
        {"send_id": f"s{n}", "email": f"p{n}@mail.example.org", "purpose": "marketing",
         "channel": "email", "sent_at": f"{day} 09:00:00"} for n, day in enumerate(days)
    ]  # fmt: skip


@pytest.fixture
def mailed(company: Any) -> Any:
    """Three people mailed, two of them after they unsubscribed."""
    company.top = list(TOML)
    company.has("marketing_sends", sends("2026-01-10", "2026-03-10", "2026-03-20"))
    company.has(
        "unsubscribe_events",
        [{"email": f"p{n}@mail.example.org", "ts": "2026-02-01 00:00:00"} for n in range(3)],
    )
    return company


def one(before: Assessment, after: Assessment) -> Any:
    (change,) = changes([before], [after])
    return change


def test_fewer_breaches_in_new_data_are_the_company_s_doing(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    mailed.has("marketing_sends", sends("2026-01-10", "2026-01-11", "2026-01-12"))
    change = one(before, mailed.check("MKT-02"))
    assert (change.before, change.after) == (Verdict.FAIL, Verdict.PASS)
    assert change.is_of_the_data
    assert change.words == "only the exported data changed"


def test_a_moved_parameter_is_never_shown_as_progress(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    mailed.top = [*TOML, "[params]\nunsub_grace_hours = 2000"]
    change = one(before, mailed.check("MKT-02"))
    assert (change.before, change.after) == (Verdict.FAIL, Verdict.PASS)
    assert change.causes == (Cause.PARAMETERS,)
    assert "grace hours from 0 to 2000" in change.words


def test_another_mapping_of_the_same_file_is_labelled(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    mailed.sources["marketing_sends"] += "where = \"send_id <> 's1'\"\n"
    change = one(before, mailed.check("MKT-02"))
    assert change.causes == (Cause.MAPPING,)
    assert (change.violations_before, change.violations_after) == (2, 1)


def test_a_system_more_in_the_register_is_coverage(mailed: Any) -> None:
    mailed.top = [*TOML, "[systems]\nmail = 'Mail'\nshop = 'Shop'"]
    before = mailed.check("MKT-02")
    mailed.has("marketing_sends", sends("2026-01-10", "2026-03-10"))
    mailed.sources["marketing_sends"] += 'system = "mail"\n'
    assert Cause.COVERAGE in one(before, mailed.check("MKT-02")).causes


def test_other_days_of_the_same_systems_are_no_coverage(mailed: Any) -> None:
    after = mailed.check("MKT-02")
    before = replace(after, violations=1, scope=f"{after.systems}, for the one day 10 January 2026")
    assert after.scope != before.scope
    assert Cause.COVERAGE not in one(before, after).causes


def test_a_table_left_out_is_coverage(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    del mailed.sources["unsubscribe_events"]
    change = one(before, mailed.check("MKT-02"))
    assert change.after is Verdict.NOT_TESTED
    assert Cause.COVERAGE in change.causes


def test_an_edited_control_clause_or_tool_is_labelled(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    after = replace(
        before, violations=1,
        evidence=replace(
            before.evidence, control_version=9, clause_sha256="0" * 64, tool_version="9"
        ),
    )  # fmt: skip
    assert one(before, after).causes == (Cause.CONTROL, Cause.POLICY, Cause.TOOL)


def test_the_same_figures_are_no_change_whatever_else_moved(mailed: Any) -> None:
    before = mailed.check("MKT-02")
    again = replace(before, evidence=replace(before.evidence, tool_version="9"))
    assert changes([before], [again]) == ()
    assert changes([], [again]) == ()


def test_violations_are_counted_by_month(mailed: Any) -> None:
    mailed.has("marketing_sends", sends("2026-02-10", "2026-03-10", "2026-03-20"))
    assessment = mailed.check("MKT-02")
    assert assessment.months == (("2026-02", 1), ("2026-03", 2))
    assert len(assessment.keys) == 3


def test_each_source_grows_old_by_its_own_period(mailed: Any) -> None:
    mailed.top = [*TOML, "[systems]\nregisters = 'Registers of the DPO'"]
    mailed.sources["unsubscribe_events"] += 'system = "registers"\n'
    assert mailed.check("MKT-02", asof=date(2027, 2, 20)).aged == ()
    assert mailed.check("MKT-02", asof=date(2027, 2, 21)).aged == (
        "marketing_sends: 93 days old, 92 allowed",
    )
    assert len(mailed.check("MKT-02", asof=date(2027, 6, 1)).aged) == 2


def test_a_manifest_says_how_old_a_file_is(mailed: Any) -> None:
    mailed.has("manifest", [{"file": "marketing_sends.csv", "exported_at": "2026-07-01 00:00:00"}])
    assessment = mailed.check("MKT-02", asof=date(2026, 11, 20))
    assert assessment.stale
    assert assessment.aged == ("marketing_sends: 142 days old, 92 allowed",)
