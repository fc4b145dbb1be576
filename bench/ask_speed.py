"""How long a gated answer takes, beside the plain and ungated aggregate over the raw events.

    python bench/ask_speed.py [DIR] [--accounts N] [--repeat N]

DIR is a demo company, by default bench/data/demo-N, written and imported where it is not there
yet. Each question is put to the gate (parsing, noise and all) and, with the engine's same threads
and memory, as a plain GROUP BY over the exported Parquet files joined to a table of accounts.
Both run warm, in turns; the medians are of each question's own runs. The aim: a ratio of 1.3.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from vitrail.config import FILE_NAME, load
from vitrail.demo import write_demo
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactDescription, FactStore, answer, build_facts, parse_sql
from vitrail.house import carried
from vitrail.keys import Keyring

KEYS = Keyring(bytes(range(32)))
FACTS = carried("queries", "facts")
DATA = Path(__file__).parent / "data"

#: Dimensions of the gate's question → what they are in the raw export.
RAW = {
    "country": "country",
    "account_type": "plan",
    "event": "name",
    "device": "json_extract_string(props, '$.device')",
    "week": "CAST(date_trunc('week', ts) AS DATE)",
    "month": "CAST(date_trunc('month', ts) AS DATE)",
}

#: Dimensions, conditions, whether rows are counted too, and over how many weeks (None: all).
QUESTIONS: tuple[tuple[tuple[str, ...], dict[str, str], bool, int | None], ...] = (
    ((), {}, False, None),
    ((), {}, True, 13),
    (("week",), {}, False, None),
    (("month",), {}, True, None),
    (("country",), {}, True, None),
    (("country",), {}, False, 13),
    (("event",), {}, True, None),
    (("country", "device"), {}, False, 26),
    (("week", "country"), {}, False, None),
    (("event", "device"), {}, True, 52),
    (("month",), {"country": "FR", "device": "mobile"}, False, None),
    (("account_type",), {"event": "login"}, True, 52),
)


def prepare(directory: Path, accounts: int) -> None:
    """A company with facts, written and imported at need."""
    if not (directory / FILE_NAME).is_file():
        print(f"writing a company of {accounts:,} accounts to {directory} …")
        write_demo(directory, accounts=accounts)
    if not (directory / "facts" / "CURRENT").is_file():
        settings = load(directory / FILE_NAME)
        with CanonicalStore.open(directory, settings, KEYS) as store:
            report = build_facts(store, FACTS, directory / "facts", KEYS, as_of=settings.asof)
        print(f"facts built in {report.seconds:.1f} s: {dict(report.facts)}")


def gated(
    dimensions: tuple[str, ...],
    conditions: dict[str, str],
    rows: bool,
    weeks: int | None,
    fact: FactDescription,
) -> str:
    """The question in the gate's SQL."""
    measures = ["count(DISTINCT person)", *(["count(*)"] if rows else [])]
    where = [f"{name} = '{value}'" for name, value in conditions.items()]
    if weeks is not None:
        first, last = span(weeks, fact)
        where.append(f"period BETWEEN '{first}' AND '{last}'")
    return clauses(", ".join([*dimensions, *measures]), "activity", where, dimensions)


def plain(
    directory: Path,
    dimensions: tuple[str, ...],
    conditions: dict[str, str],
    rows: bool,
    weeks: int | None,
    fact: FactDescription,
) -> str:
    """The same over the raw events, as anyone would write it."""
    measures = ["count(DISTINCT account_id)", *(["count(*)"] if rows else [])]
    selected = [f"{RAW[d]} AS {d}_" for d in dimensions] + measures
    where = [f"{RAW[name]} = '{value}'" for name, value in conditions.items()]
    first, last = span(weeks, fact) if weeks is not None else (fact.first, fact.last)
    where.append(f"ts >= TIMESTAMP '{first}' AND ts < TIMESTAMP '{last + timedelta(days=1)}'")
    source = f"read_parquet('{directory}/exports/product/events_*.parquet')"
    if {"country", "account_type"} & {*dimensions, *conditions}:
        source += " JOIN accounts USING (account_id)"
    return clauses(", ".join(selected), source, where, tuple(f"{d}_" for d in dimensions))


def span(weeks: int, fact: FactDescription):  # type: ignore[no-untyped-def]
    last = fact.last - timedelta(days=(fact.last.weekday() + 1) % 7)
    return last - timedelta(days=7 * weeks - 1), last


def clauses(selected: str, source: str, where: list[str], group: tuple[str, ...]) -> str:
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    grouping = f" GROUP BY {', '.join(group)}" if group else ""
    return f"SELECT {selected} FROM {source}{condition}{grouping}"


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def engine(directory: Path) -> duckdb.DuckDBPyConnection:
    """The plain engine, set as the gate's own, with the accounts in memory."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    connection.execute("SET TimeZone = 'UTC'")
    with sqlite3.connect(directory / "exports" / "accounts.sqlite") as database:
        rows = database.execute("SELECT account_id, country, plan FROM accounts").fetchall()
    names = ("account_id", "country", "plan")
    table = pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    connection.register("exported", table)
    connection.execute("CREATE TABLE accounts AS SELECT * FROM exported")
    return connection


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    directory = options.directory or DATA / f"demo-{options.accounts}"
    prepare(directory, options.accounts)
    store = FactStore.open(directory / "facts", FACTS)
    fact = next(fact for fact in store.facts() if fact.name == "activity")
    connection = engine(directory)
    events = f"read_parquet('{directory}/exports/product/events_*.parquet')"
    print(f"{connection.sql(f'SELECT count(*) FROM {events}').fetchall()[0][0]:,} events")
    print(f"{'gate ms':>9} {'plain ms':>9} {'ratio':>6}  question")
    ratios = []
    for question in QUESTIONS:
        asked = gated(*question, fact)
        raw = plain(directory, *question, fact)
        runs = [
            (
                seconds(lambda text=asked: answer(parse_sql(text, store), store, KEYS)),  # type: ignore[misc]
                seconds(lambda text=raw: connection.execute(text).fetchall()),  # type: ignore[misc]
            )
            for _ in range(options.repeat + 1)
        ][1:]
        gate, ungated = (statistics.median(times) for times in zip(*runs, strict=True))
        ratios.append(gate / ungated)
        print(f"{gate * 1000:9.0f} {ungated * 1000:9.0f} {ratios[-1]:6.2f}  {asked}")
    print(f"median ratio {statistics.median(ratios):.2f}, worst {max(ratios):.2f} (aim: 1.3)")


if __name__ == "__main__":
    main()
