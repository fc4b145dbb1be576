"""Likely minors become cases; a human decides; the keys of the confirmed are written out."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from typer.testing import CliRunner

import vitrail
from vitrail.cli.commands import application
from vitrail.errors import ConfigError, Forbidden, UsageError
from vitrail.model import Actor, CaseDecision, CaseStatus, MinorCase, Role
from vitrail.scan import ScanOptions
from vitrail.workspace import Workspace

MAPPING = dedent(
    """
    asof = 2026-11-20
    [dpia]
    reference = "DPIA-7"
    purpose = "finding likely minors"
    owner = "data protection"
    [systems]
    crm = "CRM"
    chat = "Chat"
    [sources.people]
    file = "exports/people.csv"
    table = "profiles"
    system = "crm"
    timezone = "UTC"
    columns = { account_id = "id", email = "mail", declared_birth_date = "born", updated_at = "at" }
    [sources.chat]
    file = "exports/chat.csv"
    table = "support_messages"
    system = "chat"
    timezone = "UTC"
    columns = { message_id = "no", account_id = "who", author = "by", text = "said", \
      created_at = "at" }
    values = { author = { customer = "user", staff = "agent" } }
    """
)
AT = "2026-11-01T09:00:00Z"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of five: a minor by birth date, one by words, a joker of forty, two adults."""
    root = tmp_path_factory.mktemp("company")
    (root / "exports").mkdir()
    (root / "vitrail.toml").write_text(MAPPING, "utf-8")
    people = [
        ("u1", "2011-05-01"),
        ("u2", ""),
        ("u3", "1986-01-01"),
        ("u4", "1970-01-01"),
        ("u5", ""),
    ]
    chat = [
        ("m1", "u2", "customer", "Hello, I'm 15 and I can't log in"),
        ("m2", "u2", "customer", "I have to ask my parents for permission first"),
        ("m3", "u3", "customer", "I'm 15 years old, as my wife likes to say"),
        ("m4", "u4", "staff", "I'm 15 years old"),
        ("m5", "u5", "customer", "My son is 15"),
    ]
    _write(root / "exports/people.csv", ("id", "mail", "born", "at"),
           [(who, f"{who}@example.org", born, AT) for who, born in people])  # fmt: skip
    _write(root / "exports/chat.csv", ("no", "who", "by", "said", "at"),
           [(*message, AT) for message in chat])  # fmt: skip
    with vitrail.open(root) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return root


def _write(path: Path, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([head, *rows])


@pytest.fixture
def workspace(place: Path) -> Iterator[Workspace]:
    with vitrail.open(place) as workspace:
        yield workspace


def of(workspace: Workspace, level: str) -> MinorCase:
    (case,) = [c for c in workspace.minor_cases() if c.level == level]
    return case


def test_a_case_is_opened_for_each_likely_minor_and_for_nobody_else(workspace: Workspace) -> None:
    cases = {(c.level, c.families) for c in workspace.minor_cases()}
    assert cases == {("certain", ("birth_date",)), ("likely", ("statement", "parents"))}
    assert workspace.open_minor_cases() == {"certain": 1, "likely": 1}


def test_only_who_handles_cases_sees_them_and_everyone_their_number(place: Path) -> None:
    for role in (Role.ANALYST, Role.INVESTIGATOR, Role.ADMIN):
        with vitrail.open(place, Actor("someone", frozenset({role}))) as workspace:
            with pytest.raises(Forbidden):
                workspace.minor_cases()
            with pytest.raises(Forbidden):
                workspace.minor_deletion_list()
            assert sum(workspace.open_minor_cases().values()) == 2


def test_the_register_is_locked_until_someone_answers_for_it(place: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(place, tmp_path / "own"))
    text = (own / "vitrail.toml").read_text()
    (own / "vitrail.toml").write_text(text.replace('reference = "DPIA-7"', 'reference = ""'))
    with vitrail.open(own) as workspace:
        case = workspace.minor_cases()[0]
        for reach in (
            workspace.minor_register,
            workspace.minor_deletion_list,
            lambda: workspace.decide_minor(case.id, CaseDecision.DISMISS, "An adult."),
        ):
            with pytest.raises(ConfigError, match="locked") as refused:
                reach()
            assert "[dpia]" in refused.value.remedy
        assert sum(workspace.open_minor_cases().values()) == 2


def test_nothing_is_listed_for_deletion_before_a_human_confirms(workspace: Workspace) -> None:
    assert workspace.minor_deletion_list() == ()


def test_a_reason_with_personal_data_in_it_is_refused(workspace: Workspace) -> None:
    case = of(workspace, "likely")
    with pytest.raises(UsageError, match="personal data"):
        workspace.decide_minor(case.id, CaseDecision.DISMISS, "See u2@example.org")
    assert of(workspace, "likely").status is CaseStatus.OPEN


def test_of_the_confirmed_every_row_is_listed_by_system_and_the_exports_stay_as_they_were(
    place: Path, workspace: Workspace
) -> None:
    before = (place / "exports/chat.csv").read_bytes()
    workspace.decide_minor(of(workspace, "likely").id, CaseDecision.CONFIRM, "Said so twice.")
    keys = {(k.system, k.key_column, k.key) for k in workspace.minor_deletion_list()}
    assert keys == {("crm", "id", "u2"), ("chat", "no", "m1"), ("chat", "no", "m2")}
    assert (place / "exports/chat.csv").read_bytes() == before
    assert workspace.events()[-1].kind == "minor_deletion_listed"


def test_controls_read_the_cases_and_the_signals(place: Path, workspace: Workspace) -> None:
    from vitrail.workspace.importing import open_store
    from vitrail.workspace.minor_tables import register_minors

    run, _ = workspace.scan_run(next(r.id for r in workspace.runs() if r.kind == "scan"))
    with open_store(workspace) as store:
        register_minors(workspace, store, run)
        found = store.query("SELECT account_id, level FROM minor_findings ORDER BY 1").to_pylist()
        said = store.query(
            "SELECT m.account_id FROM scan_minors AS s JOIN support_messages AS m "
            "ON m._dataset = s.dataset AND m._row = s.\"row\" WHERE s.level = 'likely'"
        )
        assert store.missing([("minor_findings", ("level",))]) == ("minor_findings",)
        assert "minor_findings" in store.registered
    assert [(f["account_id"], f["level"]) for f in found] == [("u1", "certain"), ("u2", "likely")]
    assert {"u2"} <= set(said["account_id"].to_pylist())


def test_a_register_of_the_companys_own_counts_beside_the_ledger(
    place: Path, tmp_path: Path
) -> None:
    """Whom it has decided on stays decided though our own case is open, and ours comes first."""
    from vitrail.workspace.importing import open_store
    from vitrail.workspace.minor_tables import register_minors

    root = tmp_path / "with-a-register"
    shutil.copytree(place, root)
    names = ("id", "level", "found", "state", "decided")
    _write(root / "exports/cases.csv", names, [
        ("u1", "certain", AT, "dismissed", AT), ("u2", "likely", AT, "open", ""),
        ("u4", "likely", AT, "confirmed", AT),
    ])  # fmt: skip
    with (root / "vitrail.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[sources.cases]\nfile = "exports/cases.csv"\ntable = "minor_findings"\n'
            'timezone = "UTC"\ncolumns = { account_id = "id", level = "level", '
            'asof = "found", status = "state", decided_at = "decided" }\n'
        )
    with vitrail.open(root) as workspace, open_store(workspace) as store:
        likely = of(workspace, "likely")
        if likely.status is CaseStatus.OPEN:
            workspace.decide_minor(likely.id, CaseDecision.CONFIRM, "Said so twice.")
        run, _ = workspace.scan_run(next(r.id for r in workspace.runs() if r.kind == "scan"))
        register_minors(workspace, store, run)
        found = store.query(
            "SELECT account_id, status, _dataset FROM minor_findings ORDER BY ALL"
        ).to_pylist()
    told = {(f["account_id"], f["status"], f["_dataset"]) for f in found}
    assert told == {
        ("u1", "dismissed", "cases.csv"), ("u2", "confirmed", "ledger"),
        ("u4", "confirmed", "cases.csv"),
    }  # fmt: skip


def test_the_command_line_lists_decides_and_writes_for_review_only(place: Path) -> None:
    run = CliRunner().invoke
    listed = json.loads(run(application, ["minors", "list", "-C", str(place), "--json"]).stdout)
    assert listed["sla_hours"] == 72
    certain = next(c for c in listed["cases"] if c["level"] == "certain")
    done = run(
        application,
        ["minors", "decide", certain["case"], "confirm", "--reason", "Checked.", "-C", str(place)],
    )
    assert done.exit_code == 0, done.output
    out = place / "delete.sql"
    out.touch()
    out.chmod(0o644)
    run(
        application,
        ["minors", "deletion-list", "-C", str(place), "--format", "sql", "--out", str(out)],
    )
    text = out.read_text("utf-8")
    assert 'DELETE FROM "people" WHERE "id" = \'u1\';' in text
    assert "run by nobody" in text.splitlines()[0]
    assert out.stat().st_mode & 0o077 == 0
