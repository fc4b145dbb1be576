"""Text in any encoding arrives as the same letters, or the line that spoils them is named."""

from __future__ import annotations

from typing import Any

import pytest

_TEXT = "nom;ville\nZoé;Besançon\nJürgen;Köln\nŒuvre;€ 5\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_an_encoding_is_told_from_the_bytes(exports: Any, encoding: str) -> None:
    look = exports.of("a.csv", _TEXT.encode(encoding))
    assert look.columns() == ["nom", "ville"]
    assert look.texts()["ville"] == ["Besançon", "Köln", "€ 5"]
    assert look.sql("SELECT nom FROM t ORDER BY _row")[0] == {"nom": "Zoé"}


def test_latin_1_with_accents_reads_as_windows_1252_which_holds_it(exports: Any) -> None:
    assert exports.of("a.csv", "a,b\né,à\n".encode("latin-1")).texts() == {"a": ["é"], "b": ["à"]}


def test_cyrillic_in_one_byte_a_letter_is_not_taken_for_western(exports: Any) -> None:
    rows = "Имя,Город\n" + "Анна Иванова,Москва\nПётр Смирнов,Новосибирск\n" * 20
    assert exports.of("a.csv", rows.encode("cp1251")).texts()["Город"][:2] == [
        "Москва",
        "Новосибирск",
    ]


def test_accents_that_come_late_in_a_plain_file_decide_its_encoding(exports: Any) -> None:
    rows = "id,name\n" + "1,plain\n" * 300_000
    look = exports.of("a.csv", (rows + "2,Zoé\n").encode("cp1252"))
    assert look.texts()["name"][-1] == "Zoé"


def test_a_line_in_another_encoding_is_read_in_it_and_named(exports: Any) -> None:
    good, bad = "id,name\n1,Zoé\n2,Ann\n".encode(), "3,José\n4,Bo\n".encode("cp1252")
    look = exports.of("mixed.csv", good + bad)
    assert look.texts()["name"] == ["Zoé", "Ann", "José", "Bo"]
    assert "mixed.csv is UTF-8 but for bytes in line 4, which" in look.failure.message
    assert "one encoding" in look.failure.remedy


def test_binary_content_under_a_text_s_name_is_refused(exports: Any) -> None:
    look = exports.of("photo.csv", bytes(range(256)) * 40)
    assert look.catalog.datasets == ()
    assert "photo.csv is binary, though it is named .csv" in look.reasons[0]
    look = exports.of("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    assert "holds a picture" in look.reasons[0]


def test_an_empty_file_says_so(exports: Any) -> None:
    assert "empty.csv is empty." in exports.of("empty.csv", b"").reasons[0]
    for blank in (b"\n\n", b"  \r\n", b"\xef\xbb\xbf"):
        assert "blank.csv holds nothing but blanks" in exports.of("blank.csv", blank).reasons[0]


def test_a_stray_nul_makes_no_binary_of_a_text_and_keeps_its_place(exports: Any) -> None:
    rows = "".join(f"{n},plain {n}\n" for n in range(40))
    look = exports.of("dump.csv", f"id,note\n41,x\0y\n{rows}42,\0z\n")
    cells = [text for _, _, text in look.cells()["note"]]
    assert (cells[0], cells[1], cells[-1]) == ("x\0y", "plain 0", "\0z")
