"""Rows for an investigator: masked, in the ledger before they are read, refused to others."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import Forbidden, UsageError
from vitrail.model import Actor, Role
from vitrail.workspace import Workspace

CLIENTS = "crm/clients.xlsx · Clients"
WHY = "Case 12: is the column filled by hand?"


@pytest.fixture(scope="module")
def place(unopened_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("raw") / "company"
    shutil.copytree(unopened_demo, copy)
    return copy


@pytest.fixture(scope="module")
def investigated(place: Path) -> Iterator[Workspace]:
    with vitrail.open(place, Actor("ines", frozenset({Role.INVESTIGATOR}))) as workspace:
        yield workspace


def last_line(workspace: Workspace) -> dict[str, object]:
    return dict(list(workspace.ledger.events(kinds={"rows_read"}))[-1].payload)


def test_rows_are_masked_unless_revealed_and_either_is_in_the_ledger(
    investigated: Workspace,
) -> None:
    masked = investigated.raw(CLIENTS, rows=5, reason=WHY)
    assert last_line(investigated) | {"rows": 5, "in_clear": False} == last_line(investigated)
    clear = investigated.raw(CLIENTS, rows=5, reason=WHY, reveal=True)
    assert last_line(investigated) | {"rows": 5, "in_clear": True} == last_line(investigated)
    assert masked.columns == clear.columns
    at = clear.columns.index("E-mail")
    emails = [row[at] for row in clear.rows]
    assert all(email and "@" in email for email in emails)
    text = json.dumps(masked.rows) + masked._repr_html_() + repr(clear)
    for name in ("E-mail", "Nom", "Prénom", "Téléphone", "Adresse"):
        values = [row[clear.columns.index(name)] for row in clear.rows]
        assert not any(value in text for value in values if value), name
    assert clear.to_pandas().shape == (5, len(clear.columns))


def test_the_ledger_knows_before_a_row_is_read(
    investigated: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vitrail.workspace.raw as rows

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    before = investigated.ledger.verify().length
    monkeypatch.setattr(rows, "rows_of", stopped)
    with pytest.raises(KeyboardInterrupt):
        investigated.raw(CLIENTS, reason=WHY)
    assert investigated.ledger.verify().length == before + 1


def test_rows_behind_a_finding_are_those_that_it_speaks_of(investigated: Workspace) -> None:
    finding = next(f for f in investigated.findings() if f.entity_type == "CREDIT_CARD")
    found = investigated.raw(finding.id, reason=WHY)
    assert found.dataset == finding.dataset
    assert 0 < len(found.rows) <= finding.cells
    assert last_line(investigated)["finding"] == finding.id


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_others_are_refused_with_what_it_takes_and_nothing_is_written(
    role: Role, place: Path
) -> None:
    with vitrail.open(place, Actor("ana", frozenset({role}))) as workspace:
        before = workspace.ledger.verify().length
        with pytest.raises(Forbidden, match="auditor or investigator"):
            workspace.raw(CLIENTS, reason=WHY, reveal=True)
        assert workspace.ledger.verify().length == before


@pytest.mark.parametrize(
    ("what", "reason", "rows", "told"),
    [
        (CLIENTS, " ", 5, "reason is missing"),
        (CLIENTS, "jean.dupont@mail.example.org asked", 5, "personal data"),
        ("crm/client.xlsx · Clients", WHY, 5, f"Did you mean {CLIENTS}"),
        (CLIENTS, WHY, 5_000_000, "1 to 500"),
    ],
)
def test_what_cannot_be_shown_is_told_in_a_sentence(
    what: str, reason: str, rows: int, told: str, investigated: Workspace
) -> None:
    with pytest.raises(UsageError) as error:
        investigated.raw(what, reason=reason, rows=rows)
    assert told in str(error.value)
