"""Delimited text is written back byte by byte, but for the cells that change."""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import io
import lzma
import zipfile
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.copies.conftest import NEW, Changes, copied, read, rewritten
from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.files import copy_file

_CELL = st.text(alphabet="abé €\"',;\t|x1@\\\n\r", max_size=8)


def _row(width: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_CELL, min_size=width, max_size=width)


def _table(cells: list[list[str]], delimiter: str, end: str, quoting: int) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow([f"name{i}" for i in range(len(cells[0]))])
    writer.writerows(cells)
    return text.getvalue()


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    cells=st.integers(2, 4).flatmap(lambda width: st.lists(_row(width), min_size=3, max_size=6)),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    data=st.data(),
)
def test_a_delimited_text_changes_in_the_chosen_cell_alone(
    tmp_path: Path, cells: list[list[str]], delimiter: str, end: str, quoting: int,
    encoding: str, data: st.DataObject,
) -> None:  # fmt: skip
    path = tmp_path / "table.csv"
    path.write_bytes(_table(cells, delimiter, end, quoting).encode(encoding))
    catalog = Catalog.discover([path])
    if catalog.unreadable or len(catalog.datasets[0].columns) != len(cells[0]):
        return  # another dialect was seen in these few signs
    try:
        before = read(path)
    except InputUnreadable:
        return  # in the dialect that was seen its rows are ragged
    assert copied(path) == path.read_bytes()
    if filled := [(c, r, ()) for c, r in before if before[c, r]]:
        cell = data.draw(st.sampled_from(filled))
        after = read(rewritten(path, cell), as_it_was=path)
        assert after == {**before, cell[:2]: NEW}


def test_quotes_blanks_and_line_ends_stay_where_nothing_changes(tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    text = 'id;note;who\r\n1;"plain";\'a\'\r\n\r\n2; 5" screen;"b;""c"""\r\n3;"two\nlines";d'
    path.write_bytes(text.encode())
    assert copied(path).decode() == text
    changed = copied(path, ("who", 1, ()), ("note", 2, ())).decode()
    assert changed == text.replace('"b;""c"""', f'"{NEW}"').replace('"two\nlines"', f'"{NEW}"')


def test_a_late_accent_and_a_byte_order_mark_keep_their_encoding(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    text = "id,note\n1,né\n2,b\n"
    for encoding, mark in (("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)):
        path.write_bytes(mark + text.encode(encoding))
        assert copied(path, ("note", 1, ())) == mark + text.replace("b\n", f"{NEW}\n").encode(
            encoding
        )


def _unzstd(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompressobj().decompress(packed)


@pytest.mark.parametrize(
    ("ending", "pack", "unpack"),
    [
        (".gz", gzip.compress, gzip.decompress),
        (".zst", zstandard.compress, _unzstd),
        (".bz2", bz2.compress, bz2.decompress),
        (".xz", lzma.compress, lzma.decompress),
    ],
)  # fmt: skip
def test_a_packed_text_is_packed_again(tmp_path: Path, ending: str, pack: Any, unpack: Any) -> None:
    path = tmp_path / f"t.csv{ending}"
    path.write_bytes(pack(b"id,note\n1,a\n2,b\n"))
    assert unpack(copied(path, ("note", 0, ()))) == f"id,note\n1,{NEW}\n2,b\n".encode()


def test_an_archive_keeps_its_members_and_drops_what_was_notread(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in/a.csv", "id,note\n1,a\n")
        archive.writestr("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40))
        archive.writestr("b.ndjson", '{"k": 1}\n')
    catalog = Catalog.discover([path])
    out = io.BytesIO()
    tables = [catalog.table(dataset) for dataset in catalog.datasets]
    copy_file(tables, lambda _: Changes(lambda column, row, path: column == "note"), out)
    with zipfile.ZipFile(out) as archive:
        assert archive.namelist() == ["in/a.csv", "b.ndjson"]
        assert archive.read("in/a.csv").decode() == f"id,note\n1,{NEW}\n"
        assert archive.read("b.ndjson") == b'{"k": 1}\n'
