"""Hashes of known values through the command line and in a workspace."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

import vitrail
from tests.cli.conftest import RAW, Vitrail
from vitrail.scan import ScanOptions

EMAIL = f"{RAW}@example-mail.org"


def hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    rows = [hashed(EMAIL), f"https://a.example.com/?em={hashed('33639981234')}", hashed("other")]
    (tmp_path / "events.csv").write_text("token\n" + "\n".join(rows) + "\n")
    (tmp_path / "plain.csv").write_text("colour\nred\nblue\n")
    (tmp_path / "known.csv").write_text(f'email;phone\n"{EMAIL}";"+33 6 39 98 12 34"\n')
    return tmp_path


def scan(vitrail: Vitrail, place: Path, known: str, code: int = 1) -> dict[str, object]:
    done = vitrail(
        "scan", place / "events.csv", place / "plain.csv", "--known", place / known,
        "--out", place / "out", "--names", "off", "--json", code=code,
    )  # fmt: skip
    assert RAW not in done.stdout + done.stderr
    return dict(json.loads((place / "out" / "run.json").read_text()))


def hits(place: Path) -> list[tuple[int, str, str]]:
    rows = pq.read_table(place / "out" / "hits.parquet").to_pylist()
    return [
        (h["row"], h["entity_type"], h["masked"]) for h in rows if h["recognizer"] == "KnownHash"
    ]


def test_a_file_of_known_values_finds_their_hashes_and_is_kept_nowhere(
    vitrail: Vitrail, place: Path
) -> None:
    run = scan(vitrail, place, "known.csv")
    assert hits(place) == [
        (0, "EMAIL_ADDRESS", "SHA-256 of an e-mail address"),
        (1, "PHONE_NUMBER", "SHA-256 of a phone number"),
    ]
    assert run["arguments"]["known"] == "known.csv"  # type: ignore[index]
    written = b"".join(f.read_bytes() for f in (place / "out").rglob("*") if f.is_file())
    assert not any(text.encode() in written for text in (RAW, hashed(EMAIL), "33639981234"))


def test_a_later_scan_looks_again_where_the_known_values_have_changed(
    vitrail: Vitrail, place: Path
) -> None:
    (place / "less.txt").write_text("+33639981234\n")
    scan(vitrail, place, "less.txt")
    assert [row for row, _, _ in hits(place)] == [1]
    run = scan(vitrail, place, "known.csv")
    assert [row for row, _, _ in hits(place)] == [0, 1]
    assert run["totals"]["reused"] == 1  # type: ignore[index]
    assert scan(vitrail, place, "known.csv")["totals"]["reused"] == 2  # type: ignore[index]


@pytest.mark.parametrize("content", [b"", b"colour\nred\n", b"\xff\xfe\x00", None])
def test_a_file_without_known_values_is_refused_in_one_sentence(
    vitrail: Vitrail, place: Path, content: bytes | None
) -> None:
    if content is not None:
        (place / "bad.txt").write_bytes(content)
    done = vitrail("scan", place / "events.csv", "--known", place / "bad.txt", code=2)
    assert "bad.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_workspace_knows_the_contacts_of_its_own_exports(
    unopened_demo: Path, tmp_path: Path
) -> None:
    house = tmp_path / "house"
    shutil.copytree(unopened_demo, house)
    with vitrail.open(house) as workspace:
        from vitrail.workspace.known import known_contacts

        email = next(text for text in known_contacts(workspace) if "@" in text)
        (tmp_path / "shared.csv").write_text(f"match\n{hashed(email.strip().lower())}\n")
        options = ScanOptions(names="off", jobs=1)
        run = workspace.scan(options, paths=[tmp_path / "shared.csv"])
        found = pq.read_table(Path(run.directory) / "hits.parquet").to_pylist()
    assert [(h["recognizer"], h["entity_type"]) for h in found] == [("KnownHash", "EMAIL_ADDRESS")]
