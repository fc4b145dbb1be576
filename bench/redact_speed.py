"""How fast a clean copy is written, format by format, beside the scan that it begins and ends with.

    python -m bench.redact_speed [--rows N] [--formats csv,parquet] [--with OPERATOR]

writes the table of :mod:`bench.scan_data` (an e-mail and an IP address in every row, more in every
eightieth) in each format, with the columns in which something is found (``every row``) and with
none of them (``clean``), and copies both. ``write`` is the CPU time of the copy alone: read,
replaced, packed, hashed; ``scan`` the time of a scan of the same file by one process, its start
included. ``floor`` is the CPU time in which the same library reads the file and
writes it again with nothing changed; ``MB/s`` counts the source's bytes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from unittest import mock

import duckdb
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from bench.scan_data import COLUMNS, write_table
from vitrail.keys import Keyring
from vitrail.redaction import Redaction, RedactOptions, operators_of, redact
from vitrail.redaction.copying import Writer
from vitrail.scan import ScanOptions, plan, run

FORMATS: Final = ("csv", "ndjson", "json", "parquet", "sqlite", "duckdb", "xlsx")
SCAN: Final = ScanOptions(names="off", jobs=1)
#: Where the scan of patterns finds nothing.
CLEAN: Final = ("id", "created_at", "city", "amount", "user_agent")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--with", dest="operator", default="pseudonym")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vitrail-bench-") as folder:
        table = _table(Path(folder), arguments.rows)
        heads = f"{'write s':>9}{'MB/s':>7}{'floor s':>9}{'scan s':>8}{'all s':>8}"
        print(f"{'':22}{'MB':>7}{heads}  found after")
        for name in arguments.formats.split(","):
            for title, columns in (("every row", COLUMNS), ("clean", CLEAN)):
                place = Path(folder) / f"{name}-{title.split()[0]}"
                place.mkdir()
                path = place / f"orders.{name}"
                _WRITE[name](table.select(list(columns)), path)
                _measure(f"{name}, {title}", path, arguments.operator)
                shutil.rmtree(place)
    return 0


def _table(folder: Path, rows: int) -> pa.Table:
    path = folder / "table.csv"
    write_table(path, rows)
    types = dict.fromkeys(COLUMNS, pa.string())
    convert = pa.csv.ConvertOptions(column_types=types)
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    return pa.csv.read_csv(path, parse_options=parse, convert_options=convert)


def _measure(title: str, path: Path, operator: str) -> None:
    size = path.stat().st_size / 1e6
    written: list[float] = []
    original = Writer.write

    def timed(self: Writer, *given: Any, **how: Any) -> Any:
        begun = time.process_time()
        yield from original(self, *given, **how)
        written.append(time.process_time() - begun)

    begun = time.monotonic()
    with mock.patch.object(Writer, "write", timed):
        made = _copy(path, operator)
    whole = time.monotonic() - begun
    begun = time.process_time()
    _FLOOR[path.suffix[1:]](path, path.with_name("floor"))
    floor = time.process_time() - begun
    begun = time.monotonic()
    _scan(path)
    scan = time.monotonic() - begun
    left = sum(one.hits for one in made.remaining)
    print(
        f"{title:22}{size:7.1f}{written[0]:9.2f}{size / written[0]:7.1f}{floor:9.2f}{scan:8.1f}"
        f"{whole:8.1f}"
        f"  {' '.join(str(r.hits) for r in made.rounds)}{' NOT CLEAN' if left else ''}",
        flush=True,
    )


def _scan(path: Path) -> None:
    run(plan([path], SCAN), path.parent / "scan", Keyring(bytes(range(32))), run_id="bench")


def _copy(path: Path, operator: str) -> Redaction:
    usual, chosen = operators_of(operator)
    options = RedactOptions(usual, chosen, SCAN)
    return redact([path], path.parent / "copy", Keyring(bytes(range(32))), options)


# --- the formats, each written from a table of texts, and read and written with nothing changed ---


def _ndjson(table: pa.Table, path: Path) -> None:
    with path.open("w") as file:
        for row in table.to_pylist():
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _json(table: pa.Table, path: Path) -> None:
    path.write_text(json.dumps(table.to_pylist(), ensure_ascii=False, indent=1))


def _sqlite(table: pa.Table, path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE TABLE orders ({', '.join(table.column_names)})")
        marks = ", ".join("?" * table.num_columns)
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        database.executemany(f"INSERT INTO orders VALUES ({marks})", rows)
        database.commit()


def _duckdb(table: pa.Table, path: Path) -> None:
    with duckdb.connect(str(path)) as database:
        database.register("source", table)
        database.execute("CREATE TABLE orders AS FROM source")


def _xlsx(table: pa.Table, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("orders")
        sheet.write_row(0, 0, table.column_names)
        for number, row in enumerate(zip(*(c.to_pylist() for c in table.columns), strict=True)):
            for place, cell in enumerate(row):
                sheet.write_string(number + 1, place, cell or "")


def _csv_floor(path: Path, out: Path) -> None:
    parse = pa.csv.ParseOptions(newlines_in_values=True)
    pa.csv.write_csv(pa.csv.read_csv(path, parse_options=parse), out)


def _lines_floor(path: Path, out: Path) -> None:
    with path.open() as source, out.open("w") as target:
        for line in source:
            target.write(json.dumps(json.loads(line), ensure_ascii=False) + "\n")


def _json_floor(path: Path, out: Path) -> None:
    out.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False, indent=1))


def _sqlite_floor(path: Path, out: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(out)) as target:
        source.backup(target)
        target.execute("VACUUM")


def _duckdb_floor(path: Path, out: Path) -> None:
    with duckdb.connect() as database:
        database.execute(f"ATTACH '{path}' AS source (READ_ONLY); ATTACH '{out}' AS target")
        database.execute("COPY FROM DATABASE source TO target")


def _xlsx_floor(path: Path, out: Path) -> None:
    import python_calamine

    rows = python_calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    names, *cells = rows
    text = [[str(cell) for cell in row] for row in cells]
    _xlsx(pa.table(dict(zip(names, zip(*text, strict=True), strict=True))), out)


_WRITE: Final[dict[str, Callable[[pa.Table, Path], object]]] = {
    "csv": pa.csv.write_csv,
    "ndjson": _ndjson,
    "json": _json,
    "parquet": pq.write_table,
    "sqlite": _sqlite,
    "duckdb": _duckdb,
    "xlsx": _xlsx,
}
_FLOOR: Final[dict[str, Callable[[Path, Path], object]]] = {
    "csv": _csv_floor,
    "ndjson": _lines_floor,
    "json": _json_floor,
    "parquet": lambda path, out: pq.write_table(pq.read_table(path), out),
    "sqlite": _sqlite_floor,
    "duckdb": _duckdb_floor,
    "xlsx": _xlsx_floor,
}

if __name__ == "__main__":
    sys.exit(main())
