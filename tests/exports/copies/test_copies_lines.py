"""Texts and logs are written back line by line."""

from __future__ import annotations

from pathlib import Path

from tests.exports.copies.conftest import NEW, copied


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
