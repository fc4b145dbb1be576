"""A small company with personal data in every format, and its copy under each operator."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from vitrail.keys import Keyring
from vitrail.redaction import Redaction, RedactOptions, operators_of, redact
from vitrail.scan import ScanOptions

ROWS = 40
CARD = "4111 1111 1111 1111"
IBAN = "FR76 3000 6000 0112 3456 7890 189"
PHONE = "+33 6 39 98 12 34"
SCAN = ScanOptions(names="off", jobs=1)


def email(n: int) -> str:
    return f"zoe.marchetti{n}@example-mail.org"


@pytest.fixture(scope="session")
def keys() -> Keyring:
    return Keyring(bytes(range(32)))


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder with every format; the same people in each. Tests leave it as it is."""
    folder = tmp_path_factory.mktemp("company")
    people = [{"id": n, "mail": email(n), "note": _note(n)} for n in range(ROWS)]
    _texts(folder, people)
    _columnar(folder, people)
    _databases(folder, people)
    with xlsxwriter.Workbook(str(folder / "crm.xlsx")) as book:
        sheet = book.add_worksheet("Clients")
        for row, cells in enumerate([["id", "mail", "note"], *(list(p.values()) for p in people)]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return folder


def _note(n: int) -> str:
    texts = [f"call {PHONE} please", f"card {CARD} was refused", f"pay to {IBAN}", "nothing here"]
    return texts[n % len(texts)]


def _texts(folder: Path, people: list[dict[str, object]]) -> None:
    with (folder / "people.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, people[0], delimiter=";", quoting=csv.QUOTE_NONNUMERIC)
        writer.writeheader()
        writer.writerows(people)
    lines = [f"/welcome?mail={str(p['mail']).replace('@', '%40')}&n={p['id']}" for p in people]
    (folder / "links.csv.gz").write_bytes(gzip.compress("\n".join(["url", *lines]).encode()))
    chats = [{"id": p["id"], "said": [{"body": "hello"}, {"body": p["note"]}]} for p in people]
    (folder / "deep").mkdir()
    (folder / "deep" / "chats.json").write_text(json.dumps(chats, indent=1))
    events = [json.dumps({"raw": json.dumps({"to": p["mail"], "n": 1.10})}) for p in people]
    (folder / "events.ndjson").write_text("\n".join(events))
    prose = "\n".join(f"Dear {p['mail']}, we met.\n" for p in people[:5])
    with zipfile.ZipFile(folder / "letters.zip", "w") as archive:
        archive.writestr("letters.md", prose)


def _columnar(folder: Path, people: list[dict[str, object]]) -> None:
    table = pa.Table.from_pylist(people)
    phones = pa.array([33639981234 + n for n in range(ROWS)], pa.int64())
    pq.write_table(table.append_column("phone", phones), folder / "people.parquet")
    schema = {
        "type": "record",
        "name": "Person",
        "fields": [{"name": "mail", "type": "string"}, {"name": "note", "type": "string"}],
    }
    with (folder / "people.avro").open("wb") as file:
        fastavro.writer(file, schema, [{k: p[k] for k in ("mail", "note")} for p in people])


def _databases(folder: Path, people: list[dict[str, object]]) -> None:
    rows = [tuple(p.values()) for p in people]
    with closing(sqlite3.connect(folder / "people.sqlite")) as database:
        database.execute("CREATE TABLE people (id INTEGER, mail TEXT UNIQUE, note TEXT)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", rows)
        database.commit()
    with duckdb.connect(str(folder / "people.duckdb")) as database:
        database.execute("CREATE TABLE people (id INTEGER, mail VARCHAR, note VARCHAR)")
        database.executemany("INSERT INTO people VALUES (?, ?, ?)", rows)


@pytest.fixture(scope="session")
def copies(
    company: Path, keys: Keyring, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Redaction]:
    """The company's copy under one operator, made once."""
    made: dict[str, Redaction] = {}

    def under(operator: str) -> Redaction:
        if operator not in made:
            out = tmp_path_factory.mktemp("copies") / operator
            usual, chosen = operators_of(operator)
            made[operator] = redact([company], out, keys, RedactOptions(usual, chosen, SCAN))
        return made[operator]

    return under
