"""What is wrong with a mapping is said with its remedy; the rest of it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from vitrail.config import Settings
from vitrail.exports.store import CanonicalStore
from vitrail.keys import Keyring
from vitrail.model import InputFile, InputStatus

KEYS = Keyring(bytes(range(32)))
CRM = (
    "N°,Mél,Créé le,État\n"
    "1,ann@example.org,01/02/2026,Actif\n"
    "2,bob@example.org,31/02/2026,Actif\n"
    "3,nobody,soon,Parti\n"
    "4,,,\n"
)


def a_source(**more: Any) -> dict[str, Any]:
    columns = {"account_id": "N°", "email": "Mél", "created_at": "Créé le"}
    source: dict[str, Any] = {"file": "exports/crm.csv", "table": "accounts", "columns": columns}
    return source | {"dates": {"format": "%d/%m/%Y"}, "timezone": "Europe/Paris"} | more


def open_with(folder: Path, **sources: dict[str, Any]) -> CanonicalStore:
    exports = folder / "exports"
    exports.mkdir(exist_ok=True)
    (exports / "crm.csv").write_text(CRM, "utf-8")
    return CanonicalStore.open(folder, Settings(sources=sources), KEYS)


def only(problems: tuple[InputFile, ...], words: str) -> InputFile:
    found = [p for p in problems if words in (p.reason or "")]
    assert len(found) == 1, [p.reason for p in problems]
    assert found[0].remedy
    return found[0]


def test_a_mapping_without_fault_has_no_problem_but_its_values(tmp_path: Path) -> None:
    with open_with(tmp_path, crm=a_source()) as store:
        assert store.faults == ()
        told = {p.reason for p in store.problems}
    assert told == {
        "2 of 3 values of “Créé le” are no dates of the form dd/mm/YYYY; they are left empty.",
        "1 of 3 values of “Mél” are no e-mail addresses; they are left empty.",
    }


def test_an_absent_column_is_told_and_the_others_are_mapped(tmp_path: Path) -> None:
    source = a_source()
    source["columns"]["closed_at"] = "Fermé le"
    with open_with(tmp_path, crm=source) as store:
        problem = only(store.faults, "“Fermé le”")
        assert problem.name == "crm.csv"
        assert problem.remedy == "Mend columns.closed_at in vitrail.toml, or take it out."
        assert "closed_at" not in store.tables["accounts"].columns
        assert store.query("SELECT count(created_at) AS n FROM accounts")["n"].to_pylist() == [1]


@pytest.mark.parametrize("pattern", ["exports/gone.csv", "exports/**/none_*.parquet"])
def test_a_file_or_glob_that_finds_nothing_is_told(tmp_path: Path, pattern: str) -> None:
    with open_with(tmp_path, crm=a_source(), other=a_source(file=pattern)) as store:
        problem = only(store.faults, "nothing is there")
        assert problem.status is InputStatus.UNREADABLE
        assert problem.name == pattern
        assert store.query("SELECT count(*) AS n FROM accounts")["n"].to_pylist() == [4]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"inside": "Clients"}, "no table, sheet or member is so named"),
        ({"table": "customers"}, "no canonical table"),
        ({"preset": "salesforce"}, "no preset salesforce"),
        ({"timezone": "Europe/Pariss"}, "time zone Europe/Pariss"),
        ({"derive": {"country": "(SELECT 1)"}}, "more than an expression"),
        ({"derive": {"country": "read_text('/etc/passwd')"}}, "read_text"),
        ({"derive": {"country": '"Pays"'}}, "“Pays”"),
        ({"derive": {"country": "concat('a'"}}, "is no SQL expression"),
        ({"derive": {"country": 'no_such_function("N°")'}}, "does not fit the columns"),
        ({"derive": {"shoe_size": "'42'"}}, "no canonical column"),
        ({"where": "Pays = 'FR'"}, "“Pays”"),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with open_with(tmp_path, crm=a_source(**change), good=a_source()) as store:
        problems = store.problems
        only(problems, words)
        assert "Traceback" not in str(problems)
        assert store.query("SELECT count(*) AS n FROM accounts")["n"].to_pylist()[0] >= 4


def test_a_where_that_cannot_be_applied_takes_no_row_rather_than_all(tmp_path: Path) -> None:
    with open_with(tmp_path, crm=a_source(where="Pays = 'FR'")) as store:
        assert "accounts" not in store.tables
        assert store.query("SELECT count(*) AS n FROM accounts")["n"].to_pylist() == [0]


def test_unknown_words_of_a_closed_vocabulary_are_counted(tmp_path: Path) -> None:
    source = a_source(values={"status": {"Actif": "active"}})
    source["columns"]["status"] = "État"
    with open_with(tmp_path, crm=source) as store:
        problem = only(store.problems, "“État”")
        assert (problem.reason or "").startswith("1 of 3 values")
        assert "active, deactivated, closed" in (problem.reason or "")
        assert "Parti" not in str(store.problems)  # no cell in a message
        found = store.query("SELECT status FROM accounts ORDER BY _row")["status"].to_pylist()
    assert found == ["active", "active", None, None]


def test_times_that_say_no_zone_are_noted_unless_one_is_declared(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "log.csv").write_text("at\n2026-01-01 10:00:00\n2026-01-01T10:00Z\n")
    source = {"file": "exports/log.csv", "table": "events", "columns": {"ts": "at"}}
    with open_with(tmp_path, log=source) as store:
        assert "timezone" in (only(store.problems, "say no zone").remedy or "")
    with open_with(tmp_path, log=source | {"timezone": "UTC"}) as store:
        assert store.problems == ()


def test_several_tables_in_a_file_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    (tmp_path / "exports").mkdir()
    with closing(sqlite3.connect(tmp_path / "exports" / "shop.sqlite")) as database:
        database.execute("CREATE TABLE staff (badge TEXT)")
        database.execute("CREATE TABLE buyers (id TEXT, mail TEXT)")
        database.execute("INSERT INTO buyers VALUES ('7', 'ann@example.org')")
        database.commit()
    source = {
        "file": "exports/*.sqlite",
        "table": "accounts",
        "columns": {"account_id": "id", "email": "mail"},
    }
    with open_with(tmp_path, shop=source) as store:
        assert store.problems == ()
        assert [d.table for d in store.tables["accounts"].datasets] == ["buyers"]


def test_what_is_declared_and_what_is_unmapped_are_named(tmp_path: Path) -> None:
    source = a_source(derive={"country": 'upper(left("État", 2))'})
    with open_with(tmp_path, crm=source, leads=a_source(role="processor")) as store:
        assert store.declared["crm.csv", None, "Mél"] == "accounts.email"
        assert store.declared["crm.csv", None, "État"] == "accounts.country"
        assert store.unmapped == ()
    source = a_source(columns={"email": "Mél"})
    with open_with(tmp_path, crm=source) as store:
        assert [column for _, column in store.unmapped] == ["N°", "Créé le", "État"]


def test_a_processors_data_feeds_no_table(tmp_path: Path) -> None:
    with open_with(tmp_path, leads=a_source(role="processor")) as store:
        assert store.tables == {}
        assert store.missing((("accounts", ("email",)),)) == ("accounts",)
        assert [i.rows for i in store.inputs] == [4]


def test_what_controls_need_and_do_not_have_is_listed(tmp_path: Path) -> None:
    with open_with(tmp_path, crm=a_source()) as store:
        needs = (
            ("accounts", ("subject_key", "closed_at", "person_key", "_row")),
            ("orders", ("amount",)),
            ("scan_hits", ("entity_type",)),
        )
        assert store.missing(needs) == ("accounts.closed_at", "orders")
