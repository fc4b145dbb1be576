"""A policy's contradictions and silences come from its file, whichever company's it is."""

from __future__ import annotations

from pathlib import Path

from vitrail.promises import Policy, lint_policy, load_policy

OTHER = """
version: "7"
title: Orchard's notice
effective: 2025-02-01
fresh_for_days: 30
minimum_age: 16
clauses:
  - {id: one, section: A, title: Two helpers, promise: Two get data., controls: [SHR-01],
     names: [Mill, Barn], exhaustive: true}
  - {id: two, section: B, title: Told of changes, promise: You will be told.}
categories:
  - {name: birth date, entity_types: [DATE_OF_BIRTH]}
sharing_purposes: [milling, storage]
archive_reasons: []
recipients:
  - {name: Mill, aliases: [], purpose: milling}
  - {name: Barn, aliases: [], purpose: storage}
periods:
  - {name: answers, words: 14 days, source: "notice, section C", promised: true}
  - {name: logs, words: 90 days, source: assumption, promised: false}
assumptions: []
defects: []
not_provable: []
"""


def rules(policy: Policy) -> list[str]:
    return [remark.rule for remark in lint_policy(policy)]


def test_this_policy_s_own_defects_are_found(policy: Policy) -> None:
    found = {remark.rule: remark.words for remark in lint_policy(policy)}
    assert "Stripe" in found["recipient-named-elsewhere"]
    assert "6 kinds of recipient" in found["recipients-by-kind-only"]
    assert "must be 18" in found["age-without-birth-date"]
    assert found["nothing-promised"].startswith("Changes may be announced")
    open_periods = [r.words for r in lint_policy(policy) if r.rule == "period-without-number"]
    assert len(open_periods) == sum(not p.promised for p in policy.periods) == 5


def test_another_company_s_policy_is_judged_by_its_own_data(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(OTHER, "utf-8")
    assert rules(load_policy(tmp_path / "other.yaml")) == ["period-without-number", "untested"]


def test_a_recipient_who_is_named_in_another_clause_only_is_told(tmp_path: Path) -> None:
    text = OTHER.replace("You will be told.}", "You will be told., names: [Press]}")
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    assert rules(load_policy(tmp_path / "other.yaml"))[0] == "recipient-named-elsewhere"


def test_a_file_without_any_period_is_told(tmp_path: Path) -> None:
    head, tail = OTHER.split("periods:", maxsplit=1)[0], OTHER[OTHER.index("assumptions:") :]
    text = f"{head}periods: []\n{tail}"
    (tmp_path / "other.yaml").write_text(text, "utf-8")
    assert rules(load_policy(tmp_path / "other.yaml")) == ["no-period", "untested"]
