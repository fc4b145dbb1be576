"""``vitrail ask --private`` as a program meets it: the contract's document, one budget, reports."""

from __future__ import annotations

import json
from pathlib import Path

ASKED = "SELECT month, count(DISTINCT person) FROM activity GROUP BY month"


def test_it_prints_the_same_document_with_what_is_promised(settled: Path, vitrail) -> None:
    done = vitrail("ask", "-C", settled, "--private", "0.05", "--json", ASKED, code=0)
    answer = json.loads(done.stdout)
    assert set(answer) == {
        "schema", "columns", "rows", "suppressed", "release", "epoch", "notes", "private",
    }  # fmt: skip
    assert answer["columns"] == ["month", "persons"]
    assert all({"value", "privacy", "total"} <= set(row[1]) for row in answer["rows"])
    told = answer["private"]
    assert (told["rho"], told["delta"], told["epsilon"]) == (0.05, 1e-6, 1.4716)
    assert told["budget"] == {"total": 1.0, "before": 0.0, "after": 0.05}
    assert told["bounds"]["persons"]["clip"] == 1
    again = vitrail("ask", "-C", settled, "--private", "0.05", "--json", ASKED, code=0)
    assert json.loads(again.stdout) == answer


def test_a_plan_tells_the_cost_and_spends_nothing(settled: Path, vitrail) -> None:
    done = vitrail("ask", "-C", settled, "--private", "0.05", "--plan", ASKED, code=0)
    assert "persons" in done.stdout
    assert "spends ρ = 0.05, for good; 1 of 1 is left" in done.stderr
    budget = vitrail("ledger", "budget", "-C", settled, "--json", code=0)
    told = json.loads(budget.stdout)
    assert (told["spent"], told["left"], told["releases"]) == (0.0, 1.0, [])


def test_what_does_not_fit_exits_4_and_says_what_is_left(settled: Path, vitrail) -> None:
    vitrail("ask", "-C", settled, "--private", "0.4", ASKED, code=0)
    other = "SELECT count(DISTINCT person) FROM activity"
    vitrail("ask", "-C", settled, "--private", "0.4", other, code=0)
    third = "SELECT region, count(DISTINCT person) FROM activity GROUP BY region"
    done = vitrail("ask", "-C", settled, "--private", "0.4", third, code=4)
    assert "only 0.2 is left" in done.stderr
    assert done.stdout == ""


def test_a_rho_that_is_none_is_wrong_usage(settled: Path, vitrail) -> None:
    for rho in ("0", "nan"):
        vitrail("ask", "-C", settled, "--private", rho, ASKED, code=2)
    vitrail("ask", "-C", settled, "--private", "0.05", "--clip", "amount", ASKED, code=2)


def test_each_report_of_it_is_written_and_its_own_scan_finds_nobody(
    settled: Path, vitrail, tmp_path: Path
) -> None:
    done = vitrail("ask", "-C", settled, "--private", "0.05", "--json", ASKED, code=0)
    answer = json.loads(done.stdout)
    for form in ("html", "pdf", "json"):
        vitrail("report", "-C", settled, answer["release"], "--format", form, code=0)
    reports = settled / "reports"
    assert json.loads((reports / f"{answer['release']}.json").read_text()) == answer
    assert (reports / f"{answer['release']}.pdf").read_bytes().startswith(b"%PDF-")
    page = tmp_path / "page"
    page.mkdir()
    (page / "report.txt").write_text((reports / f"{answer['release']}.html").read_text())
    (page / "report.json").write_text((reports / f"{answer['release']}.json").read_text())
    scanned = vitrail("scan", page, "--names", "off", "--json", "--fail-on", "low", code=0)
    assert json.loads(scanned.stdout)["findings"] == []
    vitrail("report", "-C", settled, answer["release"], "--format", "sarif", code=2)


def test_a_release_that_is_not_there_is_told(settled: Path, vitrail) -> None:
    done = vitrail("report", "-C", settled, "private-nothing", code=2)
    assert "vitrail ledger budget" in done.stderr
