"""Delimited text: every dialect is read as it is written; what does not fit is named."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail.errors import InputPartlyRead
from vitrail.exports.formats.dialect import Dialect
from vitrail.exports.formats.ragged import Ragged


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~", "\x1f", "\x01"])
def test_any_delimiter_is_found(exports: Any, delimiter: str) -> None:
    rows = [["id", "name", "note"], ["1", "Zoé", "a"], ["2", "Ann", "b"], ["3", "Bo", "c"]]
    text = "".join(delimiter.join(row) + "\n" for row in rows)
    look = exports.of("a.csv", text)
    assert look.columns() == ["id", "name", "note"]
    assert look.texts()["name"] == ["Zoé", "Ann", "Bo"]


def test_a_quoted_cell_keeps_delimiters_quotes_and_line_ends(exports: Any) -> None:
    look = exports.of("a.csv", 'id,note\r\n1,"a, ""b""\r\nc"\r\n2,d\r\n')
    assert look.texts() == {"id": ["1", "2"], "note": ['a, "b"\r\nc', "d"]}


def test_single_quotes_and_backslash_escapes_are_understood(exports: Any) -> None:
    assert exports.of("a.csv", "id,note\n1,'x, y'\n2,'z'\n").texts()["note"] == ["x, y", "z"]
    assert exports.of("b.csv", 'id,note\n1,"x \\"y\\", z"\n2,w\n').texts()["note"] == [
        'x "y", z',
        "w",
    ]


def test_excel_s_sep_line_is_obeyed(exports: Any) -> None:
    look = exports.of("a.csv", "sep=;\nid;note\n1;a,b\n")
    assert look.texts() == {"id": ["1"], "note": ["a,b"]}


def test_cells_stay_as_they_were_exported(exports: Any) -> None:
    look = exports.of("a.csv", "zip,price,when,flag\n01234,1.10,2024-01-02,TRUE\n")
    assert look.texts() == {
        "zip": ["01234"], "price": ["1.10"], "when": ["2024-01-02"], "flag": ["TRUE"],
    }  # fmt: skip
    assert look.sql("SELECT zip, price FROM t") == [{"zip": "01234", "price": "1.10"}]


def test_an_empty_cell_is_null_for_cells_and_for_sql(exports: Any) -> None:
    look = exports.of("a.csv", 'a,b\n1,\n"",2\n')
    assert look.cells() == {"a": [(0, (), "1")], "b": [(1, (), "2")]}
    assert look.sql("SELECT a, b FROM t ORDER BY _row") == [
        {"a": "1", "b": None},
        {"a": None, "b": "2"},
    ]


def test_a_file_with_a_header_alone_has_no_rows_and_is_readable(exports: Any) -> None:
    look = exports.of("a.csv", "id,mail\n")
    assert look.columns() == ["id", "mail"]
    assert look.cells() == {}
    assert look.failure is None
    assert look.sql("SELECT count(*) AS n FROM t") == [{"n": 0}]


def test_a_second_column_of_one_name_is_kept_under_a_number(exports: Any) -> None:
    look = exports.of("a.csv", "mail,mail,,mail_2\na,b,c,d\n")
    assert look.columns() == ["mail", "mail_3", "column_3", "mail_2"]
    assert look.texts() == {"mail": ["a"], "mail_3": ["b"], "column_3": ["c"], "mail_2": ["d"]}


def test_names_that_sql_cannot_tell_apart_are_numbered_for_cells_and_sql_alike(
    exports: Any,
) -> None:
    look = exports.of("a.csv", "Email,email,_row\na,b,7\n")
    assert look.texts() == {"Email": ["a"], "email_2": ["b"], "_row_2": ["7"]}
    assert look.sql("SELECT email_2, _row_2, _row FROM t") == [
        {"email_2": "b", "_row_2": "7", "_row": 0}
    ]


@pytest.mark.parametrize("content", ["id", "id,mail", "id,mail\n1,a", "id\n\n\n1\n"])
def test_the_last_line_needs_no_end_and_blank_lines_are_no_rows(exports: Any, content: str) -> None:
    look = exports.of("a.csv", content)
    assert look.texts().get("id", []) == ["1"] * content.count("1")
    assert look.failure is None
    assert look.sql("SELECT count(*) AS n FROM t") == [{"n": content.count("1")}]


def test_a_backslash_at_a_fields_end_escapes_nothing_and_one_before_a_quote_within_does(
    exports: Any,
) -> None:
    ends = exports.of("ends.csv", 'a,b\nx,",\\"\ny,z\n')
    assert ends.texts() == {"a": ["x", "y"], "b": [",\\", "z"]}
    within = exports.of("within.csv", 'a,b\nx,"say \\"yes\\", or no"\ny,z\n')
    assert within.texts() == {"a": ["x", "y"], "b": ['say "yes", or no', "z"]}


def test_a_file_without_a_header_loses_no_row_to_it(exports: Any) -> None:
    look = exports.of("a.csv", "a@example.org,17\nb@example.org,18\n")
    assert look.texts() == {
        "column_1": ["a@example.org", "b@example.org"], "column_2": ["17", "18"],
    }  # fmt: skip


def test_years_as_column_names_are_a_header(exports: Any) -> None:
    assert exports.of("a.csv", "country,2023,2024\nFR,12,13\n").columns()[1:] == ["2023", "2024"]


@pytest.mark.parametrize(("row", "fields"), [("3", 1), ("3,4,5", 3)])
def test_a_ragged_row_is_named_by_its_line_and_ends_nothing(
    exports: Any, row: str, fields: int
) -> None:
    look = exports.of("ragged.csv", f'a,b\n1,"x\ny"\n2,z\n{row}\n4,w\n')
    cells = look.cells()
    assert cells["a"] == [(0, (), "1"), (1, (), "2"), (2, (), "3"), (3, (), "4")]
    assert [c for c in cells["b"] if c[0] != 2] == [(0, (), "x\ny"), (1, (), "z"), (3, (), "w")]
    assert [c[2] for c in cells["b"] if c[0] == 2] == ([] if fields == 1 else ["4,5"])
    words = f"{fields} field{'s' if fields > 1 else ''}"
    assert f"ragged.csv has {words} in line 5, where the header has 2" in look.failure.message
    assert isinstance(look.failure, InputPartlyRead)


@given(
    rows=st.lists(st.lists(st.text("xyz", min_size=1, max_size=3), min_size=1, max_size=4),
                  min_size=1, max_size=40),
    start=st.integers(0, 95),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_cell_is_lost_to_rows_of_another_width(
    exports: Any, rows: list[list[str]], start: int
) -> None:
    whole = ["k,l,m", *["1,2,3"] * 50, *(",".join(row) for row in rows), "7,8,9"]
    look = exports.of("law.csv", "\n".join(whole) + "\n")
    found = look.cells(start_row=start, target_bytes=1)
    by_row: dict[int, str] = {}
    for name in "klm":
        for row, _, text in found.get(name, []):
            by_row[row] = by_row.get(row, "") + text.replace(",", "")
    expected = [line.replace(",", "") for line in whole[1:]]
    assert by_row == {n: text for n, text in enumerate(expected) if n >= start}
    bad = sum(len(row) != 3 for row in rows)
    assert (look.failure is None) == (bad == 0)
    if bad > 10:
        assert f"and {bad - 10} more such rows" in look.failure.message


def test_bad_rows_ahead_of_a_batch_wait_for_their_turn(exports: Any) -> None:
    lines = [f"{n},x{n}" + (",more" if n % 977 == 0 else "") for n in range(60_000)]
    look = exports.of("long.csv", "a,b\n" + "\n".join(lines) + "\n", max_cell=1 << 12)
    cells = look.cells(target_bytes=1 << 14)
    assert look.batches > 5
    assert cells["a"] == [(n, (), str(n)) for n in range(60_000)]
    assert cells["b"][977] == (977, (), "x977,more")


def test_bad_rows_told_while_batches_are_made_are_not_lost() -> None:
    """The parser may read ahead in a thread of its own: here the two take turns all the time."""
    rows = 20_000
    ragged = Ragged(Dialect(",", header=False), ("a",))
    ragged.begin(threads=False)

    def tell() -> None:
        for row in range(0, 2 * rows, 2):
            ragged(pa.csv.InvalidRow(1, 2, row + 1, f"x{row},y"))

    found: list[tuple[int, str]] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(1) as parser:
            told = parser.submit(tell)
            while len(found) < 2 * rows and not (told.done() and told.exception()):
                if good := min(50, ragged.count - len(found) // 2):
                    cells = [f"good {len(found) + 1 + 2 * n}" for n in range(good)]
                    table = pa.record_batch({"a": cells})
                    chunk = ragged.batch(table, len(found), 0, frozenset("a")).chunks[0]
                    found += zip(chunk.rows.tolist(), chunk.values.to_pylist(), strict=True)
            told.result()
    finally:
        sys.setswitchinterval(before)
    assert found == [(n, f"good {n}" if n % 2 else f"x{n},y") for n in range(2 * rows)]


def test_a_swallowed_delimiter_is_an_error_and_not_one_wide_column(exports: Any) -> None:
    look = exports.of("swallowed.csv", "name\n1;Ann;x\n2;Bo;y\n3;Cy;z\n")
    assert look.catalog.datasets == ()
    assert "semicolon" in look.reasons[0]


def test_a_column_of_texts_with_commas_in_quotes_is_one_column(exports: Any) -> None:
    look = exports.of("a.csv", 'note\n"a, b"\n"c, d, e"\nf\n')
    assert look.texts() == {"note": ["a, b", "c, d, e", "f"]}


def test_a_quote_that_is_never_closed_swallows_no_line(exports: Any) -> None:
    look = exports.of("open.csv", 'a,b\n1,x\n2,"y\n3,z\n4,w\n')
    assert look.texts() == {"a": ["1", "2", "3", "4"], "b": ["x", "y", "z", "w"]}
    assert "a quote in line 3 that is never closed" in look.failure.message


def test_a_stray_quote_within_a_cell_is_only_a_sign(exports: Any) -> None:
    assert exports.of("a.csv", 'size,b\n5" disk,x\n').texts()["size"] == ['5" disk']


_READ_ALL = """
import resource, sys
from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog
catalog = Catalog.discover([sys.argv[1]])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    for _ in catalog.open(catalog.datasets[0]).batches():
        pass
except InputUnreadable as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10)
"""


@pytest.mark.slow
def test_a_cell_of_200_megabytes_is_quarantined_in_bounded_memory(exports: Any) -> None:
    path = exports.folder / "huge.csv"
    with path.open("wb") as file:
        file.write(b"id,note\n1,short\n2,")
        for _ in range(200):
            file.write(b"x" * (1 << 20))
        file.write(b"\n3,short\n")
    done = subprocess.run(
        [sys.executable, "-c", _READ_ALL, str(path)], capture_output=True, text=True, check=True
    )
    sentence, grown = done.stdout.splitlines()
    assert "huge.csv has a cell" in sentence
    assert "more than 16 MiB" in sentence
    assert "--max-cell" in sentence
    assert int(grown) < 260  # MiB; whole, the cell takes 200 each time that it is copied


def test_a_cell_above_the_bound_is_read_where_the_bound_is_raised(exports: Any) -> None:
    path = exports.folder / "large.csv"
    path.write_bytes(b"id,note\n1,short\n2," + b"x" * (20 << 20) + b"\n3,short\n")
    raised = exports.look(path, max_cell=24 << 20)
    assert [len(t) for t in raised.texts()["note"]] == [5, 20 << 20, 5]


@pytest.mark.parametrize("bad", [(), (3, 2_999), (2_001,)])
def test_rows_longer_than_a_block_are_read_once_and_in_their_place(
    exports: Any, bad: tuple[int, ...]
) -> None:
    wide = {7: 3_000, 1_500: 90_000, 2_500: 700_000}
    lines = [f"{n},{'y' * wide.get(n, 3)}{n}" + (",more" if n in bad else "") for n in range(3_000)]
    look = exports.of("wide.csv", f"{'id' * 2_000},note\n" + "\n".join(lines) + "\n")
    cells = look.cells(target_bytes=1 << 11)
    assert [row for row, _, _ in cells["id" * 2_000]] == list(range(3_000))
    assert [
        text[-len(str(n)) :] for n, (_, _, text) in enumerate(cells["note"]) if n not in bad
    ] == [str(n) for n in range(3_000) if n not in bad]
    assert [len(cells["note"][n][2]) - len(str(n)) for n in wide] == list(wide.values())
    assert {n for n, (_, _, text) in enumerate(cells["note"]) if "more" in text} == set(bad)


def test_reading_can_go_on_from_any_row_and_with_some_columns(exports: Any) -> None:
    rows = "".join(f"{i},n{i},x{i}\n" for i in range(60_000))
    look = exports.of("a.csv", "id,name,other\n" + rows, max_cell=1 << 16)
    cells = look.cells(columns=["name"], start_row=31_234, target_bytes=1 << 16)
    assert look.batches > 1
    assert list(cells) == ["name"]
    assert cells["name"] == [(i, (), f"n{i}") for i in range(31_234, 60_000)]


def test_the_bytes_of_all_batches_add_up_to_the_size(exports: Any) -> None:
    look = exports.of("a.csv", "id,name\n" + "1,abcdefgh\n" * 300_000, max_cell=1 << 16)
    reader = look.catalog.open(look.dataset())
    total = sum(batch.bytes for batch in reader.batches(target_bytes=1 << 18))
    assert total == reader.size


_CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t"),
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.tuples(_CELL, _CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
)
def test_what_python_s_csv_writes_is_read_back_cell_by_cell(
    exports: Any, rows: list[tuple[str, str]], delimiter: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["first name", "second name"])
    writer.writerows(rows)
    look = exports.of("law.csv", file.getvalue())
    expected = {
        name: [(i, (), row[place]) for i, row in enumerate(rows) if row[place]]
        for place, name in enumerate(["first name", "second name"])
    }
    found = look.cells()
    assert look.failure is None
    assert {name: found.get(name, []) for name in expected} == expected
    assert look.sql('SELECT "first name" AS a FROM t ORDER BY _row') == [
        {"a": row[0] or None} for row in rows
    ]
