"""What is written back is what was read: every byte of it, but for the cells that change."""

from __future__ import annotations

import bz2
import codecs
import csv
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import fastavro
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.changes import Cells, Changed, Index
from vitrail.exports.copies.files import copy_file

Cell = tuple[str, int, tuple[int, ...]]
NEW = "<NEW>"
_TOGETHER: Any = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],
}
NUMBER = 9_000_000_000_000_000_001


class Changes:
    """Changes the cells that ``picks`` picks by column, row and path, and keeps all names."""

    def __init__(self, picks: Callable[[str, int, tuple[int, ...]], bool]) -> None:
        self._picks = picks
        self._window = np.empty(0, np.int64)

    def window(self, first: int, stop: int) -> Changes:
        self._window = np.arange(first, stop)
        return self

    def rows(self, column: str) -> Index:
        return self._window

    def texts(self, column: str, cells: Cells) -> Changed:
        places = self.emptied(column, cells)
        return Changed(places, pa.array([NEW] * len(places), pa.large_string()))

    def integers(self, column: str, cells: Cells, *, nullable: bool = True) -> Changed:
        places = self.emptied(column, cells)
        return Changed(places, pa.array([NUMBER] * len(places), pa.int64()))

    def emptied(self, column: str, cells: Cells) -> Index:
        rows, texts = cells.rows.tolist(), cells.texts.to_pylist()
        paths = [()] * len(rows) if cells.paths is None else cells.paths.to_pylist()
        given = enumerate(zip(rows, texts, paths, strict=True))
        found = [
            i for i, (row, text, path) in given if text and self._picks(column, row, tuple(path))
        ]
        return np.array(found, np.int64)

    def name(self, name: str) -> str:
        return name

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset()

    def keep_apart(self, columns: Sequence[str]) -> None:
        pass


def copied(path: Path, *cells: Cell) -> bytes:
    """The file written back with these cells changed."""
    catalog = Catalog.discover([path])
    assert not catalog.unreadable, [f.reason for f in catalog.unreadable]
    tables = [catalog.table(dataset) for dataset in catalog.datasets]
    out = io.BytesIO()
    copy_file(tables, lambda _: Changes(lambda *cell: cell in cells), out)
    return out.getvalue()


def rewritten(path: Path, *cells: Cell) -> Path:
    """The same as a file beside it."""
    new = path.with_name(f"copy-{path.name}")
    new.write_bytes(copied(path, *cells))
    return new


# --- delimited text -------------------------------------------------------------------------

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
        before = _read(path)
    except InputUnreadable:
        return  # in the dialect that was seen its rows are ragged
    assert copied(path) == path.read_bytes()
    if filled := [(c, r, ()) for c, r in before if before[c, r]]:
        cell = data.draw(st.sampled_from(filled))
        after = _read(rewritten(path, cell), as_it_was=path)
        assert after == {**before, cell[:2]: NEW}


def _read(path: Path, as_it_was: Path | None = None) -> dict[tuple[str, int], str | None]:
    """Cells by column and row; in the encoding and dialect of another file, if one is named."""
    catalog = Catalog.discover([as_it_was or path])
    table: Any = catalog.table(catalog.datasets[0])
    found = {}
    for batch in replace(table, origin=replace(table.origin, path=path)).batches():
        for chunk in batch.chunks:
            for place, text in enumerate(chunk.values.to_pylist()):
                found[chunk.column, batch.first_row + place] = text
    return found


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


def test_an_archive_keeps_its_members_and_drops_what_was_not_read(tmp_path: Path) -> None:
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


# --- lines ----------------------------------------------------------------------------------


def test_a_text_keeps_its_blank_lines_and_a_last_line_without_an_end(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"one\r\n\r\n  two  \nthree")
    assert copied(path) == path.read_bytes()
    assert copied(path, ("line", 3, ())) == f"one\r\n\r\n  two  \n{NEW}".encode()
    assert copied(path, ("line", 0, ())) == f"{NEW}\r\n\r\n  two  \nthree".encode()


def test_a_log_changes_part_by_part(tmp_path: Path) -> None:
    path = tmp_path / "access.log"
    line = (
        '10.0.0.9 - jo [10/Oct/2025:13:55:36 +0000] "GET /a?e=x HTTP/1.1" 200 23 "-" "curl \\"q\\""'
    )
    path.write_text(f"{line}\n" * 9 + "not of the form\n")
    assert copied(path) == path.read_bytes()
    changed = copied(
        path, ("ip", 0, ()), ("query", 0, ()), ("user_agent", 0, ()), ("unparsed", 9, ())
    )
    lines = changed.decode().splitlines()
    assert lines[0] == (
        f'{NEW} - jo [10/Oct/2025:13:55:36 +0000] "GET /a?{NEW} HTTP/1.1" 200 23 "-" "{NEW}"'
    )
    assert lines[1:9] == [line] * 8
    assert lines[9] == NEW


# --- JSON -----------------------------------------------------------------------------------

_VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.sampled_from([1.10, -2e30]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abé.", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
_RECORDS = st.lists(
    st.dictionaries(st.sampled_from(["id", "note", "deep"]), _VALUE, min_size=1),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    records=_RECORDS,
    shape=st.sampled_from(["lines", "array", "spread", "member", "sequence"]),
    ascii_only=st.booleans(),
)
def test_json_stays_the_same_to_the_byte_and_changes_where_it_is_told(
    tmp_path: Path, records: list[dict[str, Any]], shape: str, ascii_only: bool
) -> None:
    records = [{"id": "k", **record} for record in records]

    def dumps(value: Any, indent: int | None = None) -> str:
        return json.dumps(value, ensure_ascii=ascii_only, indent=indent)

    text = {
        "lines": lambda: "\n\n".join(map(dumps, records)),
        "array": lambda: dumps(records),
        "spread": lambda: "  " + dumps(records, 3) + " \n",
        "member": lambda: dumps({"before": {"a": 1}, "rows": records, "after": "x"}, 1),
        "sequence": lambda: "\n".join(dumps(record, 1) for record in records),
    }[shape]()
    path = tmp_path / ("t.ndjson" if shape == "lines" else "t.json")
    path.write_text(text, "utf-8")
    assert copied(path).decode() == text
    changed = copied(path, ("id", 0, ())).decode()
    expected = text.replace(f'"id": {dumps(records[0]["id"])}', f'"id": "{NEW}"', 1)
    if isinstance(records[0]["id"], str) and records[0]["id"]:
        assert changed == expected


def test_a_nested_leaf_a_number_and_a_field_beside_the_records_change(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    text = (
        '{"owner": "o", "rows": [{"m": [{"b": "x"}, {"b": "y", "n": 1.10}]}], "n": 2,\n'
        ' "more": [{"q": 7}]}'
    )
    path.write_text(text)
    cells = [("owner", 0, ()), ("m[].b", 0, (1,)), ("q", 0, ())]
    new = text.replace('"o"', f'"{NEW}"').replace('"y"', f'"{NEW}"').replace("7", str(NUMBER))
    assert copied(path, *cells).decode() == new


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("twice.ndjson", '{"a": "x", "a": "y"}\n{"a": "z"}\n', "key twice"),
        ("twice.json", '{"rows": [{"a": 1}], "rows": [{"a": 2}]}', "key twice"),
        ("behind.json", '[{"a": 1}\n] [{"a": 2}]', "behind the end"),
    ],
)
def test_json_of_which_only_a_part_is_read_is_not_copied(
    tmp_path: Path, name: str, text: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputUnreadable, match=reason):
        copied(path)


# --- columnar and binary --------------------------------------------------------------------


def test_parquet_keeps_schema_groups_compression_notes_and_every_other_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    messages = pa.list_(pa.struct([("body", pa.large_string()), ("n", pa.int32())]))
    table = pa.table(
        {
            "id": pa.array([1, 2, None, 4], pa.int64()),
            "name": pa.array(["a", None, "c", "d"]),
            "kind": pa.array(["x", "y", "x", "x"]).dictionary_encode(),
            "born": pa.array([1, 2, 3, 4], pa.date32()),
            "small": pa.array([1, 2, 3, 4], pa.int8()),
            "messages": pa.array(
                [
                    [{"body": "p", "n": 1}, {"body": "q", "n": 2}],
                    None,
                    [],
                    [{"body": None, "n": 3}],
                ],
                messages,
            ),
            "tags": pa.array(
                [[("k", "v")], None, [], [("k", "w")]], pa.map_(pa.string(), pa.string())
            ),
        }
    ).replace_schema_metadata({"made by": "the test"})
    pq.write_table(table, path, row_group_size=3, compression="zstd")
    cells = [
        ("name", 0, ()), ("kind", 1, ()), ("id", 3, ()), ("born", 1, ()), ("small", 2, ()),
        ("messages[].body", 0, (1,)), ("tags[].value", 3, (0,)),
    ]  # fmt: skip
    table = pq.read_table(path)
    same, changed = pq.read_table(rewritten(path)), pq.read_table(rewritten(path, *cells))
    assert same.equals(table, check_metadata=True)
    assert changed.schema.equals(table.schema, check_metadata=True)
    expected = table.to_pylist()
    expected[0]["name"] = expected[1]["kind"] = NEW
    expected[3]["id"] = NUMBER
    expected[1]["born"] = expected[2]["small"] = None
    expected[0]["messages"][1]["body"] = NEW
    expected[3]["tags"] = [("k", NEW)]
    assert changed.to_pylist() == expected
    metadata = pq.ParquetFile(path.with_name("copy-t.parquet")).metadata
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [3, 1]
    assert metadata.row_group(0).column(1).compression == "ZSTD"


def test_avro_keeps_its_schema_codec_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "t.avro"
    items = {"type": "map", "values": "string"}
    schema = {
        "type": "record", "name": "R",
        "fields": [
            {"name": "id", "type": "long"},
            {"name": "note", "type": ["null", "string"]},
            {"name": "born", "type": ["null", {"type": "int", "logicalType": "date"}]},
            {"name": "items", "type": {"type": "array", "items": items}},
        ],
    }  # fmt: skip
    rows = [
        {"id": i, "note": f"n{i}", "born": None, "items": [{"k": "a"}, {"k": "b"}]}
        for i in range(3)
    ]
    with path.open("wb") as file:
        fastavro.writer(file, schema, rows, codec="deflate", metadata={"who": "test"})
    with rewritten(path, ("note", 1, ()), ("id", 2, ()), ("items[].k", 0, (1,))).open("rb") as file:
        reader = fastavro.reader(file)
        found = list(reader)
    rows[1]["note"], rows[2]["id"] = NEW, NUMBER
    rows[0]["items"] = [{"k": "a"}, {"k": NEW}]
    assert found == rows
    assert (reader.codec, reader.metadata["who"]) == ("deflate", "test")


def test_a_workbook_keeps_sheets_places_and_types(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        first, hidden = book.add_worksheet("People"), book.add_worksheet("Quiet")
        hidden.hide()
        for place, heading in enumerate(["name", "age", "note"]):
            first.write(2, 1 + place, heading)
        for row, cells in enumerate([["ada", 36, "007"], ["bob", 4.5, ""]]):
            for place, cell in enumerate(cells):
                first.write(3 + row, 1 + place, cell)
        hidden.write(0, 0, "what")
        hidden.write(1, 0, "that")
    new = rewritten(path, ("name", 1, ()), ("age", 0, ()))
    catalog = Catalog.discover([new])
    assert [dataset.table for dataset in catalog.datasets] == ["People", "Quiet"]
    expected = {**_read(path), ("name", 1): NEW, ("age", 0): NEW}
    assert _read(new) == expected
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(new)).get_sheet_by_name("People")
    assert sheet.start == (2, 1)
    assert sheet.to_python(skip_empty_area=False)[4][2] == 4.5


def test_sqlite_keeps_keys_views_and_triggers_and_leaves_no_old_page(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE people (email TEXT PRIMARY KEY, age INTEGER, extra) WITHOUT ROWID;
            CREATE TABLE orders (id INTEGER PRIMARY KEY, who TEXT NOT NULL, total REAL,
                                 loud TEXT GENERATED ALWAYS AS (upper(who)) STORED);
            CREATE TABLE log (what TEXT);
            CREATE INDEX by_who ON orders (who);
            CREATE VIEW totals AS SELECT who, sum(total) AS total FROM orders GROUP BY who;
            CREATE TRIGGER heard AFTER UPDATE ON orders BEGIN INSERT INTO log VALUES (old.who); END;
            """
        )
        database.executemany(
            "INSERT INTO people VALUES (?, ?, ?)",
            [("b@secret", 4, b"blob-secret"), ("a@secret", None, "")],
        )
        database.executemany(
            "INSERT INTO orders (id, who, total) VALUES (?, ?, ?)",
            [(7, "b@secret", 1.5), (9, "c", 2.0)],
        )
        database.commit()
    cells = [("email", 0, ()), ("age", 1, ()), ("extra", 1, ()), ("who", 0, ())]
    new = rewritten(path, *cells)
    assert b"secret" not in new.read_bytes().replace(b"b@secret", b"", 1)  # people's second row
    with closing(sqlite3.connect(new)) as database:
        assert database.execute("SELECT * FROM people ORDER BY 1").fetchall() == [
            (NEW, None, ""), ("b@secret", NUMBER, NEW.encode()),
        ]  # fmt: skip
        assert database.execute("SELECT id, who, loud FROM orders").fetchall() == [
            (7, NEW, NEW), (9, "c", "C"),
        ]  # fmt: skip
        assert database.execute("SELECT count(*) FROM log").fetchone() == (0,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
        with closing(sqlite3.connect(path)) as source:
            assert database.execute(kinds).fetchall() == source.execute(kinds).fetchall()


def test_a_database_with_a_full_text_index_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "fts.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('x y');"
        )
    with pytest.raises(InputUnreadable, match="virtual table"):
        copied(path, ("a", 0, ()))


def test_duckdb_keeps_types_keys_and_order(tmp_path: Path) -> None:
    path = tmp_path / "t.duckdb"
    huge = (1 << 127) - 1
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE z_parent (id INTEGER PRIMARY KEY, mail VARCHAR UNIQUE)")
        database.execute(
            "CREATE TABLE child (of INTEGER REFERENCES z_parent (id), tags VARCHAR[], big HUGEINT, "
            "mood ENUM ('good', 'bad'), loud VARCHAR GENERATED ALWAYS AS (upper(tags[1])))"
        )
        database.execute("CREATE VIEW all_of_it AS SELECT * FROM child")
        database.execute("INSERT INTO z_parent VALUES (2, 'b@secret'), (1, 'a@secret')")
        database.execute(f"INSERT INTO child VALUES (1, ['x', 'secret'], {huge}, 'bad')")
    with duckdb.connect(str(rewritten(path, ("mail", 0, ()), ("tags[]", 0, (1,))))) as database:
        assert database.execute("SELECT * FROM z_parent").fetchall() == [(2, NEW), (1, "a@secret")]
        assert database.execute("SELECT tags, big, mood, loud FROM all_of_it").fetchall() == [
            (["x", NEW], huge, "bad", "X")
        ]
