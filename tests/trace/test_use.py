"""Who may trace whom, on what ground, and what is left of it afterwards: no raw value."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import vitrail
from vitrail.errors import ConfigError, Forbidden, UsageError
from vitrail.model import Actor, Role
from vitrail.trace import Kind, read_subjects
from vitrail.workspace import Workspace

from .conftest import CASE


def test_it_is_locked_until_an_assessment_is_on_record(company: Path, tmp_path: Path) -> None:
    settings = (company / "vitrail.toml").read_text()
    for line in ("reference", "purpose", "owner"):
        place = tmp_path / line
        place.mkdir()
        (place / "vitrail.toml").write_text(settings.replace(f"\n{line} = ", "\n# "))
        with vitrail.open(place) as workspace:
            with pytest.raises(ConfigError, match=line) as refused:
                workspace.trace(["ann.lee@mail.example"], **CASE)
            assert "[dpia]" in refused.value.remedy
            assert not [e for e in workspace.events() if e.kind.startswith("trace")]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMIN])
def test_neither_analysts_nor_admins_may(company: Path, role: Role) -> None:
    actor = Actor("someone", frozenset({role}))
    with vitrail.open(company, actor) as workspace, pytest.raises(Forbidden) as refused:
        workspace.trace(["ann.lee@mail.example"], **CASE)
    assert refused.value.exit_code == 4


@pytest.mark.parametrize("words", ["", "  ", "for ann.lee@gmail.com"])
def test_case_and_reason_are_required_and_name_nobody(workspace: Workspace, words: str) -> None:
    with pytest.raises(UsageError):
        workspace.trace(["ann.lee@mail.example"], case=words, reason="access")
    with pytest.raises(UsageError):
        workspace.trace(["ann.lee@mail.example"], case="C-1", reason=words)


def test_the_ledger_knows_before_and_after_and_holds_no_value(
    workspace: Workspace, accounts: list[tuple[str, str]]
) -> None:
    account, email = accounts[5]
    before = len(workspace.events())
    found = workspace.trace([email], case="DSAR-77", reason="request for access")
    begun, ended = workspace.events()[before:]
    assert (begun.kind, ended.kind) == ("trace_begun", "trace_ended")
    assert ended.payload["places"] == len(found.places) > 0
    written = "".join(
        file.read_bytes().decode("latin-1")
        for file in (workspace.layout.root / "ledger.db", *workspace.layout.logs.rglob("*.jsonl"))
    )
    told = json.dumps(found.to_json()) + repr(found) + found._repr_html_() + str(found.to_pandas())
    for raw in (email, account, "DSAR-77"):
        assert raw not in written
        assert raw not in told
    assert workspace.verify_ledger().ok


def test_someone_who_is_nowhere_is_said_to_be_nowhere(workspace: Workspace) -> None:
    found = workspace.trace(["nobody.at.all@mail.example"], **CASE)
    assert (found.places, found.found, len(found.subjects)) == ((), 0, 1)


def test_the_kinds_are_recognised_or_said() -> None:
    lines = ["Ann.Lee@mail.example", "+33 6 98 76 54 32", "acc-100322", "Ann Lee", "device:12.34",
             "account: 06 98 76 54 32", "", "user_pseudo_id:8.1734"]  # fmt: skip
    (subject,) = read_subjects(lines)
    assert [i.kind for i in subject.identifiers] == [
        Kind.EMAIL, Kind.PHONE, Kind.ACCOUNT, Kind.NAME, Kind.DEVICE, Kind.ACCOUNT, Kind.DEVICE
    ]  # fmt: skip
    assert "Lee" not in repr(subject)


@pytest.mark.parametrize("line", ["ab", "aaaa", "name:Ann", "email:ann", "phone:123", "x" * 400])
def test_what_would_meet_half_the_world_is_refused_by_its_line(line: str) -> None:
    with pytest.raises(UsageError, match="line 2") as refused:
        read_subjects(["ann.lee@mail.example", line])
    assert line not in str(refused.value)


# --- the command ----------------------------------------------------------------------------


def _trace(company: Path, *more: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "vitrail", "trace", "-C", str(company), "--case", "C-1"]
    done = subprocess.run(
        [*command, "--reason", "access", *more], input=given, capture_output=True, timeout=120
    )
    assert b"Traceback" not in done.stderr
    return done


def test_the_command_reads_standard_input_and_prints_one_document(
    company: Path, accounts: list[tuple[str, str]]
) -> None:
    email = accounts[5][1]
    done = _trace(company, "--json", given=f"{email}\n".encode())
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["schema"] == "vitrail.trace/1"
    assert {p["dataset"] for p in document["places"]} > {"accounts.sqlite", "crm/clients.xlsx"}
    assert email.encode() not in done.stdout + done.stderr


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02", b"\xff\xfe\xfa", b"ab\n"])
def test_an_empty_or_binary_list_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "who.txt").write_bytes(content)
    from vitrail.cli.tracing import identifiers

    with pytest.raises(UsageError):
        read_subjects(identifiers(tmp_path / "who.txt"))


def test_a_list_that_is_not_there_is_told() -> None:
    from vitrail.cli.tracing import identifiers

    with pytest.raises(UsageError, match="cannot be read"):
        identifiers(Path("no-such-list.txt"))


def test_a_broken_export_is_told_and_the_rest_goes_on(
    company: Path, tmp_path: Path, accounts: list[tuple[str, str]]
) -> None:
    shutil.copytree(company, tmp_path / "w")
    (tmp_path / "w" / "exports" / "broken.parquet").write_bytes(b"PAR1" + bytes(50) + b"PAR1")
    with vitrail.open(tmp_path / "w") as workspace:
        found = workspace.trace([accounts[5][1]], **CASE)
    assert [f.name for f in found.unread] == ["broken.parquet"]
    assert found.found == 1
