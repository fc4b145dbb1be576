"""What exported values become: every way of writing that exports use, through a real file."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from vitrail.config import Settings
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))


def one_value(folder: Path, table: str, column: str, written: str, **source: Any) -> Any:
    """What ``written`` in a CSV becomes in ``table.column``."""
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    with (exports / "x.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["key", "Écrit"], ["k1", written], ["k2", "…"]])
    entry = {"file": "exports/x.csv", "table": table, "columns": {column: "Écrit"}, **source}
    with CanonicalStore.open(folder, Settings(sources={"s": entry}), KEYS) as store:
        found = store.query(f'SELECT "{column}" AS v FROM {table} WHERE _row = 0')
        return found["v"].to_pylist()[0]


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("written", "source", "moment"),
    [
        ("2026-07-01T10:00:00Z", {}, utc(2026, 7, 1, 10)),
        ("2026-07-01 10:00:00", {"timezone": "UTC"}, utc(2026, 7, 1, 10)),
        ("2026-07-01 10:00", {"timezone": "Europe/Paris"}, utc(2026, 7, 1, 8)),
        ("2026-12-01 10:00", {"timezone": "Europe/Paris"}, utc(2026, 12, 1, 9)),
        # the hour that the clocks leave out, and the one that they strike twice
        ("2026-03-29 02:30:00", {"timezone": "Europe/Paris"}, utc(2026, 3, 29, 1, 30)),
        ("2026-10-25 02:30:00", {"timezone": "Europe/Paris"}, utc(2026, 10, 25, 1, 30)),
        # a written zone wins over the declared one, and is not dropped by a cast
        ("2026-07-01T10:00:00+02:00", {"timezone": "America/New_York"}, utc(2026, 7, 1, 8)),
        ("2026-07-01 10:00:00 +0200", {}, utc(2026, 7, 1, 8)),
        ("2026-07-01 10:00:00 UTC", {"timezone": "Europe/Paris"}, utc(2026, 7, 1, 10)),
        ("2026-07-01 10:00 America/Argentina/Buenos_Aires", {}, utc(2026, 7, 1, 13)),
        ("2026-07-01 10:00 America/Port-au-Prince", {}, utc(2026, 7, 1, 14)),
        ("2026-07-01 10:00 Etc/GMT+3", {}, utc(2026, 7, 1, 13)),
        ("2026-07-01 10:00 GMT+2", {}, utc(2026, 7, 1, 8)),
        ("2026-07-01 10:00 CEST", {}, utc(2026, 7, 1, 8)),
        ("2026-12-01 10:00 CET", {}, utc(2026, 12, 1, 9)),
        # a word behind a time that names no zone, or several, makes it none
        ("2026-07-01 10:00 America/Nowhere", {"timezone": "UTC"}, None),
        ("2026-07-01 10:00 BST", {"timezone": "UTC"}, None),
        ("2026-07-01 10:00 tomorrow", {"timezone": "UTC"}, None),
        ("10/Jul/2026:13:55:36 +0200", {}, utc(2026, 7, 10, 11, 55, 36)),
        # the afternoon is not read as morning
        ("2026-07-01 03:00 PM", {"timezone": "UTC"}, utc(2026, 7, 1, 15)),
        ("2026-07-01 3:00:05\u202fp.m.", {"timezone": "Europe/Paris"}, utc(2026, 7, 1, 13, 0, 5)),
        ("2026-07-01 12:05 AM", {"timezone": "UTC"}, utc(2026, 7, 1, 0, 5)),
        ("2026-07-01 12:05 pm +02:00", {}, utc(2026, 7, 1, 10, 5)),
        ("1/7/2026 3:00 PM", {"dates": {"day_first": True}}, utc(2026, 7, 1, 15)),
        ("7/1/2026 3:00 PM", {"dates": {"format": "%m/%d/%Y"}}, utc(2026, 7, 1, 15)),
        ("2026-07-01 15:00 PM", {"timezone": "UTC"}, None),
        ("1767225600", {}, utc(2026, 1, 1)),
        ("1767225600000", {}, utc(2026, 1, 1)),
        ("1767225600000000", {}, utc(2026, 1, 1)),
        (
            "03/04/2026",
            {"dates": {"format": "%d/%m/%Y"}, "timezone": "Europe/Paris"},
            utc(2026, 4, 2, 22),
        ),
        ("03/04/2026 14:05", {"dates": {"format": "%d/%m/%Y"}}, utc(2026, 4, 3, 14, 5)),
        ("3.4.26 14:05:06", {"dates": {"day_first": True}}, utc(2026, 4, 3, 14, 5, 6)),
        ("04/03/2026", {"dates": {"format": "%m/%d/%Y"}}, utc(2026, 4, 3)),
        ("2026-04-03", {"dates": {"day_first": True}}, utc(2026, 4, 3)),
        # what could be read two ways, or not at all, is not guessed
        ("03/04/2026", {}, None),
        ("31/02/2026", {"dates": {"day_first": True}}, None),
        ("26/04/03", {"dates": {"format": "%d/%m/%Y"}}, None),
        ("soon", {}, None),
        ("", {}, None),
    ],
)
def test_times_become_utc(
    tmp_path: Path, written: str, source: dict[str, Any], moment: datetime | None
) -> None:
    assert one_value(tmp_path, "events", "ts", written, **source) == moment


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("29/02/2008", date(2008, 2, 29)),
        ("29/02/2009", None),
        ("01.12.99", date(1999, 12, 1)),
        ("20260704", date(2026, 7, 4)),
        ("2026-07-04 23:30:00", date(2026, 7, 4)),
    ],
)
def test_a_day_stays_the_day_that_was_written(
    tmp_path: Path, written: str, day: date | None
) -> None:
    source = {"dates": {"day_first": True}, "timezone": "Pacific/Auckland"}
    assert one_value(tmp_path, "profiles", "declared_birth_date", written, **source) == day


@pytest.mark.parametrize(
    ("table", "column", "written", "value"),
    [
        ("orders", "amount", "4990", 4990),
        ("orders", "amount", "4990.0", 4990),
        ("orders", "amount", "49.90", None),  # not rounded to 50 without a word
        ("accounts", "account_id", " 00042 ", "00042"),
        ("orders", "currency", "eur", "EUR"),
        ("marketing_sends", "has_unsub_link", "Oui", True),
        ("marketing_sends", "has_unsub_link", "0", False),
        ("marketing_sends", "has_unsub_link", "perhaps", None),
        ("processors", "purposes", "hosting; support", ["hosting", "support"]),
        ("processors", "purposes", '["hosting","support"]', ["hosting", "support"]),
        ("consents", "status", " Granted ", "granted"),
        ("consents", "status", "Erteilt", None),
        ("orders", "status", "whatever", "whatever"),
        ("feedback", "text", " as it is ", " as it is "),
        ("events", "props", '{"a": 1}', '{"a": 1}'),
        ("events", "props", "{a", None),
    ],
)
def test_values_take_the_canonical_type(
    tmp_path: Path, table: str, column: str, written: str, value: object
) -> None:
    assert one_value(tmp_path, table, column, written) == value


def test_words_are_translated_whatever_their_case(tmp_path: Path) -> None:
    values = {"values": {"status": {"Clôturé": "closed", "Actif": "active"}}}
    assert one_value(tmp_path, "accounts", "status", "CLÔTURÉ", **values) == "closed"
    assert one_value(tmp_path, "accounts", "status", "deleted", **values) == "deleted"
    assert one_value(tmp_path, "accounts", "status", "Inconnu", **values) is None


@pytest.mark.parametrize(
    ("written", "currency", "minor"),
    [
        ("49.90", "EUR", 4990),
        ("1 234,56", "EUR", 123456),
        ("1.234,56", "EUR", 123456),
        ("1,234.56", "usd", 123456),
        ("500", "JPY", 500),
        ("1.5", "KWD", 1500),
        ("free", "EUR", None),
    ],
)
def test_major_units_become_minor_units_by_their_currency(
    tmp_path: Path, written: str, currency: str, minor: int | None
) -> None:
    derive = {"amount": f"minor_units(\"Écrit\", '{currency}')"}
    found = one_value(tmp_path, "orders", "amount", written, columns={}, derive=derive)
    assert found == minor


def test_an_expression_that_fails_on_a_value_leaves_it_empty(tmp_path: Path) -> None:
    derive = {"declared_age": 'CAST("Écrit" AS INTEGER)'}
    found = one_value(tmp_path, "profiles", "declared_age", "seventeen", columns={}, derive=derive)
    assert found is None
