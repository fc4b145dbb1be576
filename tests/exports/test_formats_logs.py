"""Access logs by their content, plain text by its lines; no line is ever left out."""

from __future__ import annotations

from typing import Any

import pytest

_LOG = (
    '192.0.2.1 - bob [10/Oct/2024:13:55:36 +0200] "GET /a/b?mail=x%40y.example&n=1 HTTP/1.1" '
    '200 2326 "https://r.example/?q=1" "Mozilla/5.0 \\"odd\\""\n'
    '2001:db8::1 - - [10/Oct/2024:13:55:37 +0200] "POST / HTTP/2.0" 204 - "-" "-"\n'
    "\x16\x03 not a request at all\n"
)


def test_a_combined_log_is_told_by_its_content_and_cut_into_columns(exports: Any) -> None:
    look = exports.of("traffic.txt", _LOG)
    assert look.dataset().format == "access_log"
    assert look.cells() == {
        "ip": [(0, (), "192.0.2.1"), (1, (), "2001:db8::1")],
        "user": [(0, (), "bob")],
        "ts": [(0, (), "10/Oct/2024:13:55:36 +0200"), (1, (), "10/Oct/2024:13:55:37 +0200")],
        "method": [(0, (), "GET"), (1, (), "POST")],
        "path": [(0, (), "/a/b"), (1, (), "/")],
        "query": [(0, (), "mail=x%40y.example&n=1")],
        "status": [(0, (), "200"), (1, (), "204")],
        "bytes": [(0, (), "2326")],
        "referrer": [(0, (), "https://r.example/?q=1")],
        "user_agent": [(0, (), 'Mozilla/5.0 \\"odd\\"')],
        "unparsed": [(2, (), "\x16\x03 not a request at all")],
    }


def test_a_common_log_has_no_referrer_and_is_one_too(exports: Any) -> None:
    line = '192.0.2.1 - - [10/Oct/2024:13:55:36 +0200] "GET / HTTP/1.0" 200 5\n'
    look = exports.of("access.log", line * 3)
    assert look.texts()["status"] == ["200"] * 3
    assert look.sql("SELECT count(*) AS n FROM t WHERE referrer IS NULL") == [{"n": 3}]


_TIME = "[10/Oct/2024:13:55:36 +0200]"
_PLAIN = f'192.0.2.7 - - {_TIME} "GET /plain?a=1 HTTP/1.1" 200 9 "https://r.example/" "Mozilla"'


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (f'192.0.2.1 - jean paul {_TIME} "GET / HTTP/1.1" 200 5 "-" "A"', {"user": "jean paul"}),
        (f'192.0.2.1 - - {_TIME} "GET / HTTP/1.1" 200 5 "-" "a \\"b\\" c"',
         {"user_agent": 'a \\"b\\" c'}),
        (f'192.0.2.1 - - {_TIME} "GET / HTTP/1.1" 200 5 "-" "A"  ', {"user_agent": "A"}),
        (f'192.0.2.1 - - {_TIME} "GET /b" 404 -', {"path": "/b", "status": "404"}),
        ('six "quotes" but "no" request "here"',
         {"unparsed": 'six "quotes" but "no" request "here"'}),
        (f'192.0.2.1 - - {_TIME} "GET / HTTP/1.1" 20 5 "-" "A"',
         {"unparsed": f'192.0.2.1 - - {_TIME} "GET / HTTP/1.1" 20 5 "-" "A"'}),
    ],
    ids=["a blank in the user", "escaped quotes", "blanks at the end", "common", "none", "status"],
)  # fmt: skip
def test_an_unusual_line_among_plain_ones_keeps_its_place_and_its_parts(
    exports: Any, line: str, parts: dict[str, str]
) -> None:
    cells = exports.of("access.log", "\n".join([*[_PLAIN] * 8, line, _PLAIN]) + "\n").cells()
    for column, text in parts.items():
        assert (8, (), text) in cells[column]
    plain = [row for row, _, text in cells["query"] if text == "a=1"]
    assert plain == [0, 1, 2, 3, 4, 5, 6, 7, 9]
    known = {"ip", "ts", "method"} if "unparsed" not in parts else set()
    assert all(any(row == 8 for row, _, _ in cells[column]) for column in known)


@pytest.mark.parametrize("name", ["letter.txt", "LICENSE", "notes.md", "app.log"])
def test_prose_is_lines_though_it_has_commas(exports: Any, name: str) -> None:
    look = exports.of(name, "Dear Ann, hello\n\nyour order; it is, well, here\r\nBo")
    assert look.cells() == {
        "line": [
            (0, (), "Dear Ann, hello"),
            (2, (), "your order; it is, well, here"),
            (3, (), "Bo"),
        ]
    }


def test_a_table_named_txt_is_a_table(exports: Any) -> None:
    assert exports.of("a.txt", "id\tmail\n1\ta\n2\tb\n").texts() == {
        "id": ["1", "2"], "mail": ["a", "b"],
    }  # fmt: skip


def test_lines_are_whole_however_large_the_text(exports: Any) -> None:
    lines = [f"line {i} {'é' * (i % 50)}" for i in range(30_000)]
    look = exports.of("a.txt", "\n".join(lines))
    assert look.texts(target_bytes=1 << 16) == {"line": lines}
    assert look.batches > 5
    assert look.cells(start_row=29_999)["line"] == [(29_999, (), lines[-1])]
