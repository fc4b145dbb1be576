"""What is taken away of a release: CSV that no spreadsheet runs, Parquet and paper with notes."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pyarrow.parquet as pq
import pytest

from vitrail.model import Cell, Measure, MeasureKind, Query, Release, ReleaseRow, Span
from vitrail.report.formulas import defused
from vitrail.report.release_paper import picture_of, release_paper
from vitrail.ui.release_files import file_stem, release_csv, release_parquet

SPAN = Span(date(2026, 1, 5), date(2026, 2, 1))
HOSTILE = '=HYPERLINK("http://x","y")'


def _release(*rows: ReleaseRow, by: str = "campaign") -> Release:
    query = Query("campaigns", (by,), (Measure(MeasureKind.PERSONS),), (("country", "FR"),), SPAN)
    return Release(
        "r-1", "e-1", query, rows, 1, ("Closed days.",), touched=("Noise.",),
        released_at=datetime(2026, 2, 2, tzinfo=UTC), span=SPAN,
    )  # fmt: skip


ROWS = (
    ReleaseRow((HOSTILE,), (Cell(-5, 12, 14),)),
    ReleaseRow(("#set page(fill: red) <b>\u202ebold",), (Cell(300, 20, 40),)),
    ReleaseRow(("hidden",), (None,)),
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1"])
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("cell", [-5.0, 3, None, "Paris", "a=b", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell: object) -> None:
    assert defused(cell) == cell


def test_the_csv_has_days_filters_and_notes_on_top_and_no_formula() -> None:
    text = release_csv(_release(*ROWS))
    notes = [line for line in text.splitlines() if line.startswith("#") and "set page" not in line]
    assert "2026-01-05 to 2026-02-01, country = FR" in notes[0]
    assert "# Closed days." in notes
    table = list(csv.reader(io.StringIO(text[text.index("campaign,") :])))
    assert table[1][0] == f"'{HOSTILE}"
    assert float(table[1][1]) == -5
    assert table[3][1:] == ["", "", ""]


def test_the_parquet_keeps_its_values_and_notes() -> None:
    table = pq.read_table(io.BytesIO(release_parquet(_release(*ROWS))))
    assert table.column("campaign")[0].as_py() == HOSTILE
    assert table.schema.metadata[b"vitrail.notes"] == b"Closed days."


def test_the_paper_is_the_same_each_time_and_shows_hostile_text_as_text() -> None:
    first = release_paper(_release(*ROWS), "Campaigns #panic()", {})
    assert first.startswith(b"%PDF")
    assert first == release_paper(_release(*ROWS), "Campaigns #panic()", {})


def test_bars_are_drawn_from_nothing_to_their_highest_end() -> None:
    picture = picture_of(_release(*ROWS), {})
    assert picture.bars[0].words == "≈ 300 ± 20"
    assert picture.bars[0].high == 1
    assert all(0 <= bar.low <= bar.middle <= bar.high <= 1 for bar in picture.bars)
    assert "hidden: ◌ hidden for privacy" in picture.alt


def test_a_line_is_broken_where_a_week_is_hidden() -> None:
    weeks = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26")
    cells = (Cell(100, 12, 20), Cell(90, 12, 20), None, Cell(80, 12, 20))
    rows = (ReleaseRow((week,), (cell,)) for week, cell in zip(weeks, cells, strict=True))
    picture = picture_of(_release(*rows, by="week"), {"persons": "Users"})
    assert len(picture.steps) == len(picture.bands) == 1
    assert picture.axis == "Users, from 0 to 120"
    assert picture.ends == ("2026-01-05", "2026-01-26")


def test_the_name_of_a_file_holds_no_path() -> None:
    assert file_stem("../../etc", "A b", "x" * 300).startswith("vitrail-..-..-etc-a-b-x")
    assert "/" not in file_stem("../../etc")
    assert len(file_stem("x" * 300)) == 128
