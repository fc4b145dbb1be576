"""Evidence: complete, the same when made again, and silent about persons."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from vitrail.errors import UsageError
from vitrail.model import Assessment
from vitrail.promises import assessments_document, evidence_record, load_assessments

CARD = "4539 5787 6362 1486"


@pytest.fixture
def mailed(company: Any) -> Any:
    """Thirty people mailed after they unsubscribed; one card in a note."""
    people = [f"person{n}@secret-domain.org" for n in range(30)]
    company.has("marketing_sends", [
        {"send_id": f"send-{e}", "email": e, "purpose": "marketing", "channel": "email",
         "sent_at": "2026-03-10 09:00:00"} for e in people
    ])  # fmt: skip
    company.has("unsubscribe_events", [{"email": e, "ts": "2026-03-01 00:00:00"} for e in people])
    company.holds("notes.csv", [{"note": f"my card {CARD}"}, {"note": "nothing"}])
    return company


def text(assessment: Assessment) -> str:
    return json.dumps(evidence_record(assessment), ensure_ascii=False, indent=1)


def test_the_same_exports_give_the_same_bytes(mailed: Any) -> None:
    assert text(mailed.check("MKT-02")) == text(mailed.check("MKT-02"))
    assert text(mailed.check("PAY-01", scan=True)) == text(mailed.check("PAY-01", scan=True))


def test_rows_are_named_by_keyed_hashes_and_no_more_than_twenty(mailed: Any) -> None:
    assessment = mailed.check("MKT-02")
    assert assessment.violations == 30
    assert len(assessment.keys) == 20
    expected = {
        mailed.keys.row_key("marketing_sends", f"send-person{n}@secret-domain.org")
        for n in range(30)
    }
    assert set(assessment.keys) <= expected


def test_nothing_of_a_person_stands_in_it(mailed: Any) -> None:
    written = text(mailed.check("MKT-02")) + text(mailed.check("PAY-01", scan=True))
    written = re.sub(r"\b[0-9a-f]{32,64}\b", "", written)  # a digest may hold any four digits
    for value in ("secret-domain", "person1", CARD, CARD.replace(" ", ""), "4242"):
        assert value not in written
    assert "16 digits" in written  # the shape alone


def test_it_names_inputs_by_hash_and_rows_and_carries_sql_and_figures(mailed: Any) -> None:
    record = evidence_record(mailed.check("MKT-02"))["evidence"]
    assert [i["name"] for i in record["inputs"]] == [
        "marketing_sends.csv",
        "unsubscribe_events.csv",
    ]
    assert all(len(i["sha256"]) == 64 and i["rows"] == 30 for i in record["inputs"])
    assert "seconds" not in record["inputs"][0]
    assert record["parameters"] == {"asof": "2026-11-20", "grace_hours": 0, "late_hours": 48}
    assert "ASOF LEFT JOIN" in record["sql"]
    assert len(record["sql_sha256"]) == len(record["clause_sha256"]) == 64


def test_assessments_have_the_contract_s_fields(mailed: Any) -> None:
    document = json.loads(json.dumps(assessments_document([mailed.check("MKT-02")])))
    assert document["schema"] == "vitrail.assessments/1"
    (entry,) = document["assessments"]
    assert {
        "control", "section", "title", "verdict", "severity", "kind", "denominator", "violations",
        "rate", "first", "last", "keys", "inputs", "sql_sha256", "parameters", "reason",
    } <= set(entry)  # fmt: skip
    assert (entry["verdict"], entry["severity"], entry["kind"]) == ("FAIL", "critical", "P")
    assert (entry["denominator"], entry["violations"], entry["rate"]) == (30, 30, 1.0)
    assert entry["first"].startswith("2026-03-10T09:00:00")


def test_a_check_is_read_back_as_it_was(mailed: Any, tmp_path: Path) -> None:
    made = (mailed.check("MKT-02"), mailed.check("PAY-01", scan=True), mailed.check("TST-01"))
    document = {"evidence": [evidence_record(a) for a in made]}
    (tmp_path / "evidence.json").write_text(json.dumps(document), "utf-8")
    back = load_assessments(tmp_path)
    assert [text(a) for a in back] == [text(a) for a in made]
    assert [a.verdict for a in back] == [a.verdict for a in made]


def test_evidence_that_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "evidence.json").write_text("{", "utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        load_assessments(tmp_path)


def test_the_sentence_for_the_board_says_scope_and_numbers(mailed: Any) -> None:
    mailed.top = ["[systems]\nmail = 'Mail'\nshop = 'Shop'\nphone = 'Phone'"]
    mailed.sources["marketing_sends"] += 'system = "mail"\n'
    assessment = mailed.check("MKT-02")
    assert assessment.sentence == (
        "In exports covering 1 of 3 systems, for the one day 10 March 2026, 30 of 30 "
        "marketing sends followed an unsubscribe."
    )


def test_a_verdict_on_old_exports_is_stale(mailed: Any) -> None:
    from datetime import date

    mailed.top = ["asof = 2026-11-20"]
    assert not mailed.check("MKT-02", asof=date(2026, 11, 20)).stale
    assert not mailed.check("MKT-02", asof=date(2027, 2, 20)).stale
    assert mailed.check("MKT-02", asof=date(2027, 2, 21)).stale
