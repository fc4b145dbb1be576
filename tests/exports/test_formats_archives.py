"""Packed files: opened in place, never trusted; a bomb is a sentence, not a full disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
import zstandard

from vitrail.exports import scratch

_CSV = b"id,name\n1,Zo\xc3\xa9\n2,Ann\n"


def _zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.csv.gz", gzip.compress),
        ("a.csv.zst", zstandard.compress),
        ("a.csv.bz2", bz2.compress),
        ("a.csv.xz", lzma.compress),
        ("named-as-plain.csv", gzip.compress),
    ],
)
def test_a_packed_file_is_told_by_its_content(exports: Any, name: str, pack: Any) -> None:
    look = exports.of(name, pack(_CSV))
    assert look.texts() == {"id": ["1", "2"], "name": ["Zoé", "Ann"]}
    assert look.sql("SELECT name FROM t WHERE _row = 1") == [{"name": "Ann"}]


def test_several_zstandard_and_gzip_frames_are_one_file(exports: Any) -> None:
    halves = (_CSV, b"3,Bo\n")
    for name, pack in (("a.csv.zst", zstandard.compress), ("b.csv.gz", gzip.compress)):
        look = exports.of(name, b"".join(pack(half) for half in halves))
        assert look.texts()["id"] == ["1", "2", "3"]


def test_every_member_of_a_zip_is_a_table_and_junk_is_not(exports: Any) -> None:
    look = exports.of(
        "mailchimp.zip",
        _zip(
            ("subscribed.csv", _CSV),
            ("deep/cleaned.csv.gz", gzip.compress(_CSV)),
            ("__MACOSX/._subscribed.csv", b"\0\x05\x16\x07"),
            (".DS_Store", b"\0"),
        ),
    )
    assert look.tables == ["subscribed.csv", "deep/cleaned.csv.gz"]
    assert look.catalog.unreadable == ()
    assert look.dataset("subscribed.csv").name == "mailchimp.zip"
    for table in look.tables:
        assert look.texts(table)["name"] == ["Zoé", "Ann"]
        assert look.sql("SELECT count(*) AS n FROM t", table) == [{"n": 2}]


def test_a_member_that_points_outside_is_refused_and_the_others_are_read(exports: Any) -> None:
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    look = exports.of(
        "a.zip",
        _zip(
            ("../../outside.csv", _CSV), ("/etc/passwd.csv", _CSV), ("C:\\x.csv", _CSV),
            (link, b"/etc/passwd"), ("fine.csv", _CSV),
        ),
    )  # fmt: skip
    assert look.tables == ["fine.csv"]
    assert [r.count("points outside the archive") for r in look.reasons] == [1, 1, 1, 0]
    assert "is a link" in look.reasons[3]
    assert look.catalog.unreadable[0].table == "../../outside.csv"


def test_a_real_zip_bomb_is_refused_before_it_is_unpacked(exports: Any) -> None:
    look = exports.of("bomb.zip", _zip(("zeros.csv", b"0" * (100 << 20)), ("fine.csv", _CSV)))
    assert look.tables == ["fine.csv"]
    assert "bomb.zip · zeros.csv unpacks to far more than it holds" in look.reasons[0]


def test_a_zip_that_lies_about_its_sizes_is_stopped_while_it_unpacks(exports: Any) -> None:
    content = bytearray(_zip(("zeros.csv", b"a,b\n" * (20 << 20))))
    central = content.rindex(b"PK\x01\x02")
    for place in (22, central + 24):  # the plain size, in the local and the central header
        content[place : place + 4] = struct.pack("<I", 1000)
    look = exports.of("liar.zip", bytes(content))
    if look.catalog.datasets:
        look.cells()
    told = look.reasons[0] if look.reasons else look.failure.message
    assert "liar.zip" in told
    assert look.failure or look.reasons


def test_members_that_share_their_bytes_are_refused(exports: Any) -> None:
    """How 42 kB can claim petabytes without a high ratio in any member."""
    content = _zip(("one.csv", _CSV * 1000))
    central = content.rindex(b"PK\x01\x02")
    end = content.rindex(b"PK\x05\x06")
    entry = content[central:end]
    tail = bytearray(content[end:])
    struct.pack_into("<HHII", tail, 8, 3, 3, 3 * len(entry), central)
    look = exports.of("overlap.zip", content[:central] + entry * 3 + bytes(tail))
    assert look.catalog.datasets == ()
    assert "as a bomb does" in look.reasons[0]


@pytest.mark.slow
@pytest.mark.parametrize(
    "pack", [gzip.compress, pytest.param(zstandard.compress, marks=pytest.mark.attack)]
)
def test_a_packed_bomb_is_stopped_while_it_unpacks(exports: Any, pack: Any) -> None:
    look = exports.of("bomb.csv.gz", pack(b"id,name\n" + b"1,aaaaaaaaaa\n" * (6 << 20)))
    if look.catalog.datasets:
        look.cells()
    told = look.reasons[0] if look.reasons else str(look.failure)
    assert "bomb.csv.gz unpacks to more than 250 times its size" in told
    assert "unpack it yourself" in told


def test_the_most_that_may_be_unpacked_can_be_set(exports: Any) -> None:
    content = gzip.compress(b"id,name\n" + os.urandom(300_000).hex().encode() + b",x\n")
    look = exports.of("a.csv.gz", content, max_unpacked=100_000)
    told = look.reasons[0] if look.reasons else str(look.failure)
    assert "unpacks to more than" in told


def test_an_encrypted_member_is_refused_with_the_remedy(exports: Any) -> None:
    content = bytearray(_zip(("secret.csv", _CSV), ("fine.csv", _CSV)))
    content[6] |= 1  # the local header's flag, and the central one's
    content[content.index(b"PK\x01\x02") + 8] |= 1
    look = exports.of("a.zip", bytes(content))
    assert look.tables == ["fine.csv"]
    assert "secret.csv is encrypted" in look.reasons[0]
    assert "password" in look.reasons[0]


def test_a_member_whose_checksum_is_wrong_says_so(exports: Any) -> None:
    content = bytearray(_zip(("a.csv", _CSV)))
    bad = struct.pack("<I", zlib.crc32(b"something else"))
    content[14:18] = bad
    central = content.index(b"PK\x01\x02")
    content[central + 16 : central + 20] = bad
    look = exports.of("a.zip", bytes(content))
    assert "a.zip · a.csv breaks off or is damaged" in look.reasons[0]


def test_a_truncated_file_gives_what_is_whole_and_says_so(exports: Any) -> None:
    rows = b"id,name\n" + b"".join(b"%d,name %d\n" % (i, i * 7919) for i in range(150_000))
    packed = gzip.compress(rows)
    look = exports.of("cut.csv.gz", packed[: len(packed) // 2])
    cells = look.cells()
    assert cells["name"][1000] == (1000, (), f"name {1000 * 7919}")
    assert "cut.csv.gz breaks off or is damaged" in look.failure.message
    assert "archive" in exports.of("cut.zip", _zip(("a.csv", rows))[:5000]).reasons[0]


def test_an_archive_within_an_archive_and_a_document_are_not_opened(exports: Any) -> None:
    inner = _zip(("a.csv", _CSV))
    letter = _zip(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<x/>"))
    look = exports.of("outer.zip", _zip(("inner.zip", inner), ("letter.docx", letter)))
    assert "inner.zip is an archive within an archive" in look.reasons[0]
    assert "letter.docx holds a text document" in look.reasons[1]


def test_unpacked_files_are_private_and_gone_with_the_process(exports: Any, tmp_path: Path) -> None:
    import sqlite3

    database = sqlite3.connect(tmp_path / "a.sqlite")
    database.execute("CREATE TABLE t AS SELECT 'x' AS a")
    database.commit()
    database.close()
    path = exports.write("a.zip", _zip(("a.sqlite", (tmp_path / "a.sqlite").read_bytes())))
    script = """
import sys, stat
from pathlib import Path
from vitrail.exports.catalog import Catalog, ReadOptions
catalog = Catalog.discover([sys.argv[1]], options=ReadOptions(scratch=Path(sys.argv[2])))
print(catalog.datasets[0].table, sum(b.rows for b in catalog.open(catalog.datasets[0]).batches()))
(folder,) = Path(sys.argv[2]).iterdir()
print(oct(stat.S_IMODE(folder.stat().st_mode)), len(list(folder.iterdir())))
"""
    place = tmp_path / "tmp"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(place)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["a.sqlite/t", "1", "0o700", "1"]
    assert list(place.iterdir()) == []


def test_the_scratch_folder_can_be_emptied_and_files_are_unpacked_again(
    exports: Any, tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"a": [1]}), file)
    look = exports.of("a.zip", _zip(("a.parquet", file.getvalue())), scratch=tmp_path / "s")
    scratch.empty()
    assert look.texts() == {"a": ["1"]}
