"""Databases keep their schema, and leave nothing of what was replaced."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.exports.copies.conftest import NEW, NUMBER, Changes, copied, rewritten
from vitrail.errors import InputUnreadable
from vitrail.exports.catalog import Catalog
from vitrail.exports.copies.files import copy_file


def test_sqlite_keeps_keys_views_and_triggers_and_leaves_no_old_page(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE people (email TEXT PRIMARY KEY, age INTEGER, extra) WITHOUT ROWID;
            CREATE TABLE orders (id INTEGER PRIMARY KEY, who TEXT NOT NULL, total REAL,
                                 loud TEXT GENERATED ALWAYS AS (upper(who)) STORED);
            CREATE TABLE log (what TEXT);
            CREATE INDEX by_who ON orders (who);
            CREATE VIEW totals AS SELECT who, sum(total) AS total FROM orders GROUP BY who;
            CREATE TRIGGER heard AFTER UPDATE ON orders BEGIN INSERT INTO log VALUES (old.who); END;
            """
        )
        database.executemany(
            "INSERT INTO people VALUES (?, ?, ?)",
            [("b@secret", 4, b"blob-secret"), ("a@secret", None, "")],
        )
        database.executemany(
            "INSERT INTO orders (id, who, total) VALUES (?, ?, ?)",
            [(7, "b@secret", 1.5), (9, "c", 2.0)],
        )
        database.commit()
    cells = [("email", 0, ()), ("age", 1, ()), ("extra", 1, ()), ("who", 0, ())]
    new = rewritten(path, *cells)
    assert b"secret" not in new.read_bytes().replace(b"b@secret", b"", 1)  # people's second row
    with closing(sqlite3.connect(new)) as database:
        assert database.execute("SELECT * FROM people ORDER BY 1").fetchall() == [
            (NEW, None, ""), ("b@secret", NUMBER, NEW.encode()),
        ]  # fmt: skip
        assert database.execute("SELECT id, who, loud FROM orders").fetchall() == [
            (7, NEW, NEW), (9, "c", "C"),
        ]  # fmt: skip
        assert database.execute("SELECT count(*) FROM log").fetchone() == (0,)
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kinds = "SELECT type, name, sql FROM sqlite_schema ORDER BY name"
        with closing(sqlite3.connect(path)) as source:
            assert database.execute(kinds).fetchall() == source.execute(kinds).fetchall()


def test_a_database_with_a_full_text_index_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "fts.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            "CREATE VIRTUAL TABLE f USING fts5(a); INSERT INTO f VALUES ('x y');"
        )
    with pytest.raises(InputUnreadable, match="virtual table"):
        copied(path, ("a", 0, ()))


def test_duckdb_keeps_types_keys_and_order(tmp_path: Path) -> None:
    path = tmp_path / "t.duckdb"
    huge = (1 << 127) - 1
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE z_parent (id INTEGER PRIMARY KEY, mail VARCHAR UNIQUE)")
        database.execute(
            "CREATE TABLE child (of INTEGER REFERENCES z_parent (id), tags VARCHAR[], big HUGEINT, "
            "mood ENUM ('good', 'bad'), loud VARCHAR GENERATED ALWAYS AS (upper(tags[1])))"
        )
        database.execute("CREATE VIEW all_of_it AS SELECT * FROM child")
        database.execute("INSERT INTO z_parent VALUES (2, 'b@secret'), (1, 'a@secret')")
        database.execute(f"INSERT INTO child VALUES (1, ['x', 'secret'], {huge}, 'bad')")
    with duckdb.connect(str(rewritten(path, ("mail", 0, ()), ("tags[]", 0, (1,))))) as database:
        assert database.execute("SELECT * FROM z_parent").fetchall() == [(2, NEW), (1, "a@secret")]
        assert database.execute("SELECT tags, big, mood, loud FROM all_of_it").fetchall() == [
            (["x", NEW], huge, "bad", "X")
        ]


class Cleaned(Changes):
    """Names and texts of the schema lose a value too."""

    def name(self, name: str) -> str:
        return name.replace("b@secret", NEW)

    def learn(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset(name for name in names if self.name(name) != name)


def cleaned(path: Path) -> bytes:
    """The file written back with one value replaced in what its schema says."""
    catalog = Catalog.discover([path])
    out = io.BytesIO()
    tables = [catalog.table(dataset) for dataset in catalog.datasets]
    copy_file(tables, lambda _: Cleaned(lambda *_: False), out)
    return out.getvalue()


def test_values_in_views_triggers_defaults_and_conditions_of_sqlite_are_replaced(
    tmp_path: Path,
) -> None:
    path, new = tmp_path / "t.sqlite", tmp_path / "new.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.executescript(
            """
            CREATE TABLE t (a TEXT DEFAULT 'b@secret', b INT
                            CHECK (a <> 'it''s b@secret') /* '' */);
            CREATE TABLE log (what TEXT);
            CREATE INDEX some ON t (b) WHERE a = 'b@secret';
            CREATE VIEW v AS SELECT b FROM t WHERE a = 'b@secret'; -- of b@secret
            CREATE TRIGGER heard AFTER DELETE ON t BEGIN INSERT INTO log VALUES ('b@secret'); END;
            """
        )
        database.executemany("INSERT INTO t VALUES (?, ?)", [(NEW, 1), ("c", 2)])
        database.commit()
    new.write_bytes(cleaned(path))
    assert b"secret" not in new.read_bytes()
    with closing(sqlite3.connect(new)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT b FROM v").fetchall() == [(1,)]
        database.execute("INSERT INTO t (b) VALUES (3)")
        assert database.execute("SELECT b FROM v").fetchall() == [(1,), (3,)]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW v AS SELECT * FROM t WHERE a = 'b@secret'",
        "CREATE MACRO m() AS 'b@secret'",
        "ALTER TABLE t ALTER a SET DEFAULT 'b@secret'",
        "CREATE TABLE u (a VARCHAR CHECK (a <> 'b@secret'))",
        "CREATE TYPE e AS ENUM ('b@secret')",
        "COMMENT ON TABLE t IS 'of b@secret'",
        "COMMENT ON COLUMN t.a IS 'of b@secret'",
    ],
)
def test_a_duckdb_schema_that_holds_a_value_is_not_copied(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "t.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE t (a VARCHAR)")
        database.execute(statement)
    with pytest.raises(InputUnreadable, match="holds personal data"):
        cleaned(path)
