"""The pages about single persons: cases of likely minors, and a trace for a case."""

from __future__ import annotations

import csv
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest
from streamlit.testing.v1 import AppTest

import vitrail
from tests.pages import visiting
from vitrail.model import Actor, CaseStatus, Role
from vitrail.scan import ScanOptions

Desk = Callable[..., AppTest]
HOSTILE = "<img src=x onerror=alert(1)> [a](http://example.org) \u202e"
SETTINGS = dedent(
    """
    asof = 2026-11-20
    [dpia]
    reference = "DPIA-7"
    purpose = "access, erasure, minors"
    owner = "data protection"
    [systems]
    crm = "CRM"
    [sources.people]
    file = "exports/people.csv"
    table = "profiles"
    system = "crm"
    timezone = "UTC"
    columns = { account_id = "id", email = "mail", declared_birth_date = "born", updated_at = "at" }
    """
)


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minor, whose key would be a formula, and an adult; both with hostile notes."""
    root = tmp_path_factory.mktemp("company")
    (root / "exports").mkdir()
    (root / "vitrail.toml").write_text(SETTINGS, "utf-8")
    at = "2026-11-01T09:00:00Z"
    rows = [("id", "mail", "born", "at", "note"),
            ("=1+1", "mia@mail.example.com", "2011-05-01", at, HOSTILE),
            ("u2", "ann.lee@mail.example.com", "1980-05-01", at, HOSTILE)]  # fmt: skip
    with (root / "exports/people.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return root


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "own"))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, place: Path) -> Desk:
    """``desk("minors", Role.AUDITOR)``: a page as somebody with these roles, else as its owner."""

    def sit(page: str, *roles: Role) -> AppTest:
        actor = Actor("someone", frozenset(roles)) if roles else None
        return visiting.Desk(monkeypatch, place)(page, actor)

    return sit


def test_a_case_is_decided_with_a_reason_and_the_list_waits_for_a_human(
    desk: Desk, place: Path
) -> None:
    shown = desk("minors", Role.AUDITOR)
    assert list(shown.dataframe[0].value["status"]) == ["○ open"]
    assert "nothing to list" in visiting.words(shown)
    shown = shown.button(key="case-confirm").click().run()
    assert "reason is missing" in visiting.words(shown)
    shown.text_input(key="case-reason").set_value("the birth date says so")
    shown = shown.button(key="case-confirm").click().run()
    assert "pause marketing" in visiting.words(shown)
    assert "nothing to list" not in visiting.words(shown)
    with vitrail.open(place) as workspace:
        (case,) = workspace.minor_cases()
        assert (case.status, case.decided_by) == (CaseStatus.CONFIRMED, "someone")
        assert workspace.events()[-1].kind != "minor_deletion_listed", "not made unless asked for"


def test_a_key_that_a_spreadsheet_would_run_is_written_as_text(place: Path) -> None:
    from vitrail.workspace.deletion_list import as_csv
    from vitrail.workspace.minor_cases import KeyToDelete

    written = as_csv([KeyToDelete("case-1", "crm", "people.csv", None, "id", "=1+1", 0)])
    assert next(csv.DictReader(io.StringIO(written)))["key"] == "'=1+1"


def test_overdue_cases_come_first_and_are_told_in_words(desk: Desk, place: Path) -> None:
    text = (place / "vitrail.toml").read_text()
    (place / "vitrail.toml").write_text(text + "\n[params]\nminor_sla_hours = 0\n")
    shown = desk("minors", Role.AUDITOR)
    assert list(shown.dataframe[0].value[""]) == ["! overdue"]
    assert "! overdue" in shown.html[0].body


@pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.ADMIN])
def test_whoever_does_not_handle_cases_sees_their_number_alone(desk: Desk, role: Role) -> None:
    shown = desk("minors", role)
    assert "open cases" in shown.html[0].body
    assert not shown.dataframe
    assert not shown.text_input
    assert "role auditor" in visiting.words(shown)


@pytest.mark.parametrize("page", ["minors", "trace"])
def test_without_an_assessment_on_record_the_page_says_how_to_put_one_there(
    desk: Desk, place: Path, page: str
) -> None:
    text = (place / "vitrail.toml").read_text()
    (place / "vitrail.toml").write_text(text.replace('reference = "DPIA-7"', 'reference = ""'))
    shown = desk(page, Role.AUDITOR)
    if page == "trace":
        shown = send(shown, "mia@mail.example.com")
    assert not shown.exception
    assert "is locked" in visiting.words(shown)
    assert "dpia" in visiting.words(shown)
    assert not shown.dataframe


@pytest.mark.parametrize("page", ["minors", "trace"])
def test_analysts_see_nothing_of_single_persons(desk: Desk, page: str) -> None:
    shown = desk(page, Role.ANALYST)
    assert not shown.dataframe
    assert not shown.main.html
    assert "You may not see this page" in visiting.words(shown)


def send(shown: AppTest, identifiers: str, use: str = "find", case: str = "DSAR-17") -> AppTest:
    shown.text_input(key="trace-case").set_value(case)
    shown.text_input(key="trace-reason").set_value("the person asked")
    shown.text_area(key="trace-identifiers").set_value(identifiers)
    shown.checkbox(key="trace-names").set_value(False)
    shown.selectbox(key="trace-use").set_value(use)
    return next(b for b in shown.button if b.label == "Look").click().run()


def test_a_trace_begins_with_a_case_and_stays_out_of_the_address(desk: Desk, place: Path) -> None:
    shown = send(desk("trace", Role.INVESTIGATOR), "mia@mail.example.com", case="")
    assert "case reference is missing" in visiting.words(shown)
    shown = send(shown, "mia@mail.example.com")
    table = shown.dataframe[0].value
    assert set(table["dataset"]) == {"people.csv"}
    assert not dict(shown.query_params)
    assert "mia" not in table.to_csv()
    with vitrail.open(place) as workspace:
        kinds = [e.kind for e in workspace.events()][-2:]
        assert kinds == ["trace_begun", "trace_ended"]
        assert "mia" not in str(workspace.events())
    shown = shown.button(key="trace-forget").click().run()
    assert not shown.dataframe


def test_a_package_is_a_download_and_leaves_nothing_on_disk(desk: Desk, place: Path) -> None:
    shown = send(desk("trace", Role.AUDITOR), "mia@mail.example.com", "package")
    assert not shown.exception
    outcome = shown.session_state["traced"]
    with zipfile.ZipFile(io.BytesIO(outcome.file)) as file:
        names = set(file.namelist())
        assert {"letter.html", "manifest.json"} <= names
        records = json.loads(
            file.read(next(n for n in names if n.startswith("01_") and "json" in n))
        )
    assert records[0]["note"] == HOSTILE
    assert not list((place / "tmp").glob("package-*"))
    outcome.forget()
    assert outcome.file is None


def test_a_proof_says_what_is_left(desk: Desk) -> None:
    shown = send(desk("trace", Role.AUDITOR), "mia@mail.example.com", "proof")
    assert "FAIL" in visiting.words(shown)
    assert set(shown.dataframe[0].value["standing"]) == {"left"}


def test_a_person_who_is_nowhere_is_told_as_such(desk: Desk) -> None:
    shown = send(desk("trace", Role.AUDITOR), "nobody@elsewhere.example.com")
    assert "Found nowhere" in visiting.words(shown)
