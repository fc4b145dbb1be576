"""How long a gated answer takes, beside plain and ungated aggregates of the same question.

    python -m bench.ask_speed [DIR] [--accounts N] [--pairs N] [--times N]

DIR is a demo company, by default bench/data/demo-N, written and imported where it is not there
yet. Each question is put to the gate (parsing, checks, noise and all), and, with the engine's same
threads and memory, as a plain GROUP BY three times: over the exported Parquet files joined to a
table of accounts, over the fact's materialised table, and over the smallest table beside it that
has the question's labels, which is what the gate reads. All run warm, in turns; the figures are
medians of each question's own pairs. Nothing is cached between the runs of one question. With
``--times``, DIR is first written as ``DIR-N-over``, with every account and its events N times over.

Required: 1.0 of the raw aggregate for each question, 1.3 of the fact's table in the median.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from bench.copies_over import write_copies
from vitrail.config import FILE_NAME, load
from vitrail.demo import write_demo
from vitrail.exports.store import CanonicalStore
from vitrail.gate import FactDescription, FactStore, answer, build_facts, parse_sql
from vitrail.gate.compiler import table_to_read
from vitrail.gate.grammar import question_from
from vitrail.gate.naming import quoted
from vitrail.gate.store import locked_down
from vitrail.house import carried
from vitrail.keys import Keyring
from vitrail.model import Span

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

#: Measures by the gate's SQL → the same over raw events, and over the gate's own table.
MEASURES = {
    "count(DISTINCT person)": ("count(DISTINCT account_id)", "count(DISTINCT person)"),
    "sum(sessions)": ("count(DISTINCT session_id)", "sum(sessions)"),
    "avg(sessions)": (
        "count(DISTINCT session_id) / count(DISTINCT account_id)",
        "sum(sessions) / count(DISTINCT person)",
    ),
}

#: Dimensions, and conditions: one and two of the one, none to two of the other.
SHAPES: tuple[tuple[tuple[str, ...], dict[str, str]], ...] = (
    (("country",), {}),
    (("country",), {"device": "mobile"}),
    (("month",), {"country": "FR", "device": "mobile"}),
    (("week", "country"), {}),
    (("country", "device"), {"event": "login"}),
    (("event", "device"), {"country": "FR", "account_type": "free"}),
)

#: What a question that goes by neither week nor month is about.
YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


@dataclass(frozen=True)
class Asked:
    """One question: what it measures, by which dimensions, under which conditions."""

    measure: str
    dimensions: tuple[str, ...]
    conditions: dict[str, str]

    @property
    def gated(self) -> str:
        """In the gate's SQL."""
        where = self._where + ([f"period BETWEEN '{YEAR.first}' AND '{YEAR.last}'"] * self.is_whole)
        return clauses([*self.dimensions, self.measure], "activity", where, self.dimensions)

    def materialised(self, table: str) -> str:
        """Over a table of the gate's."""
        selected = [*self.dimensions, MEASURES[self.measure][1]]
        where = self._where + ([f"month BETWEEN '{YEAR.first}' AND '{YEAR.last}'"] * self.is_whole)
        return clauses(selected, quoted(table), where, self.dimensions)

    @property
    def is_whole(self) -> bool:
        """Whether it is told in one piece: then it is about a year, else about all there is."""
        return not {"week", "month"} & {*self.dimensions}

    def raw(self, directory: Path, fact: FactDescription) -> str:
        """Over the raw events, as anyone would write it."""
        where = [f"{RAW[name]} = '{value}'" for name, value in self.conditions.items()]
        days = YEAR if self.is_whole else Span(fact.first, fact.last)
        where.append(f"ts >= TIMESTAMP '{days.first}'")
        where.append(f"ts < TIMESTAMP '{days.last + timedelta(days=1)}'")
        source = f"read_parquet('{directory}/exports/product/events_*.parquet')"
        if {"country", "account_type"} & {*self.dimensions, *self.conditions}:
            source += " JOIN accounts USING (account_id)"
        selected = [f"{RAW[d]} AS {d}_" for d in self.dimensions] + [MEASURES[self.measure][0]]
        return clauses(selected, source, where, tuple(f"{d}_" for d in self.dimensions))

    @property
    def _where(self) -> list[str]:
        return [f"{name} = '{value}'" for name, value in self.conditions.items()]


QUESTIONS = tuple(Asked(measure, *shape) for shape in SHAPES for measure in MEASURES)


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


def over(company: Path, times: int) -> Path:
    """The company with every account so many times over, written where it is not there yet."""
    directory = company.with_name(f"{company.name}-{times}-over")
    if not directory.exists():
        write_copies(company, directory, times)
    return directory


def clauses(selected: Sequence[str], source: str, where: list[str], group: Sequence[str]) -> str:
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    grouping = f" GROUP BY {', '.join(group)}" if group else ""
    return f"SELECT {', '.join(selected)} FROM {source}{condition}{grouping}"


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


def connection_to(facts: Path) -> duckdb.DuckDBPyConnection:
    """The plain engine over the epoch in force."""
    epoch = (facts / "CURRENT").read_text().strip()
    return duckdb.connect(str(facts / f"{epoch}.duckdb"), read_only=True, config=locked_down())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", nargs="?", type=Path)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    directory = options.directory or DATA / f"demo-{options.accounts}"
    if options.times > 1:
        directory = over(directory, options.times)
    prepare(directory, options.accounts)
    store = FactStore.open(directory / "facts", FACTS)
    fact = next(fact for fact in store.facts() if fact.name == "activity")
    raw, table = engine(directory), connection_to(directory / "facts")
    events = f"read_parquet('{directory}/exports/product/events_*.parquet')"
    print(f"{raw.sql(f'SELECT count(*) FROM {events}').fetchall()[0][0]:,} events")
    print(f"{'gate ms':>8} {'÷ raw':>6} {'÷ fact':>6} {'÷ read':>6}  question, and what is read")
    ratios: list[list[float]] = []
    for asked in QUESTIONS:
        query = parse_sql(asked.gated, store)
        read = table_to_read(question_from(query, store.reader().facts))
        works: tuple[Callable[[], object], ...] = (
            lambda q=asked: answer(parse_sql(q.gated, store), store, KEYS),  # type: ignore[misc]
            lambda q=asked: raw.execute(q.raw(directory, fact)).fetchall(),  # type: ignore[misc]
            lambda q=asked: table.execute(q.materialised(fact.name)).fetchall(),  # type: ignore[misc]
            lambda q=asked, t=read: table.execute(q.materialised(t)).fetchall(),  # type: ignore[misc]
        )
        runs = [[seconds(work) for work in works] for _ in range(options.pairs + 1)][1:]
        gate = statistics.median(run[0] for run in runs)
        ratios.append([statistics.median(run[0] / run[i] for run in runs) for i in (1, 2, 3)])
        told = " ".join(f"{ratio:6.2f}" for ratio in ratios[-1])
        print(f"{gate * 1000:8.0f} {told}  {asked.gated}  ({read})")
    limits = (
        "the raw events (each at most 1.0)",
        "the fact's table (median at most 1.3)",
        "what it reads",
    )
    for name, found in zip(limits, zip(*ratios, strict=True), strict=True):
        print(f"÷ {name}: median {statistics.median(found):.2f}, worst {max(found):.2f}")


if __name__ == "__main__":
    main()
