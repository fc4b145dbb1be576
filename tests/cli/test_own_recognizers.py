"""Own recognisers through the command line: with a file, in a workspace, and with a mistake."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import RAW, Vitrail

OWN = r"""
recognizers:
- name: Member number
  supported_entity: MEMBER_NUMBER
  severity: high
  words: membership number
  patterns:
  - {name: with prefix, regex: '\bMB-\d{6}\b', score: 0.6}
- name: People we know
  supported_entity: PERSON
  deny_list: [zzqraw marchetti]
allow_list:
- support@acme-shop.com
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "notes.csv").write_text(
        f"id,note\n1,MB-123456 called\n2,{RAW} Marchetti came\n3,write support@acme-shop.com\n"
    )
    (tmp_path / "own.yaml").write_text(OWN)
    return tmp_path


def test_they_find_they_allow_and_they_are_told(vitrail: Vitrail, place: Path) -> None:
    out = place / "out"
    done = vitrail(
        "scan", place / "notes.csv", "--recognizers", place / "own.yaml", "--out", out,
        "--names", "off", "--json", code=1,
    )  # fmt: skip
    findings = json.loads(done.stdout)["findings"]
    assert {(f["entity_type"], f["severity"]) for f in findings} == {
        ("MEMBER_NUMBER", "high"), ("PERSON", "medium"),
    }  # fmt: skip
    told = {f["entity_type"]: f["explanation"] for f in findings}
    assert "a membership number" in told["MEMBER_NUMBER"]
    hits = pq.read_table(out / "hits.parquet").to_pylist()
    assert [(h["row"], h["recognizer"], h["start"], h["end"]) for h in hits] == [
        (0, "Member number", 0, 9), (1, "People we know", 0, 16),
    ]  # fmt: skip
    run = json.loads((out / "run.json").read_text())
    assert "MEMBER_NUMBER" in run["recognizers"]["en"]
    assert run["arguments"]["recognizers"] == "own.yaml"
    assert all(RAW.encode() not in file.read_bytes() for file in out.rglob("*") if file.is_file())


def test_their_types_can_be_chosen_and_no_others_are_looked_for(
    vitrail: Vitrail, place: Path
) -> None:
    done = vitrail(
        "scan", place / "notes.csv", "--recognizers", place / "own.yaml", "--names", "off",
        "--entities", "MEMBER_NUMBER", "--json", code=1,
    )  # fmt: skip
    assert {f["entity_type"] for f in json.loads(done.stdout)["findings"]} == {"MEMBER_NUMBER"}
    refused = vitrail("scan", place / "notes.csv", "--entities", "MEMBER_NUMBER", code=2)
    assert "MEMBER_NUMBER" in refused.stderr


def test_a_workspace_takes_its_own_file_and_doctor_tells_what_is_in_it(
    vitrail: Vitrail, place: Path
) -> None:
    (place / "exports").mkdir()
    (place / "notes.csv").rename(place / "exports" / "notes.csv")
    (place / "own.yaml").rename(place / "recognizers.yaml")
    (place / "vitrail.toml").write_text('company = "Acme"\n')
    done = vitrail("scan", "-C", place, "--names", "off", "--json", code=1)
    assert "MEMBER_NUMBER" in {f["entity_type"] for f in json.loads(done.stdout)["findings"]}
    told = json.loads(vitrail("doctor", "-C", place, "--json", code=0).stdout)
    assert {"name": "Member number", "finds": ["MEMBER_NUMBER"]} in told["own"]
    assert "MEMBER_NUMBER" in told["coverage"]["nl"]
    assert "People we know" in vitrail("doctor", "-C", place, code=0).stdout


@pytest.mark.parametrize("command", ["scan", "doctor"])
def test_a_mistake_is_a_sentence_with_its_line_and_exit_code_2(
    vitrail: Vitrail, place: Path, command: str
) -> None:
    (place / "own.yaml").write_text(OWN.replace("severity", "severty"))
    paths = [place / "notes.csv"] if command == "scan" else []
    done = vitrail(command, *paths, "--recognizers", place / "own.yaml", code=2)
    assert "own.yaml, line 5, column 3: There is no key `severty`" in done.stderr
    assert "did you mean `severity`" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "model"])
def test_what_cannot_be_read_is_told(vitrail: Vitrail, place: Path, kind: str) -> None:
    import os

    file = place / kind
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "model":
        file.write_text(
            "recognizers:\n- name: Gli\n  type: gliner\n  model_name: no/such-model\n"
            "  entity_mapping: {person: PERSON}\n"
        )
    done = vitrail("scan", place / "notes.csv", "--recognizers", file, code=2)
    assert ("Gli" if kind == "model" else kind) in done.stderr
