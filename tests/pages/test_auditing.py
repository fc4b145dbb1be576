"""What Scan, Sources and Promises tell an auditor over time, and of what is not there."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import vitrail
from tests.pages.visiting import to_copy
from vitrail.cli.commands import application
from vitrail.errors import UsageError
from vitrail.model import Actor, Change, Role
from vitrail.scan import ScanOptions
from vitrail.ui import entrance

HOUSE = Path(__file__).parent.parent.parent
SYSTEMS = 'asof = 2026-11-20\n[systems]\ncrm = "CRM <b>*x*</b>"\nchat = "Chat"\n'
MAPPED = """
[sources.people]
file = "exports/people.csv"
table = "profiles"
system = "crm"
timezone = "UTC"
columns = { account_id = "id", email = "mail", declared_birth_date = "born", updated_at = "at" }
"""
HEAD = 'id,mail,born,at,"=note <i>x</i>"\n'
AT = "2026-11-01T09:00:00Z"
Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Scanned and checked twice: in between it was mapped, one value left and one came."""
    root = tmp_path_factory.mktemp("audited")
    (root / "exports").mkdir()
    export = root / "exports" / "people.csv"
    (root / "vitrail.toml").write_text(SYSTEMS, "utf-8")
    export.write_text(f"{HEAD}u1,mia@mail.example.com,2011-05-01,{AT},call +33 6 12 34 56 78\n")
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
        workspace.check()
    (root / "vitrail.toml").write_text(SYSTEMS + MAPPED, "utf-8")
    export.write_text(f"{HEAD}u1,ann@mail.example.com,2011-05-01,{AT},card 4111 1111 1111 1111\n")
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
        workspace.check()
    return root


@pytest.fixture
def place(audited: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(audited, tmp_path / "own"))


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, place: Path) -> Open:
    def opened(page: str, **address: str) -> AppTest:
        monkeypatch.setenv("VITRAIL_WORKSPACE", str(place))
        monkeypatch.chdir(HOUSE)
        test = AppTest.from_file(str(HOUSE / "pages" / f"{page}.py"), default_timeout=60)
        for key, value in address.items():
            test.query_params[key] = value
        return test.run()

    return opened


def scans(place: Path) -> tuple[str, str]:
    with vitrail.open(place) as workspace:
        later, earlier = [run.id for run in workspace.runs() if run.kind == "scan"]
    return earlier, later


def test_two_scans_say_what_is_new_still_there_and_gone(place: Path) -> None:
    with vitrail.open(place) as workspace:
        found = {
            (one.place.entity_type, one.place.column[:5]): (one.change, one.new, one.gone)
            for one in workspace.compare_scans(*scans(place))
        }
    assert found["CREDIT_CARD", "=note"] == (Change.NEW, 1, 0)
    assert found["PHONE_NUMBER", "=note"] == (Change.GONE, 0, 1)
    assert found["EMAIL_ADDRESS", "mail"] == (Change.STILL_THERE, 1, 1)


def test_what_a_later_scan_did_not_read_in_full_is_not_called_gone(place: Path) -> None:
    with vitrail.open(place) as workspace:
        workspace.scan(ScanOptions(names="off", sample="quick"))
        latest, _, first = [run.id for run in workspace.runs() if run.kind == "scan"]
        found = {
            one.place.entity_type: one.change for one in workspace.compare_scans(first, latest)
        }
        assert found["PHONE_NUMBER"] is Change.NOT_EXAMINED
        with pytest.raises(UsageError, match="no finished scan"):
            workspace.compare_scans("../../etc", latest)


def test_the_scan_page_sets_two_scans_beside_each_other(visit: Open) -> None:
    shown = visit("scan")
    shown = next(b for b in shown.button if b.label == "Compare").click().run()
    assert not shown.exception
    table = next(d.value for d in shown.dataframe if "new values" in d.value)
    assert table[""].iloc[0] == "+ new"
    assert "✓ gone" in set(table[""])
    assert all(name.startswith("'=note") for name in table["column"] if "note" in name)


def reports(shown: AppTest) -> list[str]:
    """The names of the reports that a page offers."""
    offered = shown.get("download_button")
    return [b.label for b in offered if b.label in ("HTML", "PDF")]


def test_the_scan_page_offers_the_report_of_the_last_scan(visit: Open) -> None:
    shown = visit("scan")
    assert reports(shown) == ["HTML", "PDF"]
    assert any(m.value.startswith("Report of the scan of") for m in shown.markdown)


def test_what_the_next_scan_takes_stands_beside_what_the_last_one_took(visit: Open) -> None:
    shown = visit("scan")
    for _turn in range(200):  # the exports are looked into beside the page
        if any("Takes about" in html.body for html in shown.html):
            break
        time.sleep(0.2)
        shown = shown.run()
    assert any("the last one took" in html.body for html in shown.html)


def test_a_scan_whose_files_are_gone_offers_the_report_of_the_one_before(
    visit: Open, place: Path
) -> None:
    earlier, later = scans(place)
    shutil.rmtree(place / "runs" / later)
    assert reports(visit("scan")) == ["HTML", "PDF"]
    shutil.rmtree(place / "runs" / earlier)
    shown = visit("scan")
    assert not reports(shown)
    assert "has no report" in " ".join(c.value for c in shown.caption)


def test_an_admin_who_sees_no_finding_gets_no_report_of_a_scan(
    visit: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = Actor("admin@example.org", frozenset({Role.ADMIN}))
    monkeypatch.setattr(entrance, "current_actor", lambda **_acting: admin)
    shown = visit("scan")
    assert not shown.warning
    assert any("read every input whole" in caption.value for caption in shown.caption)
    assert not reports(shown)
    assert reports(visit("promises")) == ["HTML", "PDF"]


def test_two_scans_are_compared_on_the_command_line_too(place: Path) -> None:
    done = CliRunner().invoke(
        application, ["findings", "compare", *scans(place), "--json", "-C", str(place)]
    )
    document = json.loads(done.stdout)
    assert document["schema"] == "vitrail.scan_comparison/1"
    assert {p["change"] for p in document["places"]} >= {"new", "gone", "still there"}


def test_sources_begin_with_what_nobody_has_exported(visit: Open, place: Path) -> None:
    old = 1_600_000_000
    os.utime(place / "exports" / "people.csv", (old, old))
    shown = visit("sources")
    assert not shown.exception
    systems, exports, mapping = (d.value for d in shown.dataframe)
    assert list(systems[""]) == ["! no export", "✓"]
    assert systems["system"].iloc[1] == "CRM <b>*x*</b>"
    assert list(exports[""]) == ["◷ old"]
    assert list(exports["feeds"]) == ["profiles"]
    goes = dict(zip(mapping["exported column"], mapping["goes to"], strict=True))
    assert goes["born"] == "profiles.declared_birth_date"
    assert goes["'=note <i>x</i>"] == "– scanned only"
    assert "<b>" not in "".join(h.body for h in shown.html)


def test_sources_without_an_export_say_what_to_do(visit: Open, place: Path) -> None:
    (place / "exports" / "people.csv").unlink()
    (place / "vitrail.toml").write_text(SYSTEMS, "utf-8")
    shown = visit("sources")
    assert not shown.exception
    assert "vitrail import" in to_copy(shown)


def test_promises_tell_which_verdict_is_another_than_before(visit: Open, place: Path) -> None:
    shown = visit("promises")
    assert not shown.exception
    trend = next(d.value for d in shown.dataframe if "promise" in d.value)
    with vitrail.open(place) as workspace:
        newer, older = workspace.check_history()
    changed = {c for c, verdict in newer.verdicts.items() if verdict is not older.verdicts[c]}
    assert changed
    assert set(trend["promise"]) == changed
    assert shown.checkbox(key="changed").value
    shown = shown.checkbox(key="changed").uncheck().run()
    trend = next(d.value for d in shown.dataframe if "promise" in d.value)
    assert len(trend) == len(newer.verdicts)


def test_evidence_is_drawn_once_it_is_opened_and_not_for_every_promise_at_once(
    visit: Open, place: Path
) -> None:
    shown = visit("promises")
    folded = [e for e in shown.expander if e.label.startswith("Evidence of ")]
    assert len(folded) > 20
    assert not any(e.children for e in folded)


def test_promises_list_what_the_policy_says_against_itself(visit: Open, place: Path) -> None:
    from vitrail.promises import lint_policy
    from vitrail.ui.plain_text import literal

    shown = visit("promises")
    with vitrail.open(place) as workspace:
        remarks = lint_policy(workspace.policy())
    lists = " ".join(m.value for m in shown.markdown)
    assert remarks
    assert all(literal(remark.words) in lists for remark in remarks)
