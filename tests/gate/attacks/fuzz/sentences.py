"""SQL that nobody should be answered: allowed questions, mutated by all that DuckDB can say."""

from __future__ import annotations

import random
from collections.abc import Iterator

#: Every shape of question that the gate answers, to be spoilt.
ALLOWED = (
    "SELECT count(DISTINCT person) FROM visits",
    "SELECT count(*) FROM visits WHERE country = 'FR'",
    "SELECT country, count(DISTINCT person) FROM visits GROUP BY country",
    "SELECT country, week, sum(amount) FROM visits WHERE device = 'mobile' GROUP BY country, week",
    "SELECT device, avg(amount), outcome(converted) FROM visits WHERE country = 'FR' AND "
    "period BETWEEN '2025-03-03' AND '2025-03-30' GROUP BY device",
)

_EXPRESSIONS = (
    "person", "day", "amount", "*", "1", "NULL", "?", "$1", "'x'", "x'00'", "-1", "1 + 1",
    "hash(person)", "person % 2", "{'a': person}", "[person]", "person::VARCHAR",
    "CAST(person AS VARCHAR)", "TRY_CAST(person AS INT)", "CASE WHEN 1 = 1 THEN person END",
    "(SELECT person FROM visits LIMIT 1)", "(SELECT document FROM vitrail_manifest)",
    "row_number() OVER ()", "sum(amount) OVER (PARTITION BY person)", "list(person)",
    "string_agg(person, ',')", "count(DISTINCT person) FILTER (amount > 1)", "count(person)",
    "sum(DISTINCT amount)", "sum(amount + person)", "min(amount)", "first(person)", "COLUMNS(*)",
    "visits.person", "main.visits.person", "rowid", "person AS p", '"person"', "x -> x + 1",
    "EXISTS (SELECT 1)", "INTERVAL 1 DAY", "DATE '2025-01-01'", "getenv('HOME')",
    "current_setting('memory_limit')", "version()", "error('x')", "pg_sleep(9)", "amount[1]",
    "struct_pack(a := person)", "count(*) + 1", "count(DISTINCT country)", "outcome(amount)",
    "outcome(converted, 1)", "ARRAY[person]", "person COLLATE NOCASE", "~person", "@amount",
)  # fmt: skip
_TABLES = (
    "vitrail_manifest", "duckdb_settings()", "duckdb_secrets()", "information_schema.tables",
    "read_csv('/etc/passwd')", "'/etc/passwd'", "read_text('/etc/passwd')", "glob('*')",
    "sqlite_master", "main.visits", "visits AS v", "visits, visits", "(SELECT * FROM visits)",
    "visits JOIN visits USING (person)", "visits TABLESAMPLE 1 ROWS", "range(10)", '"visits"',
    "VALUES (1)", "visits POSITIONAL JOIN visits", "LATERAL (SELECT 1)", "generate_series(1, 9)",
    "pragma_table_info('visits')", "query('SELECT 1')", "query_table('visits')", '"visits.sample"',
    "visits PIVOT (count(*) FOR country IN ('FR'))", "'https://example.org/x.parquet'",
)  # fmt: skip
_CONDITIONS = (
    "country IN ('FR', 'DE')", "country <> 'FR'", "NOT country = 'FR'", "country LIKE 'F%'",
    "amount > 100", "person = 1", "person = '1'", "country = 'FR' OR 1 = 1", "1 = 1", "TRUE",
    "country IS NOT NULL", "country = country", "country = ANY (['FR'])", "country = ('FR')",
    "country = 'F' || 'R'", "country = lower('FR')", "country = (SELECT 'FR')", "country = $1",
    "week BETWEEN '2025-03-03' AND '2025-03-30'", "period = '2025-03-03'", "day = '2025-03-03'",
    "country = 'ZZ'", "country = ''' OR 1 = 1 --'", "hash(person) % 2 = 0", "country == 'FR'",
    "(country, device) = ('FR', 'mobile')", "country GLOB 'F*'", "country SIMILAR TO 'F.'",
    "period BETWEEN '2025-03-04' AND '2025-03-05'", "random() = '1'", "country = E'FR'",
    "country = $$FR$$", "country IS NOT DISTINCT FROM 'FR'", "regexp_matches(country, 'F')",
)  # fmt: skip
_TAILS = (
    "HAVING count(*) > 1", "ORDER BY 1", "LIMIT 1", "OFFSET 1", "QUALIFY 1 = 1", "; SELECT 1",
    "; DROP TABLE visits", "-- x", "/* x */", "UNION SELECT person FROM visits", "FOR UPDATE",
    "INTO OUTFILE '/tmp/x'", "WINDOW w AS ()", "EXCEPT SELECT 1", "USING SAMPLE 1", "GROUP BY ALL",
    "GROUP BY CUBE (country)", "GROUP BY ROLLUP (country)", "GROUP BY 1", "; COPY visits TO 'x'",
)  # fmt: skip
_HEADS = (
    "EXPLAIN", "EXPLAIN ANALYZE", "DESCRIBE", "SUMMARIZE", "WITH x AS (SELECT 1)", "PRAGMA",
    "CREATE TABLE x AS", "INSERT INTO visits", "COPY (", "FROM visits", "SET threads = 1;",
    "ATTACH 'x';", "INSTALL httpfs;", "CALL", "EXPORT DATABASE", "PREPARE x AS", "VACUUM;",
)  # fmt: skip
_NOISE = (
    "(",
    ")",
    "'",
    '"',
    ";",
    ",",
    "\\",
    "\0",
    "é",
    "\u202e",
    "🦆",
    "--",
    "/*",
    "*/",
    ".",
    "::",
)


def sentences(count: int, seed: int, functions: tuple[str, ...]) -> Iterator[str]:
    """So many spoilt questions, the same for the same seed; functions stand wherever they may."""
    rng = random.Random(seed)
    for _ in range(count):
        text = rng.choice(ALLOWED)
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            text = rng.choice(_MUTATIONS)(text, rng, functions)
        yield text


def calls(function: str) -> tuple[str, ...]:
    """One function in every position, alone and nested."""
    called, nested = f"{function}(person)", f"sum({function}(amount))"
    return (
        f"SELECT {called} FROM visits",
        f"SELECT {nested} FROM visits",
        f"SELECT {function}(count(DISTINCT person)) FROM visits",
        f"SELECT count(DISTINCT {called}) FROM visits",
        f"SELECT count(*) FROM visits WHERE {function}(country) = 'FR'",
        f"SELECT count(*) FROM visits WHERE country = {function}('FR')",
        f"SELECT count(*) FROM {function}('visits')",
        f"SELECT {function}(country), count(*) FROM visits GROUP BY {function}(country)",
    )


def _expression(rng: random.Random, functions: tuple[str, ...]) -> str:
    inner = rng.choice(_EXPRESSIONS)
    for _ in range(rng.choice((0, 0, 1, 2))):
        inner = f"{rng.choice(functions)}({inner})"
    return inner


def _selected(text: str, rng: random.Random, functions: tuple[str, ...]) -> str:
    return text.replace("SELECT ", f"SELECT {_expression(rng, functions)}, ", 1)


def _replaced(text: str, rng: random.Random, functions: tuple[str, ...]) -> str:
    measures = ("count(DISTINCT person)", "count(*)", "sum(amount)", "avg(amount)")
    return text.replace(rng.choice(measures), _expression(rng, functions), 1)


def _elsewhere(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    return text.replace("FROM visits", f"FROM {rng.choice(_TABLES)}", 1)


def _restricted(text: str, rng: random.Random, functions: tuple[str, ...]) -> str:
    condition = rng.choice(_CONDITIONS)
    if rng.random() < 0.2:
        condition = f"{_expression(rng, functions)} = 'x'"
    if "WHERE " in text:
        return text.replace("WHERE ", f"WHERE {condition} {rng.choice(('AND', 'OR'))} ", 1)
    return text.replace("FROM visits", f"FROM visits WHERE {condition}", 1)


def _grouped(text: str, rng: random.Random, functions: tuple[str, ...]) -> str:
    if "GROUP BY " not in text:
        return f"{text} GROUP BY {_expression(rng, functions)}"
    return text.replace("GROUP BY ", f"GROUP BY {_expression(rng, functions)}, ", 1)


def _lengthened(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    return f"{text} {rng.choice(_TAILS)}"


def _led(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    return f"{rng.choice(_HEADS)} {text}"


def _wrapped(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    return rng.choice(("({})", "SELECT * FROM ({})", "WITH x AS ({}) SELECT * FROM x")).format(text)


def _scrambled(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    at = rng.randrange(len(text))
    return text[:at] + rng.choice(_NOISE) + text[at + rng.choice((0, 0, 1, 3)) :]


def _shuffled(text: str, rng: random.Random, _: tuple[str, ...]) -> str:
    words = text.split()
    first, second = rng.randrange(len(words)), rng.randrange(len(words))
    words[first], words[second] = words[second], words[first]
    return " ".join(words)


_MUTATIONS = (
    _selected, _replaced, _elsewhere, _restricted, _grouped, _lengthened, _led, _wrapped,
    _scrambled, _shuffled,
)  # fmt: skip
