"""Nothing that a person could ask to have erased gets into the chain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vitrail.errors import VitrailError
from vitrail.ledger import Ledger
from vitrail.ledger.kinds import KINDS, check

PLANTED = "jeanne.martin@example.org"

GOOD: dict[str, dict[str, Any]] = {
    "ledger_created": {"key_check": "5ca1ab1e5ca1ab1e"},
    "run_begun": {"run": "scan-1", "run_kind": "scan", "pid": 42, "pid_started": 1.5},
    "run_ended": {"run": "scan-1", "state": "failed", "summary": {"hits": 3, "fault": "OSError"}},
    "cancel_requested": {"run": "scan-1"},
    "findings_recorded": {"run": "scan-1", "total": 2, "new": 1, "gone": ["a1"], "regressed": []},
    "finding_decided": {"finding": "a1", "decision": "dismiss", "reason_digest": "ab" * 32},
    "finding_assigned": {"finding": "RET-01", "reason_digest": "ab" * 32, "due": "2026-12-01"},
    "rows_read": {"place": "ab" * 16, "rows": 20, "in_clear": False, "reason_digest": "ab" * 32},
    "keys_listed": {"finding": "RET-01", "rows": 7},
    "mapping_written": {
        "sources": 1,
        "tables": ["accounts"],
        "before": "ab" * 32,
        "after": "cd" * 32,
    },
    "dismissal_proposed": {"finding": "a1", "until": "2027-01-31", "reason_digest": "ab" * 32},
    "finding_commented": {"finding": "a1", "reason_digest": "ab" * 32},
    "revealed": {"finding": "a1", "sample": 0, "reason_digest": "ab" * 32},
    "minor_cases_recorded": {"run": "scan-1", "total": 3, "new": 1},
    "minor_case_decided": {"case": "case-a1", "decision": "confirm", "reason_digest": "ab" * 32},
    "minor_deletion_listed": {"cases": 1, "rows": 7},
    "import": {"epoch": "e1", "files": 3, "problems": 0, "rows": 9, "changed": True},
    "release": {
        "release": "r1",
        "epoch": "e1",
        "fact": "activity",
        "dimensions": ["country", "week"],
        "filters": ["device"],
        "measures": ["persons", "sum(amount)"],
        "span": ["2026-10-01", "2026-10-31"],
        "rows": 12,
        "suppressed": 2,
    },
    "session_begun": {"session": "ab" * 16, "roles": ["analyst"]},
    "session_roles": {"session": "ab" * 16, "roles": ["auditor"]},
    "session_ended": {"session": "ab" * 16, "cause": "everywhere"},
    "entry_refused": {"rule": "no_role", "count": 3},
    "settings_proposed": {"digest": "ab" * 32, "parts": {"params": "cd" * 32}},
    "settings_approved": {"digest": "ab" * 32},
    "budget_opened": {"population": "persons", "rho_millionths": 1_000_000},
    "private_release": {
        "release": "private-e1-ab-50000",
        "population": "persons",
        "rho_millionths": 50_000,
        "total_millionths": 1_000_000,
        "question_sha256": "ab" * 32,
        "answer_sha256": "cd" * 32,
        "fact": "activity",
        "dimensions": ["month"],
        "filters": [],
        "measures": ["persons"],
        "span": ["2026-10-01", "2026-10-31"],
    },
    "refusal": {"fact": "activity", "rule": "Refused", "query_sha256": "ab" * 32},
    "denied": {"action": "read_findings"},
    "check": {"run": "check-1", "policy": "acme-2026.1", "pass": 3, "not_tested": 1},
    "trace_begun": {
        "case_digest": "ab" * 16,
        "reason_digest": "ab" * 32,
        "use": "proof",
        "subjects": 2,
    },
    "trace_ended": {"case_digest": "ab" * 16, "use": "proof", "places": 3, "verdict": "fail"},
    "purged": {"purge": "purge-1", "category": "hits", "items": 2, "bytes": 9, "days": 180},
    "own_files_checked": {"files": 9, "findings": 0, "erased": 3, "left": 0, "verdict": "pass"},
    "report_written": {"run": "scan-1", "format": "pdf", "sha256": "ab" * 32},
}


def test_every_kind_has_its_words_and_takes_what_it_is_for() -> None:
    assert GOOD.keys() == KINDS.keys()
    for kind, payload in GOOD.items():
        assert KINDS[kind].words
        check(kind, payload)


@pytest.mark.parametrize("kind", sorted(GOOD))
@pytest.mark.parametrize(
    "value", [PLANTED, [PLANTED], {"hits": PLANTED}, {PLANTED: 1}, "Jeanne Martin", "10 rue X"]
)
def test_no_field_takes_an_address_a_name_or_prose(kind: str, value: Any) -> None:
    for field in GOOD[kind]:
        with pytest.raises(VitrailError) as caught:
            check(kind, {**GOOD[kind], field: value})
        assert "Jeanne" not in str(caught.value)
        assert PLANTED not in str(caught.value)


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_no_other_key_is_taken_and_the_message_does_not_repeat_it(kind: str) -> None:
    with pytest.raises(VitrailError, match="a key that it may not") as caught:
        check(kind, {**GOOD[kind], PLANTED: 1})
    assert PLANTED not in str(caught.value)


@pytest.mark.parametrize("kind", sorted(k for k in GOOD if KINDS[k].required))
def test_what_a_kind_needs_must_be_there(kind: str) -> None:
    for field in KINDS[kind].required:
        with pytest.raises(VitrailError, match=field):
            check(kind, {k: v for k, v in GOOD[kind].items() if k != field})


@given(st.text() | st.floats() | st.none() | st.lists(st.text(), min_size=1) | st.binary())
def test_a_count_is_a_whole_number_from_nought_up(value: Any) -> None:
    with pytest.raises(VitrailError):
        check("findings_recorded", {**GOOD["findings_recorded"], "total": value})


def test_an_unknown_kind_is_refused_and_nothing_is_written(ledger: Ledger, place: Path) -> None:
    with pytest.raises(VitrailError, match="no such kind"):
        ledger.append(PLANTED, "amelie", {})
    assert len(ledger.events()) == 1
    for file in place.parent.iterdir():
        assert PLANTED.encode() not in file.read_bytes()
