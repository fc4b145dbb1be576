"""Findings worked through by people: revealed, dismissed by two, assigned, by page and command."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import vitrail
from vitrail.cli.commands import application
from vitrail.errors import Forbidden, SecondPerson, UsageError
from vitrail.model import Actor, Decision, Finding, FindingFilter, Role, Severity, Standing
from vitrail.scan import ScanOptions

CARD = "4111 1111 1111 1111"
HOSTILE = '<img src=x onerror="alert(1)"> **=1+1** \u202e'


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notes, one with a card number among words that a page must not run."""
    tmp_path = tmp_path_factory.mktemp("notes")
    (tmp_path / "exports").mkdir()
    (tmp_path / "vitrail.toml").write_text("asof = 2026-11-20\n", "utf-8")
    notes = ["nothing here", f"{HOSTILE} card {CARD} thanks", "mail ann.lee@mail.example.com"]
    lines = "\n".join(f'{n},"{note.replace(chr(34), chr(34) * 2)}"' for n, note in enumerate(notes))
    (tmp_path / "exports" / "notes.csv").write_text(f"no,note\n{lines}\n", "utf-8")
    with vitrail.open(tmp_path) as workspace:
        workspace.scan(ScanOptions(names="off"))
    return tmp_path


@pytest.fixture
def place(scanned: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scanned, tmp_path / "own"))


def someone(name: str, *roles: Role) -> Actor:
    return Actor(name, frozenset(roles or {Role.AUDITOR}))


@pytest.fixture
def card(place: Path) -> Finding:
    with vitrail.open(place) as workspace:
        (found,) = workspace.finding_page(FindingFilter(entity_type="CREDIT_CARD"))
    assert found.severity is Severity.CRITICAL
    return found


def test_a_cell_is_revealed_only_after_the_reason_is_in_the_ledger(
    place: Path, card: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    from vitrail.workspace import scans

    with vitrail.open(place, someone("vera", Role.INVESTIGATOR)) as workspace:
        shown = workspace.reveal(card.id, 0, "to see whether it is a test card")
        assert shown.text[shown.start : shown.end] == CARD
        assert HOSTILE in shown.text
        assert CARD not in repr(shown)
        event = workspace.events()[-1]
        assert (event.kind, event.actor) == ("revealed", "vera")
        assert CARD not in str(event)

        def read(*_: object) -> None:
            kinds.append(workspace.ledger.events()[-1].kind)
            raise UsageError("gone")

        kinds: list[str] = []
        monkeypatch.setattr(scans, "reveal", read)
        with pytest.raises(UsageError):
            workspace.reveal(card.id, 0, "again")
        assert kinds == ["revealed"], "what could not be read was asked for all the same"


@pytest.mark.parametrize(
    "roles",
    [(Role.ANALYST,), (Role.ADMIN,), (Role.ADMIN, Role.AUDITOR), (Role.ADMIN, Role.INVESTIGATOR)],
)
def test_nobody_else_reveals_and_nothing_is_read(
    place: Path, card: Finding, roles: tuple[Role, ...]
) -> None:
    with vitrail.open(place, someone("eve", *roles)) as workspace:
        with pytest.raises(Forbidden):
            workspace.reveal(card.id, 0, "curious")
        assert workspace.ledger.events()[-1].kind != "revealed"


def test_where_the_export_has_changed_nobody_else_is_shown(place: Path, card: Finding) -> None:
    export = place / "exports" / "notes.csv"
    export.write_text(export.read_text().replace(CARD, "4000 0566 5566 5556"), "utf-8")
    with vitrail.open(place) as workspace, pytest.raises(UsageError, match="has changed"):
        workspace.reveal(card.id, 0, "to see whether it is a test card")
    with vitrail.open(place) as workspace, pytest.raises(UsageError, match="no such sample"):
        workspace.reveal(card.id, 7, "to see whether it is a test card")


def test_no_reason_no_reveal(place: Path, card: Finding) -> None:
    with vitrail.open(place) as workspace:
        before = len(workspace.events())
        for reason in ("", "it is ann.lee@mail.example.com"):
            with pytest.raises(UsageError, match="reason"):
                workspace.reveal(card.id, 0, reason)
        assert len(workspace.events()) == before


def test_a_critical_finding_waits_for_a_second_auditor(place: Path, card: Finding) -> None:
    with vitrail.open(place, someone("amelie")) as workspace:
        workspace.dispose(card.id, Decision.DISMISS, "a test card")
        with pytest.raises(SecondPerson):
            workspace.dispose(card.id, Decision.DISMISS, "it is really one")
    with vitrail.open(place, someone("boris")) as workspace:
        (waiting,) = workspace.finding_page(FindingFilter(standing=Standing.REVIEW))
        assert (waiting.proposed_by, waiting.proposal) == ("amelie", "a test card")
        workspace.dispose(card.id, Decision.DISMISS, "I looked too")
        assert workspace.finding(card.id).status.value == "dismissed"
    vera = someone("vera", Role.INVESTIGATOR)
    with vitrail.open(place, vera) as workspace, pytest.raises(Forbidden):
        workspace.dispose(card.id, Decision.REOPEN, "no")


def test_only_a_dismissal_ends_and_not_before_today(place: Path, card: Finding) -> None:
    today = datetime.now(UTC).date()
    with vitrail.open(place) as workspace:
        for decision, until in (
            (Decision.CONFIRM, today),
            (Decision.DISMISS, today - timedelta(days=1)),
        ):
            with pytest.raises(UsageError, match="last day"):
                workspace.dispose(card.id, decision, "a reason", until=until)
        with pytest.raises(UsageError, match="owner"):
            workspace.assign([card.id], "ann.lee@mail.example.com", date(2027, 1, 1))


@pytest.fixture
def run(place: Path) -> Iterator[object]:
    def invoke(*arguments: str) -> str:
        done = CliRunner().invoke(application, ["findings", *arguments, "-C", str(place)])
        assert done.exception is None, done.output
        return done.stdout

    yield invoke


def test_all_of_it_is_there_on_the_command_line(run, card: Finding) -> None:
    listed = json.loads(run("list", "--json", "--kind", "EMAIL_ADDRESS"))
    assert (listed["schema"], listed["total"]) == ("vitrail.findings/1", 1)
    mail = listed["findings"][0]["id"]
    run("assign", mail, card.id, "--owner", "support team", "--due", "2027-01-31")
    run("comment", mail, "asked the team")
    run("decide", "dismiss", mail, card.id, "--reason", "our own fixtures", "--until", "2099-01-31")
    shown = json.loads(run("show", mail, "--json"))
    assert (shown["status"], shown["until"]) == ("dismissed", "2099-01-31")
    assert [line["did"] for line in shown["history"]] == [
        "dismiss", "finding_commented", "finding_assigned",
    ]  # fmt: skip
    assert "would dismiss it" in run("list", "--standing", "second-look")
    mine = json.loads(run("list", "--json", "--standing", "any", "--owner", "support team"))
    assert {f["due"] for f in mine["findings"]} == {"2027-01-31"}
    assert mine["total"] == 2
    revealed = run("reveal", card.id, "--reason", "to see whether it is a test card")
    assert CARD in revealed
    assert "\u202e" not in revealed, "a terminal is moved by no control"
