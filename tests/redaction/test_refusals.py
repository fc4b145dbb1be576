"""What is not copied is told, and nothing half done is left."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail import scan
from vitrail.errors import Cancelled, UsageError
from vitrail.exports import held_folders
from vitrail.keys import Keyring
from vitrail.redaction import Operator, Redaction, RedactOptions, operators_of, redact
from vitrail.redaction import run as running

EMAIL = "zoe.marchetti@example-mail.org"
OPTIONS = RedactOptions(
    Operator.PSEUDONYM, scan=scan.ScanOptions(names="off", jobs=1, languages=("en",))
)

Redact = Callable[..., Redaction]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "people.csv").write_text(f"id,mail\n1,{EMAIL}\n2,\n3,{EMAIL.upper()}\n")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "copy"


@pytest.fixture
def made(source: Path, out: Path, keys: Keyring) -> Redact:
    return lambda *places, **how: redact(list(places) or [source], out, keys, OPTIONS, **how)


def _left(folder: Path) -> list[str]:
    """Every file and folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_what_cannot_be_read_is_told_and_no_part_of_the_copy(
    source: Path, out: Path, made: Redact
) -> None:
    (source / "cut.parquet").write_bytes(b"PAR1 and nothing more")
    (source / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (source / "broken.csv").write_text(f"id,mail\n1,{EMAIL}\n2,a,b,c,d\n")
    (source / "twice.ndjson").write_text(f'{{"a": "{EMAIL}", "a": "x"}}\n{{"a": "y"}}\n')
    (source / "link.csv").symlink_to(source.parent / "elsewhere.csv")
    (source.parent / "elsewhere.csv").write_text("a,b\n1,2\n")
    redaction = made()
    assert {file.name for file in redaction.left_out} == {
        "cut.parquet", "photo.png", "broken.csv", "twice.ndjson", "link.csv",
    }  # fmt: skip
    assert all(file.reason and file.remedy for file in redaction.left_out)
    assert _left(out) == ["people.csv", "redaction.json"]
    assert "marchetti" not in (out / "redaction.json").read_text()


def test_a_name_that_says_who_someone_is_is_another_in_the_copy(
    source: Path, out: Path, made: Redact
) -> None:
    (source / f"{EMAIL}.csv").write_text(f"id,{EMAIL}\n1,x\n")
    (source / "by key.json").write_text(json.dumps([{EMAIL: 1}, {"other": EMAIL}]))
    redaction = made()
    assert redaction.is_clean
    assert not [name for name in _left(out) if "marchetti" in name]
    assert not [p for p in out.rglob("*") if p.is_file() and "marchetti" in p.read_text().lower()]
    odd = next(p for p in out.iterdir() if p.name.startswith("EMAIL_ADDRESS_"))
    assert odd.suffix == ".csv"
    assert [record.keys() for record in json.loads((out / "by key.json").read_text())][1] == {
        "other"
    }


def test_two_writings_of_one_address_are_one_pseudonym_and_empty_stays_empty(
    out: Path, made: Redact
) -> None:
    made()
    rows = list(csv.DictReader((out / "people.csv").open()))
    assert rows[0]["mail"] == rows[2]["mail"] != ""
    assert rows[1]["mail"] == ""


@pytest.mark.parametrize("where", ["exports", "exports/inside", "exports/../exports/x", "."])
def test_a_copy_within_its_source_or_around_it_is_refused(
    tmp_path: Path, source: Path, keys: Keyring, where: str
) -> None:
    before = _left(tmp_path)
    with pytest.raises(UsageError, match="within what is copied, or around it"):
        redact([source], tmp_path / where, keys, OPTIONS)
    assert _left(tmp_path) == before


def test_a_link_into_the_source_is_no_way_around(
    tmp_path: Path, source: Path, keys: Keyring
) -> None:
    (tmp_path / "door").symlink_to(source)
    with pytest.raises(UsageError, match="within what is copied"):
        redact([source], tmp_path / "door" / "copy", keys, OPTIONS)


def test_a_server_is_refused_with_what_to_do_instead(made: Redact) -> None:
    with pytest.raises(UsageError, match="no file that could be copied") as refusal:
        made("postgresql://auditor:hidden-word@127.0.0.1/crm")
    assert "hidden-word" not in str(refusal.value)


def test_only_an_earlier_copy_is_replaced_and_only_by_force(
    source: Path, out: Path, made: Redact
) -> None:
    out.mkdir()
    (out / "mine.txt").write_text("kept")
    for force in (False, True):
        with pytest.raises(UsageError, match="not empty"):
            made(force=force)
    assert _left(out) == ["mine.txt"]
    (out / "mine.txt").unlink()
    (source / "old.csv").write_text("a,b\n1,2\n")
    made()
    (source / "old.csv").unlink()
    with pytest.raises(UsageError, match="--force"):
        made()
    made(force=True)
    assert _left(out) == ["people.csv", "redaction.json"]


def test_two_fields_of_one_name_are_told_apart_or_not_copied(
    source: Path, out: Path, made: Redact
) -> None:
    records = [{"a.b": EMAIL, "a": {"b": "x"}}, {"a.b": "y", "a": {"b": EMAIL}}]
    (source / "dotted.json").write_text(json.dumps(records))
    redaction = made()
    assert [file.name for file in redaction.left_out] == ["dotted.json"]
    assert "a.b" in str(redaction.left_out[0].reason)
    assert _left(out) == ["people.csv", "redaction.json"]


def test_cancelled_it_leaves_nothing_anywhere(
    tmp_path: Path, source: Path, made: Redact, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setenv("TMPDIR", str(work))
    with pytest.raises(Cancelled):
        made(cancelled=lambda: True)
    assert _left(tmp_path) == ["exports", "exports/people.csv", "work"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from vitrail.keys import Keyring
from vitrail.redaction import RedactOptions, redact
from vitrail.scan import ScanOptions

def kill(progress):
    if progress.share >= float(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

options = RedactOptions(scan=ScanOptions(names="off", jobs=1, languages=("en",)))
redact([sys.argv[1]], Path(sys.argv[2]), Keyring(bytes(32)), options, force=True, progress=kill)
"""


@pytest.mark.parametrize("share", [pytest.param(0.5, marks=pytest.mark.attack), 0.9])
def test_killed_it_leaves_the_destination_as_it_was_and_the_next_run_clears_up(
    tmp_path: Path, source: Path, out: Path, made: Redact, share: float
) -> None:
    made()
    before = {name: (out / name).read_bytes() for name in _left(out)}
    killed = [sys.executable, "-c", _KILLED, str(source), str(out), str(share)]
    assert subprocess.run(killed, check=False).returncode == -signal.SIGKILL
    assert {name: (out / name).read_bytes() for name in _left(out)} == before
    assert list(tmp_path.glob("*.half"))
    made(force=True)
    assert {path.name for path in tmp_path.iterdir()} == {"copy", "exports"}


def test_a_run_beside_another_leaves_what_that_one_holds(
    tmp_path: Path, out: Path, made: Redact
) -> None:
    held = held_folders.make(tmp_path, f".{out.name}-", ".half")
    made()
    assert held.path.is_dir()
    held.remove()
    assert {path.name for path in tmp_path.iterdir()} == {"copy", "exports"}


def test_hashes_of_what_the_house_knows_are_replaced_and_join_the_clear_value(
    source: Path, out: Path, made: Redact
) -> None:
    digest = hashlib.sha256(EMAIL.encode()).hexdigest()
    (source / "hashed.csv").write_text(f"id,who\n1,{digest}\n2,{'0' * 64}\n")
    assert made(known=[EMAIL]).is_clean
    rows = list(csv.DictReader((out / "hashed.csv").open()))
    clear = next(csv.DictReader((out / "people.csv").open()))["mail"]
    assert [row["who"] for row in rows] == [clear, "0" * 64]


def test_a_source_that_changes_after_its_scan_is_not_copied(
    source: Path, out: Path, made: Redact, monkeypatch: pytest.MonkeyPatch
) -> None:
    (source / "other.csv").write_text("a,b\n1,2\n")
    scanned = running.scanning.run

    def then_written_to(*arguments: object, **how: object) -> object:
        run = scanned(*arguments, **how)  # type: ignore[arg-type]
        if not out.parent.joinpath("done").exists():
            (source / "people.csv").write_text(f"id,mail\n1,x\n2,{EMAIL}\n")
            out.parent.joinpath("done").touch()
        return run

    monkeypatch.setattr(running.scanning, "run", then_written_to)
    redaction = made()
    assert [file.name for file in redaction.left_out] == ["people.csv"]
    assert _left(out) == ["other.csv", "redaction.json"]


def test_a_column_that_holds_one_type_is_replaced_where_no_hit_is_too(
    source: Path, out: Path, made: Redact
) -> None:
    rows = [f"person{n}@example-mail.org" for n in range(30)] + ["jo at home", " "]
    (source / "mails.csv").write_text(
        "id,email\n" + "".join(f"{i},{r}\n" for i, r in enumerate(rows))
    )
    made()
    mails = [row["email"] for row in csv.DictReader((out / "mails.csv").open())]
    assert all(mail.startswith("EMAIL_ADDRESS_") for mail in mails[:-1])
    assert mails[-1] == " "


def test_a_type_that_can_hold_nothing_else_is_emptied_and_told(
    source: Path, out: Path, made: Redact
) -> None:
    births = pa.array([1_000 * n for n in range(30)], pa.date32())
    pq.write_table(pa.table({"date_of_birth": births}), source / "born.parquet")
    redaction = made()
    assert pq.read_table(out / "born.parquet")["date_of_birth"].null_count == 30
    assert redaction.emptied == 30


def test_a_database_with_a_rule_that_forbids_the_replacement_is_left_out(
    source: Path, out: Path, made: Redact
) -> None:
    with closing(sqlite3.connect(source / "strict.sqlite")) as database:
        database.execute("CREATE TABLE t (mail TEXT CHECK (mail LIKE '%@%'))")
        database.execute("INSERT INTO t VALUES (?)", [EMAIL])
        database.commit()
    redaction = made()
    assert [file.name for file in redaction.left_out] == ["strict.sqlite"]
    assert "CHECK" in str(redaction.left_out[0].reason)
    assert _left(out) == ["people.csv", "redaction.json"]


@pytest.mark.parametrize("text", ["blur", "EMAIL_ADDRESS=", "tag,PERSON=hide"])
def test_an_operator_that_is_none_is_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="--with names"):
        operators_of(text)


def test_an_operator_for_a_type_that_is_not_looked_for_is_wrong_usage(
    source: Path, out: Path, keys: Keyring
) -> None:
    options = RedactOptions(operators={"EMAIL_ADRESS": Operator.MASK}, scan=OPTIONS.scan)
    with pytest.raises(UsageError, match="EMAIL_ADRESS, a type that is not looked for"):
        redact([source], out, keys, options)
    assert not out.exists()


def test_a_sample_cannot_make_a_clean_copy() -> None:
    with pytest.raises(UsageError, match="every row"):
        RedactOptions(scan=scan.ScanOptions(sample="quick"))


def test_the_copy_is_readable_as_its_maker_usually_writes(out: Path, made: Redact) -> None:
    mask = os.umask(0o027)
    try:
        made()
    finally:
        os.umask(mask)
    assert out.stat().st_mode & 0o777 == 0o750
    assert (out / "people.csv").stat().st_mode & 0o777 == 0o640
