"""A scan tells which cells speak of a minor, and keeps nothing of what they say."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vitrail import scan
from vitrail.detect.minors import Family
from vitrail.keys import Keyring
from vitrail.scan.ages import AgeColumns

TODAY = date(2026, 11, 20)
Row = dict[str, Any]


@pytest.fixture
def signals(tmp_path: Path, keys: Keyring):  # type: ignore[no-untyped-def]
    """Scans one file and gives the rows of ``minors.parquet``."""

    def look(name: str, content: Any, columns: AgeColumns | None = None) -> list[Row]:
        path = tmp_path / name
        if name.endswith(".csv"):
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(content)
        else:
            path.write_text(json.dumps(content), "utf-8")
        minors = scan.MinorsLook(TODAY, columns={(name, None): columns} if columns else {})
        plan = scan.plan([path], scan.ScanOptions(names="off"), root=tmp_path)
        scan.run(plan, tmp_path / "out", keys, run_id="minors", minors=minors)
        rows: list[Row] = scan.read_minors(tmp_path / "out").to_pylist()
        return rows

    return look


def test_a_column_of_birth_dates_is_read_without_any_mapping(signals) -> None:  # type: ignore[no-untyped-def]
    dates = ["1980-03-04", "2011-05-06", "1975-01-31", "2008-11-20", "2008-11-21"]
    found = signals("people.csv", [["id", "date_of_birth"], *enumerate(dates)])
    assert [(r["row"], r["level"], r["age_high"]) for r in found] == [
        (1, "certain", 15), (4, "certain", 17),
    ]  # fmt: skip
    assert {r["signal"] for r in found} == {"birth_date"}


def test_a_statement_counts_from_the_day_of_its_message_and_not_if_staff_wrote_it(signals) -> None:  # type: ignore[no-untyped-def]
    messages = [
        {"from": "user", "text": "I am 15 years old", "created_at": "2026-10-01T10:00:00Z"},
        {"from": "operator", "text": "I am 15 years old", "created_at": "2026-10-01T10:00:00Z"},
        {"from": "user", "text": "I am 15 years old", "created_at": "2021-10-01T10:00:00Z"},
    ]
    columns = AgeColumns({}, "messages[].created_at", "messages[].from", frozenset({"operator"}))
    found = signals("chat.json", [{"id": 1, "messages": messages}], columns)
    assert [(r["level"], r["age_low"], r["age_high"]) for r in found] == [
        ("likely", 15, 16), ("was_minor", 20, 21),
    ]  # fmt: skip
    assert (found[0]["start"], found[0]["end"]) == (0, 17)


def test_a_birth_inside_a_national_identifier_is_certain_in_a_column_of_such(signals) -> None:  # type: ignore[no-untyped-def]
    from stdnum.pl import pesel

    # in the months of this century twenty is added: March 2011; the others were born before 1990
    bodies = ("4405141234", "1123061234", "8905121234", "8105121234")
    rows = [["pesel", "note"], *([b + pesel.calc_check_digit(b), "x"] for b in bodies)]
    found = signals("staff.csv", rows)
    assert [(r["row"], r["signal"], r["level"], r["age_high"]) for r in found] == [
        (1, "national_id", "certain", 15)
    ]


def test_a_declared_age_is_rolled_forward_from_its_row(signals) -> None:  # type: ignore[no-untyped-def]
    rows = [["age", "created_at"], ["14", "2026-01-01"], ["16", "2020-01-01"], ["44", "2026-01-01"]]
    found = signals("ages.csv", rows)
    assert [(r["row"], r["level"], r["age_low"]) for r in found] == [
        (0, "certain", 14), (1, "was_minor", 22),
    ]  # fmt: skip


def test_flags_and_guardians_rows_are_likely(signals) -> None:  # type: ignore[no-untyped-def]
    columns = AgeColumns({"flag": Family.ACCOUNT_FLAG}, guardians="auth")
    found = signals("flags.csv", [["flag", "auth"], ["minor", "a1"], ["adult", ""]], columns)
    assert {(r["row"], r["signal"], r["level"]) for r in found} == {
        (0, "account_flag", "likely"), (0, "guardian", "likely"),
    }  # fmt: skip


def test_nothing_of_a_cell_is_written_down(signals, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = signals("notes.csv", [["note"], ["I'm Oswin and I am 15 years old"]])
    assert len(found) == 1
    table = pq.read_table(tmp_path / "out" / "minors.parquet")
    assert table.schema.names == list(scan.MINORS_SCHEMA.names)
    texts = [f.name for f in table.schema if f.type == pa.string()]
    assert "Oswin" not in str(table.select(texts).to_pylist())


def test_of_the_demo_companys_planted_ages_none_is_a_false_alarm_and_all_dates_are_found(
    demo_workspace: Path,
) -> None:
    run = max((demo_workspace / "runs").glob("scan-*"))
    key = ("dataset", "table", "column", "row")
    found = {tuple(r[k] for k in key): r["level"] for r in scan.read_minors(run).to_pylist()}
    planted = pq.read_table(demo_workspace / "truth" / "minors.parquet").to_pylist()
    cells = {tuple(r[k] for k in key): r for r in planted}
    told = {"certain", "likely", "possible"}
    ours = {cell for cell, level in found.items() if level in told and cell[2] != "auth_id"}
    assert ours <= {cell for cell, r in cells.items() if r["level"] in {*told, "authorised"}}
    documented = {c for c, r in cells.items() if r["level"] in {"certain", "authorised"}}
    assert {cell for cell in documented if found.get(cell) == "certain"} == documented
    said = {c for c, r in cells.items() if r["level"] in {"likely", "possible"}}
    assert len(said & found.keys()) >= 0.9 * len(said)
