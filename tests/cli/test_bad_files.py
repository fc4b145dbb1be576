"""One folder full of broken files: each is told with its remedy, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

RAW = "zzqraw"
MAIL = f"{RAW}.martin@lanterne.fr"
AS_ANYONE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


def _rows(count: int) -> str:
    return "id,mail\n" + "".join(f"{n},{RAW}{n}@lanterne.fr\n" for n in range(count))


def _parquet() -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"mail": [f"{RAW}{n}@lanterne.fr" for n in range(5000)]}), sink)
    return sink.getvalue()


def _zip(members: dict[str, str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return sink.getvalue()


def _encrypted() -> bytes:
    """An archive whose member says of itself that it is encrypted."""
    plain = bytearray(_zip({"inside.csv": _rows(3)}))
    plain[6] |= 1
    plain[plain.index(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


def _bomb() -> bytes:
    return _zip({"bomb.csv": "id,note\n1," + "0" * (200 << 20)})


#: A file's name, its bytes (what makes them, where that takes long), and words of the sentence that
#: is said of it.
BROKEN: dict[str, tuple[bytes | Callable[[], bytes], tuple[str, ...]]] = {
    "empty.csv": (b"", ("is empty", "leave it out")),
    "empty.sqlite": (b"", ("is empty",)),
    "bom.csv": (b"\xef\xbb\xbf", ("nothing but blanks", "leave it out")),
    "blank.csv": (b"\n\n\n", ("nothing but blanks",)),
    "empty.parquet": (b"", ("is empty",)),
    "ragged.csv": (
        f"id,mail,note\n1,{MAIL},x\n2,{MAIL}\n3,{MAIL},x,y,z\n".encode(),
        ("line 3", "All other rows were read"),
    ),
    "open_quote.csv": (f'id,mail\n1,{MAIL}\n2,"{MAIL}\n3,{MAIL}\n'.encode(), ("quote", "line 3")),
    "mixed.csv": (
        f"id,name\n1,Zoë {RAW}\n2,".encode() + "Jérôme\n".encode("cp1252") + "3,été\n".encode(),
        ("UTF-8", "line 3", "read as Windows-1252", "one encoding"),
    ),
    "binary.csv": (random.Random(1).randbytes(50_000), ("is binary", "named .csv")),
    "program.csv": (b"\x7fELF" + bytes(5000), ("program",)),
    "cut.parquet": (_parquet()[:9000], ("Parquet", "cut off or damaged")),
    "holed.parquet": (_parquet()[:200] + bytes(500) + _parquet()[700:], ("damaged",)),
    "middle.json": (
        f'[{{"id":1,"mail":"{MAIL}"}},\n{{"id":2,"mail":{RAW}}},\n{{"id":3}}]'.encode(),
        ("not valid JSON in line 2", "records before it were read"),
    ),
    "cut.json": (f'[{{"id":1}},\n{{"id":2,"mail":"{MAIL}'.encode(), ("breaks off",)),
    "line.ndjson": (
        f'{{"id":1,"mail":"{MAIL}"}}\n{{"id":2,"mail":"{MAIL}\n{{"id":3}}\n'.encode(),
        ("line 2",),
    ),
    "deep_list.json": (b"[" * 10_000 + b"]" * 10_000, ("nested too deep", "fewer levels")),
    "deep_object.json": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, ("nested too deep",)),
    "cards.csv": (
        f"id,card.number\n{RAW},4111111111111111\n".encode(),
        ("card.number", "was not read", "PCI DSS"),
    ),
    "false.sqlite": (b"SQLite format 3\0" + b"x" * 300, ("SQLite", "damaged")),
    "false.avro": (b"Obj\x01" + b"x" * 50, ("Avro",)),
    "locked.zip": (_encrypted(), ("encrypted",)),
    "cut.csv.gz": (gzip.compress(_rows(2000).encode())[:3000], ("breaks off or is damaged",)),
    "cut.zip": (_zip({"a.csv": _rows(2000)})[:2000], ("ZIP", "damaged")),
    "slip.zip": (
        _zip({"../../evil.csv": _rows(3), "inside.csv": _rows(3)}),
        ("../../evil.csv", "outside the archive"),
    ),
    "bomb.zip": (_bomb, ("bomb", "not unpacked")),
}

#: Odd, but whole: what is in them is read, and nothing is said.
SOUND: dict[str, bytes] = {
    "good.csv": _rows(30).encode(),
    "header.csv": b"id,mail\n",
    "utf16.csv": _rows(20).encode("utf-16"),
    "twins.csv": f"mail,mail,id\n{MAIL},{MAIL},1\n".encode(),
    "wide.csv": (",".join(f"c{n}" for n in range(5000)) + "\n" + ",".join(["x"] * 5000)).encode(),
    "web.xlsx": f"<html><table><tr><td>{MAIL}</td></tr></table></html>".encode(),
    "two\nlines.csv": _rows(1).encode(),
    "\x1b[31mred.csv": _rows(1).encode(),
    "scalar.json": b"42",
}


def lay_out(folder: Path) -> None:
    """All of the above, and what is no file at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**{n: c for n, (c, _) in BROKEN.items()}, **SOUND}.items():
        (folder / name).write_bytes(content() if callable(content) else content)
    (folder / os.fsdecode(b"caf\xe9.csv")).write_bytes(_rows(1).encode())
    (folder / os.fsdecode(b"bad\xe9\n\x1b[2J.csv")).write_bytes(b"")
    (folder / "folder.csv").mkdir()
    (folder / "folder.csv" / "inner.csv").write_bytes(_rows(2).encode())
    (folder / "loop_a.csv").symlink_to("loop_b.csv")
    (folder / "loop_b.csv").symlink_to("loop_a.csv")
    (folder / "round").symlink_to(".")
    os.mkfifo(folder / "pipe.csv")


OUTSIDE = {
    "loop_a.csv": ("leads nowhere or to itself",),
    "pipe.csv": ("is a pipe", "not opened"),
    r"bad\xe9\n\x1b[2J.csv": ("is empty",),
}
SAID = {name: words for name, (_, words) in BROKEN.items()} | OUTSIDE


@pytest.fixture(scope="module")
def scanned(tmp_path_factory, vitrail):
    """The folder scanned once: what was said, and the folder that was written."""
    base = tmp_path_factory.mktemp("broken")
    lay_out(base / "files")
    done = vitrail("scan", base / "files", "--names", "off", "--out", base / "out", "--json")
    return done, base / "out"


@pytest.mark.parametrize("name", sorted(SAID))
def test_each_broken_file_is_told_by_name_with_its_fault_and_a_remedy(name, scanned):
    done, _ = scanned
    lines = [line for line in done.stderr.splitlines() if line.startswith(f"vitrail: {name}")]
    assert len(lines) == 1, done.stderr
    assert all(word in lines[0] for word in SAID[name]), lines[0]
    assert lines[0].rstrip().endswith("."), "a sentence and what to do about it"
    assert lines[0].count(". ") >= 1


def test_the_rest_is_read_and_the_exit_code_says_that_not_all_was(scanned):
    done, out = scanned
    assert done.returncode == 3
    inputs = {i["name"]: i for i in json.loads((out / "run.json").read_text())["inputs"]}
    for name in SOUND:
        assert inputs[name]["status"] == "scanned", name
    assert inputs["folder.csv/inner.csv"]["rows"] == 2
    assert inputs[r"caf\xe9.csv"]["rows"] == 1
    assert json.loads(done.stdout)["schema"].startswith("vitrail.")


def test_hits_come_from_the_sound_files_and_from_what_precedes_a_break(scanned):
    _, out = scanned
    found = {(h["dataset"], h["table"]) for h in pq.read_table(out / "hits.parquet").to_pylist()}
    assert {("good.csv", None), ("slip.zip", "inside.csv"), ("utf16.csv", None)} <= found
    assert {("ragged.csv", None), ("middle.json", None), ("line.ndjson", None)} <= found
    assert "cards.csv" not in {dataset for dataset, _ in found}


def test_each_of_two_columns_of_one_name_is_read(scanned):
    _, out = scanned
    hits = pq.read_table(out / "hits.parquet").to_pylist()
    assert len([h for h in hits if h["dataset"] == "twins.csv"]) == 2


def test_nothing_that_was_written_or_said_holds_a_value_or_moves_the_cursor(scanned):
    done, out = scanned
    for file in out.rglob("*"):
        assert not file.is_file() or RAW.encode() not in file.read_bytes(), file
    assert "\x1b" not in done.stderr
    assert "4111111111111111" not in done.stderr + done.stdout


def test_nothing_is_written_outside_by_an_archive_that_points_there(scanned):
    _, out = scanned
    assert not list(out.parents[1].rglob("evil.csv"))


def test_nothing_half_written_stays_behind(scanned):
    _, out = scanned
    assert {p.name for p in out.iterdir()} == {
        "hits.parquet", "minors.parquet", "columns.json", "run.json",
    }  # fmt: skip
    assert not list(out.rglob("*.half"))


def test_an_import_goes_on_past_every_broken_file(workspace, vitrail):
    lay_out(workspace / "exports" / "more")
    done = vitrail("import", "-C", workspace, "--json", code=3)
    assert {"activity", "campaigns"} <= set(json.loads(done.stdout)["facts"])
    for name in ("empty.csv", "cut.parquet", "bomb.zip", "pipe.csv", "cards.csv"):
        assert f"vitrail: more/{name}" in done.stderr


@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        ("accounts.sqlite", b"SQLite format 3\0" + b"x" * 5000, "damaged"),
        pytest.param("stripe/payments.csv", b"", "is empty", marks=pytest.mark.attack),
        pytest.param(
            "crm/clients.xlsx", b"PK\x03\x04 cut", "clients.xlsx", marks=pytest.mark.attack
        ),
    ],
)
def test_a_mapped_export_that_breaks_is_told_and_the_other_facts_are_built(
    file, content, word, settled, vitrail
):
    (settled / "exports" / file).write_bytes(content)
    done = vitrail("import", "-C", settled, code=3)
    assert f"vitrail: {file}" in done.stderr
    assert word in done.stderr
    assert "Facts of epoch" in done.stderr
    checked = vitrail("check", "-C", settled, "--only", "PAY-01", code=3)
    assert f"vitrail: {file}" in checked.stderr


def test_a_file_without_rights_is_told_and_the_rest_goes_on(tmp_path, vitrail):
    folder = tmp_path / "files"
    (folder / "shut").mkdir(parents=True)
    (folder / "good.csv").write_text(_rows(3))
    (folder / "mine.csv").write_text(_rows(3))
    (folder / "mine.csv").chmod(0)
    (folder / "shut").chmod(0)
    before = AS_ANYONE if os.geteuid() == 0 else ()
    done = vitrail("scan", folder, "--names", "off", "--json", before=before, code=3)
    assert "mine.csv may not be read by this user. Grant it read permission" in done.stderr
    assert "shut is a folder that may not be read" in done.stderr
    assert "EMAIL_ADDRESS" in done.stdout
    (folder / "shut").chmod(0o700)


@pytest.mark.attack
def test_a_cell_of_200_megabytes_is_told_and_takes_no_such_memory(tmp_path, home):
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "good.csv").write_text(_rows(3))
    with (folder / "cell.csv").open("wb") as file:
        file.write(b"id,note\n1,")
        for _ in range(200):
            file.write(b"x" * (1 << 20))
        file.write(b"\n")
    with (tmp_path / "said").open("wb") as stream:
        running = subprocess.Popen(
            [sys.executable, "-m", "vitrail", "scan", str(folder), "--names", "off"],
            env={**os.environ, "HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=stream,
        )
        most = _most_memory(running)
    said = (tmp_path / "said").read_text()
    assert running.returncode == 3, said
    assert "vitrail: cell.csv" in said
    assert "more than 16 MiB" in said
    assert 100 < most < 700, f"{most} MiB"
    shutil.rmtree(folder)


def _most_memory(running: subprocess.Popen[bytes]) -> int:
    """MiB of the process or of one of its workers, whichever took most, until it ends.

    What the kernel tells of an ended process begins with the memory of the one that started it.
    """
    most = 0
    while running.poll() is None:
        try:
            those = [running.pid, *(p.pid for p in psutil.Process(running.pid).children())]
            for pid in those:
                status = Path(f"/proc/{pid}/status").read_text()
                most = max(most, *map(int, re.findall(r"VmHWM:\s+(\d+)", status)))
        except (psutil.Error, OSError, TypeError):  # it has just ended
            continue
        time.sleep(0.02)
    return most >> 10


def test_a_database_that_is_not_there_is_told_without_its_password(tmp_path, vitrail):
    (tmp_path / "good.csv").write_text(_rows(3))
    url = f"postgresql://auditor:{RAW}@127.0.0.1:9/shop"
    done = vitrail("scan", url, tmp_path / "good.csv", "--names", "off", "--json", code=3)
    assert "shop could not be reached" in done.stderr
    assert "EMAIL_ADDRESS" in done.stdout
    other = vitrail("scan", f"mysql://u:{RAW}@127.0.0.1/shop", code=3)
    assert "mysql:// names a kind of database or server that is not read" in other.stderr


def test_a_path_that_is_not_there_is_told(tmp_path, vitrail):
    assert "nowhere is not there" in vitrail("scan", tmp_path / "nowhere", code=3).stderr
