"""Spreadsheets: every sheet, by its cells' real types, hidden ones too."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
import xlsxwriter


@pytest.fixture
def crm() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        postal = book.add_format({"num_format": "00000"})
        sheet = book.add_worksheet("Clients")
        for place, name in enumerate(["Nom", "Code postal", "Carte", "Né le", "Actif", "Prix"]):
            sheet.write(0, place, name)
        sheet.write_row(1, 0, ["Zoé", 1234.0, 4242424242424242.0])
        sheet.write(1, 1, 1234, postal)
        sheet.write_datetime(1, 3, dt.datetime(1990, 3, 4), day)
        sheet.write_boolean(1, 4, True)
        sheet.write_number(1, 5, 1.5)
        sheet.write_row(2, 0, ["Ann", 75001, "none"])
        hidden = book.add_worksheet("Archive")
        hidden.hide()
        hidden.write_column(0, 0, ["mail", "a@example.org"])
        book.add_worksheet("Empty")
    return file.getvalue()


def test_every_filled_sheet_is_a_table(exports: Any, crm: bytes) -> None:
    look = exports.of("crm.xlsx", crm)
    assert look.tables == ["Clients", "Archive"]
    assert look.texts("Archive") == {"mail": ["a@example.org"]}


def test_numbers_that_come_as_floats_are_written_whole(exports: Any, crm: bytes) -> None:
    """A card number is a float in a sheet, and ``00000`` shows a zero that is not there."""
    texts = exports.of("crm.xlsx", crm).texts("Clients")
    assert texts["Carte"] == ["4242424242424242", "none"]
    assert texts["Code postal"] == ["1234", "75001"]
    assert texts["Né le"] == ["1990-03-04"]
    assert texts["Actif"] == ["true"]
    assert texts["Prix"] == ["1.5"]


def test_sql_sees_the_types_that_all_cells_of_a_column_share(exports: Any, crm: bytes) -> None:
    rows = exports.of("crm.xlsx", crm).sql(
        'SELECT "Code postal" + 1 AS n, "Né le" AS d, "Carte" AS c FROM t ORDER BY _row', "Clients"
    )
    assert rows[0] == {"n": 1235, "d": dt.datetime(1990, 3, 4), "c": "4242424242424242"}


def test_reading_can_go_on_from_any_row(exports: Any, crm: bytes) -> None:
    assert exports.of("crm.xlsx", crm).cells("Clients", start_row=1, columns=["Nom"]) == {
        "Nom": [(1, (), "Ann")]
    }


def test_a_workbook_within_an_archive_is_opened(exports: Any, crm: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("out/crm.xlsx", crm)
    look = exports.of("all.zip", packed.getvalue())
    assert look.tables == ["out/crm.xlsx/Clients", "out/crm.xlsx/Archive"]
    assert look.texts("out/crm.xlsx/Archive") == {"mail": ["a@example.org"]}


def test_a_workbook_that_unpacks_like_a_bomb_is_not_opened(exports: Any, crm: bytes) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(crm)) as book, zipfile.ZipFile(packed, "w") as bomb:
        for info in book.infolist():
            content = book.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", b" " * (80 << 20) + b"</sheetData>")
            bomb.writestr(info.filename, content, zipfile.ZIP_DEFLATED)
    look = exports.of("bomb.xlsx", packed.getvalue())
    assert look.catalog.datasets == ()
    assert "as a bomb does" in look.reasons[0]


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 2000])
def test_a_workbook_behind_a_password_or_damaged_says_so(exports: Any, content: bytes) -> None:
    look = exports.of("secret.xlsx", content)
    assert "secret.xlsx is no workbook that can be opened" in look.reasons[0]
    assert "password" in look.reasons[0]


def test_a_truncated_workbook_says_so(exports: Any, crm: bytes) -> None:
    assert "damaged" in exports.of("cut.xlsx", crm[: len(crm) // 2]).reasons[0]
