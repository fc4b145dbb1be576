"""Parquet, Avro and workbooks keep types, places and notes."""

from __future__ import annotations

from pathlib import Path

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.exports.copies.conftest import NEW, NUMBER, read, rewritten
from vitrail.exports.catalog import Catalog


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
    expected = {**read(path), ("name", 1): NEW, ("age", 0): NEW}
    assert read(new) == expected
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(str(new)).get_sheet_by_name("People")
    assert sheet.start == (2, 1)
    assert sheet.to_python(skip_empty_area=False)[4][2] == 4.5


def test_views_of_texts_in_parquet_are_written_as_such(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    table = pa.table({"a": pa.array(["x", "y"], pa.string_view()), "b": pa.array([b"x", b"y"])})
    pq.write_table(table, path)
    new = pq.read_table(rewritten(path, ("a", 1, ()), ("b", 0, ())))
    assert new.schema.equals(pq.read_schema(path))
    assert new.to_pylist() == [{"a": "x", "b": NEW.encode()}, {"a": NEW, "b": b"y"}]
